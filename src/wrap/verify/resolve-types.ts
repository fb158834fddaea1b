/** Types with aliases and associated types put in: `csv::Result<u8>` is `Result<u8, csv::Error>`. */
import type { RustSignature, RustType } from '../model/rust-type.js'
import { parseType } from '../model/text.js'
import { rewrite, rewriteBound, some } from '../rules/rust-types.js'
import { resolveProjections } from '../scan/implementations.js'
import type { CrateIndex } from './crate-index.js'
import { noSubstitution, substitute, substituteSignature } from './substitute.js'

/** Aliases of aliases, associated types of associated types: an end for those that never come to one. */
const MOST_ROUNDS = 8

export function resolveType(type: RustType, index: CrateIndex): RustType {
  let current = type
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = current
    if (!some(before, (part) => isOpen(part, index))) return before
    current = rewrite(before, (part) => {
      return expandAlias(part, index) ?? projected(part, index) ?? withDefaults(part, index) ?? part
    })
  }
  return current
}

export function resolveSignature(signature: RustSignature, index: CrateIndex): RustSignature {
  const resolve = (type: RustType): RustType => resolveType(type, index)
  return {
    ...signature,
    generics: signature.generics.map((generic) => ({
      ...generic,
      bounds: generic.bounds.map((bound) => rewriteBound(bound, resolve)),
    })),
    params: signature.params.map((param) => ({ name: param.name, type: resolve(param.type) })),
    returns: resolve(signature.returns),
  }
}

/** What a type is once its own name is no alias any more: `ferrule_regex::Regex` is `ferrule_regex::Pattern<str>`. */
export function withoutAlias(type: RustType, index: CrateIndex): RustType {
  let current = type
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = expandAlias(current, index)
    if (next === undefined) break
    current = next
  }
  return current
}

const isOpen = (type: RustType, index: CrateIndex): boolean =>
  type.kind === 'projection' || isAlias(type, index) || withDefaults(type, index) !== undefined

/** `HeaderMap` is `HeaderMap<HeaderValue>`: parameters that were left to their defaults. */
function withDefaults(type: RustType, index: CrateIndex): RustType | undefined {
  if (type.kind !== 'path') return undefined
  const item = index.types.get(type.path)
  if (item === undefined || item.kind === 'alias') return undefined
  const missing = item.generics.filter((generic) => generic.kind !== 'lifetime').slice(type.args.length)
  const defaults = missing.flatMap((generic) => (generic.default === undefined ? [] : [generic.default]))
  if (missing.length === 0 || defaults.length < missing.length) return undefined
  // A default that speaks of another parameter stays as it is written.
  if (defaults.some((of) => some(of, (part) => part.kind === 'generic'))) return undefined
  return { ...type, args: [...type.args, ...defaults] }
}

const isAlias = (type: RustType, index: CrateIndex): boolean =>
  type.kind === 'path' && (STANDARD_ALIASES.has(type.path) || index.types.get(type.path)?.kind === 'alias')

function expandAlias(type: RustType, index: CrateIndex): RustType | undefined {
  if (type.kind !== 'path') return undefined
  const standard = STANDARD_ALIASES.get(type.path)
  if (standard !== undefined) {
    const generics = new Map([['T', type.args[0] ?? UNIT]])
    return substitute(standard, { ...noSubstitution, generics })
  }
  const item = index.types.get(type.path)
  if (item?.kind !== 'alias' || item.aliasOf === undefined) return undefined
  const generics = new Map<string, RustType>()
  item.generics
    .filter((generic) => generic.kind !== 'lifetime')
    .forEach((generic, at) => {
      const given = type.args[at] ?? generic.default
      if (given !== undefined) generics.set(generic.name, given)
    })
  return substitute(item.aliasOf, { ...noSubstitution, generics })
}

const UNIT: RustType = { kind: 'tuple', items: [] }

const STANDARD_ALIASES: ReadonlyMap<string, RustType> = new Map([
  ['std::io::Result', parseType('std::result::Result<T, std::io::Error>')],
  ['std::fmt::Result', parseType('std::result::Result<(), std::fmt::Error>')],
])

/** `<chrono::Utc as chrono::TimeZone>::Offset`, when the impl says what it is. */
function projected(type: RustType, index: CrateIndex): RustType | undefined {
  if (type.kind !== 'projection') return undefined
  const known = resolveProjections(type, index)
  return known === type ? undefined : known
}

/** The signature with concrete types in the place of some of its type parameters. */
export const withGenerics = (signature: RustSignature, generics: ReadonlyMap<string, RustType>): RustSignature =>
  substituteSignature(signature, { ...noSubstitution, generics })
