/** Parameters as users give them, as they cross. */
import { refused, sqlError, type SqlError } from './error.js'
import { JsonParam } from './sql-tag.js'
import type { Value } from './native.js'

/** One value of a parameter. Dates go as ISO 8601 text; objects and arrays by `sql.json`. */
export type SqlParam = null | boolean | number | bigint | string | Uint8Array | Date | JsonParam

/** Parameters by place (`?`, `?3`, `$1`) or by name (`:name`, for SQLite `@name` and `$name` too). */
export type SqlParams = readonly SqlParam[] | Readonly<Record<string, SqlParam>>

const NONE: readonly Value[] = []

/**
 * The parameters of a statement, in the order of their places. `names` has each one's name with what stands before it, null
 * for one that has only a place.
 *
 * @throws SqlError `ERR_SQL_PARAMETER` for one that is missing, too many, or of a type that has no place in a database.
 */
export function encodeParams(
  operation: string,
  names: readonly (string | null)[],
  params: SqlParams | undefined,
): readonly Value[] {
  if (params === undefined) return names.length === 0 ? NONE : encodeList(operation, names, [])
  if (Array.isArray(params)) return encodeList(operation, names, params as readonly SqlParam[])
  if (typeof params !== 'object' || (params as unknown) === null || params instanceof Uint8Array) {
    throw refused(operation, 'params', 'an array, or an object of values by name', params)
  }
  return encodeNamed(operation, names, params as Readonly<Record<string, SqlParam>>)
}

function encodeList(
  operation: string,
  names: readonly (string | null)[],
  params: readonly SqlParam[],
): readonly Value[] {
  if (params.length !== names.length) {
    throw sqlError(
      'ERR_SQL_PARAMETER',
      operation,
      `the statement has ${String(names.length)} parameters, got ${String(params.length)}`,
      { expected: names.length, found: params.length },
    )
  }
  for (let at = 0; at < params.length; at++) {
    const value = params[at]
    const type = typeof value
    // The common case: all of them cross as they are.
    if (type === 'number' || type === 'string' || type === 'boolean' || type === 'bigint' || value === null) continue
    if (value instanceof Uint8Array) continue
    return params.map((each, place) => encodeParam(operation, String(place + 1), each))
  }
  return params as readonly Value[]
}

function encodeNamed(
  operation: string,
  names: readonly (string | null)[],
  params: Readonly<Record<string, SqlParam>>,
): readonly Value[] {
  const used = new Set<string>()
  const values = names.map((full, at) => {
    const name = full === null || full.startsWith('?') ? null : full.slice(1)
    if (name === null) {
      throw sqlError(
        'ERR_SQL_PARAMETER',
        operation,
        `parameter ${String(at + 1)} has only a place and no name; pass an array`,
        { parameter: String(at + 1) },
      )
    }
    if (!Object.hasOwn(params, name)) {
      throw sqlError('ERR_SQL_PARAMETER', operation, `there is no value for the parameter ${String(full)}`, {
        parameter: full,
      })
    }
    used.add(name)
    return encodeParam(operation, String(full), params[name])
  })
  const extra = Object.keys(params).find((name) => !used.has(name))
  if (extra !== undefined) {
    throw sqlError('ERR_SQL_PARAMETER', operation, `the statement has no parameter called ${extra}`, {
      parameter: extra,
    })
  }
  return values
}

/** One value as it crosses. */
export function encodeParam(operation: string, parameter: string, value: unknown): Value {
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'bigint':
      return value
    case 'object':
      if (value === null || value instanceof Uint8Array) return value
      if (JsonParam.isOne(value)) return value.text
      if (value instanceof Date) {
        if (!Number.isNaN(value.getTime())) return value.toISOString()
        throw wrong(operation, parameter, 'is an invalid date')
      }
      throw wrong(
        operation,
        parameter,
        `is ${Array.isArray(value) ? 'an array' : 'an object'}; store it by sql.json(…)`,
      )
    default:
      throw wrong(
        operation,
        parameter,
        `is ${typeof value === 'undefined' ? 'undefined; null is SQL’s NULL' : `a ${typeof value}`}`,
      )
  }
}

function wrong(operation: string, parameter: string, what: string): SqlError {
  return sqlError('ERR_SQL_PARAMETER', operation, `parameter ${parameter} ${what}`, { parameter })
}
