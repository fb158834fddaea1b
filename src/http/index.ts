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
