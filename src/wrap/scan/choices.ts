/** Type parameters that a concrete type can stand for, when no rule for the bound alone says which. */
import { parseType, RustTextError } from '../model/text.js'
import type { Bound, GenericParameter, RustSignature, RustType } from '../model/rust-type.js'
import { isPrimitive, path, primitive, reference, str, string, typeKey } from '../rules/rust-types.js'
import {
  lifetimeCount,
  lifetimesOf,
  resolveAliases,
  typeParameters,
  withLifetimes,
  type CrateView,
} from './crate-view.js'

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

/** What may stand for a parameter, the best first; several are several items. */
export function choicesFor(parameter: GenericParameter, view: CrateView): readonly RustType[] {
  const { bounds } = parameter
  const traits = new Set(bounds.map((bound) => bound.trait))
  if (traits.has('std::io::Read') || traits.has('std::io::BufRead')) return [memoryReader]
  if (traits.has('std::io::Write')) return [traits.has('std::io::Seek') ? memoryReader : byteVector]
  for (const bound of bounds) {
    const choices = choicesForBound(bound, view)
    if (choices.length > 0) return choices
  }
  const comparesOnly = bounds.every((bound) => HARMLESS.has(bound.trait) && bound.args.length === 0)
  return comparesOnly && bounds.some((bound) => COMPARING.has(bound.trait)) ? [string] : []
}

function choicesForBound(bound: Bound, view: CrateView): readonly RustType[] {
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
  const types = trait.implementors.flatMap(read).filter((type) => isComplete(type, view) && isBound(type, bound, view))
  return sorted(types)
}

/** `View<Pixel = P>`: whether the type's impl says so. What cannot be told is no choice. */
function isBound(type: RustType, bound: Bound, view: CrateView): boolean {
  if (bound.bindings.length === 0) return true
  const item = type.kind === 'path' ? view.types.get(type.path) : undefined
  const impl = item?.impls.find((one) => one.trait === bound.trait && one.for.kind === 'path')
  return bound.bindings.every((binding) => {
    const is = impl?.associated.find((one) => one.name === binding.name)?.type
    return is !== undefined && typeKey(resolveAliases(is, view)) === typeKey(resolveAliases(binding.type, view))
  })
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

/** The signature with a type in place of a parameter. */
export function chosen(
  signature: RustSignature,
  name: string,
  type: RustType,
  change: (type: RustType, by: ReadonlyMap<string, RustType>) => RustType,
): RustSignature {
  const by = new Map([[name, type]])
  const one = (part: RustType): RustType => change(part, by)
  return {
    ...signature,
    generics: signature.generics
      .filter((parameter) => parameter.name !== name)
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
