/** How things of a spec are called in TypeScript, in operations and in the contract. */

/** `rust_decimal` and `rust-decimal` become `rustDecimal`. */
export function camel(name: string): string {
  const pascalName = pascal(name)
  return lowerFirst(pascalName)
}

/** `rust_decimal` becomes `RustDecimal`. */
export function pascal(name: string): string {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(upperFirst)
    .join('')
}

/** `rust_decimal` becomes `RUST_DECIMAL`. */
export function screaming(name: string): string {
  const words = pascal(name).replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
  return words.toUpperCase()
}

/** `Version` becomes `version`, `HTTPClient` `httpClient`, `URL` `url`. */
export function lowerFirst(name: string): string {
  const capitals = /^\p{Lu}+/u.exec(name)?.[0] ?? ''
  if (capitals.length <= 1) return name.slice(0, capitals.length).toLowerCase() + name.slice(capitals.length)
  // The last capital of several begins the next word, unless nothing small follows.
  const rest = name.slice(capitals.length)
  const word = /^\p{Ll}/u.test(rest) ? capitals.length - 1 : capitals.length
  return name.slice(0, word).toLowerCase() + name.slice(word)
}

export const upperFirst = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)

/** `versionParse`; a function of the module has its own name. */
export function exportName(owner: string | undefined, name: string): string {
  const own = name.replaceAll('#', '').replaceAll('$', '')
  return owner === undefined ? own : lowerFirst(owner) + upperFirst(own)
}
