import { diagnostics } from 'ferrule'
import {
  HttpServer,
  text as answer,
  WebSocket,
  type ServerErrorEvent,
  type WebSocketHandler,
  type WebSocketRouteOptions,
} from 'ferrule/http'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { closePayload, headerOf, OPCODE, opening, rawClient, request } from './http-websocket-peer.js'

const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  await expect.poll(() => diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0, handles: {} })
})

/** A server with one route of web sockets, and the ws: address of it. */
async function serving(
  handler: WebSocketHandler,
  options?: WebSocketRouteOptions,
): Promise<{ server: HttpServer; url: string; errors: ServerErrorEvent[] }> {
  const server = new HttpServer()
  const errors: ServerErrorEvent[] = []
  server.onError((event) => errors.push(event))
  server.get('/page', () => answer('page'))
  server.websocket('/', handler, options)
  const { url } = await server.start()
  ends.push(() => server.stop({ drainMs: 0 }))
  return { server, url: `${url.replace('http:', 'ws:')}/`, errors }
}

async function connected(url: string, options?: Parameters<typeof WebSocket.connect>[1]): Promise<WebSocket> {
  const socket = await WebSocket.connect(url, options)
  ends.push(() => socket.dispose())
  return socket
}

const echo: WebSocketHandler = async (socket) => {
  for await (const { data } of socket) await socket.send(data)
}

