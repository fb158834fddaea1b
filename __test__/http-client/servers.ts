// Servers of the tests' own: well-behaved ones over node:http, and raw ones that say whatever a test wants.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net'
import { diagnostics } from 'ferrule'

export interface Running<S = Server> extends AsyncDisposable {
  readonly server: S
  readonly port: number
  readonly url: string
  /** Sockets that are open now. */
  readonly sockets: ReadonlySet<Socket>
  /** How many sockets there were. */
  readonly connects: number
}

/** Starts any server on a port of its own; closing it cuts its connections. */
export async function start<S extends TcpServer>(server: S, scheme = 'http'): Promise<Running<S>> {
  const sockets = new Set<Socket>()
  let connects = 0
  server.on('connection', (socket: Socket) => {
    connects += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    server,
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    sockets,
    get connects() {
      return connects
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** A server of node:http. */
export const serve = (handler: RequestListener): Promise<Running> => start(createServer(handler))

/** A server that is no more than its sockets. */
export const raw = (talk: (socket: Socket) => void): Promise<Running<TcpServer>> => start(createTcpServer(talk))

/** A server that accepts, reads and never says a word. */
export const silent = (): Promise<Running<TcpServer>> => raw((socket) => void socket.resume())

/** A server that answers every request with the same bytes, once their head is there, and then may do something. */
export function answers(bytes: string | Uint8Array, then?: (socket: Socket) => void): Promise<Running<TcpServer>> {
  return raw((socket) => {
    let seen = ''
    socket.on('data', (data) => {
      seen += data.toString('latin1')
      if (!seen.includes('\r\n\r\n')) return
      seen = ''
      socket.write(bytes, () => then?.(socket))
    })
  })
}

/** All of a request's body. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** A server that tells what it was asked, as JSON. */
export const echo = (): Promise<Running> =>
  serve((request, response) => {
    bodyOf(request).then(
      (body) => {
        const { method, url, headers, rawHeaders } = request
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ method, url, headers, rawHeaders, body: body.toString('latin1') }))
      },
      // The client went away in the middle, as some tests want.
      () => undefined,
    )
  })

/** What {@link echo} answers. */
export interface Echoed {
  method: string
  url: string
  headers: Record<string, string>
  rawHeaders: string[]
  body: string
}

/** Everything of `diagnostics()` that finished work must give back. */
export function held(): object {
  const { handles, callsInFlight, abandoned, callbacks } = diagnostics()
  const live = Object.entries(handles).filter(([, count]) => count > 0)
  return { live, callsInFlight, abandoned, callbacks: { held: callbacks.held, waiting: callbacks.waiting } }
}

/** What {@link held} says when nothing is. */
export const nothing = { live: [], callsInFlight: 0, abandoned: 0, callbacks: { held: 0, waiting: 0 } }

/** Waits until something holds; the test's own limit ends what never does. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
