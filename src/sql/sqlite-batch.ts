/** Many statements in one crossing: what a batch is given, as it crosses. */
import type { BatchItem } from './database.js'
import { refused, sqlError } from './error.js'
import type { Value } from './native.js'
import { encodeParams, type SqlParams } from './params.js'
import { isFragment } from './sql-tag.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'

export interface Batch<Options> {
  /** One for all lists of parameters, or one for each. */
  readonly texts: readonly string[]
  readonly lists: readonly (SqlParams | undefined)[]
  readonly options: Options | undefined
}

/** What is to run, out of a call's arguments. */
export function batchOf<Options>(
  operation: string,
  first: string | readonly BatchItem[],
  second: unknown,
  third: Options | undefined,
): Batch<Options> {
  if (typeof first === 'string') {
    if (!Array.isArray(second)) throw refused(operation, 'params', 'an array of lists of parameters', second)
    return { texts: [first], lists: second as SqlParams[], options: third }
  }
  if (!Array.isArray(first)) throw refused(operation, 'items', 'a string or an array of statements', first)
  const items = (first as readonly BatchItem[]).map((item) => {
    if (isFragment(item)) return { text: item.text(), params: item.values as SqlParams }
    if (Array.isArray(item) && typeof item[0] === 'string') return { text: item[0], params: item[1] as SqlParams }
    throw refused(operation, 'items', 'fragments of sql`…` and arrays [sql, params]', item)
  })
  return {
    texts: items.map(({ text }) => text),
    lists: items.map(({ params }) => params),
    options: second as Options | undefined,
  }
}

/** The statements' numbers and their parameters, once all of them are prepared on the connection. */
export function batchValues(
  operation: string,
  connection: SqliteConnection,
  texts: readonly string[],
  lists: readonly (SqlParams | undefined)[],
): { numbers: number[]; values: (readonly Value[])[] } {
  if (texts.some((text) => connection.functions.isCalledBy(text))) {
    const message = 'a batch cannot call functions of JavaScript; run its statements in a transaction'
    throw sqlError('ERR_SQL_FUNCTION', operation, message)
  }
  const plans = texts.map((text) => connection.planOf(text) as Plan)
  return {
    numbers: plans.map(({ number }) => number),
    values: lists.map((list, at) => encodeParams(operation, (plans[texts.length === 1 ? 0 : at] as Plan).names, list)),
  }
}
