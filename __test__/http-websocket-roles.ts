// A web socket of ferrule with a peer by hand at its other end, for each side that ferrule can be.
import { HttpServer, WebSocket, type WebSocketLimits } from 'ferrule/http'
import { RawServer, rawClient, type Peer } from './http-websocket-peer.js'

export interface Opened {
  readonly socket: WebSocket
  readonly peer: Peer
}

const opened: Opened[] = []
const ends: (() => unknown)[] = []

async function asClient(limits: WebSocketLimits = {}): Promise<Opened> {
  const server = await RawServer.listen()
  ends.push(() => server.close())
  const socket = await WebSocket.connect(server.url, limits)
  const pair = { socket, peer: await server.peer() }
  opened.push(pair)
  return pair
}

async function asServer(limits: WebSocketLimits = {}): Promise<Opened> {
  const server = new HttpServer()
  const taken = new Promise<WebSocket>((resolve) => {
    server.websocket('/', (socket) => resolve(socket), limits)
  })
  const { url } = await server.start()
  ends.push(() => server.stop({ drainMs: 0 }))
  const peer = await rawClient(`${url}/`)
  const pair = { socket: await taken, peer }
  opened.push(pair)
  return pair
}

export type Role = 'client' | 'server'

export const ROLES: Readonly<Record<Role, (limits?: WebSocketLimits) => Promise<Opened>>> = {
  client: asClient,
  server: asServer,
}

/** Ends what was opened. */
export async function closeRoles(): Promise<void> {
  for (const { socket, peer } of opened.splice(0)) {
    socket.dispose()
    peer.socket.destroy()
  }
  await Promise.all(ends.splice(0).map((end) => end()))
}
