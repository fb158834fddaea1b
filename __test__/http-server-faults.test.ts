import { diagnostics } from 'ferrule'
import { HttpServer, json, text, type HttpServerOptions } from 'ferrule/http'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { RawClient, exchange, statuses } from './http-server/raw.js'

let server: HttpServer
let seen: string[] = []
afterEach(async () => {
  await server.stop({ drainMs: 0 })
  seen = []
  // What the lane held is let go in a turn of the event loop of its own.
  await expect.poll(diagnostics).toMatchObject({ handles: {}, callsInFlight: 0, callbacks: { held: 0 } })
})

/** A server that notes every request that reaches a handler, with its body. */
async function noting(options: HttpServerOptions = {}): Promise<number> {
  server = new HttpServer(options)
  server.all('/*path', async (request) => {
    const body = await request.text()
    seen.push(`${request.method} ${request.path} ${body}`.trim())
    return text(`answer to ${request.path}`)
  })
  return (await server.start()).port
}

const openFiles = (): number => readdirSync('/proc/self/fd').length

describe('smuggling', () => {
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n'
  const post = (headers: string, body: string): string => `POST /a HTTP/1.1\r\nHost: h\r\n${headers}\r\n${body}`

  it.each([
    ['different lengths', 'Content-Length: 3\r\nContent-Length: 4\r\n', 'abcd'],
    ['a list of different lengths', 'Content-Length: 3, 4\r\n', 'abcd'],
    ['a signed length', 'Content-Length: +3\r\n', 'abc'],
    ['a negative length', 'Content-Length: -1\r\n', ''],
    ['a length in hexadecimal', 'Content-Length: 0x3\r\n', 'abc'],
    ['an empty length', 'Content-Length: \r\n', ''],
    ['a length beyond 64 bits', 'Content-Length: 99999999999999999999\r\n', ''],
    ['an unknown coding', 'Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'],
    ['a coding behind chunked', 'Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'],
    ['a coding before chunked', 'Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'],
    ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['chunked and another line', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', '0\r\n\r\n'],
    ['a coding in quotes', 'Transfer-Encoding: "chunked"\r\n', '0\r\n\r\n'],
    ['a vertical tab before chunked', 'Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n'],
    ['a blank before the colon', 'Transfer-Encoding : chunked\r\n', '0\r\n\r\n'],
    ['a folded line', 'Transfer-Encoding:\r\n chunked\r\n', '0\r\n\r\n'],
    ['a blank at the start of a line', ' Transfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['NUL in a name', 'Transfer-Encoding\0: chunked\r\n', '0\r\n\r\n'],
    ['NUL in a value', 'X: a\0b\r\n', ''],
    ['a bare carriage return in a value', 'X: a\rTransfer-Encoding: chunked\r\n', ''],
    ['a length before chunked', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['a length behind chunked', 'transfer-encoding: chunked\r\ncontent-length: 4\r\n', '0\r\n\r\n'],
    ['a bare line feed behind a header', 'X: a\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['a bare line feed behind the last header', 'X: a\n', ''],
    ['no name', ': x\r\n', ''],
    ['a second host', 'Host: other\r\n', ''],
  ])('with %s is refused and ends the connection', async (_, headers, body) => {
    const port = await noting()
    const answer = await exchange(port, post(headers, body + smuggled))
    expect(statuses(answer)).toEqual([expect.any(Number)])
    expect([400, 501]).toContain(statuses(answer)[0])
    expect(seen).toEqual([])
  })

  it('with leading zeros before a length or a size is one request, read once', async () => {
    const port = await noting()
    const zeros = '0'.repeat(20)
    const client = await RawClient.open(port)
    client.send(post('Transfer-Encoding: chunked\r\n', `${zeros}3\r\nabc\r\n0\r\n\r\n${smuggled}`))
    await client.until((received) => statuses(received).length === 2)
    client.close()
    expect(seen).toEqual(['POST /a abc', 'GET /smuggled'])
  })

  it('with the same length twice is one request, read once', async () => {
    const port = await noting()
    const client = await RawClient.open(port)
    client.send(post('Content-Length: 3\r\nContent-Length: 3\r\n', `abc${smuggled}`))
    await client.until((received) => statuses(received).length === 2)
    client.close()
    expect(seen).toEqual(['POST /a abc', 'GET /smuggled'])
  })

  it.each([
    ['no size', '\r\nabc\r\n0\r\n\r\n'],
    ['a size that is no number', 'g\r\nabc\r\n0\r\n\r\n'],
    ['a signed size', '+3\r\nabc\r\n0\r\n\r\n'],
    ['a size with a prefix', '0x3\r\nabc\r\n0\r\n\r\n'],
    ['a size beyond 64 bits', '10000000000000003\r\nabc\r\n0\r\n\r\n'],
    ['a chunk longer than it says', '3\r\nabcd\r\n0\r\n\r\n'],
    ['a bare line feed behind a size', '3\nabc\r\n0\r\n\r\n'],
    ['a bare line feed behind a chunk', '3\r\nabc\n0\r\n\r\n'],
    ['a flood of chunk extensions', `${'1;a=b\r\nx\r\n'.repeat(20_000)}0\r\n\r\n`],
    ['one endless chunk extension', `1;${'a'.repeat(1_000_000)}\r\nx\r\n0\r\n\r\n`],
    ['a bare line feed behind a trailer', '0\r\nX: a\n\r\n'],
    ['a bare line feed in place of trailers', '0\r\n\n'],
    ['endless trailers', `0\r\n${'a: b\r\n'.repeat(200_000)}\r\n`],
  ])('by chunks with %s is refused and ends the connection', async (_, body) => {
    const port = await noting()
    const answer = await exchange(port, post('Transfer-Encoding: chunked\r\n', body + smuggled))
    expect(statuses(answer)).toEqual([400])
    expect(seen).toEqual([])
  })

  it.each([
    ['no method', ' / HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['no target', 'GET  HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['blanks in the target', 'GET /a b HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['a control character in the target', 'GET /a\x01 HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['another version', 'GET / HTTP/3.0\r\nHost: h\r\n\r\n'],
    ['no version', 'GET /\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a bare line feed', 'GET / HTTP/1.1\nHost: h\r\n\r\n'],
    ['bare line feeds', 'GET / HTTP/1.1\nHost: h\n\n'],
    ['an end that is a bare line feed', 'GET / HTTP/1.1\r\nHost: h\r\n\n'],
    ['a tunnel', 'CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['a greeting of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
    ['noise', `${'\xff\xfe\x00'.repeat(1000)}\r\n\r\n`],
  ])('by a first line with %s is refused', async (_, request) => {
    const port = await noting()
    const answer = await exchange(port, request + smuggled)
    expect(statuses(answer).every((status) => status >= 400)).toBe(true)
    expect(seen).toEqual([])
  })

  it.each([
    ['a length beside chunked', post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')],
    ['a bare line feed', 'GET /c HTTP/1.1\r\nHost: h\n\r\n'],
  ])('behind sound requests with %s is refused in its turn, however it is cut', async (_, refused) => {
    const port = await noting()
    const sound =
      post('Transfer-Encoding: chunked\r\n', '3\r\na\nb\r\n0\r\n\r\n') + post('Content-Length: 2\r\n', '\n\n')
    const all = sound + refused + smuggled
    for (const size of [1, 7, 100, all.length]) {
      const client = await RawClient.open(port)
      for (let at = 0; at < all.length; at += size) {
        client.send(all.slice(at, at + size))
        await new Promise(setImmediate)
      }
      expect(statuses(await client.end())).toEqual([200, 200, 400])
      expect(seen.splice(0)).toEqual(['POST /a a\nb', 'POST /a'])
    }
  })

  it('is not seen in empty lines before a request', async () => {
    const port = await noting()
    const answer = await exchange(port, '\r\n\nGET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
    expect(statuses(answer)).toEqual([200])
  })
})

describe('a client that is slow', () => {
  it('with its head gets 408, however it drips', async () => {
    const port = await noting({ timeouts: { headersMs: 500 } })
    const silent = await RawClient.open(port)
    const dripping = await RawClient.open(port)
    const drip = setInterval(() => dripping.send('x'), 50)
    dripping.send('GET / HTTP/1.1\r\nHost: h\r\nx: ')
    const [first, second] = await Promise.all([silent.end(), dripping.end()])
    clearInterval(drip)
    expect([statuses(first), statuses(second)]).toEqual([[408], [408]])
  })

  it('with its second head does, too', async () => {
    const port = await noting({ timeouts: { headersMs: 400, keepAliveMs: 60_000 } })
    const client = await RawClient.open(port)
    await client.send('GET /a HTTP/1.1\r\nHost: h\r\n\r\n').until((received) => received.endsWith('/a'))
    expect(statuses(await client.send('GET ').end())).toEqual([200, 408])
  })

  it('with its body gets 408, short or long', async () => {
    const port = await noting({ timeouts: { bodyIdleMs: 400 } })
    for (const length of [10, 1_000_000]) {
      const client = await RawClient.open(port)
      client.send(`POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: ${length}\r\n\r\nabc`)
      expect(statuses(await client.end())).toEqual([408])
    }
  })

  it('to ask again is let go without a word', async () => {
    const port = await noting({ timeouts: { keepAliveMs: 400 } })
    const client = await RawClient.open(port)
    await client.send('GET /a HTTP/1.1\r\nHost: h\r\n\r\n').until((received) => received.endsWith('/a'))
    expect(statuses(await client.end())).toEqual([200])
  })

  it('to take what is sent to it is let go', async () => {
    server = new HttpServer({ timeouts: { writeIdleMs: 400 } }).get('/', () => ({ body: new Uint8Array(50_000_000) }))
    const { port } = await server.start()
    const client = await RawClient.open(port)
    client.socket.pause()
    client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n')
    await expect.poll(() => server.load.connections, { timeout: 5000 }).toBe(1)
    await expect.poll(() => server.load.connections, { timeout: 20_000 }).toBe(0)
    client.close()
  })

  it('does not hold up others', async () => {
    const port = await noting()
    const slow = await Promise.all(Array.from({ length: 200 }, () => RawClient.open(port)))
    for (const client of slow) client.send('GET / HTTP/1.1\r\nHost:')
    expect(await exchange(port, 'GET /b HTTP/1.0\r\nHost: h\r\n\r\n')).toContain('answer to /b')
    for (const client of slow) client.close()
  })
})

describe('a client that goes away', () => {
  it('aborts the signal of its handler', async () => {
    const reasons: unknown[] = []
    server = new HttpServer().get('/', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      reasons.push(signal.reason)
      throw signal.reason
    })
    const errors: unknown[] = []
    server.onError(({ error }) => errors.push(error))
    const { port } = await server.start()
    const client = (await RawClient.open(port)).send('GET / HTTP/1.1\r\nHost: h\r\n\r\n')
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(1)
    client.close()
    await expect.poll(() => reasons, { timeout: 10_000 }).toEqual([expect.objectContaining({ code: 'ERR_HTTP_GONE' })])
    expect([errors, server.load.requests]).toEqual([[], 0])
  })

  it('is known to who asks for the signal late', async () => {
    let resume: (() => void) | undefined
    const states: boolean[] = []
    server = new HttpServer().get('/', async (request) => {
      await new Promise<void>((resolve) => {
        resume = resolve
      })
      states.push(request.signal.aborted)
      return text('')
    })
    const { port } = await server.start()
    const client = (await RawClient.open(port)).send('GET / HTTP/1.1\r\nHost: h\r\n\r\n')
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(1)
    await expect.poll(() => resume, { timeout: 10_000 }).toBeDefined()
    client.socket.resetAndDestroy()
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    resume?.()
    await expect.poll(() => states).toEqual([true])
  })

  it('in the middle of its body makes reading fail', async () => {
    const failures: unknown[] = []
    server = new HttpServer().post('/', async (request) => {
      await request.bytes().catch((error: unknown) => failures.push((error as { code: string }).code))
      return text('')
    })
    const { port } = await server.start()
    const client = await RawClient.open(port)
    client.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nsome')
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(1)
    client.socket.end()
    await expect.poll(() => failures, { timeout: 10_000 }).toHaveLength(1)
    expect(['ERR_HTTP_BODY', 'ERR_HTTP_GONE']).toContain(failures[0])
    client.close()
  })

  it('ten thousand times leaves nothing behind', async () => {
    const port = await noting()
    await exchange(port, 'GET / HTTP/1.0\r\nHost: h\r\n\r\n')
    await expect.poll(() => server.load.connections, { timeout: 10_000 }).toBe(0)
    const before = openFiles()
    const drop = async (place: number): Promise<void> => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.on('error', () => undefined)
      await once(socket, 'connect')
      if (place % 3 === 1) socket.write('GET /dropped HTTP/1.1\r\nHo')
      if (place % 3 === 2) socket.write('GET /dropped HTTP/1.1\r\nHost: h\r\n\r\n')
      if (place % 2 === 0) socket.resetAndDestroy()
      else socket.destroy()
    }
    for (let done = 0; done < 10_000; done += 200) {
      await Promise.all(Array.from({ length: 200 }, (_, place) => drop(done + place)))
    }
    await expect.poll(() => server.load, { timeout: 30_000 }).toEqual({ connections: 0, requests: 0 })
    expect(openFiles()).toBeLessThan(before + 10)
    expect(await exchange(port, 'GET /after HTTP/1.0\r\nHost: h\r\n\r\n')).toContain('answer to /after')
  })
})

describe('pipelined requests', () => {
  it('are answered in order, whatever their handlers take', async () => {
    server = new HttpServer().get('/:wait', async ({ params }) => {
      await new Promise((resolve) => setTimeout(resolve, Number(params.wait)))
      return json(params)
    })
    const { port } = await server.start()
    const waits = [30, 0, 20, 1, 10, 0]
    const client = await RawClient.open(port)
    client.send(waits.map((wait) => `GET /${wait} HTTP/1.1\r\nHost: h\r\n\r\n`).join(''))
    const answer = await client.until(
      (received) => statuses(received).length === waits.length && received.endsWith('}'),
    )
    expect([...answer.matchAll(/"wait":"(\d+)"/g)].map(([, wait]) => Number(wait))).toEqual(waits)
    client.close()
  })
})

describe('a body without end', () => {
  it('of two gibibytes is refused at its head, and not taken', async () => {
    const port = await noting()
    const client = await RawClient.open(port)
    client.send(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${2 ** 31}\r\n\r\n`)
    let sent = 0
    const piece = Buffer.alloc(1024 * 1024)
    const before = process.memoryUsage().rss
    while (!client.isClosed && sent < 2 ** 31) {
      if (!client.socket.write(piece)) await Promise.race([once(client.socket, 'drain'), once(client.socket, 'close')])
      sent += piece.length
    }
    expect(statuses(client.text)).toEqual([413])
    expect(sent).toBeLessThan(2 ** 31)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
    expect(seen).toEqual([])
  })

  it('and without a length is refused when it is too long, and not held', async () => {
    const port = await noting({ limits: { maxBodyBytes: 1024 * 1024 } })
    const client = await RawClient.open(port)
    client.send('POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n')
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000), Buffer.from('\r\n')])
    let sent = 0
    while (!client.isClosed && sent < 2 ** 31) {
      if (!client.socket.write(chunk)) await Promise.race([once(client.socket, 'drain'), once(client.socket, 'close')])
      sent += chunk.length
    }
    expect(statuses(client.text)).toEqual([413])
    expect(sent).toBeLessThan(2 ** 31)
  })
})

describe('slow JavaScript', () => {
  it('leaves what it does not take with its clients', async () => {
    const port = await noting({ limits: { maxBodyBytes: 2 ** 30 } })
    const clients = await Promise.all(Array.from({ length: 50 }, () => RawClient.open(port)))
    const request = `POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 15000\r\n\r\n${'x'.repeat(15_000)}`
    // Each sends a thousand requests at once; JavaScript takes none for a while.
    for (const client of clients) client.send(request.repeat(100))
    await new Promise(setImmediate)
    const before = process.memoryUsage().rss
    const until = performance.now() + 1000
    while (performance.now() < until);
    // One request of each connection waits here, and what hyper reads ahead of it.
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
    expect(server.load.requests).toBeLessThanOrEqual(50)
    await Promise.all(clients.map((client) => client.until((received) => statuses(received).length === 100, 60_000)))
    expect(seen).toHaveLength(5000)
    for (const client of clients) client.close()
  })

  it('holds back neither answers that are ready nor timers', async () => {
    let ticks = 0
    server = new HttpServer()
      .get('/fast', () => text('fast'))
      .get('/busy', () => {
        const until = performance.now() + 200
        while (performance.now() < until);
        return text(`busy after ${ticks} ticks`)
      })
    const { port } = await server.start()
    // A client on a thread of its own: this one is the slow one.
    const client = new Worker(
      `const { connect } = require('node:net')
       const { parentPort, workerData: port } = require('node:worker_threads')
       const socket = (path, then) => connect(port, '127.0.0.1', function () {
         this.write('GET ' + path + ' HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n')
       }).on('data', function (data) { this.destroy(); then(String(data)) })
       const [started, all] = [Date.now(), []]
       for (let count = 0; count < 10; count += 1) socket('/busy', (answer) => {
         all.push(answer)
         if (all.length === 10) parentPort.postMessage(all)
       })
       socket('/fast', () => parentPort.postMessage(Date.now() - started))`,
      { eval: true, workerData: port },
    )
    const timer = setInterval(() => (ticks += 1), 1)
    const heard: unknown[] = []
    client.on('message', (message) => heard.push(message))
    await expect.poll(() => heard.length, { timeout: 30_000 }).toBe(2)
    clearInterval(timer)
    await client.terminate()
    const answers = heard.find(Array.isArray) as string[]
    // Ten busy handlers take two seconds; between them timers had their turns.
    expect(Math.max(...answers.map((answer) => Number(/after (\d+) ticks/.exec(answer)?.[1])))).toBeGreaterThan(2)
    expect(heard.find((message) => typeof message === 'number')).toBeLessThan(10_000)
  })
})
