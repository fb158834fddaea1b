// Answers that begin before all of the request was sent.
import { HttpClient } from 'ferrule/http'
import { createServer as createHttp2 } from 'node:http2'
import type { Server as TcpServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { held, nothing, raw, serve, sleep, start, until, type Running } from './http-client/servers.js'

afterEach(async () => {
  // The rest of a request ends with its connection, of which its source hears a moment later.
  await expect.poll(held).toEqual(nothing)
})

/** Gives back what it gets as it gets it. */
const echoes: Record<string, () => Promise<Running<TcpServer>>> = {
  'HTTP/1.1': () => serve((request, response) => void request.on('error', Object).pipe(response)),
  'HTTP/2': () => {
    const server = createHttp2()
    server.on('stream', (stream) => {
      stream.on('error', () => undefined)
      stream.respond()
      stream.pipe(stream)
    })
    return start(server as unknown as TcpServer)
  },
}

const client = (protocol: string): HttpClient =>
  new HttpClient({ http2: protocol === 'HTTP/2' ? 'only' : 'never', timeouts: { bodyMs: 20_000 } })

/** A body without end, and whether it was given up. */
function endless(): { source: AsyncIterable<Uint8Array>; isOver: () => boolean } {
  let isOver = false
  const source = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        await sleep(1)
        yield new Uint8Array(1000)
      }
    } finally {
      isOver = true
    }
  }
  return { source: source(), isOver: () => isOver }
}

describe.each(Object.entries(echoes))('a request over %s whose answer has begun', (protocol, echo) => {
  it('is sent to its end', async () => {
    await using server = await echo()
    using http = client(protocol)
    const pieces = async function* (): AsyncGenerator<string> {
      for (const piece of ['one ', 'two ', 'three']) {
        yield piece
        await sleep(50)
      }
    }
    for (let round = 0; round < 2; round += 1) {
      const response = await http.post(server.url, { body: pieces() })
      expect([response.status, await response.text()]).toEqual([200, 'one two three'])
    }
  })

  it('goes on while the answer is read, however long both are', async () => {
    await using server = await echo()
    using http = client(protocol)
    const [length, piece] = [50_000_000, Buffer.alloc(100_000, 'duplex ')]
    const pieces = function* (): Generator<Uint8Array> {
      for (let sent = 0; sent < length; sent += piece.length) yield piece
    }
    const response = await http.post(server.url, { body: pieces() })
    let received = 0
    for await (const part of response.body) received += part.length
    expect(received).toBe(length)
    const whole = await http.post(server.url, { body: Buffer.alloc(5_000_000, 'x') })
    expect((await whole.bytes()).length).toBe(5_000_000)
  })

  it('speaks in turns', async () => {
    await using server = await echo()
    using http = client(protocol)
    const heard: string[] = []
    let next: (() => void) | undefined
    const turns = async function* (): AsyncGenerator<string> {
      for (const word of ['a', 'b', 'c']) {
        const answered = new Promise<void>((resolve) => (next = resolve))
        yield word
        await answered
      }
    }
    const response = await http.post(server.url, { body: turns() })
    for await (const part of response.body) {
      heard.push(Buffer.from(part).toString())
      next?.()
    }
    expect(heard).toEqual(['a', 'b', 'c'])
  })

  it('is given up with the answer', async () => {
    await using server = await echo()
    using http = client(protocol)
    const { source, isOver } = endless()
    const response = await http.post(server.url, { body: source })
    for await (const part of response.body) {
      expect(part.length).toBeGreaterThan(0)
      break
    }
    await until(isOver)
  })

  it('does not look whole when its source fails', async () => {
    await using server = await echo()
    using http = client(protocol)
    const failing = async function* (): AsyncGenerator<string> {
      yield 'some'
      await sleep(50)
      throw new Error('on purpose')
    }
    const error = await refusedBy(async () => (await http.post(server.url, { body: failing() })).text())
    expect(error.code).toMatch(/^ERR_HTTP_/)
  })
})

it('an answer that ends before the request ends that, and the connection', async () => {
  await using server = await raw((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone'))
    socket.resume()
  })
  using http = new HttpClient()
  const { source, isOver } = endless()
  const response = await http.post(server.url, { body: source })
  expect(await response.text()).toBe('done')
  await until(() => isOver() && server.sockets.size === 0)
})
