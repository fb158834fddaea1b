/** Rows out of packed blocks: what crates/sql/src/packed.rs writes. */
import { objectMaker, type ObjectMaker } from './row-objects.js'

/** A value in a row. */
export type SqlValue = bigint | Uint8Array | Date | JsonValue | SqlValue[]

/** What JSON columns hold. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue }

/** How rows are given: as objects by column name, or as arrays in the columns' order. */
export type RowForm = 'object' | 'array'

/** A row as an object. Of two columns with one name the later counts; arrays have both. */
export type RowObject = Record<string, SqlValue>

/** The kinds of crates/sql/src/packed.rs, by their numbers. */
const kinds = { null: 0, number: 1, bigint: 2, boolean: 3, text: 4, bytes: 5, date: 6, json: 7, array: 8 } as const

const [UNIFORM, NULLABLE, MIXED] = [0, 1, 2]

/** The columns of a statement's rows, by name, and the function that makes objects of them. */
export class Shape {
  #maker: ObjectMaker | undefined

  constructor(
    /** Counted up by the engine when the columns of a statement change. */
    readonly version: number,
    readonly names: readonly string[],
  ) {}

  /** Makes rows of columns; written once per shape. */
  get maker(): ObjectMaker {
    return (this.#maker ??= objectMaker(this.names))
  }
}

/** One batch of rows, not yet taken apart. */
export class Block {
  readonly rows: number
  /** The version of the columns' names. */
  readonly shape: number
  readonly #buffer: ArrayBuffer
  readonly #start: number
  readonly #heads: Uint32Array
  readonly #cells: number
  readonly #kinds: number
  readonly #columns: number
  readonly #text: string
  readonly #blobs: number

  constructor(bytes: Uint8Array) {
    const buffer = bytes.buffer as ArrayBuffer
    const start = bytes.byteOffset
    const [rows, columns, textBytes, units, , shape] = new Uint32Array(buffer, start, 6) as unknown as number[] as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    this.#buffer = buffer
    this.#start = start
    this.rows = rows
    this.shape = shape
    this.#columns = columns
    this.#heads = new Uint32Array(buffer, start + 24, columns)
    this.#cells = aligned(24 + 4 * columns)
    this.#kinds = this.#cells + 8 * rows * columns
    let text = this.#kinds
    for (const head of this.#heads) if (head >> 8 !== UNIFORM) text += aligned(rows)
    this.#text = textOf(buffer, start + text, textBytes, textBytes === units)
    this.#blobs = start + text + aligned(textBytes)
  }

  /** Appends all rows as objects. */
  intoObjects(shape: Shape, out: unknown[]): void {
    shape.maker(this.rows, this.#decoded(), out)
  }

  /** Appends all rows as arrays. */
  intoArrays(out: unknown[]): void {
    const columns = this.#decoded()
    const width = columns.length
    for (let row = 0; row < this.rows; row++) {
      const values = new Array<SqlValue>(width)
      for (let column = 0; column < width; column++) values[column] = columns[column]?.[row] as SqlValue
      out.push(values)
    }
  }

  /** The only column's values. */
  values(): SqlValue[] {
    return Array.from(this.#decoded()[0] ?? [])
  }

  /** Each column's values. */
  #decoded(): ArrayLike<SqlValue>[] {
    const columns: ArrayLike<SqlValue>[] = []
    let kindsAt = this.#start + this.#kinds
    for (let column = 0; column < this.#columns; column++) {
      const head = this.#heads[column] as number
      const form = head >> 8
      let cellKinds: Uint8Array | undefined
      if (form !== UNIFORM) {
        cellKinds = new Uint8Array(this.#buffer, kindsAt, this.rows)
        kindsAt += aligned(this.rows)
      }
      columns.push(this.#column(column, head & 0xff, form, cellKinds))
    }
    return columns
  }

  #column(column: number, kind: number, form: number, cellKinds: Uint8Array | undefined): ArrayLike<SqlValue> {
    const { rows } = this
    const at = this.#start + this.#cells + 8 * rows * column
    if (form === UNIFORM) {
      if (kind === kinds.number) return new Float64Array(this.#buffer, at, rows)
      if (kind === kinds.bigint) return new BigInt64Array(this.#buffer, at, rows)
      if (kind === kinds.null) return new Array<null>(rows).fill(null)
    }
    const values = new Array<SqlValue>(rows)
    if (kind === kinds.text && form !== MIXED) {
      const places = new Uint32Array(this.#buffer, at, 2 * rows)
      const text = this.#text
      for (let row = 0; row < rows; row++) {
        const start = places[2 * row] as number
        values[row] =
          cellKinds !== undefined && cellKinds[row] === kinds.null
            ? null
            : text.slice(start, start + (places[2 * row + 1] as number))
      }
      return values
    }
    if (kind === kinds.number && form === NULLABLE) {
      const numbers = new Float64Array(this.#buffer, at, rows)
      for (let row = 0; row < rows; row++) {
        values[row] = (cellKinds as Uint8Array)[row] === kinds.null ? null : (numbers[row] as number)
      }
      return values
    }
    const views: Views = {
      numbers: new Float64Array(this.#buffer, at, rows),
      integers: new BigInt64Array(this.#buffer, at, rows),
      places: new Uint32Array(this.#buffer, at, 2 * rows),
    }
    for (let row = 0; row < rows; row++) values[row] = this.#cell(cellKinds?.[row] ?? kind, row, views)
    return values
  }

  #cell(kind: number, row: number, { numbers, integers, places }: Views): SqlValue {
    const [start, length] = [places[2 * row] as number, places[2 * row + 1] as number]
    switch (kind) {
      case kinds.number:
        return numbers[row] as number
      case kinds.bigint:
        return integers[row] as bigint
      case kinds.boolean:
        return numbers[row] === 1
      case kinds.text:
        return this.#text.slice(start, start + length)
      // Copied: a view would keep the whole block.
      case kinds.bytes:
        return new Uint8Array(this.#buffer.slice(this.#blobs + start, this.#blobs + start + length))
      case kinds.date:
        return new Date(numbers[row] as number)
      case kinds.array:
        return new Block(new Uint8Array(this.#buffer.slice(this.#blobs + start, this.#blobs + start + length))).values()
      case kinds.json:
        return JSON.parse(this.#text.slice(start, start + length)) as JsonValue
      default:
        return null
    }
  }
}

interface Views {
  readonly numbers: Float64Array
  readonly integers: BigInt64Array
  readonly places: Uint32Array
}

const aligned = (bytes: number): number => (bytes + 7) & ~7

/** All text of a block as one string, of which each value is a slice. */
function textOf(buffer: ArrayBuffer, start: number, length: number, isAscii: boolean): string {
  if (length === 0) return ''
  const bytes = Buffer.from(buffer, start, length)
  return bytes.toString(isAscii ? 'latin1' : 'utf8')
}
