import { diagnostics } from 'ferrule'
import { HttpServer, stream, text } from 'ferrule/http'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { RawClient, exchange, statuses } from './http-server/raw.js'

const REQUEST = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'

let server = new HttpServer()
afterEach(async () => {
  await server.stop({ drainMs: 0 })
  // At rest nothing is left.
  await expect.poll(diagnostics).toMatchObject({
    handles: {},
    callsInFlight: 0,
    abandoned: 0,
    callbacks: { held: 0, refused: 0, waiting: 0 },
  })
})

const serving = (handler: Parameters<HttpServer['all']>[1]): HttpServer => {
  server = new HttpServer()
  return server.all('/', handler)
}

describe('a server', () => {
  it('says where it listens while it does', async () => {
    serving(() => text('here'))
    expect([server.address, server.hasRef(), server.load]).toEqual([null, false, { connections: 0, requests: 0 }])
    const address = await server.start()
    expect(address).toEqual({ host: '127.0.0.1', port: address.port, url: `http://127.0.0.1:${address.port}` })
    expect([server.address, server.hasRef()]).toEqual([address, true])
    expect(await (await fetch(address.url)).text()).toBe('here')
    await server.stop()
    expect([server.address, server.hasRef()]).toEqual([null, false])
  })

  it('listens at IPv6, and at a name', async () => {
    server = new HttpServer({ host: '::1' }).get('/', () => text('six'))
    const { url } = await server.start()
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/)
    expect(await (await fetch(url)).text()).toBe('six')
    await server.stop()
    server = new HttpServer({ host: 'localhost' })
    await server.start()
  })

  it('at an address in use, not allowed or unknown fails with a typed error, and may try again', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    server = new HttpServer({ port }).get('/', () => text('second try'))
    await expect(server.start()).rejects.toMatchObject({
      code: 'ERR_HTTP_LISTEN',
      operation: 'http.HttpServer.start',
      details: { host: '127.0.0.1', port, errno: 'EADDRINUSE' },
    })
    taken.close()
    await once(taken, 'close')
    const { url } = await server.start()
    expect(await (await fetch(url)).text()).toBe('second try')
    const elsewhere = new HttpServer({ host: '192.0.2.1' })
    await expect(elsewhere.start()).rejects.toMatchObject({ details: { errno: 'EADDRNOTAVAIL' } })
    const unknown = new HttpServer({ host: 'no-such-host.invalid' })
    await expect(unknown.start()).rejects.toMatchObject({ code: 'ERR_HTTP_LISTEN', details: { errno: 'ENOTFOUND' } })
  })

  it('starts once', async () => {
    serving(() => text(''))
    await server.start()
    await expect(server.start()).rejects.toMatchObject({ code: 'ERR_STATE', details: { state: 'running' } })
    await server.stop()
    await expect(server.start()).rejects.toMatchObject({ code: 'ERR_STATE', details: { state: 'stopped' } })
    expect(await server.stop()).toEqual({ aborted: 0 })
    const never = new HttpServer()
    await never.stop()
    await expect(never.start()).rejects.toMatchObject({ code: 'ERR_STATE' })
  })

  it('starts and stops at once by its Sync doors', async () => {
    serving(() => text('sync'))
    const { url, port } = server.startSync()
    expect(await (await fetch(url)).text()).toBe('sync')
    const idle = await RawClient.open(port)
    await idle.send(REQUEST).until((received) => received.endsWith('sync'))
    expect(server.stopSync().aborted).toBeGreaterThanOrEqual(1)
    await idle.end()
    expect(() => server.startSync()).toThrow(expect.objectContaining({ code: 'ERR_STATE' }))
  })

  it('ends with its scope', async () => {
    let port: number
    {
      await using scoped = new HttpServer().get('/', () => text('scoped'))
      ;({ port } = await scoped.start())
      expect(await exchange(port, 'GET / HTTP/1.0\r\nHost: h\r\n\r\n')).toContain('scoped')
    }
    await expect(RawClient.open(port)).rejects.toThrow('ECONNREFUSED')
    {
      using scoped = new HttpServer()
      ;({ port } = await scoped.start())
    }
    await expect(RawClient.open(port)).rejects.toThrow('ECONNREFUSED')
  })

  it('can be held or not hold the process', async () => {
    serving(() => text(''))
    await server.start()
    expect(server.unref().hasRef()).toBe(false)
    expect(server.ref().hasRef()).toBe(true)
  })
})

