import type { ServerResponse } from 'node:http'
import { HttpClient } from 'ferrule/http'
import { afterAll, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { bodyOf, held, nothing, serve, type Running } from './http-client/servers.js'

const client = new HttpClient()
afterAll(() => {
  client.dispose()
  expect(held()).toEqual(nothing)
})

/** A server that redirects as its path says, `/<status>?to=<location>`, and tells what else it was asked. */
const redirecting = (): Promise<Running> =>
  serve((request, response) => {
    void bodyOf(request).then((body) => {
      const url = new URL(request.url ?? '', 'http://x')
      const to = url.searchParams.get('to')
      if (to !== null) response.writeHead(Number(url.pathname.slice(1)), { location: to }).end('moved')
      else
        response.end(
          JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body: body.toString() }),
        )
    })
  })
const to = (server: Running, status: number, location: string): string =>
  `${server.url}/${status}?to=${encodeURIComponent(location)}`

describe('a redirect', () => {
  it.each([
    [301, 'GET', 'GET', ''],
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'sent'],
    [308, 'POST', 'POST', 'sent'],
    [301, 'PUT', 'PUT', 'sent'],
    [302, 'PATCH', 'PATCH', 'sent'],
  ])('of %i: %s becomes %s', async (status, method, becomes, body) => {
    await using server = await redirecting()
    const options = method === 'GET' ? {} : { body: 'sent', headers: { 'content-type': 'text/x-own' } }
    const response = await client.request(method, to(server, status, '/end?x'), options)
    expect([response.redirected, response.url]).toEqual([true, `${server.url}/end?x`])
    const asked = (await response.json()) as { headers: Record<string, string> }
    expect(asked).toMatchObject({ method: becomes, url: '/end?x', body })
    expect(asked.headers['content-type']).toBe(body === '' ? undefined : 'text/x-own')
    expect(server.connects, 'on the same connection').toBe(1)
  })

  it('of HEAD stays HEAD', async () => {
    await using server = await redirecting()
    const response = await client.head(to(server, 303, '/end'))
    expect([response.status, response.url]).toEqual([200, `${server.url}/end`])
  })

  it('takes credentials along within an origin, and to no other', async () => {
    await using server = await redirecting()
    await using other = await redirecting()
    const headers = { authorization: 'secret', cookie: 'a=b', 'proxy-authorization': 'p', 'x-own': 'kept' }
    const within = (await (await client.get(to(server, 302, '/end'), { headers })).json()) as { headers: object }
    expect(within.headers).toMatchObject(headers)
    for (const location of [`${other.url}/end`, `http://localhost:${server.port}/end`]) {
      const across = (await (await client.get(to(server, 302, location), { headers })).json()) as { headers: object }
      expect(across.headers).toMatchObject({ 'x-own': 'kept' })
      for (const secret of ['authorization', 'cookie', 'proxy-authorization'])
        expect(across.headers).not.toHaveProperty(secret)
    }
  })

  it('is given as it is, or refused, when that is asked for', async () => {
    await using server = await redirecting()
    const manual = await client.get(to(server, 302, '/end'), { redirect: 'manual' })
    expect([manual.status, manual.headers.get('location'), await manual.text()]).toEqual([302, '/end', 'moved'])
    const error = await refusedBy(() => client.get(to(server, 302, '/end'), { redirect: 'error' }))
    expect(error).toMatchObject({ code: 'ERR_HTTP_REDIRECT', details: { location: `${server.url}/end`, status: 302 } })
  })

  it('in a circle ends at the limit', async () => {
    let asked = 0
    await using server = await serve((_, response) => {
      asked += 1
      response.writeHead(302, { location: '/' }).end()
    })
    expect(await refusedBy(() => client.get(server.url))).toMatchObject({
      code: 'ERR_HTTP_TOO_MANY_REDIRECTS',
      details: { limit: 20, status: 302, url: `${server.url}/` },
    })
    expect(asked).toBe(21)
    expect(await refusedBy(() => client.get(server.url, { maxRedirects: 0 }))).toMatchObject({ details: { limit: 0 } })
    expect(asked).toBe(22)
  })

  it.each([
    'file:///etc/passwd',
    'ftp://x/',
    'data:,x',
    'javascript:1',
    'http://user:pass@127.0.0.1/',
    'http://',
    'http://[::x/',
  ])('to %s is not followed', async (location) => {
    await using server = await redirecting()
    expect(await refusedBy(() => client.get(to(server, 302, location)))).toMatchObject({
      name: 'HttpError',
      code: 'ERR_HTTP_REDIRECT',
      details: { location },
    })
  })

  it('of a streamed body that must be sent again is an error', async () => {
    await using server = await redirecting()
    const body = (): ReadableStream<Uint8Array> => new Blob(['sent']).stream() as ReadableStream<Uint8Array>
    expect(await refusedBy(() => client.post(to(server, 307, '/end'), { body: body() }))).toMatchObject({
      code: 'ERR_HTTP_REDIRECT',
    })
    expect((await client.post(to(server, 303, '/end'), { body: body() })).status).toBe(200)
  })

  it('without a location, or of another status, is a response', async () => {
    await using server = await serve(
      (request, response) => void response.writeHead(Number(request.url?.slice(1)), { location: '/200' }).end(),
    )
    for (const status of [300, 304, 305]) expect((await client.get(`${server.url}/${status}`)).status).toBe(status)
    await using bare = await serve((_, response) => void response.writeHead(302).end())
    expect((await client.get(bare.url)).status).toBe(302)
  })
})

