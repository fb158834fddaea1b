/** The type texts of a spec beside what the rules make of the Rust types: what they choose, and whether both agree. */
import type { Direction, Mapping } from '../rules/mapping.js'
import { parseTypeText, printTypeText, TypeTextError, type BoundaryType } from '../spec/type-text.js'
import type { Place } from '../spec/spec.js'
import type { Building } from './building.js'
import { lazily } from '../rules/lazy.js'

export function readBoundary(text: string, place: Place, at: Building): BoundaryType | undefined {
  try {
    return parseTypeText(text)
  } catch (error) {
    if (!(error instanceof TypeTextError)) throw error
    at.faults.push({ place, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) })
    return undefined
  }
}

/** 64-bit integers are bigints where the spec writes `bigint64` or `biguint64`. */
export function asBigints(m: Mapping, text: BoundaryType | undefined): Mapping {
  if (text === undefined) return m
  if (m.kind === 'result') return { ...m, of: asBigints(m.of, text) }
  if (m.kind === 'number' && text.kind === 'simple') {
    const name = { bigint64: 'i64', biguint64: 'u64' }[text.name]
    return m.name === name ? { kind: 'bigint', name, rust: m.rust, rule: 'bigint' } : m
  }
  if ((m.kind === 'option' && text.kind === 'option') || (m.kind === 'list' && text.kind === 'list')) {
    return { ...m, of: asBigints(m.of, text.of) }
  }
  if (m.kind === 'tuple' && text.kind === 'tuple') {
    return { ...m, items: m.items.map((item, place) => asBigints(item, text.items[place])) }
  }
  if (m.kind === 'map' && text.kind === 'map') {
    return { ...m, key: asBigints(m.key, text.key), value: asBigints(m.value, text.value) }
  }
  return m
}

/** Where the spec writes `packed u32[]`, what comes out crosses as one block; `packed enum Value[]` does both ways. */
export function packed(m: Mapping, text: BoundaryType | undefined, direction: Direction): Mapping {
  if (m.kind === 'result') return { ...m, of: packed(m.of, text, direction) }
  if (m.kind === 'option' && text?.kind === 'option') return { ...m, of: packed(m.of, text.of, direction) }
  if (m.kind !== 'list' || text?.kind !== 'list' || !text.packed) return m
  const isPackable = m.of.kind === 'enum' || (direction === 'out' && m.of.kind === 'number' && m.of.name === 'u32')
  return isPackable ? { ...m, packed: true } : m
}

/** Where the spec writes `lazy u32[]`, an iterator comes out as one. */
export const lazy = (m: Mapping, text: BoundaryType | undefined): Mapping =>
  text?.kind === 'list' && text.lazy === true ? lazily(m) : m

/** Whether two type texts are the same type; whether a handle is taken alone, the signature says. */
export function agree(text: string, other: string): boolean {
  const plain = (each: string): string => printTypeText(parseTypeText(each)).replaceAll('exclusive ', '')
  try {
    return text === other || plain(text) === plain(other)
  } catch (error) {
    if (error instanceof TypeTextError) return false
    throw error
  }
}
