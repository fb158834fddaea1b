/** Functions of JavaScript in SQL. */
import { boundary } from '../addon.js'
import { refused, sqlError } from './error.js'
import { native, type Value } from './native.js'
import { encodeParam, type SqlParam } from './params.js'
import type { SqliteConnection } from './sqlite-connection.js'

/** What a function of SQL is given: integers are numbers where there is one, else bigints. */
export type SqlArgument = null | number | bigint | string | Uint8Array

/** What it may give; undefined is null. */
export type SqlFunction = (...args: SqlArgument[]) => SqlParam | undefined

/** How a function is called. */
export interface FunctionOptions {
  /** It gives the same for the same arguments: SQLite may call it once for all. Default: false. */
  deterministic?: boolean | undefined
  /** How many arguments it takes; -1 for any number. Default: as many as the function declares. */
  arguments?: number | undefined
}

/** The functions of one database. */
export class SqliteFunctions {
  readonly #all: { readonly name: string; readonly fn: SqlFunction }[] = []
  #pattern: RegExp | undefined

  define(
    operation: string,
    connection: SqliteConnection,
    name: string,
    fn: SqlFunction,
    options: FunctionOptions,
  ): void {
    if (typeof name !== 'string' || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      throw refused(operation, 'name', 'a name of letters, digits and _', name)
    }
    if (typeof fn !== 'function') throw refused(operation, 'fn', 'a function', fn)
    const count = options.arguments ?? fn.length
    if (!Number.isInteger(count) || count < -1 || count > 127) {
      throw refused(operation, 'options.arguments', 'a whole number from -1 to 127', count)
    }
    boundary.asks(operation)
    native.sqliteConnectionDefine(connection.number, name, count, options.deterministic === true, this.#all.length)
    this.#all.push({ name, fn })
    const names = this.#all.map((each) => each.name).join('|')
    this.#pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${names})(?![\\p{L}\\p{N}_])`, 'iu')
  }

  /** Whether a statement may call one: only what stands in its own text can. */
  isCalledBy(sql: string): boolean {
    return this.#pattern !== undefined && this.#pattern.test(sql)
  }

  /** What SQLite calls. */
  readonly host = (number: number, args: readonly Value[]): Value => {
    const known = this.#all[number]
    if (known === undefined) throw sqlError('ERR_SQL_STATE', 'sql.function', 'a function that nobody defined')
    const result = known.fn(...(args as SqlArgument[]))
    if (result instanceof Promise) {
      throw sqlError('ERR_SQL_FUNCTION', `sql.function ${known.name}`, 'it returned a promise, and SQLite cannot wait')
    }
    return result === undefined ? null : encodeParam(`sql.function ${known.name}`, 'result', result)
  }
}
