// One end of the echo, in a process of its own, made of one of the libraries: `server <library>` or
// `client <library> <port> <connections> <in flight> <bytes> <milliseconds>`. It says over IPC what it did and what CPU time that took.
import { createRequire } from 'node:module'

const [role, library, port, connections, inFlight, bytes, milliseconds] = process.argv.slice(2)

const loadWs = () => createRequire(new URL('../peers/http/package.json', import.meta.url))('ws')
const loadFerrule = () => import('../../dist/http/index.mjs')

let echoed = 0

const servers = {
  async ws() {
    const { WebSocketServer } = loadWs()
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    server.on('connection', (socket) => {
      socket.on('message', (data, isBinary) => {
        echoed++
        socket.send(isBinary ? data : data.toString())
      })
    })
    await new Promise((resolve) => server.once('listening', resolve))
    return server.address().port
  },
  async ferrule() {
    const { HttpServer } = await loadFerrule()
    const server = new HttpServer()
    server.websocket('/', async (socket) => {
      for await (const { data } of socket) {
        echoed++
        socket.send(data).catch(() => undefined)
      }
    })
    return (await server.start()).port
  },
}

const clients = {
  async ws(url, message, onMessage) {
    const { WebSocket } = loadWs()
    const socket = new WebSocket(url, { perMessageDeflate: false })
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    socket.on('message', (data, isBinary) => onMessage(isBinary ? data : data.toString()))
    return { send: () => socket.send(message), close: () => socket.terminate() }
  },
  async ferrule(url, message, onMessage) {
    const { WebSocket } = await loadFerrule()
    const socket = await WebSocket.connect(url)
    void (async () => {
      for await (const { data } of socket) onMessage(data)
    })()
    return { send: () => void socket.send(message).catch(() => undefined), close: () => socket.dispose() }
  },
}

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

if (role === 'server') {
  process.send({ port: await servers[library]() })
  process.on('message', () => process.send({ echoed, cpu: cpu() }))
} else {
  const message = bytes.startsWith('b') ? new Uint8Array(Number(bytes.slice(1))) : 'x'.repeat(Number(bytes))
  let received = 0
  let running = true
  const opened = await Promise.all(
    Array.from({ length: Number(connections) }, async () => {
      const client = await clients[library](`ws://127.0.0.1:${port}/`, message, (data) => {
        if (data.length !== message.length) throw new Error(`sent ${message.length}, received ${data.length}`)
        received++
        if (running) client.send()
      })
      return client
    }),
  )
  for (const client of opened) for (let count = 0; count < Number(inFlight); count++) client.send()
  // What is compiled and grown at the beginning is on nobody's account.
  await new Promise((resolve) => setTimeout(resolve, 300))
  process.send({ begins: true })
  const [count, used, begun] = [received, cpu(), performance.now()]
  await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)))
  const seconds = (performance.now() - begun) / 1000
  process.send({ perSecond: (received - count) / seconds, cpu: (cpu() - used) / (received - count) })
  running = false
  for (const client of opened) client.close()
  process.exit()
}
