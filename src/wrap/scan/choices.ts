/** Type parameters that a concrete type can stand for, when no rule for the bound alone says which. */
import { parseType, RustTextError } from '../model/text.js'
import type { Bound, GenericParameter, RustSignature, RustType } from '../model/rust-type.js'
import { isPrimitive, path, primitive, reference, some, str, string, typeKey } from '../rules/rust-types.js'
import {
  lifetimeCount,
  lifetimesOf,
  resolveAliases,
  typeParameters,
  withLifetimes,
  type CrateView,
} from './crate-view.js'
import { associatedType, fulfils, isOpen, resolveProjections } from './implementations.js'

/** Bytes in memory, read and sought. */
export const memoryReader = path('std::io::Cursor', path('std::vec::Vec', primitive('u8')))
const byteVector = path('std::vec::Vec', primitive('u8'))

/** Traits that text has, and that say nothing of what a value is for. */
const COMPARING = new Set([
  'std::cmp::Eq',
  'std::cmp::PartialEq',
  'std::cmp::Ord',
  'std::cmp::PartialOrd',
  'std::hash::Hash',
])
const HARMLESS = new Set([
  ...COMPARING,
  'std::clone::Clone',
  'std::fmt::Debug',
  'std::fmt::Display',
  'std::default::Default',
  'std::marker::Sized',
  '?std::marker::Sized',
  '?Sized',
])

/** Whether text and numbers have the trait. */
export const isHarmless = (bound: Bound): boolean =>
  bound.args.length === 0 && (HARMLESS.has(bound.trait) || HELD.has(bound.trait) || bound.trait.startsWith("'"))

const HELD = new Set(['std::marker::Copy', 'std::marker::Send', 'std::marker::Sync', 'std::marker::Unpin'])

/** What a parameter is for besides its bounds. */
export interface Wanted {
  /** Classes of the package that could stand for it, the richest first. */
  readonly classes?: readonly RustType[]
  /** It stands behind a reference: `&G`. */
  readonly lent?: boolean
}

/** Whether an argument is a reference to what the parameter stands for. */
export const isLent = (name: string, signature: RustSignature): boolean =>
  signature.params.some(({ type }) => type.kind === 'ref' && type.to.kind === 'generic' && type.to.name === name)

/** More functions for one that takes any class with some traits help nobody. */
const MOST_CLASSES = 4

/** What may stand for a parameter, the best first; several are several items. */
export function choicesFor(parameter: GenericParameter, view: CrateView, wanted: Wanted = {}): readonly RustType[] {
  const { bounds } = parameter
  const traits = new Set(bounds.map((bound) => bound.trait))
  if (traits.has('std::io::Read') || traits.has('std::io::BufRead')) return [memoryReader]
  if (traits.has('std::io::Write')) return [traits.has('std::io::Seek') ? memoryReader : byteVector]
  for (const bound of bounds) {
    const choices = choicesForBound(bound, view, wanted).filter((type) => isFit(type, bounds, view))
    if (choices.length > 0) return choices
  }
  const comparesOnly = bounds.every((bound) => HARMLESS.has(bound.trait) && bound.args.length === 0)
  return comparesOnly && bounds.some((bound) => COMPARING.has(bound.trait)) ? [string] : []
}

const isFit = (type: RustType, bounds: readonly Bound[], view: CrateView): boolean =>
  bounds.every((bound) => fulfils(type, bound, view) !== 'no')

function choicesForBound(bound: Bound, view: CrateView, wanted: Wanted): readonly RustType[] {
  const [target] = bound.args
  if (bound.trait === 'std::convert::AsRef' || bound.trait === 'std::borrow::Borrow') {
    if (target !== undefined && isPrimitive(target, 'str')) return [string]
    return target?.kind === 'slice' && isPrimitive(target.of, 'u8') ? [byteVector] : []
  }
  if (bound.trait === 'std::convert::Into') {
    return target === undefined ? [] : sourcesOf(resolveAliases(target, view), view)
  }
  const trait = view.traits.get(bound.trait)
  if (trait === undefined) return []
  const has = (type: RustType): boolean => {
    const verdict = fulfils(type, bound, view)
    // Its name stands among the implementors; what has to be equal besides has to be known.
    return verdict === 'yes' || (verdict === 'unknown' && bound.bindings.length === 0)
  }
  const types = trait.implementors
    .flatMap(read)
    .filter((type) => isComplete(type, view) && isSeen(type, view) && has(type))
  const lent = trait.elsewhere?.some((impl) => impl.for.kind === 'ref' && impl.for.to.kind === 'generic') === true
  const text = lent && has(reference(str)) ? [reference(str)] : []
  // Where a number will do, no object has to be made.
  const classes = types.some(isNumber) ? [] : classesWith(bound, view, wanted)
  return sorted(unique([...oneNumber(types), ...text, ...classes])).map((type) => livingFor(type, bound))
}

