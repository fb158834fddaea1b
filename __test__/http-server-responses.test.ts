import { HttpServer, html, json, redirect, stream, text, type Handler, type ServerErrorEvent } from 'ferrule/http'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { RawClient, exchange, statuses } from './http-server/raw.js'

let server: HttpServer
let events: ServerErrorEvent[] = []
afterEach(async () => {
  await server.stop({ drainMs: 0 })
  events = []
})

/** A server whose root is answered by one handler. */
async function answering(handler: Handler): Promise<{ url: string; port: number }> {
  server = new HttpServer()
  server.all('/', handler)
  server.onError((event) => events.push(event))
  return server.start()
}

const codes = (): unknown[] => events.map(({ error }) => (error as { code?: string; message: string }).code)

describe('a response', () => {
  it.each([
    ['JSON', () => json({ a: [1, 'é'] }), 'application/json', '{"a":[1,"é"]}'],
    ['text', () => text('é'), 'text/plain; charset=utf-8', 'é'],
    ['a page', () => html('<p>é'), 'text/html; charset=utf-8', '<p>é'],
    ['bytes', () => ({ body: new Uint8Array([195, 169]) }), null, 'é'],
    ['an array buffer', () => ({ body: new Uint8Array([195, 169]).buffer }), null, 'é'],
    ['a blob', () => ({ body: new Blob(['é']) }), null, 'é'],
    ['a list of pieces', () => ({ body: ['a', new Uint8Array([98])] }), null, 'ab'],
    ['nothing', () => ({}), null, ''],
    ['the Web’s', () => new Response('é', { headers: { 'x-a': '1' } }), 'text/plain;charset=UTF-8', 'é'],
    ['the Web’s without a body', () => new Response(null, { status: 404 }), null, ''],
    ['a promise', () => Promise.resolve(text('é')), 'text/plain; charset=utf-8', 'é'],
    ['a content type of its own', () => json(1, { headers: { 'Content-Type': 'x/y' } }), 'x/y', '1'],
  ] as [string, Handler, string | null, string][])('is %s', async (_, handler, type, body) => {
    const { url } = await answering(handler)
    const response = await fetch(url)
    expect(response.headers.get('content-type')).toBe(type)
    expect(await response.text()).toBe(body)
    expect(response.headers.has('date')).toBe(true)
    expect(codes()).toEqual([])
  })

  it('is as large as it is', async () => {
    const large = 'x'.repeat(5_000_000)
    const { url } = await answering(() => text(large))
    const response = await fetch(url)
    expect(response.headers.get('content-length')).toBe('5000000')
    expect(await response.text()).toBe(large)
  })

  it('leads elsewhere', async () => {
    const { url } = await answering(() => redirect('/é?a=%20', 307))
    const response = await fetch(url, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([307, '/%C3%A9?a=%20'])
  })

  it('has headers as a record, pairs or Headers, repeated where they are lists', async () => {
    let headers: unknown
    const { port } = await answering(() => ({ headers: headers as Headers, body: '' }))
    const request = 'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n'
    headers = { 'Set-Cookie': ['a=1', 'b=2'], 'X-Latin': 'é' }
    const record = await exchange(port, request)
    expect(record.match(/set-cookie: .*/g)).toEqual(['set-cookie: a=1', 'set-cookie: b=2'])
    expect(record).toContain('x-latin: \xe9\r\n')
    headers = [
      ['x-a', '1'],
      ['x-a', '2'],
    ]
    expect((await exchange(port, request)).match(/x-a: .*/g)).toEqual(['x-a: 1', 'x-a: 2'])
    headers = new Headers([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ])
    expect((await exchange(port, request)).match(/set-cookie: .*/g)).toEqual(['set-cookie: a=1', 'set-cookie: b=2'])
    headers = Object.freeze({ 'x-constant': 'yes' })
    for (let time = 0; time < 3; time += 1) expect(await exchange(port, request)).toContain('x-constant: yes\r\n')
  })

  it.each([
    ['a line break in a value', { 'x-a': 'a\r\nset-cookie: b=1' }],
    ['a bare line feed', { 'x-a': 'a\nb' }],
    ['a bare carriage return', { 'x-a': 'a\rb' }],
    ['NUL', { 'x-a': 'a\0b' }],
    ['a line break in a name', { 'x-a\r\nx-b': 'c' }],
    ['a colon in a name', { 'x-a: b\r\nc': 'd' }],
    ['an empty name', { '': 'a' }],
    ['letters beyond Latin-1', { 'x-a': '→' }],
    ['a number', { 'x-a': 1 }],
    ['the length of something else', { 'transfer-encoding': 'chunked' }],
  ])('is refused, and never split, with %s', async (_, headers) => {
    const { port } = await answering(() => ({ headers: headers as never, body: 'body' }))
    const answer = await exchange(port, 'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
    expect(statuses(answer)).toEqual([500])
    expect(answer).not.toMatch(/set-cookie|x-b/)
    expect(codes()).toEqual(['ERR_HTTP_RESPONSE'])
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'text'],
    ['a number', 200],
    ['a status that is none', { status: 99 }],
    ['a status that switches', { status: 101 }],
    ['a status as text', { status: '200' }],
    ['a body that is none', { body: 5 }],
    ['a body of an object', { body: { a: 1 } }],
  ])('is not %s: 500 and an event', async (_, value) => {
    const { url } = await answering(() => value as never)
    expect((await fetch(url)).status).toBe(500)
    expect(codes()).toEqual(['ERR_HTTP_RESPONSE'])
  })

  it.each([204, 304])('with status %i has no body, whatever was given', async (status) => {
    const { port } = await answering(() => ({ status, body: 'not sent' }))
    const client = await RawClient.open(port)
    const request = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'
    await client.send(request).until((received) => received.endsWith('\r\n\r\n'))
    await client.send(request).until((received) => statuses(received).length === 2 && received.endsWith('\r\n\r\n'))
    expect(client.text).not.toContain('not sent')
    client.close()
  })
})

describe('a handler', () => {
  it('that throws or rejects gives 500 and an event with the request, and the server lives on', async () => {
    const failures = [
      () => {
        throw new Error('thrown')
      },
      () => Promise.reject(new Error('rejected')),
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw 'text'
      },
    ]
    let next = 0
    const { url } = await answering(() => (failures[next++] ?? (() => text('fine')))())
    for (let time = 0; time < 3; time += 1) {
      const response = await fetch(`${url}/?${time}`)
      expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error'])
    }
    expect(await (await fetch(url)).text()).toBe('fine')
    const shown = events.map(({ error, request }) => [error instanceof Error ? error.message : error, request.url])
    expect(shown).toEqual([
      ['thrown', '/?0'],
      ['rejected', '/?1'],
      ['text', '/?2'],
    ])
  })

  it('without a listener for errors is warned of', async () => {
    server = new HttpServer()
    server.get('/', () => {
      throw new Error('nobody listens')
    })
    const { url } = await server.start()
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
    expect((await fetch(url)).status).toBe(500)
    expect((await warned).message).toBe('nobody listens')
  })

  it('runs in the async context that started the server', async () => {
    const { AsyncLocalStorage } = await import('node:async_hooks')
    const storage = new AsyncLocalStorage<string>()
    server = new HttpServer()
    server.get('/', () => text(String(storage.getStore())))
    const { url } = await storage.run('started here', () => server.start())
    expect(await (await fetch(url)).text()).toBe('started here')
  })
})

