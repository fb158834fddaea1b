/** Aggregates of JavaScript in SQL. */
import { promised, refused } from './error.js'
import type { Value } from './native.js'
import type { SqlParam } from './params.js'
import type { FunctionOptions, SqlArgument } from './sqlite-functions.js'

/** What a change of a total gives: the new one, or undefined where the one that is there was changed in place. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a function without a return has this type
type Changed<Total> = Total | undefined | void

/**
 * An aggregate of SQL: what a group of rows adds up to. Its functions return at once; a promise is `ERR_SQL_FUNCTION`.
 *
 * How many arguments it takes in SQL is what `step` declares behind the total, unless `arguments` says otherwise.
 */
export interface SqlAggregate<Total = unknown> extends FunctionOptions {
  /**
   * What every group begins with, or a function that makes it: needed for an array or an object, which the groups would share
   * otherwise. Default: null.
   */
  start?: Total | (() => Total) | undefined
  /** Adds a row: gives the total with it, or undefined where it has changed the total in place. */
  step: (total: Total, ...args: SqlArgument[]) => Changed<Total>
  /**
   * Takes a row away again that has left the window. With it the aggregate is a window function, and can be called with `over (…)`;
   * `result` is then called for every row, and must leave the total as it is.
   */
  inverse?: ((total: Total, ...args: SqlArgument[]) => Changed<Total>) | undefined
  /** What SQL is given for a total; undefined is null. Default: the total itself. */
  result?: ((total: Total) => SqlParam | undefined) | undefined
}

type Step = SqlAggregate['step']

/** The groups of one aggregate under way, by their numbers. */
export class Groups {
  readonly #name: string
  readonly #start: unknown
  readonly #step: Step
  readonly #inverse: Step | undefined
  readonly #result: (total: unknown) => SqlParam | undefined
  readonly #totals = new Map<Value, unknown>()

  constructor(operation: string, name: string, aggregate: SqlAggregate) {
    if (typeof aggregate !== 'object' || (aggregate as unknown) === null) {
      throw refused(operation, 'aggregate', 'an object with start, step and result', aggregate)
    }
    const { start = null, step, inverse, result } = aggregate
    if (typeof step !== 'function') throw refused(operation, 'aggregate.step', 'a function', step)
    for (const [part, fn] of Object.entries({ inverse, result })) {
      if (fn !== undefined && typeof fn !== 'function') throw refused(operation, `aggregate.${part}`, 'a function', fn)
    }
    this.#name = name
    this.#start = start
    this.#step = step
    this.#inverse = inverse
    this.#result = result ?? ((total) => total as SqlParam)
  }

  get isWindow(): boolean {
    return this.#inverse !== undefined
  }

  /** How many arguments its functions declare behind the total. */
  get declared(): number {
    return Math.max(0, this.#step.length - 1, (this.#inverse?.length ?? 0) - 1)
  }

  /** What SQLite calls, in the order of crates/sql/src/sqlite/functions.rs: each with the group's number first. */
  get calls(): ((args: readonly Value[]) => SqlParam | undefined)[] {
    const row =
      (change: Step) =>
      ([group = null, ...args]: readonly Value[]): undefined => {
        this.#change(group, change, args as SqlArgument[])
      }
    const value = ([group = null]: readonly Value[]): SqlParam | undefined => this.#result(this.#total(group))
    const end = (args: readonly Value[]): SqlParam | undefined => {
      const result = value(args)
      this.#totals.delete(args[0] ?? null)
      return result
    }
    return [row(this.#step), end, value, row(this.#inverse ?? this.#step)]
  }

  /** Forgets all groups. */
  clear(): void {
    this.#totals.clear()
  }

  #total(group: Value): unknown {
    // A group without rows has no number.
    if (this.#totals.has(group)) return this.#totals.get(group)
    return typeof this.#start === 'function' ? (this.#start as () => unknown)() : this.#start
  }

  #change(group: Value, change: Step, args: readonly SqlArgument[]): void {
    const total = this.#total(group)
    const changed = change(total, ...args)
    if (changed instanceof Promise) throw promised(`sql.aggregate ${this.#name}`)
    this.#totals.set(group, changed === undefined ? total : changed)
  }
}
