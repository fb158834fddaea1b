import { SqlError } from './error.js'
import { Block, Shape, type RowForm } from './rows.js'
import { native, type Handle } from './native.js'

/** Shapes that are kept; with more, the oldest go. */
const KEPT = 2048

/** The shapes of one database's rows, whose names are asked for once. */
export class Shapes {
  readonly #database: () => Handle
  readonly #shapes = new Map<number, Shape>()

  constructor(database: () => Handle) {
    this.#database = database
  }

  /** All rows of some blocks. */
  rowsOf(blocks: readonly Uint8Array[], form: RowForm): unknown[] {
    const rows: unknown[] = []
    for (const bytes of blocks) this.#read(bytes, form, rows)
    return rows
  }

  /** The rows of a block. */
  rowsOfOne(bytes: Uint8Array, form: RowForm): unknown[] {
    const rows: unknown[] = []
    this.#read(bytes, form, rows)
    return rows
  }

  #read(bytes: Uint8Array, form: RowForm, rows: unknown[]): void {
    const block = new Block(bytes)
    if (form === 'array') block.intoArrays(rows)
    else block.intoObjects(this.#shapeOf(block.shape), rows)
  }

  #shapeOf(number: number): Shape {
    const known = this.#shapes.get(number)
    if (known !== undefined) return known
    const names = native.postgresNames(this.#database(), number)
    // The engine keeps the names of whatever is prepared; this would be a mistake in it.
    if (names === null)
      throw new SqlError(`the columns of shape ${String(number)} are not known`, {
        code: 'ERR_SQL',
        operation: 'sql.PostgresDatabase.query',
      })
    const shape = new Shape(number, names)
    if (this.#shapes.size >= KEPT) {
      for (const oldest of this.#shapes.keys()) {
        this.#shapes.delete(oldest)
        break
      }
    }
    this.#shapes.set(number, shape)
    return shape
  }
}
