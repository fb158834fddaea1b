import type { PublicNames } from '../boundary/index.js'

/** Exports that several operations share, or whose objects users never see. */
const SHARED =
  /^fs\.(write|append)(Bytes|Text)(Sync)?$|^fs\.(reader|writer|walk|watch)[A-Z]|^fs\.(readMany|stat)(Sync)?$/

/** What users pass by itself; everything else is an option. */
const PLAIN = new Set(['path', 'paths', 'from', 'to', 'data', 'algorithm'])

/** Options that have another name at the boundary. */
const OPTIONS: Readonly<Record<string, string>> = {
  keepBom: 'bom',
  collect: 'onError',
  follow: 'followLinks',
  flags: 'options',
  max: 'chunkBytes',
  debounce: 'debounceMs',
  parent: 'folder',
}

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation: (native, asked) => (SHARED.test(native) ? asked : native.replace(/^fs\.makeTemporary/, 'fs.temporary')),
  argument(_native, argument) {
    if (PLAIN.has(argument)) return argument
    if (['reader', 'writer', 'walk', 'watch'].includes(argument)) return 'this'
    return `options.${OPTIONS[argument] ?? argument}`
  },
}
