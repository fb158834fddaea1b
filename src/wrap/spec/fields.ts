/** A mapping as it was read: each key with its value and its place, defaults filled in. */
import type { Place } from './spec.js'

export interface Fields {
  readonly place: Place
  readonly values: ReadonlyMap<string, Read>
}

/** One value that was read. */
export interface Read {
  readonly place: Place
  readonly value: ReadValue
}

export type ReadValue = string | boolean | readonly Read[] | Fields | ReadonlyMap<string, string>

const isFields = (value: ReadValue | undefined): value is Fields =>
  typeof value === 'object' && 'values' in value && 'place' in value

/** A key's text, when it is there. */
export function maybeText(fields: Fields, key: string): string | undefined {
  const value = fields.values.get(key)?.value
  return typeof value === 'string' ? value : undefined
}

/** A required key's text. Empty when it is missing: then there is a fault, and nobody sees the spec. */
export const text = (fields: Fields, key: string): string => maybeText(fields, key) ?? ''

export const flag = (fields: Fields, key: string): boolean => fields.values.get(key)?.value === true

export const placeOf = (fields: Fields, key: string): Place => fields.values.get(key)?.place ?? fields.place

export function list(fields: Fields, key: string): readonly Read[] {
  const value = fields.values.get(key)?.value
  return Array.isArray(value) ? (value as readonly Read[]) : []
}

export const texts = (fields: Fields, key: string): string[] =>
  list(fields, key).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))

/** A list's mappings. */
export const entries = (fields: Fields, key: string): Fields[] =>
  list(fields, key).flatMap(({ value }) => (isFields(value) ? [value] : []))

export function entry(fields: Fields, key: string): Fields {
  const value = fields.values.get(key)?.value
  return isFields(value) ? value : { place: fields.place, values: new Map() }
}

export function textsByName(fields: Fields, key: string): Record<string, string> {
  const value = fields.values.get(key)?.value
  return value instanceof Map ? Object.fromEntries(value as ReadonlyMap<string, string>) : {}
}
