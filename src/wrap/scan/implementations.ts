/** Which types have which traits, by the impls that the crate writes; and `<T as Trait>::Name` where T is known. */
import type { TraitImpl, TraitItem, TypeItem } from '../model/model.js'
import type { Bound, GenericParameter, RustType } from '../model/rust-type.js'
import {
  inner,
  isPrimitive,
  path,
  primitive,
  rewrite,
  rewriteBound,
  sameType,
  some,
  substitute,
  typeKey,
} from '../rules/rust-types.js'
import { match, resolveAliases, type CrateView } from './crate-view.js'
import { all, isSized, standardVerdict, type Verdict } from './standard-traits.js'

/** Traits that stand on traits, projections of projections: more than a crate has, so that a circle ends. */
const DEEPEST = 16

/** Every projection whose type is known is replaced, those inside the answer too. */
export function resolveProjections(type: RustType, view: CrateView, depth = 0): RustType {
  if (depth > DEEPEST) return type
  return rewrite(type, (part) => {
    // What the caller chooses may have an impl of its own.
    if (part.kind !== 'projection' || isOpen(behind(part.of))) return part
    const known = standard(part.of, part.name) ?? associatedType(part.of, part.trait, part.name, view, depth + 1)
    return known === undefined ? part : resolveProjections(resolveAliases(known, view), view, depth + 1)
  })
}

const behind = (type: RustType): RustType => (type.kind === 'ref' ? behind(type.to) : type)

/** `str::Owned` and its like. */
function standard(of: RustType, name: string): RustType | undefined {
  if (name !== 'Owned') return undefined
  if (isPrimitive(of, 'str')) return path('std::string::String')
  if (of.kind === 'slice') return path('std::vec::Vec', of.of)
  return of.kind === 'primitive' ? primitive(of.name) : undefined
}

/** `T::Output` by the trait among the bounds of T that has it: what rustdoc leaves away. */
export function withTraits(type: RustType, generics: readonly GenericParameter[], view: CrateView): RustType {
  return rewrite(type, (part) => {
    if (part.kind !== 'projection' || part.trait !== undefined || part.of.kind !== 'generic') return part
    const { name } = part.of
    const bounds = generics.find((parameter) => parameter.name === name)?.bounds ?? []
    const trait = declaring(bounds, part.name, view)
    return trait === undefined ? part : { ...part, trait }
  })
}

/** The one of these traits, and of those they stand on, that declares the associated type. */
function declaring(bounds: readonly Bound[], name: string, view: CrateView, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined
  for (const { trait } of bounds) {
    const item = view.traits.get(trait)
    if (item?.associated?.some((one) => one.name === name) === true) return trait
    const above = item === undefined ? undefined : declaring(item.supertraits, name, view, depth + 1)
    if (above !== undefined) return above
  }
  return undefined
}

