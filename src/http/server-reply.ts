import type { ByteSource } from '../streams/index.js'
import type { HeadersInit } from './server-head.js'

/** What a handler answers with. */
export interface ResponseLike {
  /** 200 to 999; default 200. */
  readonly status?: number | undefined
  readonly headers?: HeadersInit | undefined
  /** Bytes, text, or a stream of them that is pulled as the client takes it; default: none. */
  readonly body?: ByteSource | null | undefined
}

/** What a response has besides its body. */
export type ReplyInit = Omit<ResponseLike, 'body'>

/** Content types that cross as a number, in the order of `CONTENT_TYPES` in crates/http/src/server/reply.rs, from 1. */
export const CONTENT_TYPE = { none: 0, json: 1, text: 2, html: 3, eventStream: 4, bytes: 5 } as const

/** A response as the functions of this file make it. */
export class Reply implements ResponseLike {
  readonly status: number
  readonly headers: HeadersInit | undefined
  readonly body: ByteSource | null
  /** @internal The content type, unless `headers` has one. */
  readonly contentType: number

  /** @internal */
  constructor(body: ByteSource | null, contentType: number, init: ReplyInit | undefined) {
    this.body = body
    this.contentType = contentType
    this.status = init?.status ?? 200
    this.headers = init?.headers
  }
}

/**
 * A value as JSON, with `content-type: application/json` unless `headers` says otherwise.
 *
 * @throws TypeError what `JSON.stringify` throws: circles and bigints; also for what JSON has no text for, such as undefined.
 * @example
 * server.get('/users/:id', ({ params }) => json({ id: params.id }))
 */
export function json(value: unknown, init?: ReplyInit): Reply {
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) throw new TypeError('JSON has no text for this value')
  return new Reply(text, CONTENT_TYPE.json, init)
}

/** Plain text, as UTF-8. */
export function text(value: string, init?: ReplyInit): Reply {
  return new Reply(value, CONTENT_TYPE.text, init)
}

/** A page. Nothing in it is escaped. */
export function html(value: string, init?: ReplyInit): Reply {
  return new Reply(value, CONTENT_TYPE.html, init)
}

/**
 * To another place.
 *
 * @param location a path or a URL; what a URL cannot have is escaped.
 * @param status 301, 302 (default), 303, 307 or 308.
 */
export function redirect(location: string, status: 301 | 302 | 303 | 307 | 308 = 302): Reply {
  return new Reply(null, CONTENT_TYPE.none, {
    status,
    headers: { location: encodeURI(location).replaceAll('%25', '%') },
  })
}

/**
 * Bytes or text from a source that is pulled as the client takes them, with `content-type: application/octet-stream` unless
 * `headers` says otherwise. When the client goes away the source is ended: a stream is cancelled, an iterator returned.
 */
export function stream(source: ByteSource, init?: ReplyInit): Reply {
  return new Reply(source, CONTENT_TYPE.bytes, init)
}