describe('a route of web sockets', () => {
  it('gives its handler the socket and the whole request', async () => {
    const server = new HttpServer()
    server.websocket('/rooms/:room', async (socket, { params, query, headers }) => {
      await socket.send(JSON.stringify([params.room, query.get('name'), headers.get('x-mine'), socket.protocol]))
    })
    const { url } = await server.start()
    ends.push(() => server.stop({ drainMs: 0 }))
    const socket = await connected(`${url}/rooms/blue?name=Ada`, { headers: { 'X-Mine': 'yes' } })
    expect(await socket.receive()).toEqual({ type: 'text', data: '["blue","Ada","yes",null]' })
  })

  it('echoes whatever a client sends, in order', async () => {
    const { url } = await serving(echo)
    const socket = await connected(url)
    const sent: (string | Uint8Array)[] = []
    for (let number = 0; number < 2000; number++) {
      const message = number % 3 === 0 ? Uint8Array.of(number, number >> 8) : 'é😀'.repeat(number % 40)
      sent.push(message)
      void socket.send(message)
    }
    for (const message of sent) expect((await socket.receive())?.data).toEqual(message)
  })

  it('stays open when its handler returns', async () => {
    const sockets: WebSocket[] = []
    const { url } = await serving((socket) => {
      sockets.push(socket)
    })
    const socket = await connected(url)
    await expect.poll(() => sockets.length).toBe(1)
    await sockets[0]?.send('later')
    expect(await socket.receive()).toEqual({ type: 'text', data: 'later' })
  })

  it('closes with 1011 when its handler throws, and the server says so and lives', async () => {
    const fault = new Error('on purpose')
    const { url, errors } = await serving(async (socket) => {
      await socket.receive()
      throw fault
    })
    const socket = await connected(url)
    await socket.send('go')
    expect(await socket.closed).toEqual({ code: 1011, reason: 'the handler failed', wasClean: true })
    expect(errors.map(({ error }) => error)).toEqual([fault])
    expect(errors[0]?.request.path).toBe('/')
    const next = await connected(url)
    await next.close()
  })

  it('is for web sockets only: anything else on the path is told so, and other paths are not affected', async () => {
    const { url } = await serving(echo)
    const page = await request(
      url,
      opening(url, ([, ...rest]) => ['GET /page HTTP/1.1', rest[0] as string]),
    )
    expect(page.lines[0]).toBe('HTTP/1.1 200 OK')
    page.socket.destroy()
    const none = await request(
      url,
      opening(url, (lines) => lines.slice(0, 2)),
    )
    expect(none.lines[0]).toMatch(/ 426 /)
    expect(headerOf(none.lines, 'upgrade')).toBe('websocket')
    none.socket.destroy()
  })

  const without = (name: string) => (lines: string[]) => lines.filter((line) => !line.startsWith(`${name}:`))
  const set = (name: string, value: string) => (lines: string[]) => [...without(name)(lines), `${name}: ${value}`]
  it.each([
    ['HTTP/1.0', (lines: string[]) => [(lines[0] as string).replace('1.1', '1.0'), ...lines.slice(1)], 505, []],
    ['POST', (lines: string[]) => [(lines[0] as string).replace('GET', 'POST'), ...lines.slice(1)], 405, []],
    ['no Upgrade', without('Upgrade'), 426, [['upgrade', 'websocket']]],
    ['another Upgrade', set('Upgrade', 'h2c'), 426, [['upgrade', 'websocket']]],
    ['no Connection: Upgrade', set('Connection', 'keep-alive'), 426, [['upgrade', 'websocket']]],
    ['no version', without('Sec-WebSocket-Version'), 426, [['sec-websocket-version', '13']]],
    ['an old version', set('Sec-WebSocket-Version', '8'), 426, [['sec-websocket-version', '13']]],
    ['a later version', set('Sec-WebSocket-Version', '14'), 426, [['sec-websocket-version', '13']]],
    ['no key', without('Sec-WebSocket-Key'), 400, []],
    ['a short key', set('Sec-WebSocket-Key', 'c2hvcnQ='), 400, []],
    ['a key that is no base64', set('Sec-WebSocket-Key', '!'.repeat(24)), 400, []],
    ['two keys', (lines: string[]) => [...lines, `Sec-WebSocket-Key: ${'A'.repeat(22)}==`], 400, []],
  ])('refuses %s', async (_, change, status, headers) => {
    let opened = 0
    const { url } = await serving(() => {
      opened++
    })
    const { socket, lines } = await request(url, opening(url, change))
    expect(lines[0]).toContain(` ${status} `)
    for (const [name, value] of headers as [string, string][]) expect(headerOf(lines, name)).toBe(value)
    socket.destroy()
    expect(opened).toBe(0)
  })

  it('opens over a connection that was kept alive, with what came right behind the request', async () => {
    const { url } = await serving(echo)
    const first = opening(url, ([, host]) => ['GET /page HTTP/1.1', host as string])
    const { socket } = await request(url, first)
    socket.resume()
    socket.write(opening(url))
    const [data] = (await once(socket, 'data')) as [Buffer]
    expect(data.toString('latin1')).toContain('101 Switching Protocols')
    socket.destroy()
  })

  it.each([
    ['https://example.org', true],
    ['https://example.org.evil', false],
    ['http://example.org', false],
    ['null', false],
    [undefined, true],
  ])('with origins takes %s: %s', async (origin, passes) => {
    const { url } = await serving(echo, { origins: ['https://example.org'] })
    const opens = WebSocket.connect(url, origin === undefined ? {} : { headers: { origin } })
    if (passes) (await opens).dispose()
    else {
      await expect(opens).rejects.toMatchObject({ code: 'ERR_HTTP_WEBSOCKET_HANDSHAKE', details: { status: 403 } })
    }
  })

  it.each([
    [['a', 'b'], 'b'],
    [['c', 'b'], 'c'],
    [['a'], null],
    [[], null],
  ])('of the protocols %j chooses %s', async (protocols, chosen) => {
    let seen: string | null | undefined
    const { url } = await serving(
      (socket) => {
        seen = socket.protocol
      },
      { protocols: ['b', 'c'] },
    )
    const socket = await connected(url, { protocols })
    expect(socket.protocol).toBe(chosen)
    await expect.poll(() => seen).toBe(chosen)
  })

  it('can refuse a request by a response before it is upgraded', async () => {
    let opened = 0
    const { url } = await serving(
      () => {
        opened++
      },
      {
        accept: async ({ headers }) => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          return headers.get('authorization') === 'Bearer me' ? undefined : answer('who are you?', { status: 401 })
        },
      },
    )
    await expect(WebSocket.connect(url)).rejects.toMatchObject({
      code: 'ERR_HTTP_WEBSOCKET_HANDSHAKE',
      details: { status: 401 },
    })
    const socket = await connected(url, { headers: { Authorization: 'Bearer me' } })
    await expect.poll(() => opened).toBe(1)
    await socket.close()
  })

  it('answers 500 when its accept throws, and says so', async () => {
    const fault = new Error('on purpose')
    const { url, errors } = await serving(echo, {
      accept() {
        throw fault
      },
    })
    await expect(WebSocket.connect(url)).rejects.toMatchObject({ details: { status: 500 } })
    expect(errors.map(({ error }) => error)).toEqual([fault])
  })

  it.each([
    ['no handler', '/', undefined, {}],
    ['no path', 'x', echo, {}],
    ['options that are none', '/', echo, 1],
    ['a protocol that is none', '/', echo, { protocols: [''] }],
    ['origins that are none', '/', echo, { origins: 'https://a' }],
    ['an accept that is none', '/', echo, { accept: true }],
  ])('refuses %s', (_, path, handler, options) => {
    const server = new HttpServer()
    expect(() => server.websocket(path, handler as WebSocketHandler, options as WebSocketRouteOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', operation: 'http.HttpServer.websocket' }),
    )
  })

  it('cannot be added to a server that runs', async () => {
    const { server } = await serving(echo)
    expect(() => server.websocket('/more', echo)).toThrow(expect.objectContaining({ code: 'ERR_STATE' }))
  })
})

