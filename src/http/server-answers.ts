/** Answers on their way to the native half: written one behind the other, passed on together. */

/** Bytes before a record's head; see crates/http/src/server/reply.rs. */
const FIXED = 24
const INITIAL = 64 * 1024
/** A buffer that grew beyond this for one large answer is not kept. */
const LARGEST_KEPT = 1024 * 1024

/** A response with its body; one whose body follows; the end of such a body; its failure. */
export const ANSWER = { whole: 0, start: 1, end: 2, fail: 3 } as const

const NOTHING = new Uint8Array(0)

export class Answers {
  #buffer = Buffer.allocUnsafeSlow(INITIAL)
  #view = new DataView(this.#buffer.buffer)
  #length = 0

  get isEmpty(): boolean {
    return this.#length === 0
  }

  /** Appends an answer. A body of text is sent as UTF-8. */
  add(
    slot: number,
    generation: number,
    kind: number,
    status: number,
    contentType: number,
    head: string,
    body: string | Uint8Array | null,
  ): void {
    const longest = body === null ? 0 : typeof body === 'string' ? body.length * 3 : body.length
    const start = this.#length
    if (start + FIXED + head.length + longest > this.#buffer.length) this.#grow(FIXED + head.length + longest)
    const from = start + FIXED
    const view = this.#view
    view.setUint32(start, slot, true)
    view.setUint32(start + 4, generation, true)
    view.setUint32(start + 8, status | (kind << 16) | (contentType << 24), true)
    view.setUint32(start + 12, head.length, true)
    if (head !== '') this.#buffer.write(head, from, 'latin1')
    const at = from + head.length
    let length = 0
    if (typeof body === 'string') {
      if (body !== '') length = this.#buffer.write(body, at)
    } else if (body !== null) {
      this.#buffer.set(body, at)
      length = body.length
    }
    view.setUint32(start + 16, length, true)
    this.#length = at + length
  }

  /** What was written since the last time; valid until the next answer is added. */
  take(): Uint8Array {
    if (this.#length === 0) return NOTHING
    const taken = this.#buffer.subarray(0, this.#length)
    this.#length = 0
    if (this.#buffer.length > LARGEST_KEPT) this.#use(Buffer.allocUnsafeSlow(INITIAL))
    return taken
  }

  #grow(more: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + more))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#use(larger)
  }

  #use(buffer: Buffer<ArrayBuffer>): void {
    this.#buffer = buffer
    this.#view = new DataView(buffer.buffer)
  }
}
