/** An HTTP client and server, WebSockets, and the helpers around addresses and statuses. */
import { native } from './native.js'

export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { ByteStream, type ByteSource, type Bytes } from '../streams/index.js'
export { HttpError } from './error.js'
export { HttpHeaders, type HeaderPair } from './headers.js'
export { HttpMethod, type HttpMethodName } from './method.js'
export {
  HttpStatus,
  isClientError,
  isInformational,
  isRedirect,
  isServerError,
  isSuccess,
  statusText,
  type HttpStatusCode,
} from './status.js'

// Client.
export { HttpClient, type Download, type SyncRequestOptions } from './client.js'
export type { HeadersInput } from './client-headers.js'
export type { BytesPart, FilePart, MultipartInput, MultipartValue } from './client-multipart.js'
export {
  closeIdle,
  delete,
  download,
  get,
  getJson,
  getSync,
  head,
  patch,
  post,
  postForm,
  postJson,
  put,
  request,
  requestSync,
  upload,
} from './client-one-shot.js'
export type {
  HttpClientOptions,
  HttpRetry,
  HttpSettings,
  HttpTimeouts,
  HttpTls,
  Pem,
  QueryInput,
  RequestOptions,
} from './client-options.js'
export { HttpResponse } from './client-response.js'
export type { DownloadProgress, FileOptions } from './client-response-body.js'

// Server.
export type { EventSource, EventStreamOptions, SendEvent, ServerSentEvent } from './server-events.js'
export { sse } from './server-events.js'
export type { HeadersInit } from './server-head.js'
export type { HttpServerOptions, ServerLimits, ServerTimeouts, ServerTls, StaticOptions } from './server-options.js'
export { html, json, redirect, stream, text, type Reply, type ReplyInit, type ResponseLike } from './server-reply.js'
export type { ServerRequest } from './server-request.js'
export type { Handler, ParamsOf } from './server-routes.js'
export type { ServerErrorEvent } from './server-errors.js'
export { HttpServer, type ServerAddress, type StopOptions } from './server.js'

// Web sockets.
export { WebSocket, type WebSocketClose } from './websocket.js'
export type { WebSocketMessage } from './websocket-message.js'
export type { WebSocketLimits, WebSocketOptions } from './websocket-options.js'
export type { WebSocketHandler, WebSocketRouteOptions } from './websocket-route.js'

/** `text` with every byte escaped that RFC 3986 does not call unreserved, in its UTF-8 form. */
export function urlEncode(text: string): string {
  return native.urlEncode(text)
}

/**
 * `text` with every `%XX` replaced by its byte; a `+` stays one.
 *
 * @throws HttpError `ERR_HTTP_URL_ENCODING` when a `%` is not followed by two hexadecimal digits (`details.position`, in bytes), or
 * what comes out is not UTF-8.
 */
export function urlDecode(text: string): string {
  return native.urlDecode(text)
}
