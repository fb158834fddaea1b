import { createServer, connect as dial, type AddressInfo, type Server, type Socket } from 'node:net'
import { url } from './postgres.js'

/** A line to the server that the test can cut. */
export interface Proxy {
  readonly url: `postgres://${string}`
  /** Connections that went through it so far. */
  readonly connections: number
  /** Cuts all of them, after so many more bytes from the server on each. */
  cut: (afterBytes?: number) => void
  /** From now on nothing goes through, and nobody is told. */
  freeze: () => void
  close: () => Promise<void>
}

/** Listens and passes on what comes, both ways. */
export async function proxied(): Promise<Proxy> {
  const target = new URL(url)
  const lines = new Set<{ near: Socket; far: Socket; left: number }>()
  let connections = 0
  const server = createServer((near) => {
    connections++
    const far = dial(Number(target.port || 5432), target.hostname)
    const line = { near, far, left: Infinity }
    lines.add(line)
    near.on('data', (piece) => far.write(piece))
    far.on('data', (piece) => {
      near.write(piece.subarray(0, Math.min(piece.length, line.left)))
      line.left -= piece.length
      if (line.left <= 0) end()
    })
    const end = (): void => {
      near.destroy()
      far.destroy()
      lines.delete(line)
    }
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
  })
  await listening(server)
  const address = server.address() as AddressInfo
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(address.port)
  return {
    url: through.href as Proxy['url'],
    get connections() {
      return connections
    },
    cut(afterBytes = 0) {
      for (const line of lines) {
        line.left = afterBytes
        if (afterBytes > 0) continue
        line.near.destroy()
        line.far.destroy()
      }
    },
    freeze() {
      for (const { near, far } of lines) {
        near.pause().removeAllListeners('data')
        far.pause().removeAllListeners('data')
      }
    },
    close: () =>
      closed(
        server,
        [...lines].flatMap(({ near, far }) => [near, far]),
      ),
  }
}

/** A server that does with each connection what it is told, until it is closed. */
export async function serverThat(
  greets: (socket: Socket) => void,
): Promise<{ url: `postgres://${string}`; close: () => Promise<void> }> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    greets(socket)
  })
  await listening(server)
  const { port } = server.address() as AddressInfo
  return { url: `postgres://postgres@127.0.0.1:${String(port)}/test`, close: () => closed(server, sockets) }
}

const listening = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

function closed(server: Server, sockets: readonly Socket[]): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) =>
    server.close(() => {
      resolve()
    }),
  )
}
