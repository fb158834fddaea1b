import { readFileSync } from 'node:fs'
import {
  type Http2SecureServer,
  createSecureServer,
  createServer as createPlainHttp2,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import type { ServerResponse } from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import { join } from 'node:path'
import type { Server as TcpServer } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { HttpClient, type HttpClientOptions } from 'ferrule/http'
import { afterEach, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { answers, held, nothing, raw, sleep, start, until, type Running } from './http-client/servers.js'

afterEach(() => expect(held()).toEqual(nothing))

const pem = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'http-client/certificates', name))
const ca = pem('root.pem')
const identity = { key: pem('server.key'), cert: pem('server.pem') }

/** The name a client has shown; the types do not know that it may have shown none. */
function nameOf(socket: TLSSocket): string | null {
  const { subject } = socket.getPeerCertificate() as { subject?: { CN: string } }
  return subject?.CN ?? null
}

const secure = async (options: ServerOptions = {}): Promise<Running> =>
  start(
    createHttps({ ...identity, ...options }, (request, response) => {
      const { socket } = request as unknown as { socket: TLSSocket }
      response.end(JSON.stringify([socket.getProtocol(), socket.authorized, nameOf(socket), request.url]))
    }),
    'https',
  )
const get = async (url: string, options: HttpClientOptions): Promise<unknown> => {
  using client = new HttpClient(options)
  return await (await client.get(url)).json()
}

describe('a certificate', () => {
  it('of a root that is believed is fine, by address and by name', async () => {
    await using server = await secure()
    expect(await get(`${server.url}/x`, { tls: { ca } })).toEqual(['TLSv1.3', false, null, '/x'])
    expect(await get(`https://localhost:${server.port}/`, { tls: { ca: [ca.toString()] } })).toEqual([
      'TLSv1.3',
      false,
      null,
      '/',
    ])
  })

  it('of a root that is not is refused, with the reason', async () => {
    await using server = await secure()
    for (const tls of [undefined, { ca: pem('stranger.pem') }]) {
      const error = await refusedBy(() => get(server.url, { tls }))
      expect(error).toMatchObject({
        name: 'HttpError',
        code: 'ERR_HTTP_TLS',
        details: { retryable: false, method: 'GET' },
      })
      expect(error.details['reason']).toMatch(/UnknownIssuer/)
    }
    await using stranger = await secure({ key: pem('stranger.key'), cert: pem('stranger.pem') })
    expect(await refusedBy(() => get(stranger.url, { tls: { ca } }))).toMatchObject({ code: 'ERR_HTTP_TLS' })
  })

  it('of another name is refused', async () => {
    await using server = await secure()
    const error = await refusedBy(() => get(`https://127.0.0.2:${server.port}/`, { tls: { ca } }))
    // On systems without 127.0.0.2 there is nobody to ask.
    if (error.code === 'ERR_HTTP_CONNECT') return
    expect(error).toMatchObject({ code: 'ERR_HTTP_TLS' })
    expect(error.details['reason']).toMatch(/not valid for name/)
  })

  it('is not looked at when that is asked for', async () => {
    await using server = await secure({ key: pem('stranger.key'), cert: pem('stranger.pem') })
    expect(await get(server.url, { tls: { rejectUnauthorized: false } })).toEqual(['TLSv1.3', false, null, '/'])
  })

  it('of the client is shown', async () => {
    await using server = await secure({ ca, requestCert: true, rejectUnauthorized: true })
    const tls = { ca, cert: pem('client.pem'), key: pem('client.key') }
    expect(await get(server.url, { tls })).toEqual(['TLSv1.3', true, 'client', '/'])
    expect((await refusedBy(() => get(server.url, { tls: { ca } }))).code).toMatch(/ERR_HTTP_(TLS|CONNECTION_CLOSED)/)
  })

  it('that is none is refused when the client is made', () => {
    for (const tls of [
      { ca: 'x' },
      { cert: pem('client.pem') },
      { cert: pem('client.pem'), key: 'x' },
      { cert: pem('client.pem'), key: pem('server.key') },
    ]) {
      expect(() => new HttpClient({ tls })).toThrow(
        expect.objectContaining({ code: 'ERR_HTTP_INVALID_REQUEST' }) as Error,
      )
    }
  })
})

