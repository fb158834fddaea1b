/** Functions and aggregates of JavaScript in SQL. */
import { boundary } from '../addon.js'
import { promised, refused, sqlError } from './error.js'
import { native, type Value } from './native.js'
import { encodeParam, type SqlParam } from './params.js'
import { Groups, type SqlAggregate } from './sqlite-aggregate.js'
import type { SqliteConnection } from './sqlite-connection.js'

/** What a function of SQL is given: integers are numbers where there is one, else bigints. */
export type SqlArgument = null | number | bigint | string | Uint8Array

/** What it may give; undefined is null. */
export type SqlFunction = (...args: SqlArgument[]) => SqlParam | undefined

/** How a function is called. */
export interface FunctionOptions {
  /** It gives the same for the same arguments: SQLite may call it once for all. Default: false. */
  deterministic?: boolean | undefined
  /** How many arguments it takes, from 0 to 127; -1 for any number. Default: as many as the function declares. */
  arguments?: number | undefined
}

/** What SQLite calls: by the number of a function. */
type Host = (number: number, args: readonly Value[]) => Value

/** One function that SQLite may call. */
interface Known {
  /** The name in SQL. */
  readonly name: string
  readonly call: (args: readonly Value[]) => SqlParam | undefined
}

/** The functions of one database. */
export class SqliteFunctions {
  readonly #all: Known[] = []
  readonly #aggregates: Groups[] = []
  readonly #names = new Set<string>()
  #pattern: RegExp | undefined

  define(
    operation: string,
    connection: SqliteConnection,
    name: string,
    fn: SqlFunction,
    options: FunctionOptions,
  ): void {
    checkName(operation, name)
    if (typeof fn !== 'function') throw refused(operation, 'fn', 'a function', fn)
    const count = countOf(operation, options, fn.length)
    boundary.asks(operation)
    native.sqliteConnectionDefine(connection.number, name, count, options.deterministic === true, this.#all.length)
    this.#add(name, [(args) => fn(...(args as SqlArgument[]))])
  }

  defineAggregate<Total>(
    operation: string,
    connection: SqliteConnection,
    name: string,
    aggregate: SqlAggregate<Total>,
  ): void {
    checkName(operation, name)
    const groups = new Groups(operation, name, aggregate as SqlAggregate)
    const count = countOf(operation, aggregate, groups.declared)
    const isDeterministic = aggregate.deterministic === true
    const { number } = connection
    boundary.asks(operation)
    native.sqliteConnectionDefineAggregate(number, name, count, isDeterministic, groups.isWindow, this.#all.length)
    this.#aggregates.push(groups)
    this.#add(name, groups.calls)
  }

  #add(name: string, calls: readonly Known['call'][]): void {
    for (const call of calls) this.#all.push({ name, call })
    this.#names.add(name)
    const names = Array.from(this.#names).join('|')
    this.#pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${names})(?![\\p{L}\\p{N}_])`, 'iu')
  }

  /** Whether a statement may call one: only what stands in its own text can. */
  isCalledBy(sql: string): boolean {
    return this.#pattern !== undefined && this.#pattern.test(sql)
  }

  /** Runs a statement that may call them. A signal can fire in one of them alone: nothing else runs meanwhile. */
  running<T>(signal: AbortSignal | undefined, run: (host: Host) => T): T {
    try {
      if (signal === undefined) return run(this.#host)
      throwAborted(signal)
      return run((number, args) => {
        const value = this.#host(number, args)
        throwAborted(signal)
        return value
      })
    } finally {
      // Those of a statement that was stopped have no end of their own.
      for (const groups of this.#aggregates) groups.clear()
    }
  }

  readonly #host: Host = (number, args) => {
    const known = this.#all[number]
    if (known === undefined) throw sqlError('ERR_SQL_STATE', 'sql.function', 'a function that nobody defined')
    const result: unknown = known.call(args)
    if (result instanceof Promise) throw promised(`sql.function ${known.name}`)
    return result === undefined ? null : encodeParam(`sql.function ${known.name}`, 'result', result)
  }
}

function checkName(operation: string, name: string): void {
  if (typeof name === 'string' && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return
  throw refused(operation, 'name', 'a name of letters, digits and _', name)
}

function countOf(operation: string, options: FunctionOptions, declared: number): number {
  const count = options.arguments ?? declared
  if (Number.isInteger(count) && count >= -1 && count <= 127) return count
  throw refused(operation, 'options.arguments', 'a whole number from -1 to 127', count)
}

function throwAborted(signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason
}
