import { HttpServer, sse, type ServerSentEvent } from 'ferrule/http'
import { afterEach, describe, expect, it } from 'vitest'
import { RawClient } from './http-server/raw.js'

let server: HttpServer
afterEach(() => server.stop({ drainMs: 0 }))

async function serving(register: (server: HttpServer) => void): Promise<{ url: string; port: number }> {
  server = new HttpServer()
  register(server)
  return server.start()
}

const REQUEST = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'

describe('an event stream', () => {
  it('writes every field as the standard has it', async () => {
    const events: (ServerSentEvent | string)[] = [
      'plain',
      'two\nlines',
      { data: 'a\r\nb\rc' },
      { id: '7', event: 'tick', retry: 500, data: { a: 1 } },
      { comment: 'nobody sees' },
      { data: '' },
    ]
    const { url } = await serving((routes) => routes.get('/', () => sse(events)))
    const response = await fetch(url)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(await response.text()).toBe(
      [
        'data: plain\n\n',
        'data: two\ndata: lines\n\n',
        'data: a\ndata: b\ndata: c\n\n',
        'id: 7\nevent: tick\nretry: 500\ndata: {"a":1}\n\n',
        ': nobody sees\n\n',
        'data: \n\n',
      ].join(''),
    )
  })

  it('is sent event by event, and hears when nobody listens any more', async () => {
    const heard: unknown[] = []
    const { port } = await serving((routes) =>
      routes.get('/', () =>
        sse(async (send, signal) => {
          heard.push(await send('first'))
          signal.addEventListener('abort', () => heard.push('aborted'))
          await new Promise((resolve) => signal.addEventListener('abort', resolve))
          heard.push(await send('late'))
        }),
      ),
    )
    const client = await RawClient.open(port)
    await client.send(REQUEST).until((received) => received.includes('data: first\n\n'))
    // A client that left before there was room for the next event would have been told of by the first already.
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual([true])
    client.close()
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual([true, 'aborted', false])
  })

  it('waits for its client: an iterable is not run ahead of it', async () => {
    let made = 0
    const source = async function* (): AsyncGenerator<string> {
      for (; made < 10_000; made += 1) {
        yield 'x'.repeat(100_000)
        await Promise.resolve()
      }
    }
    const { port } = await serving((routes) => routes.get('/', () => sse(source())))
    const client = await RawClient.open(port)
    client.socket.pause()
    client.send(REQUEST)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(made).toBeLessThan(300)
    client.close()
  })

  it('returns its iterable when the client goes away', async () => {
    let returned = false
    const { port } = await serving((routes) =>
      routes.get('/', () =>
        sse(
          (async function* () {
            try {
              for (;;) {
                yield 'tick'
                await new Promise((resolve) => setTimeout(resolve, 5))
              }
            } finally {
              returned = true
            }
          })(),
        ),
      ),
    )
    const client = await RawClient.open(port)
    await client.send(REQUEST).until((received) => received.includes('tick'))
    client.close()
    await expect.poll(() => returned, { timeout: 10_000 }).toBe(true)
  })

  it('says something now and then when there is nothing to say', async () => {
    const { port } = await serving((routes) =>
      routes.get('/', () =>
        sse((_send, signal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())), {
          heartbeatMs: 20,
        }),
      ),
    )
    const client = await RawClient.open(port)
    await client.send(REQUEST).until((received) => received.split(':\n\n').length > 3)
    client.close()
  })

  it('tells what a client that comes back has seen', async () => {
    const { url } = await serving((routes) => routes.get('/', ({ lastEventId }) => sse([String(lastEventId)])))
    expect(await (await fetch(url)).text()).toBe('data: null\n\n')
    expect(await (await fetch(url, { headers: { 'Last-Event-ID': '41' } })).text()).toBe('data: 41\n\n')
  })

  it.each([{ id: 'a\nb' }, { id: 'a\0b' }, { event: 'a\rb' }, { retry: -1 }, { retry: 1.5 }])(
    'is cut off and reported for a field that would break it: %j',
    async (event) => {
      const errors: unknown[] = []
      const { port } = await serving((routes) => {
        routes.get('/', () => sse([event]))
        routes.onError(({ error }) => errors.push(error))
      })
      const client = await RawClient.open(port)
      expect(await client.send(REQUEST).end()).not.toMatch(/\r\n0\r\n\r\n$/)
      expect(errors).toHaveLength(1)
    },
  )
})
