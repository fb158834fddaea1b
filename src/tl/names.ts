import type { PublicNames } from '../boundary/index.js'

/** Exports whose callers say what they were asked for. */
const SHARED = /^tl\.(places|encode|queryHeader|answerHeader)$/

const ARGUMENTS: Readonly<Record<string, string>> = {
  start: 'position',
  maxString: 'limits.maxString',
  maxVector: 'limits.maxVector',
  shape: 'type',
  values: 'value',
}

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation: (native, asked) => (SHARED.test(native) ? asked : native),
  argument: (_native, argument) => ARGUMENTS[argument] ?? argument,
}
