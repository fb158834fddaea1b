/** Parameters of PostgreSQL: what the boundary's simple types cannot say is said beside them. */
import { refused } from './error.js'
import type { Value } from './native.js'
import { JsonParam } from './sql-tag.js'

/** A parameter. What it becomes is decided by the server's type for its place. */
export type PostgresValue =
  | JsonParam
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | readonly PostgresValue[]
  | { readonly [key: string]: unknown }

/** Parameters by place (`$1`), or by name (`:name`). */
export type PostgresParams = readonly PostgresValue[] | Readonly<Record<string, PostgresValue>>

/** Values as they cross: `kinds` has a letter for each that means more than its type says, or is empty. */
export interface Flattened {
  readonly values: readonly Value[]
  readonly kinds: string
}

const NONE: Flattened = { values: [], kinds: '' }

/** The values, each as one of the boundary's simple types. */
export function flattened(operation: string, parameters: readonly unknown[] | undefined): Flattened {
  if (parameters === undefined) return NONE
  for (let at = 0; at < parameters.length; at++) {
    if (!isSimple(parameters[at])) return described(operation, parameters)
  }
  return { values: parameters as readonly Value[], kinds: '' }
}

function isSimple(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'bigint':
      return true
    case 'object':
      return value === null || value instanceof Uint8Array
    default:
      return false
  }
}

function described(operation: string, parameters: readonly unknown[]): Flattened {
  let kinds = ''
  const values = Array.from(parameters, (value, at): Value => {
    const name = `params[${String(at)}]`
    if (isSimple(value)) {
      kinds += '.'
      return value as Value
    }
    if (value instanceof JsonParam) {
      kinds += 'j'
      return value.text
    }
    if (value instanceof Date) {
      kinds += 'd'
      return momentOf(operation, name, value)
    }
    if (Array.isArray(value)) {
      kinds += 'a'
      return JSON.stringify(elements(operation, name, value))
    }
    if (typeof value === 'object' && value !== null) {
      kinds += 'j'
      return jsonOf(operation, name, value)
    }
    throw refused(operation, name, EXPECTED, value)
  })
  return { values, kinds }
}

/** What a parameter can be, in words. */
export const EXPECTED = 'null, a boolean, number, bigint, string, Uint8Array, Date, array or object of JSON'

/** Milliseconds since 1970. */
export function momentOf(operation: string, name: string, value: Date): number {
  const milliseconds = value.getTime()
  if (Number.isNaN(milliseconds)) throw refused(operation, name, 'a valid Date', value)
  return milliseconds
}

/** What has no JSON gives undefined, which its type does not say. */
const stringified: (value: unknown) => string | undefined = JSON.stringify

/** An object as JSON. */
export function jsonOf(operation: string, name: string, value: object): string {
  // What `toJSON` gives may have none.
  let text: string | undefined
  try {
    text = stringified(value)
  } catch (cause) {
    throw refused(operation, name, 'an object that has a form in JSON', value, cause)
  }
  if (text === undefined) throw refused(operation, name, 'an object that has a form in JSON', value)
  return text
}

/** An array in JSON; what JSON has no word for is an object with one member. crates/sql/src/postgres/value.rs reads it. */
export function elements(operation: string, name: string, values: readonly unknown[]): unknown[] {
  return Array.from(values, (value, at): unknown => {
    const place = `${name}[${String(at)}]`
    switch (typeof value) {
      case 'boolean':
      case 'string':
        return value
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { n: Object.is(value, -0) ? '-0' : nameOf(value) }
      case 'bigint':
        if (BigInt.asIntN(64, value) !== value) throw refused(operation, place, 'a bigint of 64 bits', value)
        return { i: String(value) }
      case 'object':
        if (value === null) return null
        if (value instanceof JsonParam) return { j: value.text }
        if (value instanceof Date) return { d: String(momentOf(operation, place, value)) }
        if (value instanceof Uint8Array) {
          return { b: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') }
        }
        if (Array.isArray(value)) return elements(operation, place, value)
        return { j: jsonOf(operation, place, value) }
      default:
        throw refused(operation, place, EXPECTED, value)
    }
  })
}

function nameOf(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value < 0 ? '-inf' : 'inf'
}