describe('TLS', () => {
  it('is not spoken in versions older than asked for', async () => {
    await using old = await secure({ maxVersion: 'TLSv1.2' })
    expect(await get(old.url, { tls: { ca } })).toEqual(['TLSv1.2', false, null, '/'])
    expect(await refusedBy(() => get(old.url, { tls: { ca, minVersion: '1.3' } }))).toMatchObject({
      code: 'ERR_HTTP_TLS',
    })
  })

  it('that a server breaks off, resets or does not speak is an error', async () => {
    for (const talk of ['end', 'reset', 'http'] as const) {
      await using server = await raw((socket) => {
        socket.once('data', () => {
          if (talk === 'end') socket.end()
          else if (talk === 'reset') socket.resetAndDestroy()
          else socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
        })
      })
      const error = await refusedBy(() => get(server.url.replace('http', 'https'), {}))
      expect(error).toMatchObject({ code: 'ERR_HTTP_TLS', details: { retryable: talk !== 'http' } })
    }
  })

  it('that is cut in a body without a length is no end of it', async () => {
    await using server = await secure()
    server.server.removeAllListeners('request')
    server.server.on('request', (_, response: ServerResponse) => {
      response.shouldKeepAlive = false
      response.removeHeader('transfer-encoding')
      response.useChunkedEncodingByDefault = false
      response.write('half')
      setTimeout(() => {
        // Below TLS: without its goodbye.
        for (const socket of server.sockets) socket.destroy()
      }, 20)
    })
    using client = new HttpClient({ tls: { ca } })
    const error = await refusedBy(async () => (await client.get(server.url)).text())
    expect(error).toMatchObject({ code: 'ERR_HTTP_CONNECTION_CLOSED' })
  })
})

