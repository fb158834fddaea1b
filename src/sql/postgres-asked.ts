/** A call's arguments: SQL with parameters and options, in each of the ways they can be given. */
import type { QueryOptions } from './database.js'
import { refused, sqlError } from './error.js'
import type { Value } from './native.js'
import { rowOptions, type PostgresTransactionOptions } from './postgres-options.js'
import { orderedPlacesOf, placesOf } from './postgres-placeholders.js'
import { flattened, type PostgresParams, type PostgresValue } from './postgres-values.js'
import type { RowForm } from './rows.js'
import { isFragment, type SqlFragment } from './sql-tag.js'

/** What is asked of the server, and how. */
export interface Asked<Options> {
  readonly text: string
  readonly values: readonly Value[]
  readonly kinds: string
  readonly options: Options | undefined
  readonly form: RowForm
  readonly bigints: boolean
}

/** A fragment has its own parameters, and its options come second. */
export function askedOf<Options extends object = QueryOptions>(
  operation: string,
  sql: string | SqlFragment,
  second: unknown,
  third: Options | undefined,
): Asked<Options> {
  if (typeof sql === 'string') {
    const { form, bigints } = rowOptions(operation, third)
    if (second === undefined || Array.isArray(second)) {
      const { values, kinds } = flattened(operation, second)
      // Without values a `?` can only be the operator.
      const text = values.length === 0 ? sql : orderedPlacesOf(sql)
      return { text, values, kinds, options: third, form, bigints }
    }
    const { text, values: named } = byName(operation, sql, second)
    const { values, kinds } = flattened(operation, named)
    return { text, values, kinds, options: third, form, bigints }
  }
  if (!isFragment(sql)) throw refused(operation, 'sql', 'a string or a fragment of sql`…`', sql)
  if (third !== undefined) throw refused(operation, 'params', 'left out: a fragment has its own parameters', second)
  const options = second as Options | undefined
  const { form, bigints } = rowOptions(operation, options)
  const { values, kinds } = flattened(operation, sql.values)
  return { text: sql.text((index) => `$${String(index + 1)}`), values, kinds, options, form, bigints }
}

function byName(operation: string, sql: string, params: unknown): { text: string; values: readonly unknown[] } {
  const isPlain =
    typeof params === 'object' && params !== null && !(params instanceof Uint8Array) && !(params instanceof Date)
  if (!isPlain) throw refused(operation, 'params', 'an array, or an object of values by name', params)
  const { text, names } = placesOf(sql)
  const missing = names.find((name) => !Object.hasOwn(params, name))
  if (missing !== undefined) {
    throw sqlError('ERR_SQL_PARAMETER', operation, `there is no value for the parameter :${missing}`, {
      parameter: missing,
    })
  }
  const extra = Object.keys(params).find((name) => !names.includes(name))
  if (extra !== undefined) {
    throw sqlError('ERR_SQL_PARAMETER', operation, `the statement has no parameter called ${extra}`, {
      parameter: extra,
    })
  }
  return { text, values: names.map((name) => (params as Record<string, unknown>)[name]) }
}

/** Statements of a batch, each with its parameters. */
export function batchOf(
  operation: string,
  first: unknown,
  second: unknown,
  third: PostgresTransactionOptions | undefined,
): { statements: readonly (readonly [string, PostgresParams])[]; options: PostgresTransactionOptions | undefined } {
  if (typeof first === 'string') {
    if (!Array.isArray(second)) throw refused(operation, 'params', 'an array of lists of parameters', second)
    return { statements: (second as PostgresValue[][]).map((params) => [first, params] as const), options: third }
  }
  if (!Array.isArray(first)) throw refused(operation, 'items', 'SQL, or an array of statements', first)
  const statements = (first as unknown[]).map((item, at) => {
    if (isFragment(item)) {
      return [item.text((index) => `$${String(index + 1)}`), item.values as readonly PostgresValue[]] as const
    }
    if (Array.isArray(item) && typeof item[0] === 'string') {
      return [item[0], (item[1] ?? []) as PostgresParams] as const
    }
    throw refused(operation, `items[${String(at)}]`, 'a fragment of sql`…`, or an array of SQL and parameters', item)
  })
  return { statements, options: second as PostgresTransactionOptions | undefined }
}
