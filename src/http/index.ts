/** An HTTP client and server, WebSockets, and the helpers around addresses and statuses. */
import { native } from './native.js'

export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { HttpError } from './error.js'
export { WebSocket, type WebSocketClose } from './websocket.js'
export type { WebSocketMessage } from './websocket-message.js'
export type { WebSocketLimits, WebSocketOptions, WebSocketTlsOptions } from './websocket-options.js'

/** `text` with every byte escaped that RFC 3986 does not call unreserved, in its UTF-8 form. */
export function urlEncode(text: string): string {
  return native.urlEncode(text)
}

// server
export type { EventSource, EventStreamOptions, SendEvent, ServerSentEvent } from './server-events.js'
export { sse } from './server-events.js'
export type { HeadersInit } from './server-head.js'
export type { RequestHeaders } from './server-headers.js'
export type { HttpServerOptions, ServerLimits, ServerTimeouts, ServerTls, StaticOptions } from './server-options.js'
export { html, json, redirect, stream, text, type Reply, type ReplyInit, type ResponseLike } from './server-reply.js'
export type { ServerRequest } from './server-request.js'
export type { Handler, ParamsOf } from './server-routes.js'
export { HttpServer, type ServerAddress, type ServerErrorEvent, type StopOptions } from './server.js'