describe('HTTP/2', () => {
  const answer = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
    if (headers[':path'] === '/never') return
    if (headers[':path'] === '/endless') {
      stream.respond({ ':status': 200 })
      stream.on('error', () => undefined)
      stream.write('x')
      return
    }
    let body = ''
    stream.on('data', (data: Buffer) => (body += data.toString()))
    stream.on('error', () => undefined)
    stream.on('end', () => {
      stream.respond({ ':status': 200, 'x-a': '1', 'set-cookie': ['a=1', 'b=2'] }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '9' }))
      stream.end(
        headers[':path'] === '/large'
          ? Buffer.alloc(3_000_000, 'x')
          : JSON.stringify([headers[':method'], headers[':path'], headers['x-own'] ?? null, body.length]),
      )
    })
  }
  const secure2 = async (): Promise<Running<TcpServer>> => {
    const server: Http2SecureServer = createSecureServer(identity)
    server.on('stream', answer)
    return start(server as unknown as TcpServer, 'https')
  }

  it('is spoken where TLS agrees on it, on one connection', async () => {
    await using server = await secure2()
    using client = new HttpClient({ tls: { ca } })
    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, at) => client.get(`${server.url}/${at}`, { headers: { 'X-Own': 'y' } })),
    )
    for (const [at, response] of responses.entries()) {
      expect([response.status, response.statusText, response.httpVersion]).toEqual([200, 'OK', '2'])
      expect(await response.json()).toEqual(['GET', `/${at}`, 'y', 0])
      expect([...(response.trailers ?? [])]).toEqual([['x-sum', '9']])
    }
    expect(server.connects).toBe(1)
  })

  it('sends and receives large bodies', async () => {
    await using server = await secure2()
    using client = new HttpClient({ tls: { ca } })
    expect(await (await client.post(`${server.url}/p`, { body: new Uint8Array(5_000_000) })).json()).toEqual([
      'POST',
      '/p',
      null,
      5_000_000,
    ])
    expect((await (await client.get(`${server.url}/large`)).bytes()).length).toBe(3_000_000)
    const body = new Blob([new Uint8Array(300_000)]).stream() as ReadableStream<Uint8Array>
    expect(await (await client.put(`${server.url}/s`, { body })).json()).toEqual(['PUT', '/s', null, 300_000])
  })

  it('is not spoken when that is asked for, or cannot be had', async () => {
    const both = createSecureServer({ ...identity, allowHTTP1: true }, (request, response) => {
      response.end(JSON.stringify(request.httpVersion))
    })
    await using server = await start(both as unknown as TcpServer, 'https')
    for (const [http2, version] of [
      ['never', '1.1'],
      ['auto', '2'],
      ['only', '2'],
    ] as const) {
      using client = new HttpClient({ tls: { ca }, http2 })
      const response = await client.get(server.url)
      expect([response.httpVersion, await response.json()]).toEqual([version, version === '2' ? '2.0' : '1.1'])
    }
    await using old = await secure()
    using only = new HttpClient({ tls: { ca }, http2: 'only' })
    expect(await refusedBy(() => only.get(old.url))).toMatchObject({ code: 'ERR_HTTP_TLS' })
  })

  it('is spoken without TLS by prior knowledge', async () => {
    const server = createPlainHttp2()
    server.on('stream', answer)
    await using running = await start(server as unknown as TcpServer)
    using client = new HttpClient({ http2: 'only' })
    expect(await (await client.get(`${running.url}/p`)).json()).toEqual(['GET', '/p', null, 0])
  })

  it('resets the stream of a call that is stopped, and leaves the connection to others', async () => {
    await using server = await secure2()
    const resets: number[] = []
    ;(server.server as unknown as Http2SecureServer).on('stream', (stream: ServerHttp2Stream) => {
      stream.on('close', () => resets.push(stream.rstCode))
    })
    using client = new HttpClient({ tls: { ca } })
    await (await client.get(server.url)).text()
    const controller = new AbortController()
    const stopped = client.get(`${server.url}/never`, { signal: controller.signal })
    const unread = await client.get(`${server.url}/endless`)
    await sleep(20)
    controller.abort('enough')
    await expect(stopped).rejects.toBe('enough')
    unread.dispose()
    await until(() => resets.filter((code) => code === 8).length === 2)
    expect(await (await client.get(server.url)).json()).toEqual(['GET', '/', null, 0])
    expect(server.connects).toBe(1)
  })

  it('goes on with another connection when the server ends one', async () => {
    await using server = await secure2()
    using client = new HttpClient({ tls: { ca } })
    await (await client.get(server.url)).text()
    for (const socket of server.sockets) socket.destroy()
    await sleep(20)
    expect(await (await client.get(server.url)).json()).toEqual(['GET', '/', null, 0])
    expect(server.connects).toBe(2)
  })

  it('of a server that does not keep to it is an error', async () => {
    await using server = await answers('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
    using client = new HttpClient({ http2: 'only', timeouts: { headersMs: 5000 } })
    const error = await refusedBy(() => client.get(server.url))
    expect(error.code).toMatch(/ERR_HTTP_(MALFORMED_RESPONSE|CONNECTION_CLOSED)/)
  })

  it('has the limits of a head, too', async () => {
    const server = createPlainHttp2()
    server.on('stream', (stream) =>
      stream.respond(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`x-${at}`, 'y'])), { endStream: true }),
    )
    await using running = await start(server as unknown as TcpServer)
    using client = new HttpClient({ http2: 'only', maxHeaderCount: 20 })
    expect(await refusedBy(() => client.get(running.url))).toMatchObject({
      code: 'ERR_HTTP_HEADER_TOO_LARGE',
      details: { limit: 20 },
    })
  })

  it('ends with its client', async () => {
    await using server = await secure2()
    const client = new HttpClient({ tls: { ca } })
    await (await client.get(server.url)).text()
    client.dispose()
    await until(() => server.sockets.size === 0)
  })
})