/** What a server was asked, and when. */
interface Asked {
  asked: number
  at: number[]
}

describe('retries', () => {
  /** A server that fails the first requests in some way. */
  const failing = async (times: number, fail: (response: ServerResponse) => void): Promise<[Asked, Running]> => {
    const state: Asked = { asked: 0, at: [] }
    return [
      state,
      await serve((request, response) => {
        state.asked += 1
        state.at.push(performance.now())
        void bodyOf(request).then((body) =>
          state.asked <= times ? fail(response) : response.end(`ok ${body.toString()}`),
        )
      }),
    ]
  }
  const retry = { count: 3, backoffMs: 20 }

  it('happen for statuses and for connections that break', async () => {
    for (const fail of [
      (response: ServerResponse) => response.writeHead(503).end(),
      (response: ServerResponse) => response.destroy(),
    ]) {
      const [state, server] = await failing(2, fail)
      const response = await client.put(server.url, { retry, body: 'again' })
      expect([await response.text(), state.asked]).toEqual(['ok again', 3])
      await server[Symbol.asyncDispose]()
    }
  })

  it('wait longer each time, by lot', async () => {
    const [state, server] = await failing(3, (response) => response.writeHead(503).end())
    await client.get(server.url, { retry: { count: 3, backoffMs: 40 } })
    const gaps = state.at.slice(1).map((at, before) => at - (state.at[before] ?? 0))
    expect(gaps[0]).toBeGreaterThanOrEqual(18)
    expect(gaps[2]).toBeGreaterThanOrEqual(75)
    await server[Symbol.asyncDispose]()
  })

  it('end with the last outcome', async () => {
    const [state, server] = await failing(100, (response) => response.writeHead(503).end('no'))
    expect((await client.get(server.url, { retry })).status).toBe(503)
    expect(state.asked).toBe(4)
    await server[Symbol.asyncDispose]()
  })

  it('obey Retry-After up to the longest pause', async () => {
    const [state, server] = await failing(1, (response) => response.writeHead(429, { 'retry-after': '100' }).end())
    await client.get(server.url, { retry: { count: 1, maxBackoffMs: 80 } })
    expect((state.at[1] ?? 0) - (state.at[0] ?? 0)).toBeGreaterThanOrEqual(75)
    await server[Symbol.asyncDispose]()
  })

  it('never repeat a POST, nor a body that cannot be sent again', async () => {
    const [state, server] = await failing(1, (response) => response.writeHead(503).end())
    expect((await client.post(server.url, { retry, body: 'x' })).status).toBe(503)
    state.asked = 0
    const body = new Blob(['x']).stream() as ReadableStream<Uint8Array>
    expect((await client.put(server.url, { retry, body })).status).toBe(503)
    expect(state.asked).toBe(1)
    await server[Symbol.asyncDispose]()
  })

  it('end when the whole request has taken too long, or is aborted', async () => {
    const [, server] = await failing(100, (response) => response.writeHead(503).end())
    const slow = { count: 100, backoffMs: 1000 }
    expect(await refusedBy(() => client.get(server.url, { retry: slow, timeouts: { totalMs: 60 } }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { phase: 'total' },
    })
    await expect(client.get(server.url, { retry: slow, signal: AbortSignal.timeout(30) })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    await server[Symbol.asyncDispose]()
  })
})
