/** Rust text: types, paths and names as the glue writes them, always absolute. */
import { lastName } from '../../model/paths.js'
import type { Bound, RustType } from '../../model/rust-type.js'

/** A type with absolute paths and without lifetimes, but for `'static`; `self` is what `Self` stands for. */
export function absoluteType(type: RustType, self?: RustType): string {
  const inner = (of: RustType): string => absoluteType(of, self)
  switch (type.kind) {
    case 'primitive':
      return type.name === 'never' ? '!' : type.name
    case 'path': {
      const lifetimes = type.lifetimes.map((lifetime) => (isStatic(lifetime) ? "'static" : "'_"))
      const bindings = type.bindings.map((binding) => `${binding.name} = ${inner(binding.type)}`)
      const all = [...lifetimes, ...type.args.map(inner), ...bindings]
      return absolutePath(type.path) + (all.length > 0 ? `<${all.join(', ')}>` : '')
    }
    case 'ref':
      return `&${isStatic(type.lifetime) ? "'static " : ''}${type.mutable ? 'mut ' : ''}${inner(type.to)}`
    case 'tuple':
      return type.items.length === 1 ? `(${type.items.map(inner).join('')},)` : `(${type.items.map(inner).join(', ')})`
    case 'slice':
      return `[${inner(type.of)}]`
    case 'array':
      return `[${inner(type.of)}; ${type.length}]`
    case 'impl':
      return `impl ${bounds(type.bounds, self)}`
    case 'dyn':
      return `(dyn ${bounds(type.bounds, self)})`
    case 'generic':
      return type.name === 'Self' && self !== undefined ? absoluteType(self) : type.name
    case 'projection': {
      const of = inner(type.of)
      return type.trait === undefined ? `<${of}>::${type.name}` : `<${of} as ${absolutePath(type.trait)}>::${type.name}`
    }
    case 'fn':
      return `fn(${type.params.map(inner).join(', ')}) -> ${inner(type.returns)}`
    case 'pointer':
      return `*${type.mutable ? 'mut' : 'const'} ${inner(type.to)}`
  }
}

const isStatic = (lifetime: string | undefined): boolean => lifetime === 'static' || lifetime === "'static"

function bounds(all: readonly Bound[], self: RustType | undefined): string {
  const texts = all.map((bound) => {
    if (bound.trait.startsWith("'")) return bound.trait
    const bindings = bound.bindings.map((binding) => `${binding.name} = ${absoluteType(binding.type, self)}`)
    const args = [...bound.args.map((argument) => absoluteType(argument, self)), ...bindings]
    const optional = bound.trait.startsWith('?') ? '?' : ''
    const path = absolutePath(bound.trait.slice(optional.length))
    return optional + path + (args.length > 0 ? `<${args.join(', ')}>` : '')
  })
  return texts.join(' + ')
}

/**
 * `semver::Version` becomes `::semver::Version`, `a::type` `::a::r#type`. The package depends on serde through the boundary's
 * crate.
 */
export function absolutePath(path: string): string {
  if (path === 'serde_json::Value') return '::ferrule_node::json::Value'
  const segments = path.replace(/^::/, '').split('::')
  return segments.map((segment) => `::${identifier(segment)}`).join('')
}

/** `&'a &T` gives `T`, and whether there was a reference. */
export function withoutReferences(type: RustType): { base: RustType; reference: boolean } {
  let base = type
  while (base.kind === 'ref') base = base.to
  return { base, reference: base !== type }
}

/** Whether a type is the path with one of these last names: `Vec`, `String`. */
export function isPath(type: RustType, ...names: readonly string[]): boolean {
  return type.kind === 'path' && names.includes(lastName(type.path))
}

const COLLECTIONS = ['std::collections::', 'hashbrown::', 'indexmap::']

/** A set, a queue, a heap: what is no slice inside. */
export function isCollection(type: RustType): boolean {
  return type.kind === 'path' && COLLECTIONS.some((start) => type.path.startsWith(start))
}

export function isPrimitive(type: RustType, name: string): boolean {
  return type.kind === 'primitive' && type.name === name
}

/** A Rust string literal. */
export function literal(text: string): string {
  let out = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (character === '"' || character === '\\') out += `\\${character}`
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0) || isFormatting(code)) out += `\\u{${code.toString(16)}}`
    else out += character
  }
  return `"${out}"`
}

/** Characters that change how text around them is shown; rustc warns of them. */
function isFormatting(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f)
}

/** What no identifier may be; `self`, `super`, `crate` and `Self` not even in raw form. */
const keywords = new Set(
  (
    'abstract as async await become box break const continue do dyn else enum extern false final fn for gen if impl in let loop ' +
    'macro match mod move mut override priv pub ref return static struct trait true try type typeof unsafe unsized use ' +
    'virtual where while yield'
  ).split(' '),
)
const neverRaw = new Set(['self', 'super', 'crate', 'Self', '_', ''])

export function identifier(name: string): string {
  if (neverRaw.has(name)) return `${name}_`
  return keywords.has(name) ? `r#${name}` : name
}

/** `cmpPrecedence` becomes `cmp_precedence`, `URLPath` `url_path`. */
export function snake(name: string): string {
  let out = ''
  const characters = Array.from(name)
  characters.forEach((character, at) => {
    const before = characters[at - 1] ?? '_'
    const after = characters[at + 1] ?? '_'
    const starts = isUpper(character) && before !== '_' && (!isUpper(before) || isLower(after))
    out += starts ? `_${character.toLowerCase()}` : character.toLowerCase()
  })
  return out
}

const isUpper = (character: string): boolean => character !== character.toLowerCase()
const isLower = (character: string): boolean => character !== character.toUpperCase()
