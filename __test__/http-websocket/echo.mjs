// A Worker that echoes web sockets: for calls that block their own thread.
import { parentPort } from 'node:worker_threads'
import { HttpServer } from 'ferrule/http'

const server = new HttpServer()
server.websocket('/', async (socket) => {
  for await (const { data } of socket) {
    if (data === 'close') await socket.close(4000, 'as asked')
    else await socket.send(data)
  }
})
const { url } = await server.start()
parentPort.once('message', async () => {
  await server.stop({ drainMs: 0 })
  parentPort.close()
})
parentPort.postMessage(url)