describe('a client that goes away', () => {
  it('ends the iteration and fires the signal of its socket', async () => {
    const seen: unknown[] = []
    const finished = new Promise<void>((resolve) => {
      void serving(async (socket) => {
        const { signal } = socket
        signal.addEventListener('abort', () => {
          seen.push((signal.reason as { code: string }).code)
          resolve()
        })
        for await (const { data } of socket) seen.push(data)
        seen.push('over')
      }).then(async ({ url }) => {
        const peer = await rawClient(url)
        peer.send(OPCODE.text, 'hello')
        setTimeout(() => peer.socket.resetAndDestroy(), 20)
      })
    })
    await finished
    await expect.poll(() => [...seen].sort()).toEqual(['ERR_HTTP_WEBSOCKET_CLOSED', 'hello', 'over'])
  })

  it('before its upgrade is done leaves nothing', async () => {
    let opened = 0
    const { server, url } = await serving(
      () => {
        opened++
      },
      {
        accept: () => new Promise((resolve) => setTimeout(() => resolve(undefined), 50)),
      },
    )
    for (let count = 0; count < 20; count++) {
      const { hostname, port } = new URL(url)
      const { connect } = await import('node:net')
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      socket.end(opening(url))
      setTimeout(() => socket.destroy(), 10)
    }
    await new Promise((resolve) => setTimeout(resolve, 150))
    await expect.poll(() => server.load).toEqual({ connections: 0, requests: 0 })
    expect(opened).toBeLessThanOrEqual(20)
  })

  it('is forgotten: ten thousand connects and drops leave nothing behind', { timeout: 60_000 }, async () => {
    let opened = 0
    let ended = 0
    const { server, url } = await serving(async (socket) => {
      opened++
      while ((await socket.receive()) !== null);
      ended++
      socket.dispose()
    })
    let left = 10_000
    const drop = async (): Promise<void> => {
      while (left-- > 0) {
        const peer = await rawClient(url)
        if (left % 3 === 0) peer.socket.resetAndDestroy()
        else if (left % 3 === 1) peer.socket.destroy()
        else {
          peer.send(OPCODE.close, closePayload(1000))
          await peer.gone()
          peer.socket.destroy()
        }
      }
    }
    const before = process.memoryUsage.rss()
    await Promise.all(Array.from({ length: 32 }, drop))
    await expect.poll(() => [opened, ended, server.load.connections], { timeout: 20_000 }).toEqual([10_000, 10_000, 0])
    expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 1024 * 1024)
  })
})