/** What a type's impl of a trait says of an associated type, or that of a trait it stands on; of any trait without one. */
export function associatedType(
  type: RustType,
  trait: string | undefined,
  name: string,
  view: CrateView,
  depth = 0,
): RustType | undefined {
  if (depth > DEEPEST) return undefined
  for (const impl of implsFor(type, trait, view)) {
    const of = impl.associated.find((one) => one.name === name)?.type
    const by = of === undefined ? undefined : applied(impl, type, view, depth)
    if (of !== undefined && by !== undefined) return substitute(of, by)
  }
  const supertraits = trait === undefined ? [] : (view.traits.get(trait)?.supertraits ?? [])
  for (const supertrait of supertraits) {
    if (!view.traits.has(supertrait.trait)) continue
    const found = associatedType(type, supertrait.trait, name, view, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether the type has what the bound asks for. What parameters stand for in it is not asked. */
export function fulfils(type: RustType, bound: Bound, view: CrateView, depth = 0): Verdict {
  if (depth > DEEPEST) return 'unknown'
  const memo = memoOf(view)
  const key = `${bound.trait} ${bound.args.map(typeKey).join()} ${JSON.stringify(bound.bindings)} ${typeKey(type)}`
  const known = memo.get(key)
  if (known !== undefined) return known
  // A question that leads back to itself is answered by the rest of its answer.
  memo.set(key, 'unknown')
  const verdict = judge(type, bound, view, depth)
  // What is not known in the middle of a circle may be known outside of it.
  if (verdict === 'unknown') memo.delete(key)
  else memo.set(key, verdict)
  return verdict
}

const memos = new WeakMap<CrateView, Map<string, Verdict>>()

function memoOf(view: CrateView): Map<string, Verdict> {
  const known = memos.get(view) ?? new Map<string, Verdict>()
  memos.set(view, known)
  return known
}

function judge(type: RustType, bound: Bound, view: CrateView, depth: number): Verdict {
  const { trait } = bound
  if (trait.startsWith("'") || trait.startsWith('?')) return 'yes'
  if (trait === 'std::marker::Sized') return isSized(type) ? 'yes' : 'no'
  if (some(type, (part) => part.kind === 'generic' || part.kind === 'projection')) return 'unknown'
  const item = itemOf(type, view)
  if (trait === 'std::marker::Send' || trait === 'std::marker::Sync' || trait === 'std::marker::Unpin')
    return item?.send === false || item?.sync === false ? 'no' : 'yes'
  const own = view.traits.get(trait)
  const isCrates = own !== undefined || (item !== undefined && type.kind === 'path')
  if (!isCrates) return standardVerdict(type, bound, (part, of) => fulfils(part, of, view, depth + 1))
  const impl = implsFor(type, trait, view).find((one) => applied(one, type, view, depth, bound) !== undefined)
  if (impl === undefined) return mayHave(item, trait, own) ? 'unknown' : 'no'
  return all(bound.bindings.map((binding) => judgeBinding(type, trait, binding, view, depth)))
}

/** By what is told of implementors without an impl at hand. */
function mayHave(item: TypeItem | undefined, trait: string, own: TraitItem | undefined): boolean {
  if (own === undefined) return FOR_WHOEVER.has(trait) || !trait.startsWith('std::')
  // An impl between two dependencies may stand in the one that defines the trait.
  if (item?.foreign !== undefined && item.foreign !== own.foreign) return true
  return item !== undefined && own.implementors.includes(item.path) && !item.impls.some((one) => one.trait === trait)
}

/** Traits that the standard library implements for whoever has another, or for itself. */
const FOR_WHOEVER = new Set(
  ['Into', 'TryInto', 'From', 'TryFrom']
    .map((name) => `std::convert::${name}`)
    .concat('std::string::ToString', 'std::borrow::ToOwned', 'std::borrow::Borrow', 'std::borrow::BorrowMut')
    .concat('std::iter::IntoIterator', 'std::any::Any'),
)

function judgeBinding(
  type: RustType,
  trait: string,
  binding: Bound['bindings'][number],
  view: CrateView,
  depth: number,
): Verdict {
  const wanted = resolveProjections(resolveAliases(binding.type, view), view, depth + 1)
  if (some(wanted, isOpen)) return 'yes'
  const found = associatedType(type, trait, binding.name, view, depth + 1)
  if (found === undefined) return 'unknown'
  const is = resolveProjections(resolveAliases(found, view), view, depth + 1)
  if (wanted.kind !== 'impl' && some(wanted, (part) => part.kind === 'impl')) return 'unknown'
  if (wanted.kind === 'impl') return all(wanted.bounds.map((one) => fulfils(is, one, view, depth + 1)))
  return sameType(is, wanted) ? 'yes' : 'no'
}

export const isOpen = (part: RustType): boolean =>
  (part.kind === 'generic' && !isNumber(part.name)) || part.kind === 'projection'

const isNumber = (text: string): boolean => text !== '' && Number.isInteger(Number(text))

/** The crate's type behind references. */
function itemOf(type: RustType, view: CrateView): TypeItem | undefined {
  if (type.kind === 'ref') return itemOf(type.to, view)
  return type.kind === 'path' ? view.types.get(type.path) : undefined
}

/** Those that may be for the type: its own, and the trait's for whoever. */
function implsFor(type: RustType, trait: string | undefined, view: CrateView): readonly TraitImpl[] {
  const own = (itemOf(type, view)?.impls ?? []).filter((impl) => trait === undefined || impl.trait === trait)
  const traits = trait === undefined ? view.model.traits : optional(view.traits.get(trait))
  return [...own, ...traits.flatMap(({ elsewhere = [] }) => elsewhere)]
}

/** What the parameters of an impl are for the type; undefined when it is not for this type, or its bounds do not hold. */
export function applied(
  impl: TraitImpl,
  type: RustType,
  view: CrateView,
  depth = 0,
  bound?: Bound,
): ReadonlyMap<string, RustType> | undefined {
  const item = itemOf(type, view)
  const parameters = [...(item?.generics ?? []), ...impl.generics].filter((one) => one.kind !== 'lifetime')
  const by = match(resolveAliases(impl.for, view), type, new Set(parameters.map((one) => one.name)))
  if (by === undefined) return undefined
  if (bound !== undefined && !bound.args.every((arg, place) => mayBe(impl.args[place], arg, by))) return undefined
  for (const parameter of impl.generics) {
    const is = by.get(parameter.name)
    if (is === undefined) continue
    if (!isSized(is) && !parameter.bounds.some((one) => UNSIZED.has(one.trait))) return undefined
    const asked = parameter.bounds.map((one) => rewriteBound(one, (part) => substitute(part, by)))
    if (asked.some((one) => fulfils(is, one, view, depth + 1) === 'no')) return undefined
  }
  return by
}

const UNSIZED = new Set(['?Sized', '?std::marker::Sized'])

/** Whether an argument of the impl's trait can be the one that is asked for. */
function mayBe(of: RustType | undefined, asked: RustType, by: ReadonlyMap<string, RustType>): boolean {
  if (of === undefined || holds(of) || holds(asked)) return true
  return sameType(substitute(of, by), asked)
}

const holds = (type: RustType): boolean => isOpen(type) || inner(type).some(holds)

const optional = <Value>(value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value])
