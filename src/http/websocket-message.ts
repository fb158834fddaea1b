import type { Bytes } from '../streams/index.js'

/** A message as it came. An empty one is a message; the end of the socket is none. */
export type WebSocketMessage =
  { readonly type: 'text'; readonly data: string } | { readonly type: 'binary'; readonly data: Bytes }

/** What native code gives for several messages: all texts, the length of each message, all bytes. */
export type PackedMessages = [text: string, layout: Uint8Array | null, bytes: Uint8Array | null]

/** Marks the length of a binary message: the top bit. */
const BINARY = 0x8000_0000

/** The length of the longest message, in bytes or UTF-16 units: what is below the mark. */
export const LONGEST_MESSAGE = 0x7fff_ffff

/** Puts what one crossing brought behind what is there. */
export function unpack([text, layout, bytes]: PackedMessages, into: WebSocketMessage[]): void {
  if (layout === null) {
    into.push({ type: 'text', data: text })
    return
  }
  const words = wordsOf(layout)
  if (words.length === 1) {
    // The bytes of a message that came alone are its own.
    into.push({ type: 'binary', data: bytes as Bytes })
    return
  }
  let textAt = 0
  let bytesAt = 0
  for (const word of words) {
    if (word < BINARY) {
      into.push({ type: 'text', data: text.slice(textAt, (textAt += word)) })
    } else {
      // A copy: a view would show the neighbours to whoever looks at its buffer, and keep them alive.
      into.push({ type: 'binary', data: (bytes as Bytes).slice(bytesAt, (bytesAt += word - BINARY)) })
    }
  }
}

function wordsOf(layout: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = layout
  return new Uint32Array(buffer, byteOffset, byteLength / 4)
}

/** The largest number of messages in one crossing. */
export const MOST_MESSAGES = 1024

/** Where lengths are written for the call that takes them, which copies them before anything else can run. */
const layoutWords = new Uint32Array(MOST_MESSAGES)
const layoutBytes = new Uint8Array(layoutWords.buffer)

/** What one crossing takes for several messages, at most {@link MOST_MESSAGES}. To be passed on at once. */
export function pack(
  messages: readonly (string | Uint8Array)[],
): [text: string, bytes: Uint8Array, layout: Uint8Array] {
  const texts: string[] = []
  const pieces: Uint8Array[] = []
  for (let index = 0; index < messages.length; index++) {
    const message = messages[index] as string | Uint8Array
    if (typeof message === 'string') {
      texts.push(message)
      layoutWords[index] = message.length
    } else {
      pieces.push(message)
      layoutWords[index] = BINARY + message.length
    }
  }
  return [texts.join(''), Buffer.concat(pieces), layoutBytes.subarray(0, messages.length * 4)]
}
