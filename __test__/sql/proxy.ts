import { createServer, connect as dial, type AddressInfo, type Server, type Socket } from 'node:net'
import { url } from './postgres.js'

/** A line to the server that the test can cut. */
export interface Proxy {
  readonly url: `postgres://${string}`
  /** Connections that went through it so far. */
  readonly connections: number
  /** Cuts all of them, after so many more bytes from the server on each. */
  cut: (afterBytes?: number) => void
  /** Bytes from the server that went through so far. */
  readonly passed: number
  /** From now on nothing goes through those there are, and nobody is told. */
  freeze: () => void
  /** What was sent to the server since then, and was not passed on. */
  readonly unheard: string
  /** How many bytes from the server each new connection gets before it is cut. Default: any number. */
  budget: () => number
  /** Cuts all, and lets nobody in until it is up again. */
  down: () => Promise<void>
  up: () => Promise<void>
  close: () => Promise<void>
}

/** Listens and passes on what comes, both ways; `query` is added to the address. */
export async function proxied(query?: string): Promise<Proxy> {
  const target = new URL(url)
  const lines = new Set<{ near: Socket; far: Socket; left: number }>()
  let connections = 0
  let passed = 0
  const unheard: Buffer[] = []
  const server = createServer((near) => {
    connections++
    const far = dial(Number(target.port || 5432), target.hostname)
    const line = { near, far, left: proxy.budget() }
    lines.add(line)
    near.on('data', (piece) => far.write(piece))
    far.on('data', (piece) => {
      near.write(piece.subarray(0, Math.min(piece.length, line.left)))
      line.left -= piece.length
      passed += piece.length
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
  for (const [name, value] of new URLSearchParams(query)) through.searchParams.set(name, value)
  const proxy: Proxy = {
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
        near.removeAllListeners('data').on('data', (piece) => unheard.push(piece))
        far.pause().removeAllListeners('data')
      }
    },
    get passed() {
      return passed
    },
    get unheard() {
      return Buffer.concat(unheard).toString('latin1')
    },
    budget: () => Infinity,
    down: () =>
      closed(
        server,
        [...lines].flatMap(({ near, far }) => [near, far]),
      ),
    up: () => listening(server, address.port),
    close: () => (server.listening ? proxy.down() : Promise.resolve()),
  }
  return proxy
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

const listening = (server: Server, port = 0): Promise<void> =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))

function closed(server: Server, sockets: readonly Socket[]): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) =>
    server.close(() => {
      resolve()
    }),
  )
}
