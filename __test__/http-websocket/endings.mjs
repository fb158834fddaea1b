// Ends in the middle of what its second argument names, in the way its first names; the server is the test's.
import { workerData } from 'node:worker_threads'
import { HttpServer, WebSocket } from 'ferrule/http'
import { endInTheMiddle } from '../ending/in-the-middle.mjs'

const [way, work, url] = workerData ?? process.argv.slice(2)

const forever = new Promise(() => {})

const works = {
  // The test's server answers nothing at this path.
  connect: () => WebSocket.connect(`${url}never`),
  async receive() {
    const socket = await WebSocket.connect(url)
    await Promise.all([socket.receive(), socket.closed, socket.ping()])
  },
  async flood() {
    const socket = await WebSocket.connect(url)
    for await (const { data } of socket) void socket.send(data).catch(() => {})
  },
  async close() {
    const socket = await WebSocket.connect(url, { closeTimeoutMs: 60_000 })
    await socket.close()
  },
  async server() {
    const server = new HttpServer()
    server.websocket('/', async (socket) => {
      for await (const { data } of socket) await socket.send(data)
    })
    const { port } = await server.start()
    const clients = await Promise.all([1, 2, 3].map(() => WebSocket.connect(`ws://127.0.0.1:${port}/`)))
    await Promise.all(
      clients.map(async (client) => {
        await client.send('round')
        for await (const { data } of client) await client.send(data)
      }),
    )
    await forever
  },
}

endInTheMiddle(import.meta.url, [way, work, url], works[work])
