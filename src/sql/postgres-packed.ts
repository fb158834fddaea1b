/** Rows on their way in, packed into one block of bytes: what crates/sql/src/postgres/copy_rows.rs reads. */
import { refused } from './error.js'
import { EXPECTED, elements, jsonOf, momentOf } from './postgres-values.js'
import { JsonParam } from './sql-tag.js'

/** Rows of a batch at most. */
const ROWS = 2048
/** Units of text or bytes after which a batch is full. */
const FULL = 256 * 1024

/** The kinds of copy_rows.rs, by their numbers. */
const kinds = { null: 0, number: 1, bigint: 2, boolean: 3, text: 4, bytes: 5, date: 6, json: 7, array: 8 } as const

/** Half of a pair, which no UTF-8 has. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** A batch being filled; used again for the next one. */
export class PackedRows {
  readonly #operation: string
  readonly #columns: number
  readonly #numbers: Float64Array
  readonly #integers: BigInt64Array
  readonly #kinds: Uint8Array
  #text = ''
  #blobs: Uint8Array[] = []
  #weight = 0
  #before = 0
  rows = 0

  constructor(operation: string, columns: number) {
    this.#operation = operation
    this.#columns = columns
    this.#numbers = new Float64Array(ROWS * columns)
    this.#integers = new BigInt64Array(this.#numbers.buffer)
    this.#kinds = new Uint8Array(ROWS * columns)
  }

  get isFull(): boolean {
    return this.rows === ROWS || this.#text.length + this.#weight > FULL
  }

  /** Adds a row. */
  add(row: unknown): void {
    if (!Array.isArray(row) || row.length !== this.#columns) {
      throw refused(this.#operation, this.#place(), `an array of ${String(this.#columns)} values`, row)
    }
    let at = this.rows * this.#columns
    for (let column = 0; column < this.#columns; column++) this.#add(at++, row[column], column)
    this.rows++
  }

  #add(at: number, value: unknown, column: number): void {
    switch (typeof value) {
      case 'number':
        this.#kinds[at] = kinds.number
        this.#numbers[at] = value
        return
      case 'string':
        this.#addText(at, kinds.text, value)
        return
      case 'boolean':
        this.#kinds[at] = kinds.boolean
        this.#numbers[at] = value ? 1 : 0
        return
      case 'bigint':
        if (BigInt.asIntN(64, value) !== value) throw this.#refused(column, 'a bigint of 64 bits', value)
        this.#kinds[at] = kinds.bigint
        this.#integers[at] = value
        return
      case 'object':
        if (value === null) this.#kinds[at] = kinds.null
        else this.#addObject(at, value, column)
        return
      default:
        throw this.#refused(column, EXPECTED, value)
    }
  }

  #addObject(at: number, value: object, column: number): void {
    if (value instanceof JsonParam) this.#addText(at, kinds.json, value.text)
    else if (value instanceof Date) {
      this.#kinds[at] = kinds.date
      this.#numbers[at] = momentOf(this.#operation, this.#place(column), value)
    } else if (value instanceof Uint8Array) {
      this.#kinds[at] = kinds.bytes
      this.#numbers[at] = value.length
      // The caller may change it once the next row is asked for.
      this.#blobs.push(value.slice())
      this.#weight += value.length
    } else if (Array.isArray(value)) {
      this.#addText(at, kinds.array, JSON.stringify(elements(this.#operation, this.#place(column), value)))
    } else this.#addText(at, kinds.json, jsonOf(this.#operation, this.#place(column), value))
  }

  #addText(at: number, kind: number, text: string): void {
    this.#kinds[at] = kind
    this.#numbers[at] = text.length
    this.#text += text
  }

  /** The batch as bytes, and this one empty again. */
  take(): Uint8Array {
    const count = this.rows * this.#columns
    const text = this.#utf8()
    const kindsAt = 16 + 8 * count
    const textAt = kindsAt + ((count + 7) & ~7)
    const out = new Uint8Array(textAt + text.length + this.#weight)
    new Uint32Array(out.buffer, 0, 4).set([this.rows, this.#columns, text.length, this.#text.length])
    // As integers: a double may lose the bits of one on its way.
    new BigInt64Array(out.buffer, 16, count).set(this.#integers.subarray(0, count))
    out.set(this.#kinds.subarray(0, count), kindsAt)
    out.set(text, textAt)
    let at = textAt + text.length
    for (const bytes of this.#blobs) {
      out.set(bytes, at)
      at += bytes.length
    }
    this.#before += this.rows
    this.rows = 0
    this.#text = ''
    this.#blobs = []
    this.#weight = 0
    return out
  }

  /** UTF-8 has no lone surrogates: a text with one is refused, never changed. */
  #utf8(): Uint8Array {
    if (LONE_SURROGATE.test(this.#text)) {
      throw refused(this.#operation, 'source', 'texts without lone surrogates', 'one with a lone surrogate')
    }
    return Buffer.from(this.#text)
  }

  #refused(column: number, expected: string, found: unknown): Error {
    return refused(this.#operation, this.#place(column), expected, found)
  }

  #place(column?: number): string {
    const row = `source[${String(this.#before + this.rows)}]`
    return column === undefined ? row : `${row}[${String(column)}]`
  }
}
