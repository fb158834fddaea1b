/** Names in TypeScript from those in Rust. */

/** `cmp_precedence` becomes `cmpPrecedence`, `XMLReader` `xmlReader`, `r#type` `type`. */
export function camel(name: string): string {
  const bare = name.startsWith('r#') ? name.slice(2) : name
  const words = bare.split('_').filter((word) => word !== '')
  const [first = bare, ...rest] = words
  const text = [uncapitalized(first), ...rest.map(capitalized)].join('')
  return isDigit(text.charAt(0)) ? `_${text}` : text
}

/** `geo_types` becomes `GeoTypes`. */
export const pascal = (name: string): string => capitalized(camel(name))

export const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The first letter, or all letters of an abbreviation in front: `URLPath` becomes `urlPath`, `UTC` `utc`. */
export function uncapitalized(word: string): string {
  let end = 0
  while (end < word.length && isUpper(word.charAt(end))) end += 1
  if (end === 0) return word
  // The last capital begins the next word, unless there is none.
  const prefix = end === word.length || end === 1 || isDigit(word.charAt(end)) ? end : end - 1
  return word.slice(0, prefix).toLowerCase() + word.slice(prefix)
}

const isUpper = (letter: string): boolean => letter !== letter.toLowerCase()
const isDigit = (letter: string): boolean => letter >= '0' && letter <= '9'

/** `ERR_RUST_DECIMAL_PARSE` from words in any case. */
export const screaming = (name: string): string => {
  let out = ''
  Array.from(name).forEach((letter, at, letters) => {
    const before = letters[at - 1] ?? '_'
    const after = letters[at + 1] ?? '_'
    const isWord = isUpper(letter) && before !== '_' && (!isUpper(before) || (after !== '_' && !isUpper(after)))
    out += `${isWord ? '_' : ''}${letter === '-' ? '_' : letter.toUpperCase()}`
  })
  return out
}

/** Hands out names: one that is taken gets `_` behind it. */
export class Names {
  readonly #taken: Set<string>

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved)
  }

  has(name: string): boolean {
    return this.#taken.has(name)
  }

  /** The first of the candidates that is free, else the last with `_`. */
  take(...candidates: readonly [string, ...string[]]): string {
    const free = candidates.find((candidate) => !this.#taken.has(candidate))
    let name = free ?? candidates[candidates.length - 1] ?? candidates[0]
    while (this.#taken.has(name)) name += '_'
    this.#taken.add(name)
    return name
  }
}

/** Members that every object of a class has. */
export const OBJECT_MEMBERS = ['constructor', 'prototype', '__proto__', 'handle', 'dispose', 'isDisposed', 'then']

/** What a static member may not be called: functions have these of their own. */
export const STATIC_MEMBERS = ['prototype', 'name', 'length', 'arguments', 'caller', 'apply', 'bind', 'call']
