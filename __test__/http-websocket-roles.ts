// A web socket of ferrule with a peer by hand at its other end, for each side that ferrule can be.
import { WebSocket, type WebSocketLimits } from 'ferrule/http'
import { RawServer, type Peer } from './http-websocket-peer.js'

export interface Opened {
  readonly socket: WebSocket
  readonly peer: Peer
}

const opened: Opened[] = []
let raw: Promise<RawServer> | undefined

async function asClient(limits: WebSocketLimits = {}): Promise<Opened> {
  const server = await (raw ??= RawServer.listen())
  const socket = await WebSocket.connect(server.url, limits)
  const pair = { socket, peer: await server.peer() }
  opened.push(pair)
  return pair
}

export type Role = 'client' | 'server'

export const ROLES: Readonly<Partial<Record<Role, (limits?: WebSocketLimits) => Promise<Opened>>>> = {
  client: asClient,
}

/** Ends what was opened. */
export async function closeRoles(): Promise<void> {
  for (const { socket, peer } of opened.splice(0)) {
    socket.dispose()
    peer.socket.destroy()
  }
  await Promise.resolve()
}
