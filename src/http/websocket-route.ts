import { boundary } from '../addon.js'
import { HttpError, refusal } from './error.js'
import { native, type Handle } from './native.js'
import { Reply, CONTENT_TYPE, type ResponseLike } from './server-reply.js'
import type { ServerRequest } from './server-request.js'
import type { Upgrader } from './server-routes.js'
import { checkedProtocols, engineLimits, maxBufferedBytes, type WebSocketLimits } from './websocket-options.js'
import { WebSocket } from './websocket.js'

/**
 * What serves the web sockets of a route. The socket stays open when it returns or resolves; when it throws or rejects, the socket
 * closes with 1011 and the server reports the error.
 */
export type WebSocketHandler<Path extends string = string> = (
  socket: WebSocket,
  request: ServerRequest<Path>,
) => void | Promise<void>

/** On what terms a route opens web sockets. */
export interface WebSocketRouteOptions<Path extends string = string> extends WebSocketLimits {
  /** Subprotocols the route speaks. The first of the client's that is among them is chosen. Default: none. */
  readonly protocols?: readonly string[] | undefined
  /**
   * Origins that may connect, as browsers send them: `https://example.org`. Others are answered with 403. A request without an origin
   * comes from no browser and passes. Default: any origin.
   */
  readonly origins?: readonly string[] | undefined
  /**
   * Looks at a request before it is upgraded. A response it gives refuses the request; nothing lets it pass.
   *
   * @example
   * ({ headers }) => (headers.get('authorization') === token ? undefined : text('who are you?', { status: 401 }))
   */
  readonly accept?:
    | ((
        request: ServerRequest<Path>,
      ) => ResponseLike | Response | undefined | Promise<ResponseLike | Response | undefined>)
    | undefined
}

/** The headers that decide whether a request opens a web socket. */
const DECIDING = [
  'upgrade',
  'connection',
  'sec-websocket-version',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'origin',
] as const

const OPERATION = 'http.HttpServer.websocket'

/** What takes the connections of a route. `failed` hears of handlers that did. */
export function upgraderOf(
  handler: WebSocketHandler,
  options: WebSocketRouteOptions,
  failed: (error: unknown, request: ServerRequest) => void,
): Upgrader {
  if (typeof handler !== 'function') throw refusal(OPERATION, 'handler', 'a function', handler)
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refusal(OPERATION, 'options', 'an object', options)
  }
  const { accept, origins } = options
  if (accept !== undefined && typeof accept !== 'function') {
    throw refusal(OPERATION, 'options.accept', 'a function', accept)
  }
  const isList = Array.isArray(origins) && origins.every((origin) => typeof origin === 'string')
  if (origins !== undefined && !isList) throw refusal(OPERATION, 'options.origins', 'an array of strings', origins)
  const terms = {
    protocols: checkedProtocols(OPERATION, options.protocols),
    origins,
    limits: engineLimits(OPERATION, options),
  }
  const limit = maxBufferedBytes(OPERATION, options)

  return async (request, seat) => {
    const refused = await accept?.(request)
    if (refused !== undefined) return refused
    const headers = DECIDING.flatMap((name) => request.headers.getAll(name).map((value) => [name, value]))
    const offer = JSON.stringify({ method: request.method, httpVersion: request.httpVersion, headers, ...terms })
    let handle: Handle
    try {
      handle = await boundary.call<Handle>(OPERATION, undefined, (call) => {
        native.httpServerAcceptWebSocket(call, seat.server, seat.slot, seat.generation, offer)
      })
    } catch (error) {
      return answerTo(error)
    }
    void serve(handler, new WebSocket(handle, limit), request, failed)
    return undefined
  }
}

/** The answer to a request that was not upgraded; none when nobody waits for it any more. */
function answerTo(error: unknown): ResponseLike | undefined {
  if (!(error instanceof HttpError)) throw error
  if (error.code === 'ERR_HTTP_GONE') return undefined
  if (error.code !== 'ERR_HTTP_WEBSOCKET_REJECTED') throw error
  const { status, detail, header, value } = error.details as Record<string, string> & { status: number }
  const headers = typeof header === 'string' ? { [header]: value as string } : undefined
  return new Reply(`${detail}\n`, CONTENT_TYPE.text, { status, headers })
}

async function serve(
  handler: WebSocketHandler,
  socket: WebSocket,
  request: ServerRequest,
  failed: (error: unknown, request: ServerRequest) => void,
): Promise<void> {
  try {
    await handler(socket, request)
  } catch (error) {
    failed(error, request)
    // It may be closed already, or its peer gone: then there is nobody to tell.
    await socket.close(1011, 'the handler failed').catch(() => undefined)
    socket.dispose()
  }
}
