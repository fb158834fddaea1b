import type { PublicNames } from '../boundary/index.js'

const METHODS = [
  'groupNames',
  'groupCount',
  'isMatchAsync',
  'findAsync',
  'captures',
  'capturesAsync',
  'matches',
  'matchesAsync',
  'capturesAll',
  'capturesAllAsync',
  'count',
  'countAsync',
  'replace',
  'replaceAsync',
  'replaceAll',
  'replaceAllAsync',
  'replaceN',
  'replaceNAsync',
  'split',
  'splitAsync',
  'splitN',
  'splitNAsync',
] as const

/** The operations that errors of a class name, made once: a call only points at its own. */
export type Operations = Readonly<Record<(typeof METHODS)[number], string>>

export function operationsOf(className: string): Operations {
  return Object.fromEntries(METHODS.map((method) => [method, `regex.${className}.${method}`])) as Operations
}

/** What an export is of; functions of their own, such as `escape`, have no such beginning. */
const OWNER = /^regex\.(regexSet|bytesRegexSet|regex|bytesRegex|patternCache|matches|bytesMatches)(?=[A-Z])/

const CLASSES: Readonly<Record<string, string>> = {
  regex: 'Regex',
  bytesRegex: 'BytesRegex',
  regexSet: 'RegexSet',
  bytesRegexSet: 'BytesRegexSet',
}

/** Exports that several methods share. The others serve one method each, and it has their name. */
const SHARED = /Task(Sync)?$|GroupNames$|\.(m|bytesM)atchesNew$/

/** What the constructors take as options. */
const OPTIONS = new Set(['flags', 'octal', 'lineTerminator', 'sizeLimit', 'dfaSizeLimit', 'nestLimit'])

/** How the exports of glue.rs and their parameters are known to users: `regexFind(…, start)` is `Regex.find(…, from)`. */
export const names: PublicNames = {
  operation(native, asked) {
    if (SHARED.test(native)) return asked
    const [prefix, owner = ''] = OWNER.exec(native) ?? []
    // The cache itself is nothing that users make.
    if (prefix === undefined || native === 'regex.patternCacheNew') return native
    const method = native.slice(prefix.length).replace(/^IsMatchAt$/, 'IsMatch')
    const className = CLASSES[owner]
    if (className === undefined) return `regex.${uncapitalised(method)}`
    return method === 'New' ? `regex.${className}` : `regex.${className}.${uncapitalised(method)}`
  },
  argument(native, argument) {
    const owner = OWNER.exec(native)?.[1]
    switch (argument) {
      case 'regex':
      case 'set':
      case 'matches':
      case 'cache':
        return 'this'
      case 'text':
      case 'bytes':
        return owner === undefined || owner === 'patternCache' ? argument : 'haystack'
      case 'start':
        return SHARED.test(native) ? 'options.from' : 'from'
      case 'template':
        return 'replacement'
      case 'timeoutMs':
        return 'options.timeoutMs'
      default:
        return OPTIONS.has(argument) ? `options.${argument}` : argument
    }
  },
}

function uncapitalised(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