/** `&'old str` of `Old: IntoDiffInput<'old>`: what is lent lives as long as the trait says. */
export function livingFor(type: RustType, { lifetimes = [] }: Bound): RustType {
  const [lifetime, another] = lifetimes
  return type.kind === 'ref' && lifetime !== undefined && another === undefined ? { ...type, lifetime } : type
}

/** Instances of generic types, and references to them, that have the trait. */
function classesWith(bound: Bound, view: CrateView, { classes = [], lent = false }: Wanted): readonly RustType[] {
  const found = classes.flatMap((type) => {
    if (type.kind !== 'path' || type.args.length === 0) return []
    const forms = lent ? [type] : [reference(type), type]
    return forms.filter((form) => fulfils(form, bound, view) === 'yes').slice(0, 1)
  })
  return found.slice(0, MOST_CLASSES)
}

const isNumber = (type: RustType): boolean => type.kind === 'primitive' && NUMBERS.has(type.name)

/** Of numbers of all sizes the one that JavaScript has. */
function oneNumber(types: readonly RustType[]): readonly RustType[] {
  const numbers = types.filter(isNumber)
  if (numbers.length < 2) return types
  const usual = USUAL_NUMBERS.flatMap((name) => numbers.filter((type) => isPrimitive(type, name)))[0]
  return types.filter((type) => !isNumber(type) || type === usual)
}

const USUAL_NUMBERS = ['f64', 'u32', 'i32', 'usize', 'u64', 'i64']
const NUMBERS = new Set([
  ...['f32', 'f64'],
  ...['8', '16', '32', '64', '128', 'size'].flatMap((size) => [`i${size}`, `u${size}`]),
])

const unique = (types: readonly RustType[]): readonly RustType[] => [
  ...new Map(types.map((type) => [typeKey(type), type])).values(),
]

/** Not what hides behind a parameter: `&'a G`. */
const isSeen = (type: RustType, view: CrateView): boolean =>
  !some(type, (part) => part.kind === 'generic') && (type.kind !== 'path' || !isPrivate(type.path, view))

const isPrivate = (name: string, view: CrateView): boolean => !name.startsWith('std::') && !view.types.has(name)

/** What other parameters are once this one is a type: `T` of `Old: IntoDiffInput<Output = T>`. */
export function following(parameter: GenericParameter, type: RustType, view: CrateView): ReadonlyMap<string, RustType> {
  const found = new Map<string, RustType>()
  for (const bound of parameter.bounds) {
    for (const binding of bound.bindings) {
      if (binding.type.kind !== 'generic' || found.has(binding.type.name)) continue
      const of = associatedType(type, bound.trait, binding.name, view)
      const is = of === undefined ? undefined : resolveProjections(resolveAliases(of, view), view)
      if (is !== undefined && !some(is, isOpen)) found.set(binding.type.name, is)
    }
  }
  return found
}

/** The types that a type is made from, by its `From` impls. */
function sourcesOf(target: RustType, view: CrateView): readonly RustType[] {
  if (target.kind !== 'path') return []
  const item = view.types.get(target.path)
  if (item === undefined) return []
  const sources = item.impls.flatMap((impl) => {
    if (impl.trait !== 'std::convert::From') return []
    const lifetimes = lifetimesOf(impl.for, target)
    return impl.args.map((type) => withLifetimes(type, lifetimes))
  })
  const itself = lifetimeCount(item) > 0 ? [target] : []
  return sorted([...sources.map((type) => resolveAliases(type, view)), ...itself])
}

/** Implementors of a generic type are written without its parameters. */
function isComplete(type: RustType, view: CrateView): boolean {
  if (type.kind !== 'path' || type.args.length > 0) return true
  return typeParameters(view.types.get(type.path)?.generics ?? []).length === 0
}

function read(text: string): readonly RustType[] {
  try {
    return [parseType(text)]
  } catch (error) {
    if (error instanceof RustTextError) return []
    throw error
  }
}

/** Lent text first: it is what JavaScript has, and costs nothing. */
function sorted(types: readonly RustType[]): readonly RustType[] {
  const lent = typeKey(reference(str))
  return [...types].sort((a, b) => Number(typeKey(b) === lent) - Number(typeKey(a) === lent))
}

/** The signature with types in place of parameters. */
export function chosen(
  signature: RustSignature,
  by: ReadonlyMap<string, RustType>,
  change: (type: RustType, by: ReadonlyMap<string, RustType>) => RustType,
): RustSignature {
  const one = (part: RustType): RustType => change(part, by)
  return {
    ...signature,
    generics: signature.generics
      .filter((parameter) => !by.has(parameter.name))
      .map((parameter) => ({
        ...parameter,
        bounds: parameter.bounds.map((bound) => ({
          ...bound,
          args: bound.args.map(one),
          bindings: bound.bindings.map((binding) => ({ ...binding, type: one(binding.type) })),
        })),
      })),
    params: signature.params.map((param) => ({ name: param.name, type: one(param.type) })),
    returns: one(signature.returns),
  }
}