describe('stopping', () => {
  it('closes idle connections, lets requests at work end, and takes no new ones', async () => {
    let finish: (() => void) | undefined
    serving(async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      return text('finished')
    }).get('/idle', () => text('idle'))
    const { port } = await server.start()
    const idle = await RawClient.open(port)
    await idle.send('GET /idle HTTP/1.1\r\nHost: h\r\n\r\n').until((received) => received.endsWith('idle'))
    const silent = await RawClient.open(port)
    const working = (await RawClient.open(port)).send(REQUEST)
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(1)
    const stopped = server.stop({ drainMs: 20_000 })
    await Promise.all([idle.end(), silent.end()])
    await expect(RawClient.open(port)).rejects.toThrow('ECONNREFUSED')
    finish?.()
    const answer = await working.end()
    expect(answer).toContain('finished')
    expect(answer).toContain('connection: close')
    expect(await stopped).toEqual({ aborted: 0 })
  })

  it('lets a streamed response end', async () => {
    let more = true
    serving(() =>
      stream(
        (async function* () {
          while (more) {
            yield 'tick '
            await new Promise((resolve) => setTimeout(resolve, 5))
          }
          yield 'end'
        })(),
      ),
    )
    const { port } = await server.start()
    const client = (await RawClient.open(port)).send(REQUEST)
    await client.until((received) => received.includes('tick'))
    const stopped = server.stop()
    await new Promise((resolve) => setTimeout(resolve, 50))
    more = false
    expect(await client.end()).toMatch(/end\r\n0\r\n\r\n$/)
    expect(await stopped).toEqual({ aborted: 0 })
  })

  it('ends after drainMs what does not end, whose signals fire', async () => {
    const reasons: unknown[] = []
    serving(({ signal }) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason))
      return new Promise<never>(() => undefined)
    })
    const { port } = await server.start()
    const clients = await Promise.all(Array.from({ length: 5 }, () => RawClient.open(port)))
    for (const client of clients) client.send(REQUEST)
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(5)
    expect(await server.stop({ drainMs: 100 })).toEqual({ aborted: 5 })
    expect(reasons).toEqual(
      Array.from({ length: 5 }, () => expect.objectContaining({ code: 'ERR_HTTP_GONE' }) as unknown),
    )
    for (const client of clients) expect(statuses(await client.end())).toEqual([503])
  })

  it('cuts off a streamed response that does not end, so that it does not look whole', async () => {
    serving(() =>
      stream(
        (async function* () {
          for (;;) {
            yield 'tick '
            await new Promise((resolve) => setTimeout(resolve, 5))
          }
        })(),
      ),
    )
    const { port } = await server.start()
    const client = (await RawClient.open(port)).send(REQUEST)
    await client.until((received) => received.includes('tick'))
    expect(await server.stop({ drainMs: 50 })).toEqual({ aborted: 1 })
    expect(await client.end()).not.toMatch(/\r\n0\r\n\r\n$/)
  })

  it('in a handler answers nothing more and breaks nothing', async () => {
    serving(async () => {
      await server.stop({ drainMs: 0 })
      return text('too late')
    })
    const { port } = await server.start()
    expect(statuses(await exchange(port, REQUEST))).toEqual([503])
  })

  it('while it starts waits for that', async () => {
    serving(() => text(''))
    const starting = server.start()
    expect(await server.stop()).toEqual({ aborted: 0 })
    const { port } = await starting
    await expect(RawClient.open(port)).rejects.toThrow('ECONNREFUSED')
  })
})
