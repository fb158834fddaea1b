/** Which traits of the standard library its own types have, as far as bounds ask for them. */
import type { Bound, RustType } from '../model/rust-type.js'
import { isPath, isPrimitive } from '../rules/rust-types.js'

/** Not every question has an answer here. */
export type Verdict = 'yes' | 'no' | 'unknown'

const VALUE = ['clone::Clone', 'fmt::Debug', 'cmp::PartialEq', 'cmp::PartialOrd', 'marker::Copy', 'default::Default']
const ORDERED = ['cmp::Eq', 'cmp::Ord', 'hash::Hash']
const ARITHMETIC = ['Add', 'Sub', 'Mul', 'Div', 'Rem'].flatMap((name) => [`ops::${name}`, `ops::${name}Assign`])
const SUMS = ['iter::Sum', 'iter::Product']
const BITS = ['BitAnd', 'BitOr', 'BitXor', 'Shl', 'Shr', 'Not'].map((name) => `ops::${name}`)

const named = (...names: readonly (readonly string[])[]): ReadonlySet<string> =>
  new Set(names.flat().map((name) => `std::${name}`))

const FLOAT = named(VALUE, ARITHMETIC, SUMS, ['fmt::Display', 'fmt::LowerExp', 'str::FromStr', 'ops::Neg'])
const SIGNED = named(VALUE, ORDERED, ARITHMETIC, SUMS, BITS, ['fmt::Display', 'str::FromStr', 'ops::Neg'])
const UNSIGNED = named(VALUE, ORDERED, ARITHMETIC, SUMS, BITS, ['fmt::Display', 'str::FromStr'])
const LETTER = named(VALUE, ORDERED, ['fmt::Display', 'str::FromStr'])
const STR = named(ORDERED, ['fmt::Debug', 'fmt::Display', 'cmp::PartialEq', 'cmp::PartialOrd', 'borrow::ToOwned'])
const STRING = named(ORDERED, [
  'fmt::Debug',
  'fmt::Display',
  'cmp::PartialEq',
  'cmp::PartialOrd',
  'clone::Clone',
  'default::Default',
  'str::FromStr',
])

const PRIMITIVES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['f32', 'f64'].map((name) => [name, FLOAT] as const),
  ...['i8', 'i16', 'i32', 'i64', 'i128', 'isize'].map((name) => [name, SIGNED] as const),
  ...['u8', 'u16', 'u32', 'u64', 'u128', 'usize'].map((name) => [name, UNSIGNED] as const),
  ['bool', LETTER],
  ['char', LETTER],
  ['str', STR],
])

/** Traits that a container has when what it holds has them. */
const OF_PARTS = named(ORDERED, ['clone::Clone', 'fmt::Debug', 'cmp::PartialEq', 'cmp::PartialOrd'])

/** What they hold in order, compared part by part. */
const SEQUENCES = new Set(['std::vec::Vec', 'std::collections::VecDeque', 'std::boxed::Box', 'std::option::Option'])

/** Whether a value of the type has a size that is known: `str` and slices have none. */
export const isSized = (type: RustType): boolean =>
  !(type.kind === 'slice' || type.kind === 'dyn' || isPrimitive(type, 'str'))

/** Of types of the standard library, and references to any. `fulfils` answers for what they hold. */
export function standardVerdict(
  type: RustType,
  bound: Bound,
  fulfils: (part: RustType, bound: Bound) => Verdict,
): Verdict {
  const { trait } = bound
  if (trait === 'std::convert::AsRef' || trait === 'std::borrow::Borrow') return lends(type, bound)
  switch (type.kind) {
    case 'primitive':
      return among(PRIMITIVES.get(type.name), trait)
    case 'ref':
      if (trait === 'std::clone::Clone' || trait === 'std::marker::Copy') return verdict(!type.mutable)
      return OF_PARTS.has(trait) || trait === 'std::fmt::Display' ? fulfils(type.to, bound) : 'unknown'
    case 'tuple':
    case 'slice':
    case 'array': {
      const parts = type.kind === 'tuple' ? type.items : [type.of]
      if (trait === 'std::clone::Clone' && type.kind === 'slice') return 'no'
      const isByPart = OF_PARTS.has(trait) || (type.kind !== 'slice' && trait === 'std::marker::Copy')
      if (isByPart || (type.kind === 'tuple' && trait === 'std::default::Default'))
        return all(parts.map((part) => fulfils(part, bound)))
      return trait === 'std::fmt::Display' || trait === 'std::marker::Copy' ? 'no' : 'unknown'
    }
    case 'path':
      if (type.path === 'std::string::String') return among(STRING, trait)
      if (!SEQUENCES.has(type.path)) return 'unknown'
      if (OF_PARTS.has(trait)) return all(type.args.map((part) => fulfils(part, bound)))
      if (trait === 'std::marker::Copy') return type.path === 'std::option::Option' ? fulfilsAll() : 'no'
      if (trait === 'std::default::Default') return type.path === 'std::boxed::Box' ? fulfilsAll() : 'yes'
      return trait === 'std::fmt::Display' && type.path !== 'std::boxed::Box' ? 'no' : 'unknown'
    default:
      return 'unknown'
  }

  function fulfilsAll(): Verdict {
    return type.kind === 'path' ? all(type.args.map((part) => fulfils(part, bound))) : 'unknown'
  }
}

/** `AsRef<str>`, `AsRef<[u8]>`, `AsRef<Path>` and their like. */
function lends(type: RustType, bound: Bound): Verdict {
  const [target] = bound.args
  const inner = type.kind === 'ref' ? type.to : type
  if (target === undefined) return 'unknown'
  const isText = isPrimitive(inner, 'str') || (inner.kind === 'path' && inner.path === 'std::string::String')
  if (isText) {
    if (isPrimitive(target, 'str')) return 'yes'
    if (target.kind === 'slice') return verdict(isPrimitive(target.of, 'u8'))
    return isPath(target, 'std::path::Path') || isPath(target, 'std::ffi::OsStr') ? 'yes' : 'unknown'
  }
  const holds = inner.kind === 'slice' || inner.kind === 'array' ? inner.of : undefined
  const item = inner.kind === 'path' && inner.path === 'std::vec::Vec' ? inner.args[0] : holds
  if (item === undefined) return 'unknown'
  if (target.kind === 'slice') return verdict(JSON.stringify(target.of) === JSON.stringify(item))
  return isPrimitive(target, 'str') ? 'no' : 'unknown'
}

/** A trait that none of these types has is none that is known here. */
const KNOWN = new Set([...FLOAT, ...SIGNED, ...STR, ...STRING])

const among = (traits: ReadonlySet<string> | undefined, trait: string): Verdict =>
  traits === undefined || !KNOWN.has(trait) ? 'unknown' : verdict(traits.has(trait))

const verdict = (has: boolean | undefined): Verdict => (has === undefined ? 'unknown' : has ? 'yes' : 'no')

export const all = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes'
