/** Types with their parameters filled in: what a method of `Graph<N, E>` is for `Graph<String, f64>`. */
import { rewriteBound, withParts } from '../model/parts.js'
import { lastName } from '../model/paths.js'
import type { Bound, RustSignature, RustType } from '../model/rust-type.js'

export interface Substitution {
  readonly generics: ReadonlyMap<string, RustType>
  /** What `Self` is. */
  readonly self?: RustType
  /** What `Self::Output` is, in a trait's impl. */
  readonly associated: ReadonlyMap<string, RustType>
}

export const noSubstitution: Substitution = { generics: new Map(), associated: new Map() }

export function substitute(type: RustType, by: Substitution): RustType {
  if (type.kind === 'generic') return named(type.name, by) ?? type
  const known = type.kind === 'projection' && isSelf(type.of) ? by.associated.get(type.name) : undefined
  return known === undefined ? withParts(type, (part) => substitute(part, by)) : substitute(known, by)
}

export const substituteBound = (bound: Bound, by: Substitution): Bound =>
  rewriteBound(bound, (part) => substitute(part, by))

export function substituteSignature(signature: RustSignature, by: Substitution): RustSignature {
  return {
    ...signature,
    generics: signature.generics.map((generic) => ({
      ...generic,
      bounds: generic.bounds.map((bound) => substituteBound(bound, by)),
    })),
    params: signature.params.map((param) => ({ name: param.name, type: substitute(param.type, by) })),
    returns: substitute(signature.returns, by),
  }
}

/** What the parameters of `pattern` are in `type`; undefined when `type` is none of it. */
export function unify(
  pattern: RustType,
  type: RustType,
  generics: ReadonlySet<string>,
): Map<string, RustType> | undefined {
  const found = new Map<string, RustType>()
  return unifyInto(pattern, type, generics, found) ? found : undefined
}

/** Goes on where parts do not fit, as far as it can, and says whether all did. */
export function unifyInto(
  pattern: RustType,
  type: RustType,
  generics: ReadonlySet<string>,
  found: Map<string, RustType>,
): boolean {
  const again = (left: RustType, right: RustType): boolean => unifyInto(left, right, generics, found)
  const all = (left: readonly RustType[], right: readonly RustType[]): boolean =>
    left.map((one, at) => right[at] === undefined || again(one, right[at])).every(Boolean)
  if (pattern.kind === 'generic') {
    // `Self` of an impl, and what a where clause pins down, agree with everything.
    if (!generics.has(pattern.name)) return pattern.name === 'Self' || isNamedSo(pattern.name, type)
    const before = found.get(pattern.name)
    if (before === undefined) found.set(pattern.name, type)
    return true
  }
  if (pattern.kind === 'ref') return again(pattern.to, type.kind === 'ref' ? type.to : type)
  // Arguments left away are the defaults, or not known here.
  if (pattern.kind === 'path' && type.kind === 'path')
    return lastName(pattern.path) === lastName(type.path) && all(pattern.args, type.args)
  if (pattern.kind !== type.kind) return false
  if (pattern.kind === 'primitive' && type.kind === 'primitive') return pattern.name === type.name
  if (pattern.kind === 'slice' && type.kind === 'slice') return again(pattern.of, type.of)
  if (pattern.kind === 'array' && type.kind === 'array') return again(pattern.of, type.of)
  if (pattern.kind === 'tuple' && type.kind === 'tuple')
    return pattern.items.length === type.items.length && all(pattern.items, type.items)
  if ((pattern.kind === 'impl' && type.kind === 'impl') || (pattern.kind === 'dyn' && type.kind === 'dyn')) {
    for (const bound of pattern.bounds) {
      const other = type.bounds.find((one) => one.trait === bound.trait)
      all(bound.args, other?.args ?? [])
      for (const binding of bound.bindings) {
        const given = other?.bindings.find((one) => one.name === binding.name)
        if (given !== undefined) again(binding.type, given.type)
      }
    }
  }
  return true
}

const isNamedSo = (name: string, type: RustType): boolean => type.kind === 'generic' && type.name === name

export const isSelf = (type: RustType): boolean => type.kind === 'generic' && type.name === 'Self'

const named = (name: string, by: Substitution): RustType | undefined =>
  name === 'Self' ? by.self : by.generics.get(name)
