import { boundary } from '../addon.js'
import { NativeObject } from '../boundary/index.js'
import { chunksOf, isByteSource, type ByteSource } from '../streams/index.js'
import { multipart, type Segment } from './client-multipart.js'
import type { QueryInput, RequestOptions } from './client-options.js'
import { refusal } from './error.js'
import { native, type Handle } from './native.js'

/** A blob up to this size is taken as a whole. */
const WHOLE_BLOB = 64 * 1024

/** A body in parts, on its way to the server. */
export class OutgoingBody extends NativeObject {
  readonly #operation: string
  /** What its source failed with. */
  failure: { readonly reason: unknown } | undefined

  constructor(operation: string, streamed: boolean) {
    super(boundary, native.requestBodyNew(streamed))
    this.#operation = operation
  }

  /** The object's number, for the request. */
  get number(): Handle {
    return this.handle
  }

  add(segment: Uint8Array | { readonly path: string }): void {
    boundary.asks(this.#operation)
    if (segment instanceof Uint8Array) native.requestBodyAddBytes(this.handle, segment)
    else native.requestBodyAddFile(this.handle, segment.path)
  }

  /** Hands over what a source gives, no faster than it is taken. Never rejects: the request tells. */
  async pump(source: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const piece of source) {
        const taken = await boundary.call<boolean>(this.#operation, undefined, (call) => {
          native.requestBodyWrite(call, this.handle, piece)
        })
        if (!taken) return
      }
      if (!this.isDisposed) native.requestBodyEnd(this.handle)
    } catch (reason) {
      if (this.isDisposed) return
      this.failure = { reason }
      await boundary
        .call(this.#operation, undefined, (call) => native.requestBodyFail(call, this.handle))
        .catch(() => undefined)
    }
  }
}

/** What a request sends. */
export interface Outgoing {
  /** For the header, unless the caller has one. */
  readonly contentType: string | null
  /** Of a streamed body whose length is known. */
  readonly length: number | null
  readonly bytes: Uint8Array | null
  /** In parts, in order; the last may be a stream. */
  readonly parts: readonly (Segment | AsyncIterable<Uint8Array>)[] | null
}

const none: Outgoing = { contentType: null, length: null, bytes: null, parts: null }
const encoder = new TextEncoder()

/** What of a request's options is its body. */
export function outgoing(operation: string, options: RequestOptions): Outgoing {
  const { body, json, form, multipart: fields } = options
  const given = [body, json, form, fields].filter((value) => value !== undefined)
  if (given.length === 0) return none
  if (given.length > 1) {
    throw refusal(operation, 'options', 'an object with at most one of body, json, form and multipart', options)
  }
  if (json !== undefined)
    return { ...none, contentType: 'application/json', bytes: encoder.encode(jsonText(operation, json)) }
  if (form !== undefined) {
    const text = (form instanceof URLSearchParams ? form : query(operation, 'options.form', form)).toString()
    return { ...none, contentType: 'application/x-www-form-urlencoded;charset=UTF-8', bytes: encoder.encode(text) }
  }
  if (fields !== undefined) {
    const { contentType, segments } = multipart(operation, fields)
    if (segments.every((segment) => segment instanceof Uint8Array)) {
      return { ...none, contentType, bytes: Buffer.concat(segments) }
    }
    return { ...none, contentType, parts: segments }
  }
  return ofSource(operation, body as ByteSource)
}

function ofSource(operation: string, body: ByteSource): Outgoing {
  if (typeof body === 'string') return { ...none, contentType: 'text/plain;charset=UTF-8', bytes: encoder.encode(body) }
  if (body instanceof Uint8Array) return { ...none, bytes: body }
  if (body instanceof ArrayBuffer) return { ...none, bytes: new Uint8Array(body) }
  if (body instanceof URLSearchParams) {
    return ofSource(operation, body.toString())
  }
  if (!isByteSource(body)) {
    throw refusal(operation, 'options.body', 'a string, bytes, a Blob, a stream or an iterable of pieces', body)
  }
  const refuse = (found: unknown): Error => refusal(operation, 'options.body', 'a source of bytes and strings', found)
  const pieces = chunksOf(body, refuse)
  if (body instanceof Blob)
    return { ...none, contentType: body.type === '' ? null : body.type, length: body.size, parts: [pieces] }
  return { ...none, parts: [pieces] }
}

/**
 * The native form of a body in parts, and what starts its stream and says when that is over. Blobs among the parts are read here, which is the one thing
 * that waits.
 */
export async function inParts(
  operation: string,
  parts: readonly (Segment | AsyncIterable<Uint8Array>)[],
): Promise<{ body: OutgoingBody; start: () => Promise<void> }> {
  const last = parts[parts.length - 1]
  const stream = last !== undefined && Symbol.asyncIterator in last ? last : undefined
  const body = new OutgoingBody(operation, stream !== undefined)
  try {
    for (const part of parts) {
      if (part instanceof Blob) {
        if (part.size <= WHOLE_BLOB) body.add(new Uint8Array(await part.arrayBuffer()))
        else
          for (let at = 0; at < part.size; at += PIECE)
            body.add(new Uint8Array(await part.slice(at, at + PIECE).arrayBuffer()))
      } else if (!(Symbol.asyncIterator in part)) body.add(part)
    }
  } catch (error) {
    body.dispose()
    throw error
  }
  return {
    body,
    start: () => (stream === undefined ? Promise.resolve() : body.pump(stream)),
  }
}

/** As {@link inParts}, of what needs no waiting. */
export function partsNow(
  operation: string,
  parts: NonNullable<Outgoing['parts']>,
): { body: OutgoingBody; start: () => void } {
  const body = new OutgoingBody(operation, false)
  for (const part of parts) {
    if (part instanceof Blob || Symbol.asyncIterator in part) {
      body.dispose()
      throw refusal(operation, 'options.body', 'a string, bytes or files: a Sync door cannot wait for a stream', part)
    }
    body.add(part)
  }
  return { body, start: () => undefined }
}

const PIECE = 1024 * 1024

/** Names and values of a query or form. */
export function query(operation: string, name: string, input: QueryInput): URLSearchParams {
  const params = new URLSearchParams()
  for (const [key, given] of Object.entries(input)) {
    for (const value of (Array.isArray(given) ? given : [given]) as readonly unknown[]) {
      if (value === null || value === undefined) continue
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        throw refusal(operation, `${name}.${key}`, 'a string, a number, a boolean, or an array of those', value)
      }
      params.append(key, String(value))
    }
  }
  return params
}

function jsonText(operation: string, value: unknown): string {
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) throw refusal(operation, 'options.json', 'a value that JSON has', value)
  return text
}
