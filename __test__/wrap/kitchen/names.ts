// What the tests of the kitchen sink call things; apart, so that a Worker can load it without the generator.

/** What the second export of an item is called: its async door has this behind its name, its Sync door `TaskSync`. */
export const TASK = 'Task'

export const TYPE = 'ERR_INVALID_ARG_TYPE'
export const RANGE = 'ERR_OUT_OF_RANGE'
export const TEXT = 'ERR_INVALID_STRING'
export const DETACHED = 'ERR_BUFFER_DETACHED'
export const CLOSED = 'ERR_HANDLE_CLOSED'
export const WRONG_CLASS = 'ERR_HANDLE_TYPE'
export const BUSY = 'ERR_BUSY'
export const PANIC = 'ERR_PANIC'
export const UNSUPPORTED = 'ERR_UNSUPPORTED'

export const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

export const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))

/** Bytes whose memory has gone elsewhere. */
export function detached(): Uint8Array {
  const value = bytes(1, 2, 3)
  structuredClone(value, { transfer: [value.buffer as ArrayBuffer] })
  return value
}

/** A lone surrogate: no text that Rust could hold. */
export const LONE = 'a\ud800b'
