import { TlError } from './error.js'

/** The most bytes that are collected for one crossing: 1 GiB. */
const MOST = 2 ** 30
/** The bytes that are kept for the next message. */
const KEPT = 1 << 20

let kept: Sink | null = null

/** Collects the values of a message in the form that the native half takes: numbers, and what is counted behind its count. */
export class Sink {
  #bytes = Buffer.allocUnsafeSlow(1024)
  #view = viewOf(this.#bytes)
  #at = 0

  /** One that is nobody's: values are read by code of their own, which may write a message meanwhile. */
  static taken(): Sink {
    const sink = kept ?? new Sink()
    kept = null
    sink.#at = 0
    return sink
  }

  /** Gives one back. */
  static release(sink: Sink): void {
    if (sink.#bytes.length <= KEPT) kept = sink
  }

  /** What was collected, until it is given back. */
  get collected(): Uint8Array {
    return this.#bytes.subarray(0, this.#at)
  }

  int(value: number): void {
    const at = this.#room(4)
    this.#view.setInt32(at, value, true)
    this.#at = at + 4
  }

  long(value: bigint): void {
    const at = this.#room(8)
    this.#view.setBigInt64(at, value, true)
    this.#at = at + 8
  }

  double(value: number): void {
    const at = this.#room(8)
    this.#view.setFloat64(at, value, true)
    this.#at = at + 8
  }

  bytes(value: Uint8Array, length: number): void {
    const at = this.#room(4 + length)
    this.#view.setInt32(at, length, true)
    this.#bytes.set(value, at + 4)
    this.#at = at + 4 + length
  }

  text(value: string): void {
    const at = this.#room(4 + 3 * value.length)
    const length = this.#bytes.write(value, at + 4, 'utf8')
    this.#view.setInt32(at, length, true)
    this.#at = at + 4 + length
  }

  /** Where the next value goes, once there is room for so many bytes. */
  #room(length: number): number {
    const wanted = this.#at + length
    if (wanted > this.#bytes.length) this.#grow(wanted)
    return this.#at
  }

  #grow(wanted: number): void {
    if (wanted > MOST) {
      const message = `tl.encode: the message of ${wanted} at position 0 is too long: the limit is ${MOST}`
      const details = { what: 'message', length: wanted, limit: MOST, position: 0 }
      throw new TlError(message, { code: 'ERR_TL_TOO_LONG', operation: 'tl.encode', details })
    }
    const larger = Buffer.allocUnsafeSlow(Math.max(wanted, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
    this.#view = viewOf(larger)
  }
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
