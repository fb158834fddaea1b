// Clients that shut their sending half: those that wait for their answer get it, those that are gone end their requests.

import { HttpServer, stream, text, type HttpServerOptions, type Handler } from 'ferrule/http'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect as connectTls } from 'node:tls'
import { setTimeout as after } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { RawClient, statuses } from './http-server/raw.js'
import { certificates } from './http-server/tls.js'

let server: HttpServer
afterEach(() => server.stop({ drainMs: 0 }))

async function answering(handler: Handler, options: HttpServerOptions = {}): Promise<number> {
  server = new HttpServer(options).all('/', handler)
  return (await server.start()).port
}

/** A handler that answers late, and tells whether its client was thought gone. */
const late: Handler = async (request) => {
  const body = await request.text()
  await after(150)
  return text(`late ${body} ${request.signal.aborted}`)
}

/** What came of a request, and the end of the sending half in the same breath. */
async function halfClosed(port: number, sent: string): Promise<string> {
  const client = await RawClient.open(port)
  client.send(sent).socket.end()
  return client.end()
}

describe('a client that shuts its sending half behind a request', () => {
  it.each([
    ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', 'late  false'],
    ['HTTP/1.1', 'GET / HTTP/1.1\r\nHost: h\r\n\r\n', 'late  false'],
    ['a body', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc', 'late abc false'],
    [
      'chunks',
      'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
      'late abc false',
    ],
    [
      'an expectation',
      'POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc',
      'late abc false',
    ],
  ])('with %s gets its answer', async (_, sent, answer) => {
    const received = await halfClosed(await answering(late), sent)
    expect(statuses(received).at(-1)).toBe(200)
    expect(
      statuses(received)
        .slice(0, -1)
        .every((status) => status < 200),
    ).toBe(true)
    expect(received.endsWith(`\r\n\r\n${answer}`)).toBe(true)
  })

  it('gets all of them behind several', async () => {
    const port = await answering(late)
    const received = await halfClosed(port, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(3))
    expect(statuses(received).filter((status) => status === 200)).toHaveLength(3)
    expect(received.split('late  false')).toHaveLength(4)
  })

  it('gets a long one, although it takes it slowly', async () => {
    const port = await answering(() => ({ body: new Uint8Array(20_000_000) }))
    const client = await RawClient.open(port)
    client.socket.pause()
    client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n').socket.end()
    await after(200)
    client.socket.resume()
    expect((await client.end()).split('\r\n\r\n').at(-1)).toHaveLength(20_000_000)
  })

  it('is not told of interim responses that its version does not have', async () => {
    const received = await halfClosed(await answering(late), 'GET / HTTP/1.0\r\n\r\n')
    expect(statuses(received)).toEqual([200])
  })

  it('over TLS gets its answer', async () => {
    const { cert, key } = certificates().server
    const port = await answering(late, { tls: { cert, key } })
    const options = { port, host: '127.0.0.1', rejectUnauthorized: false, allowHalfOpen: true }
    const socket = connectTls(options)
    await once(socket, 'secureConnect')
    socket.end('GET / HTTP/1.1\r\nHost: h\r\n\r\n')
    let received = ''
    for await (const data of socket) received += String(data)
    expect(received.endsWith('late  false')).toBe(true)
  })

  it('gets a stream to its end, well-formed', async () => {
    const port = await answering(() =>
      stream(
        (async function* () {
          yield 'one '
          await after(300)
          yield 'two '
          await after(50)
        })(),
      ),
    )
    const asked = request({ port, host: '127.0.0.1', path: '/' }).end()
    const [response] = (await once(asked, 'response')) as [NodeJS.ReadableStream]
    asked.socket?.end()
    let received = ''
    for await (const data of response) received += String(data)
    expect(received).toBe('one two ')
  })

  it('leaves no connection behind', async () => {
    const port = await answering(late)
    await Promise.all(Array.from({ length: 20 }, () => halfClosed(port, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n')))
    await expect.poll(() => server.load, { timeout: 10_000 }).toEqual({ connections: 0, requests: 0 })
  })

  it('in the middle of a head or between requests is let go', async () => {
    const port = await answering(late)
    expect(await halfClosed(port, 'GET / HT')).not.toContain(' 200 ')
    expect(await halfClosed(port, '')).toBe('')
    const client = await RawClient.open(port)
    await client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n').until((received) => received.endsWith('false'))
    client.socket.end()
    expect(statuses(await client.end())).toEqual([200])
  })
})

describe('a client that is gone', () => {
  /** Ends when the signal fires, and says so. */
  const waiting =
    (ends: string[]): Handler =>
    async ({ signal, httpVersion }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      ends.push(httpVersion)
      return text('')
    }

  it.each([
    ['without a word', 'HTTP/1.1', (client: RawClient) => client.socket.destroy()],
    ['by a reset', 'HTTP/1.1', (client: RawClient) => client.socket.resetAndDestroy()],
    ['by a reset', 'HTTP/1.0', (client: RawClient) => client.socket.resetAndDestroy()],
  ])('%s aborts the signal of its handler (%s)', async (_, version, leave) => {
    const ends: string[] = []
    const client = await RawClient.open(await answering(waiting(ends)))
    client.send(`GET / ${version}\r\nHost: h\r\n\r\n`)
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(1)
    leave(client)
    await expect.poll(() => ends, { timeout: 10_000 }).toEqual([version.slice(5)])
    await expect.poll(() => server.load, { timeout: 10_000 }).toEqual({ connections: 0, requests: 0 })
  })

  it.each(['1.0', '1.1'])('after it had shut its half aborts the signal (HTTP/%s)', async (version) => {
    const ends: string[] = []
    const client = await RawClient.open(await answering(waiting(ends)))
    client.send(`GET / HTTP/${version}\r\nHost: h\r\n\r\n`).socket.end()
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(1)
    await after(100)
    expect(ends).toEqual([])
    client.socket.resetAndDestroy()
    await expect.poll(() => ends, { timeout: 10_000 }).toEqual([version])
  })

  it('without a word, long behind a request of HTTP/1.0, aborts the signal', async () => {
    const ends: string[] = []
    const client = await RawClient.open(await answering(waiting(ends)))
    client.send('GET / HTTP/1.0\r\n\r\n')
    await after(1000)
    client.close()
    await expect.poll(() => ends, { timeout: 10_000 }).toEqual(['1.0'])
  })

  it('while its stream stands still ends it', async () => {
    let ended = false
    const still = async function* (): AsyncGenerator<string> {
      try {
        yield 'some'
        await new Promise(() => undefined)
      } finally {
        ended = true
      }
    }
    const port = await answering(({ signal }) => {
      signal.addEventListener('abort', () => (ended = true))
      return stream(still())
    })
    const client = await RawClient.open(port)
    await client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n').until((received) => received.includes('some'))
    client.close()
    await expect.poll(() => server.load, { timeout: 10_000 }).toEqual({ connections: 0, requests: 0 })
    expect(ended).toBe(true)
  })

  it('or not, while a body of a known length stands still, is let go when writeIdleMs have passed', async () => {
    const port = await answering(
      () =>
        stream(new ReadableStream({ start: (sink) => sink.enqueue('some') }), { headers: { 'content-length': '9' } }),
      { timeouts: { writeIdleMs: 300 } },
    )
    const client = await RawClient.open(port)
    await client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n').until((received) => received.endsWith('some'))
    client.socket.end()
    expect((await client.end()).endsWith('some')).toBe(true)
    await expect.poll(() => server.load, { timeout: 10_000 }).toEqual({ connections: 0, requests: 0 })
  })
})
