// One way for a process or a Worker to end while a server is at work: `node ending.mjs <scenario>`. Says `ready` when the
// request is in its middle; what must not happen is said, too.
import { HttpServer, stream, text } from 'ferrule/http'
import { connect } from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

const scenario = process.argv[2]

/** A server with a request that waits, one whose body is streamed and one whose body still comes. */
async function busy(onReady) {
  const server = new HttpServer()
  let begun = 0
  const begin = () => {
    begun += 1
    if (begun === 3) onReady(server)
  }
  server
    .get('/waits', () => {
      begin()
      return new Promise(() => undefined)
    })
    .get('/streams', () => {
      begin()
      return stream(
        (async function* () {
          for (;;) {
            yield 'x'.repeat(10_000)
            await new Promise((resolve) => setTimeout(resolve, 1))
          }
        })(),
      )
    })
    .post('/uploads', async ({ body }) => {
      begin()
      for await (const piece of body) void piece
      return text('')
    })
  const { port } = await server.start()
  for (const request of [
    'GET /waits HTTP/1.1\r\nHost: h\r\n\r\n',
    'GET /streams HTTP/1.1\r\nHost: h\r\n\r\n',
    'POST /uploads HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nbegin',
  ]) {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('error', () => undefined).resume()
    socket.unref()
  }
}

const scenarios = {
  exit: () => busy(() => process.exit(7)),
  throws: () =>
    busy(() => {
      setImmediate(() => {
        throw new Error('on purpose')
      })
    }),
  terminate: () => {
    const worker = new Worker(new URL(import.meta.url), { argv: ['worker'] })
    worker.on('message', () => void worker.terminate().then((code) => console.log(`terminated ${code}`)))
  },
  worker: () => busy(() => parentPort.postMessage('ready')),
  'worker-exits': () => {
    const worker = new Worker(new URL(import.meta.url), { argv: ['exit'] })
    worker.on('exit', (code) => console.log(`exited ${code}`))
  },
  unref: async () => {
    const server = new HttpServer()
    await server.start()
    server.unref()
    console.log('unrefed')
  },
  'holds until stopped': async () => {
    const server = new HttpServer()
    await server.start()
    setTimeout(() => {
      console.log('still here')
      void server.stop()
    }, 300).unref()
  },
  disposed: () =>
    busy((server) => {
      server.dispose()
      console.log('disposed')
    }),
  forgotten: async () => {
    new HttpServer().get('/', () => text(''))
    console.log('forgotten')
  },
}

if (isMainThread || scenario === 'worker' || scenario === 'exit') await scenarios[scenario]()
