/** What in the crate an entry of the spec means. */
import type { Callable, TraitImpl, TypeItem } from '../model/model.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import { adapted, type Adapted } from '../rules/adapted.js'
import { findType, type CrateIndex } from './crate-index.js'
import { pathOf, readType } from './moved.js'
import { LOOSE, sameType } from './compare-types.js'
import { FOR_WHOEVER } from './satisfies-bounds.js'
import { substitute, substituteSignature, unify, type Substitution } from './substitute.js'

/** A callable of the crate as seen from one concrete type. */
export interface Candidate {
  readonly callable: Callable
  /** With the type's arguments filled in. */
  readonly signature: RustSignature
  readonly substitution: Substitution
}

/** The methods and associated functions of that name; all names without one. */
export function inherentCandidates(item: TypeItem, type: RustType, name?: string): readonly Candidate[] {
  return item.methods
    .filter((callable) => name === undefined || callable.name === name)
    .flatMap((callable) => candidate(callable, type, item))
}

/** Those of traits' impls. */
export function implCandidates(item: TypeItem, type: RustType, name?: string): readonly Candidate[] {
  return item.impls.flatMap((impl) =>
    impl.methods
      .filter((callable) => name === undefined || callable.name === name)
      .flatMap((callable) => candidate({ ...callable, trait: callable.trait ?? impl.trait }, type, item, impl)),
  )
}

/** Nothing when the impl block is for other arguments: `Cursor<str>` and `Cursor<[u8]>`. */
function candidate(callable: Callable, type: RustType, item: TypeItem, impl?: TraitImpl): readonly Candidate[] {
  const target = impl?.for ?? callable.implFor
  const parameters = [...item.generics, ...callable.implGenerics, ...(impl?.generics ?? [])]
  const names = new Set(parameters.filter((generic) => generic.kind !== 'lifetime').map((generic) => generic.name))
  const generics = target === undefined ? new Map<string, RustType>() : unify(target, type, names)
  if (generics === undefined) return []
  const associated = new Map((impl?.associated ?? []).map((one) => [one.name, one.type]))
  const self = impl?.for.kind === 'ref' ? impl.for : type
  const substitution: Substitution = { generics, self, associated }
  return [{ callable, signature: substituteSignature(callable.signature, substitution), substitution }]
}

/** What is known of a trait's method on a type. */
export type TraitLookup =
  | { readonly kind: 'found'; readonly candidates: readonly Candidate[] }
  /** Implemented, or likely; the method's signature is not in the model. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-implemented' }
  | { readonly kind: 'no-method'; readonly names: readonly string[] }

export function traitCandidates(
  index: CrateIndex,
  item: TypeItem,
  type: RustType,
  traitText: string,
  name: string,
): TraitLookup {
  const wanted = readType(traitText)
  const path = (wanted === undefined ? undefined : pathOf(wanted)) ?? traitText
  const args = wanted?.kind === 'path' ? wanted.args : []
  const impls = item.impls.filter((impl) => impl.trait === path && hasArguments(impl, item, type, args))
  const said = new Map(impls.flatMap((impl) => impl.associated).map((one) => [one.name, one.type]))
  const through = adapted(path, name, said)
  if (through?.method === name) return found(through, impls, item, type)
  const written = impls.flatMap((impl) => implCandidates({ ...item, impls: [impl] }, type, name))
  if (written.length > 0) return { kind: 'found', candidates: written }
  const trait = index.traits.get(path)
  if (trait !== undefined) {
    const associated = new Map(impls.flatMap((impl) => impl.associated).map((one) => [one.name, one.type]))
    const substitution: Substitution = { generics: new Map(), self: type, associated }
    const methods = trait.methods.filter((method) => method.name === name)
    if (methods.length === 0) return { kind: 'no-method', names: trait.methods.map((method) => method.name) }
    if (impls.length === 0 && !mayImplement(trait.implementors, item)) return { kind: 'not-implemented' }
    return {
      kind: 'found',
      candidates: methods.map((callable) => ({
        callable,
        signature: substituteSignature(callable.signature, substitution),
        substitution,
      })),
    }
  }
  if (impls.length > 0) return { kind: 'unknown' }
  const implied = FOR_WHOEVER.get(path)
  if (implied === undefined) return isStandard(path) ? { kind: 'not-implemented' } : { kind: 'unknown' }
  return implied.length === 0 || item.impls.some((impl) => implied.includes(impl.trait))
    ? { kind: 'unknown' }
    : { kind: 'not-implemented' }
}

/** The crate's method, with the signature of what the glue calls in its place. */
function found(
  { signature, method: name }: Adapted,
  impls: readonly TraitImpl[],
  item: TypeItem,
  self: RustType,
): TraitLookup {
  if (impls.length === 0) return { kind: 'not-implemented' }
  const substitution: Substitution = { generics: new Map(), self, associated: new Map() }
  const written = impls.flatMap((impl) => impl.methods).find((method) => method.name === name)
  const unwritten = { path: `${item.path}::${name}`, name, docs: '', isConst: false, implGenerics: [] }
  const callable: Callable = { ...(written ?? unwritten), signature }
  return {
    kind: 'found',
    candidates: [{ callable, signature: substituteSignature(signature, substitution), substitution }],
  }
}

/** Whether the impl is for the type, and of the trait with these arguments; none written means any. */
function hasArguments(impl: TraitImpl, item: TypeItem, type: RustType, args: readonly RustType[]): boolean {
  const parameters = [...item.generics, ...impl.generics].filter((generic) => generic.kind !== 'lifetime')
  const names = new Set(parameters.map((generic) => generic.name))
  const generics = unify(impl.for, type, names)
  if (generics === undefined) return false
  if (args.length === 0) return true
  const by: Substitution = { generics, self: type, associated: new Map() }
  const given = impl.args.map((arg) => substitute(arg, by))
  return (
    given.length === args.length &&
    given.every((arg, at) => {
      const wanted = args[at]
      // What the impl leaves open, `impl<T: Borrow<U>> Sub<T>`, takes any.
      return wanted !== undefined && (sameType(wanted, arg, LOOSE) || unify(arg, wanted, names) !== undefined)
    })
  )
}

/** A trait nobody is known to implement is implemented by a blanket impl, which says nothing about types. */
const mayImplement = (implementors: readonly string[], item: TypeItem): boolean =>
  implementors.length === 0 || implementors.includes(item.path)

const isStandard = (path: string): boolean => path.startsWith('std::')

/** What a type derefs to, when it does. */
export function derefTarget(
  index: CrateIndex,
  item: TypeItem,
): { readonly item?: TypeItem; readonly type: RustType } | undefined {
  const impl = item.impls.find((one) => one.trait === 'std::ops::Deref')
  const type = impl?.associated.find((one) => one.name === 'Target')?.type
  if (type === undefined) return undefined
  const path = pathOf(type)
  const target = path === undefined ? undefined : findType(index, path)
  return target === undefined ? { type } : { type, item: target }
}
