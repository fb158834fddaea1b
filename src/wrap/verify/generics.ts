/** Type parameters of the crate's signature against what the spec has in their place. */
import type { Bound, GenericParameter, RustSignature, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { rewrite, some } from '../rules/rust-types.js'
import { sameBounds, type Closeness } from './compare-types.js'
import type { SignatureDifference } from './compare-signatures.js'
import { noSubstitution, substituteBound, unifyInto } from './substitute.js'

/** What each of the crate's type parameters is in the spec: a type parameter of its own, or a concrete type. */
export function chooseGenerics(spec: RustSignature, crate: RustSignature): ReadonlyMap<string, RustType> {
  const names = new Set(typeParameters(crate).map((generic) => generic.name))
  const chosen = new Map<string, RustType>()
  const choose = (pattern: RustType, type: RustType): void => {
    const found = new Map<string, RustType>()
    unifyInto(pattern, type, names, found)
    for (const [name, one] of found) if (!chosen.has(name)) chosen.set(name, one)
  }
  crate.params.forEach((param, at) => {
    const said = spec.params[at]
    if (said !== undefined) choose(param.type, said.type)
  })
  choose(crate.returns, spec.returns)
  chooseInBounds(spec, crate, chosen, choose)
  for (const generic of typeParameters(crate)) {
    const own = spec.generics.some((one) => one.name === generic.name)
    if (own && !chosen.has(generic.name)) chosen.set(generic.name, { kind: 'generic', name: generic.name })
  }
  return chosen
}

/** `S` of `I: IntoIterator<Item = S>` stands in bounds only. */
function chooseInBounds(
  spec: RustSignature,
  crate: RustSignature,
  chosen: ReadonlyMap<string, RustType>,
  choose: (pattern: RustType, type: RustType) => void,
): void {
  for (const generic of crate.generics) {
    // A clause on another type, `I::Item: Borrow<K>`, stands under that type's text in both.
    const said = isParameter(generic)
      ? boundsOf(spec, chosen.get(generic.name))
      : (spec.generics.find((one) => one.name === generic.name)?.bounds ?? [])
    for (const bound of generic.bounds) {
      const other = said.find((one) => one.trait === bound.trait)
      bound.args.forEach((arg, at) => {
        const given = other?.args[at]
        if (given !== undefined) choose(arg, given)
      })
      for (const binding of bound.bindings) {
        const given = other?.bindings.find((one) => one.name === binding.name)
        if (given !== undefined) choose(binding.type, given.type)
      }
    }
  }
}

/** The bounds of a type that is a type parameter of the spec, or an `impl Trait`. */
function boundsOf(spec: RustSignature, type: RustType | undefined): readonly Bound[] {
  if (type?.kind === 'impl') return type.bounds
  return type?.kind === 'generic' ? (spec.generics.find((one) => one.name === type.name)?.bounds ?? []) : []
}

/** One difference at most: the first type parameter that does not fit. */
export function genericsDifference(
  spec: RustSignature,
  crate: RustSignature,
  chosen: ReadonlyMap<string, RustType>,
  satisfies: Closeness['satisfies'],
): readonly SignatureDifference[] {
  for (const generic of typeParameters(crate)) {
    const type = chosen.get(generic.name)
    // `K` of `I: IntoIterator<Item = K>` follows from what `I` is.
    if (type === undefined && isInBounds(generic.name, crate)) continue
    const bounds = generic.bounds.map((bound) => substituteBound(bound, { ...noSubstitution, generics: chosen }))
    const kind = type === undefined ? 'generic' : misfit(spec, type, bounds, satisfies)
    if (kind !== undefined) return [{ kind, message: messageOf(generic.name, type, kind) }]
  }
  const taken = new Set([...chosen.values()].flatMap((type) => (type.kind === 'generic' ? [type.name] : [])))
  const own = typeParameters(spec).find((generic) => !taken.has(generic.name))
  return own === undefined ? [] : [{ kind: 'generic', message: `has no type parameter \`${own.name}\` in the crate` }]
}

const isInBounds = (name: string, { generics }: RustSignature): boolean =>
  name.startsWith('impl ') ||
  generics.some((generic) =>
    generic.bounds
      .flatMap((bound) => [...bound.args, ...bound.bindings.map((binding) => binding.type)])
      .some((type) => some(type, (part) => part.kind === 'generic' && part.name === name)),
  )

function misfit(
  spec: RustSignature,
  type: RustType,
  bounds: readonly Bound[],
  satisfies: Closeness['satisfies'],
): 'generic' | 'not-static' | undefined {
  const isOwn = type.kind === 'generic' && spec.generics.some((one) => one.name === type.name)
  if (!isOwn && type.kind !== 'impl') return satisfies(type, bounds) ? undefined : 'generic'
  const said = boundsOf(spec, type)
  if (sameBounds(said, bounds, { staticMatters: true, satisfies })) return undefined
  return sameBounds(said, bounds, { staticMatters: false, satisfies }) ? 'not-static' : 'generic'
}

function messageOf(name: string, type: RustType | undefined, kind: 'generic' | 'not-static'): string {
  if (type === undefined)
    return `has the type parameter \`${name}\` in the crate, and the spec has nothing in its place`
  if (kind === 'not-static') return `the type parameter \`${name}\` must live for 'static`
  return type.kind === 'generic' || type.kind === 'impl'
    ? `the type parameter \`${name}\` has other bounds in the crate`
    : `\`${printType(type)}\` cannot stand for the type parameter \`${name}\``
}

/** Every `impl Trait` of the parameters as a type parameter, which is what it is: named by its text, numbered when it is there again. */
export function withNamedImpls(signature: RustSignature): RustSignature {
  const generics: GenericParameter[] = [...signature.generics]
  const name = (type: RustType): RustType => {
    if (type.kind !== 'impl') return type
    const text = printType(type)
    const before = generics.filter((generic) => generic.name === text || generic.name.startsWith(`${text} #`)).length
    const unique = before === 0 ? text : `${text} #${String(before + 1)}`
    generics.push({ name: unique, kind: 'type', bounds: type.bounds })
    return { kind: 'generic', name: unique }
  }
  const params = signature.params.map((param) => ({ name: param.name, type: rewrite(param.type, name) }))
  return { ...signature, params, generics }
}

/** Not lifetimes, and not the clauses on other types that stand among the parameters under those types' texts. */
const typeParameters = (signature: RustSignature): readonly GenericParameter[] => signature.generics.filter(isParameter)

const isParameter = (generic: GenericParameter): boolean => generic.kind !== 'lifetime' && isName(generic.name)

export const isName = (name: string): boolean =>
  name.startsWith('impl ') || !(name.includes(':') || name.includes('<') || name.includes(' ') || name.includes('&'))