describe('a streamed response', () => {
  const pieces = async function* (count: number): AsyncGenerator<string> {
    for (let piece = 0; piece < count; piece += 1) {
      yield `piece ${piece};`
      await new Promise(setImmediate)
    }
  }

  it('comes from a generator, a Web stream or a Node stream', async () => {
    const sources = [
      () => pieces(50),
      () => ReadableStream.from(pieces(50)),
      () => Readable.from(pieces(50)) as AsyncIterable<string>,
    ]
    const expected = Array.from({ length: 50 }, (_, piece) => `piece ${piece};`).join('')
    for (const source of sources) {
      // A Web stream has bytes; this one is encoded on its way.
      const { url } = await answering(() => stream(source() as never))
      expect(await (await fetch(url)).text()).toBe(expected)
      await server.stop()
    }
    expect(codes()).toEqual([])
  })

  it('is a large file as it is', async () => {
    const { url } = await answering(() => ({ body: createReadStream(process.execPath) }))
    const { size } = await import('node:fs').then(({ statSync }) => statSync(process.execPath))
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(size)
  })

  it('is pulled only as its client takes it', async () => {
    let given = 0
    const source = function* (): Generator<Uint8Array> {
      for (; given < 1000; given += 1) yield new Uint8Array(1024 * 1024)
    }
    const { port } = await answering(() => stream(source()))
    const client = await RawClient.open(port)
    client.socket.pause()
    client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n')
    await new Promise((resolve) => setTimeout(resolve, 500))
    // What the system's buffers and a piece on its way hold.
    expect(given).toBeLessThan(30)
    expect(given).toBeGreaterThan(0)
    client.close()
  })

  it('ends its source when the client goes away, even one that waits', async () => {
    const ends: string[] = []
    const waiting: (() => unknown)[] = [
      () =>
        new ReadableStream({
          pull: (sink) => {
            sink.enqueue(new Uint8Array(10))
          },
          cancel: () => {
            ends.push('web')
          },
        }),
      () =>
        new ReadableStream({
          start: (sink) => {
            sink.enqueue(new Uint8Array(10))
          },
          cancel: () => {
            ends.push('idle web')
          },
        }),
      () =>
        new Readable({
          read() {
            if (this.readableLength === 0 && ends.at(-1) !== 'pushed') this.push('some')
          },
          destroy: (_, done) => {
            ends.push('node')
            done(null)
          },
        }),
      async function* () {
        try {
          for (;;) {
            yield 'x'
            await new Promise((resolve) => setTimeout(resolve, 5))
          }
        } finally {
          ends.push('generator')
        }
      },
    ]
    for (const source of waiting) {
      const before = ends.length
      const { port } = await answering(() => ({ body: source() as never }))
      const client = await RawClient.open(port)
      await client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n').until((received) => received.includes('chunked\r\n'))
      client.close()
      await expect.poll(() => ends.length, { timeout: 10_000 }).toBeGreaterThan(before)
      await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(0)
      await server.stop({ drainMs: 0 })
    }
    expect(ends).toEqual(['web', 'idle web', 'node', 'generator'])
    expect(codes()).toEqual([])
  })

  it('whose source fails is cut off, never ended as if it were whole, and is an event', async () => {
    const { port } = await answering(() =>
      stream(
        (async function* () {
          yield 'begun'
          await new Promise(setImmediate)
          throw new Error('source failed')
        })(),
      ),
    )
    const answer = await exchange(port, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n')
    expect(answer).toContain('begun')
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/)
    expect(events.map(({ error }) => (error as Error).message)).toEqual(['source failed'])
  })

  it('of something else than bytes and text is an event', async () => {
    const { port } = await answering(() => ({ body: [1, 2] as never }))
    expect(await exchange(port, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n')).not.toMatch(/\r\n0\r\n\r\n$/)
    expect(codes()).toEqual(['ERR_HTTP_RESPONSE'])
  })

  it('to HEAD sends headers alone, and ends its source unread', async () => {
    let cancelled = false
    const { url } = await answering(() => ({
      headers: { 'x-a': '1' },
      body: new ReadableStream({
        cancel: () => {
          cancelled = true
        },
      }),
    }))
    const response = await fetch(url, { method: 'HEAD' })
    expect([response.headers.get('x-a'), await response.text(), cancelled]).toEqual(['1', '', true])
  })

  it('may say its length', async () => {
    const { url } = await answering(() => stream(['12', '345'], { headers: { 'content-length': '5' } }))
    const response = await fetch(url)
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['5', '12345'])
  })
})
