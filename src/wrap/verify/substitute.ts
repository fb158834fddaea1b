/** Types with their parameters filled in: what a method of `Graph<N, E>` is for `Graph<String, f64>`. */
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
  switch (type.kind) {
    case 'generic':
      return named(type.name, by) ?? type
    case 'path':
      return {
        ...type,
        args: type.args.map((arg) => substitute(arg, by)),
        bindings: type.bindings.map((binding) => ({ name: binding.name, type: substitute(binding.type, by) })),
      }
    case 'projection':
      if (isSelf(type.of)) {
        const known = by.associated.get(type.name)
        if (known !== undefined) return substitute(known, by)
      }
      return { ...type, of: substitute(type.of, by) }
    case 'ref':
    case 'pointer':
      return { ...type, to: substitute(type.to, by) }
    case 'slice':
    case 'array':
      return { ...type, of: substitute(type.of, by) }
    case 'tuple':
      return { ...type, items: type.items.map((item) => substitute(item, by)) }
    case 'fn':
      return {
        ...type,
        params: type.params.map((param) => substitute(param, by)),
        returns: substitute(type.returns, by),
      }
    case 'impl':
    case 'dyn':
      return { ...type, bounds: type.bounds.map((bound) => substituteBound(bound, by)) }
    case 'primitive':
      return type
  }
}

export function substituteBound(bound: Bound, by: Substitution): Bound {
  return {
    ...bound,
    args: bound.args.map((arg) => substitute(arg, by)),
    bindings: bound.bindings.map((binding) => ({ name: binding.name, type: substitute(binding.type, by) })),
  }
}

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

function unifyInto(
  pattern: RustType,
  type: RustType,
  generics: ReadonlySet<string>,
  found: Map<string, RustType>,
): boolean {
  if (pattern.kind === 'generic' && generics.has(pattern.name)) {
    found.set(pattern.name, type)
    return true
  }
  if (pattern.kind === 'ref' && type.kind !== 'ref') return unifyInto(pattern.to, type, generics, found)
  if (pattern.kind === 'path' && type.kind === 'path') {
    if (lastOf(pattern.path) !== lastOf(type.path)) return false
    // Arguments left away are the defaults, or not known here.
    return pattern.args.every((arg, index) => {
      const given = type.args[index]
      return given === undefined || unifyInto(arg, given, generics, found)
    })
  }
  // `Self` of an impl, and what a where clause pins down, agree with everything.
  if (pattern.kind === 'generic')
    return pattern.name === 'Self' || (type.kind === 'generic' && type.name === pattern.name)
  if (pattern.kind !== type.kind) return false
  if (pattern.kind === 'primitive' && type.kind === 'primitive') return pattern.name === type.name
  if (pattern.kind === 'ref' && type.kind === 'ref') return unifyInto(pattern.to, type.to, generics, found)
  if (pattern.kind === 'slice' && type.kind === 'slice') return unifyInto(pattern.of, type.of, generics, found)
  if (pattern.kind === 'array' && type.kind === 'array') return unifyInto(pattern.of, type.of, generics, found)
  if (pattern.kind === 'tuple' && type.kind === 'tuple')
    return (
      pattern.items.length === type.items.length &&
      pattern.items.every((item, index) => unifyInto(item, type.items[index] ?? item, generics, found))
    )
  return true
}

export const isSelf = (type: RustType): boolean => type.kind === 'generic' && type.name === 'Self'

const named = (name: string, by: Substitution): RustType | undefined =>
  name === 'Self' ? by.self : by.generics.get(name)

const lastOf = (path: string): string => path.slice(path.lastIndexOf('::') + 1)
