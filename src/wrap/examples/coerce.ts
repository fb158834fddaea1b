/** A value where a type is wanted: as it is, in another spelling, or not at all. */
import { isFloat, open, unify, type Known } from './known.js'
import { giveUp, literalValue, tight, value, type Value } from './value.js'

/** For an argument; gives up when the value is known to be something else. */
export function coerce(of: Value, wanted: Known): Value {
  const result = tryCoerce(of, wanted)
  return result ?? giveUp(`a ${describe(of.known)} where a ${describe(wanted)} is wanted`)
}

export function tryCoerce(of: Value, wanted: Known): Value | undefined {
  if (wanted.kind === 'result') return undefined
  const both = unify(of.known, wanted)
  if (both !== undefined) return { ...of, known: both }
  const { known } = of
  if (known.kind === 'number' && wanted.kind === 'number') {
    // `impl Into<f64>` and the like: what crosses is a number, and Rust has decided that it fits.
    return isFloat(known) && !isFloat(wanted) ? undefined : of
  }
  if (known.kind === 'number' && known.name === 'integer' && wanted.kind === 'bigint') {
    return of.isLiteral ? literalValue(`${of.code}n`, wanted) : value(`BigInt(${of.code})`, wanted)
  }
  if (wanted.kind === 'bytes') return toBytes(of)
  if (known.kind === 'iterator' && wanted.kind === 'list')
    return value(`[...${tight(of)}]`, { ...wanted, of: known.of })
  if (known.kind === 'list' && wanted.kind === 'iterator') return of
  // `impl Into<Option<T>>` takes a `T`.
  if (wanted.kind === 'option' && known.kind !== 'option') {
    const inner = tryCoerce(of, wanted.of)
    return inner === undefined ? undefined : { ...inner, known: wanted }
  }
  return undefined
}

function toBytes(of: Value): Value | undefined {
  const { known } = of
  if (known.kind === 'text') return value(`new TextEncoder().encode(${of.code})`, { kind: 'bytes' })
  if (known.kind !== 'list') return undefined
  const isBytes = known.of.kind === 'open' || (known.of.kind === 'number' && ['u8', 'integer'].includes(known.of.name))
  return isBytes ? value(`Uint8Array.from(${of.code})`, { kind: 'bytes' }) : undefined
}

export function describe(known: Known): string {
  switch (known.kind) {
    case 'handle':
      return 'object'
    case 'open':
      return 'value of a type that is not known'
    case 'result':
      return 'result'
    default:
      return known.kind
  }
}

/** Items of one list share a type. */
export function commonKnown(items: readonly Value[], wanted: Known): Known {
  let known = wanted
  for (const item of items) {
    const both = unify(known, item.known)
    if (both === undefined) giveUp('a list of several types')
    known = both
  }
  return items.length === 0 ? wanted : known
}

export const itemOf = (wanted: Known | undefined): Known =>
  wanted !== undefined && (wanted.kind === 'list' || wanted.kind === 'iterator' || wanted.kind === 'option')
    ? wanted.of
    : open
