/** What a text of each kind may be. */
import { parseSignature, parseType, RustTextError } from '../model/text.js'
import type { ScalarKind } from './describe.js'
import { isIllegal } from './source.js'

export interface ScalarFault {
  readonly message: string
  readonly hint?: string
  /** In the text, when it is not the whole that is wrong. */
  readonly offset?: number
}

/** What TypeScript takes for a name; Rust's own names, `größe` too, are among them. */
const NAME = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u
const FIELD = /^(?:[\p{ID_Start}_$][\p{ID_Continue}$]*|[0-9]{1,3})$/u
const CODE = /^ERR_[A-Z0-9_]+$/

/** What is wrong with a text, if anything is. */
export function scalarFault(kind: ScalarKind, text: string, key: string, isRust: boolean): ScalarFault | undefined {
  if (kind === 'prose') return text === '' ? empty(key) : undefined
  if (text.trim() === '') return empty(key)
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset)
    if (isIllegal(code) || code < 0x20) {
      const name =
        code === 0x0a ? 'a line break' : `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
      return { message: `\`${key}\` has ${name} in it`, hint: 'it is a text of one line' }
    }
  }
  switch (kind) {
    case 'name':
      return NAME.test(text)
        ? undefined
        : {
            message: `\`${key}\` is a name of TypeScript, found ${JSON.stringify(text)}`,
            hint: 'letters, digits, _ and $, no digit first',
          }
    case 'field':
      return FIELD.test(text)
        ? undefined
        : {
            message: `\`${key}\` is the name of a field, found ${JSON.stringify(text)}`,
            hint: 'letters, digits, _ and $; or only digits for a place in a tuple',
          }
    case 'member':
      return text.split('.').every((part) => FIELD.test(part))
        ? undefined
        : {
            message: `\`${key}\` is the name of a field, found ${JSON.stringify(text)}`,
            hint: 'a name, or names with dots between them for a field of a field: `report.position`',
          }
    case 'code':
      return CODE.test(text)
        ? undefined
        : {
            message: `\`${key}\` is an error code, found ${JSON.stringify(text)}`,
            hint: 'ERR_ and capital letters, digits and _: `ERR_PARSE`',
          }
    case 'rust-type':
      return isRust ? rustFault(text, key, parseType) : undefined
    case 'rust-signature':
      return isRust ? rustFault(text, key, parseSignature) : undefined
    case 'rust-path':
      return isRust ? pathFault(text, key) : undefined
    case 'text':
    case 'flag':
    case 'type':
    case 'result':
      return undefined
  }
}

const empty = (key: string): ScalarFault => ({ message: `\`${key}\` is empty` })

function rustFault(text: string, key: string, parse: (text: string) => unknown): ScalarFault | undefined {
  try {
    parse(text)
    return undefined
  } catch (error) {
    if (error instanceof RustTextError)
      return { message: `\`${key}\` is not Rust: ${error.message}`, offset: error.offset }
    throw error
  }
}

/** What most paths are: words with `::` between them. */
const PLAIN_PATH = /^\w+(?:::\w+)*$/

/** Segments with `::` between them, each a word or arguments in brackets: `a::Cursor::<str>::at`, `<A as B>::c`. */
function pathFault(text: string, key: string): ScalarFault | undefined {
  if (PLAIN_PATH.test(text)) return undefined
  const open: string[] = []
  for (let offset = 0; offset < text.length; offset += 1) {
    const letter = text[offset] ?? ''
    const wrong = (): ScalarFault => ({
      message: `\`${key}\` is a path of Rust, which has no ${JSON.stringify(letter)} here`,
      offset,
    })
    if ('<[('.includes(letter)) open.push(letter)
    else if (letter === '>' && text[offset - 1] === '-') continue
    else if ('>])'.includes(letter)) {
      if (open.pop() !== { '>': '<', ']': '[', ')': '(' }[letter]) return wrong()
    } else if (open.length === 0 ? !isPathLetter(letter) : !isArgumentLetter(letter)) return wrong()
  }
  if (open.length > 0) return { message: `\`${key}\` is a path of Rust in which ${open.join(' and ')} is not closed` }
  const ends = text.startsWith('::') || text.endsWith(':')
  return ends
    ? { message: `\`${key}\` starts or ends with \`::\``, hint: 'for example `semver::Version::parse`' }
    : undefined
}

const isPathLetter = (letter: string): boolean => /^[\p{L}\p{M}\p{N}_:#]$/u.test(letter)
const isArgumentLetter = (letter: string): boolean => /^[\p{L}\p{M}\p{N}_:#&', ;=+*?-]$/u.test(letter)