describe('a server that stops', () => {
  it('closes its sockets with 1001 and waits for their answers', async () => {
    const closes: unknown[] = []
    const { server, url } = await serving(async (socket) => {
      while ((await socket.receive()) !== null);
      closes.push(await socket.closed)
    })
    const sockets = await Promise.all([connected(url), connected(url)])
    const begun = performance.now()
    expect(await server.stop({ drainMs: 10_000 })).toEqual({ aborted: 0 })
    expect(performance.now() - begun).toBeLessThan(9000)
    const close = { code: 1001, reason: 'the server stops', wasClean: true }
    for (const socket of sockets) expect(await socket.closed).toEqual(close)
    await expect.poll(() => closes).toEqual([close, close])
  })

  it('leaves what was sent before to its clients', async () => {
    const sockets: WebSocket[] = []
    const { server, url } = await serving((socket) => {
      sockets.push(socket)
    })
    const socket = await connected(url)
    await expect.poll(() => sockets.length).toBe(1)
    await sockets[0]?.send('last words')
    await server.stop()
    expect(await socket.receive()).toEqual({ type: 'text', data: 'last words' })
    expect(await socket.receive()).toBeNull()
  })

  it('cuts those off that do not answer within drainMs', async () => {
    const closed: unknown[] = []
    const { server, url } = await serving(
      async (socket) => {
        closed.push(await socket.closed)
      },
      {
        closeTimeoutMs: 60_000,
      },
    )
    const peer = await rawClient(url)
    const begun = performance.now()
    expect(await server.stop({ drainMs: 100 })).toEqual({ aborted: 1 })
    expect(performance.now() - begun).toBeLessThan(5000)
    expect(await peer.closeCode()).toBe(1001)
    await peer.gone()
    await expect.poll(() => closed.length).toBe(1)
  })

  it('ends its sockets when it is disposed', async () => {
    const { server, url } = await serving(echo)
    const socket = await connected(url)
    server.dispose()
    expect(await socket.receive()).toBeNull()
    expect((await socket.closed).code).toBe(1001)
  })
})

describe('many clients', () => {
  it('all hear what is broadcast, and a slow one holds up nobody', async () => {
    const room = new Set<WebSocket>()
    const { url } = await serving(
      async (socket) => {
        room.add(socket)
        try {
          for await (const { data } of socket) {
            // Who cannot keep up is left out: its messages would pile up here.
            for (const member of room) member.send(data).catch(() => room.delete(member))
          }
        } finally {
          room.delete(socket)
        }
      },
      { maxBufferedBytes: 1024 * 1024 },
    )
    const slow = await rawClient(url)
    slow.socket.pause()
    const clients = await Promise.all(Array.from({ length: 8 }, () => connected(url)))
    await expect.poll(() => room.size).toBe(9)
    const piece = 'x'.repeat(128 * 1024)
    const speaker = clients[0] as WebSocket
    for (let count = 0; count < 200; count++) {
      await speaker.send(`${count}:${piece}`)
      for (const client of clients) expect((await client.receive())?.data).toMatch(new RegExp(`^${count}:x`))
    }
    await expect.poll(() => room.size).toBe(8)
    slow.socket.destroy()
  })

  it('can flood with pings that nobody waits for without growing the server', async () => {
    const { url } = await serving(echo)
    const peer = await rawClient(url)
    peer.socket.pause()
    const before = process.memoryUsage.rss()
    const block = Buffer.concat(Array.from({ length: 1000 }, () => Buffer.from([0x89, 0x80, 0, 0, 0, 0])))
    for (let count = 0; count < 2000; count++) {
      if (!peer.socket.write(block)) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        if (peer.socket.writableLength > 1024 * 1024) break
      }
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024)
    peer.socket.destroy()
    const other = await connected(url)
    await other.send('still there')
    expect((await other.receive())?.data).toBe('still there')
  })
})
