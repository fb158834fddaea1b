/** How things are called in TypeScript, in operations and in the contract, from how Rust and the spec call them. */

/** `cmp_precedence` becomes `cmpPrecedence`, `rust-decimal` `rustDecimal`, `XMLReader` `xmlReader`, `r#type` `type`. */
export function camel(name: string): string {
  const bare = name.startsWith('r#') ? name.slice(2) : name
  const words = bare.split(/[_-]/).filter((word) => word !== '')
  const [first = bare, ...rest] = words
  const text = [uncapitalized(first), ...rest.map(capitalized)].join('')
  return isDigit(text.charAt(0)) ? `_${text}` : text
}

/** `geo_types` becomes `GeoTypes`. */
export const pascal = (name: string): string => capitalized(camel(name))

/** `ERR_RUST_DECIMAL_PARSE` from words in any case. */
export function screaming(name: string): string {
  let out = ''
  Array.from(name).forEach((letter, at, letters) => {
    const before = letters[at - 1] ?? '_'
    const after = letters[at + 1] ?? '_'
    const isWord = isUpper(letter) && before !== '_' && (!isUpper(before) || (after !== '_' && !isUpper(after)))
    out += `${isWord ? '_' : ''}${letter === '-' ? '_' : letter.toUpperCase()}`
  })
  return out
}

export const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The first letter, or all letters of an abbreviation in front: `HTTPClient` becomes `httpClient`, `UTC` `utc`. */
export function uncapitalized(word: string): string {
  let end = 0
  while (end < word.length && isUpper(word.charAt(end))) end += 1
  // The last capital of several begins the next word, unless nothing small follows.
  if (end > 1 && isLower(word.charAt(end))) end -= 1
  return word.slice(0, end).toLowerCase() + word.slice(end)
}

/** A member's native export, `versionParse`; a function of the module has its own name. */
export function exportName(owner: string | undefined, name: string): string {
  const own = name.replaceAll('#', '').replaceAll('$', '')
  return owner === undefined ? own : uncapitalized(owner) + capitalized(own)
}

/** What native exports of an item are called besides its own name: its Sync door, and the pulls of a stream. */
export const exportsBehind = (isAsync: boolean, isStream: boolean): readonly string[] =>
  isStream ? ['Sync', 'Next', 'NextSync'] : isAsync ? ['Sync'] : []

const isUpper = (letter: string): boolean => letter !== letter.toLowerCase()
const isLower = (letter: string): boolean => letter !== letter.toUpperCase()
const isDigit = (letter: string): boolean => letter >= '0' && letter <= '9'
