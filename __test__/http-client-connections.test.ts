import { HttpClient } from 'ferrule/http'
import { afterEach, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { answers, held, nothing, raw, serve, silent, sleep, until } from './http-client/servers.js'

afterEach(() => expect(held()).toEqual(nothing))

describe('connections', () => {
  it('are kept and used again', async () => {
    await using server = await serve((_, response) => void response.end('ok'))
    using client = new HttpClient()
    for (let round = 0; round < 20; round += 1) expect(await (await client.get(server.url)).text()).toBe('ok')
    expect(server.connects).toBe(1)
    expect(server.sockets.size).toBe(1)
  })

  it('are no more than allowed, and who waits is served in turn', async () => {
    let running = 0
    let most = 0
    const order: string[] = []
    await using server = await serve((request, response) => {
      running += 1
      most = Math.max(most, running)
      order.push(request.url ?? '')
      setTimeout(() => {
        running -= 1
        response.end('ok')
      }, 2)
    })
    using client = new HttpClient({ connectionsPerOrigin: 1 })
    const paths = Array.from({ length: 30 }, (_, at) => `/${at}`)
    await Promise.all(paths.map(async (path) => (await client.get(server.url + path)).text()))
    expect([most, server.connects]).toEqual([1, 1])
    expect(order).toEqual(paths)
    using three = new HttpClient({ connectionsPerOrigin: 3 })
    most = 0
    await Promise.all(paths.map(async (path) => (await three.get(server.url + path)).text()))
    expect([most, server.connects]).toEqual([3, 4])
    using two = new HttpClient({ inFlightPerOrigin: 2 })
    most = 0
    await Promise.all(paths.map(async (path) => (await two.get(server.url + path)).text()))
    expect(most).toBe(2)
  })

  it('are given up by whoever waits in line and is stopped', async () => {
    await using server = await silent()
    using client = new HttpClient({ connectionsPerOrigin: 1 })
    const controller = new AbortController()
    const first = client.get(server.url, { signal: controller.signal })
    const waiting = Array.from({ length: 10 }, () => client.get(server.url, { timeoutMs: 20 }))
    for (const outcome of await Promise.allSettled(waiting))
      expect(outcome).toMatchObject({ reason: { code: 'ERR_TIMEOUT' } })
    controller.abort('enough')
    await expect(first).rejects.toBe('enough')
    expect(server.connects).toBe(1)
    await until(() => server.sockets.size === 0)
  })

  it('that were idle for too long are closed by themselves', async () => {
    await using server = await serve((_, response) => void response.end('ok'))
    using client = new HttpClient({ idleTimeoutMs: 50 })
    await Promise.all(Array.from({ length: 5 }, async () => (await client.get(server.url)).text()))
    expect(server.sockets.size).toBe(5)
    await until(() => server.sockets.size === 0)
    expect(await (await client.get(server.url)).text()).toBe('ok')
  })

  it('are kept no longer than the server says, less a second', async () => {
    await using brief = await answers(
      'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1, max=100\r\nContent-Length: 2\r\n\r\nok',
    )
    await using long = await answers('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=60\r\nContent-Length: 2\r\n\r\nok')
    using client = new HttpClient()
    for (const { url } of [brief, brief, long, long]) expect(await (await client.get(url)).text()).toBe('ok')
    expect([brief.connects, long.connects]).toEqual([2, 1])
  })

  it('that the server closed meanwhile are not used again', async () => {
    await using server = await serve((_, response) => void response.end('ok'))
    using client = new HttpClient()
    await (await client.get(server.url)).text()
    for (const socket of server.sockets) socket.end()
    await until(() => server.sockets.size === 0)
    await sleep(10)
    expect(await (await client.post(server.url, { body: 'x' })).text()).toBe('ok')
    expect(server.connects).toBe(2)
  })

  it('that the server closes as the request arrives: what is safe to send again is', async () => {
    const asked: string[] = []
    await using server = await raw((socket) => {
      let requests = 0
      socket.on('data', (data) => {
        asked.push(data.toString().slice(0, 4))
        requests += 1
        if (requests === 2) socket.destroy()
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
      })
    })
    using client = new HttpClient()
    await (await client.get(server.url)).text()
    expect(await (await client.get(server.url)).text()).toBe('ok')
    expect([asked.length, server.connects]).toEqual([3, 2])
    const error = await refusedBy(() => client.post(server.url, { body: 'x' }))
    expect(error).toMatchObject({ code: 'ERR_HTTP_CONNECTION_CLOSED', details: { method: 'POST', retryable: false } })
    expect(asked.filter((method) => method === 'POST').length).toBe(1)
  })

  it('end with the response when one side says so', async () => {
    await using closing = await answers('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok')
    await using old = await answers('HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok')
    using client = new HttpClient()
    for (const { url } of [closing, closing, old, old]) expect(await (await client.get(url)).text()).toBe('ok')
    await until(() => closing.sockets.size + old.sockets.size === 0)
    expect([closing.connects, old.connects]).toEqual([2, 2])
  })
})

describe('a client that is disposed', () => {
  it('closes its idle connections at once', async () => {
    await using server = await serve((_, response) => void response.end('ok'))
    const client = new HttpClient()
    await Promise.all(Array.from({ length: 10 }, async () => (await client.get(server.url)).text()))
    expect(server.sockets.size).toBe(10)
    client.dispose()
    await until(() => server.sockets.size === 0)
  })

  it('lets calls in flight finish, bodies too', async () => {
    await using server = await serve((_, response) => {
      setTimeout(() => response.write('x'.repeat(100_000)), 20)
      setTimeout(() => response.end('y'), 60)
    })
    const client = new HttpClient()
    const pending = client.get(server.url)
    await until(() => server.sockets.size === 1)
    client.dispose()
    expect((await (await pending).text()).length).toBe(100_001)
    await until(() => server.sockets.size === 0)
  })
})

it('a response that nobody keeps gives its connection back to nobody', async () => {
  await using server = await serve((_, response) => void response.write('x'.repeat(10)))
  const client = new HttpClient()
  for (let round = 0; round < 3; round += 1) (await client.get(server.url)).dispose()
  await until(() => server.sockets.size === 0)
  client.dispose()
})
