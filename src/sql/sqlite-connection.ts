/** One native connection and the statements that are prepared on it. */
import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { native, type Value } from './native.js'
import { singleMaker, type ObjectOf } from './row-objects.js'
import { Block, Shape, type RowForm } from './rows.js'
import { SqliteFunctions } from './sqlite-functions.js'
import { Turn } from './turn.js'

/** How many statements of ad-hoc calls stay prepared. */
const KEPT = 500

/** A statement as one connection has it. */
export interface Plan {
  readonly sql: string
  readonly number: number
  readonly isReadOnly: boolean
  /** Its parameters' names with what stands before them, null for one that has only a place. */
  readonly names: readonly (string | null)[]
  shape: Shape
  /** Makes an object of a single row's values. */
  single: ObjectOf | undefined
  /** How many `Statement`s hold it; others may be forgotten. */
  pins: number
}

export class SqliteConnection extends NativeObject {
  readonly turn = new Turn()
  readonly functions = new SqliteFunctions()
  readonly #plans = new Map<string, Plan>()
  /** Numbers that the next `prepare` lets go. */
  #forgotten: number[] = []

  constructor(handle: number) {
    super(boundary, handle)
  }

  /** Its number for native calls. */
  get number(): number {
    return this.handle
  }

  planOf(sql: string): Plan | undefined {
    return this.#plans.get(sql)
  }

  async plan(operation: string, sql: string, options: CallOptions | undefined): Promise<Plan> {
    const known = this.#plans.get(sql)
    if (known !== undefined) return known
    const forget = this.#forget()
    const described = await boundary.call<Described>(operation, options, (call) => {
      native.sqliteConnectionPrepare(call, this.handle, sql, forget)
    })
    return this.#add(sql, described)
  }

  planSync(operation: string, sql: string, timeoutMs: number | null): Plan {
    const known = this.#plans.get(sql)
    if (known !== undefined) return known
    boundary.asks(operation)
    return this.#add(sql, native.sqliteConnectionPrepareSync(timeoutMs, this.handle, sql, this.#forget()))
  }

  #forget(): number[] {
    const forget = this.#forgotten
    this.#forgotten = []
    return forget
  }

  #add(sql: string, [number, isReadOnly, names, columns]: Described): Plan {
    // Two calls may have asked for it at once.
    const there = this.#plans.get(sql)
    if (there !== undefined) {
      this.#forgotten.push(number)
      return there
    }
    const plan: Plan = { sql, number, isReadOnly, names, shape: new Shape(0, columns), single: undefined, pins: 0 }
    this.#plans.set(sql, plan)
    if (this.#plans.size > KEPT) this.#evict()
    return plan
  }

  /** Lets the oldest go that nobody holds. */
  #evict(): void {
    for (const [sql, plan] of this.#plans) {
      if (plan.pins > 0) continue
      this.#plans.delete(sql)
      this.#forgotten.push(plan.number)
      if (this.#plans.size <= KEPT * 0.9) return
    }
  }

  /** The names of the columns, as of the version that rows say they have. */
  shapeOf(plan: Plan, version: number): Shape {
    if (plan.shape.version === version) return plan.shape
    plan.single = undefined
    return (plan.shape = new Shape(version, native.sqliteConnectionColumns(this.handle, plan.number)))
  }

  /** A single row as users get it. */
  rowOf(plan: Plan, packed: string | Value[], form: RowForm): unknown {
    // First: another native call would write over what this one left in the scratch array.
    const version = boundary.scalars.firstNumber(packed)
    const values = boundary.scalars.unpack(packed, 1)
    if (plan.shape.version !== version) this.shapeOf(plan, version)
    if (form === 'array') return values
    plan.single ??= singleMaker(plan.shape.names)
    return plan.single(values)
  }

  /** Appends a block's rows as users get them. */
  unpack(plan: Plan, bytes: Uint8Array, form: RowForm, out: unknown[]): void {
    const block = new Block(bytes)
    if (form === 'array') block.intoArrays(out)
    else block.intoObjects(this.shapeOf(plan, block.shape), out)
  }
}

type Described = readonly [
  number: number,
  isReadOnly: boolean,
  names: readonly (string | null)[],
  columns: readonly string[],
]
