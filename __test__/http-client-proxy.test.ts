import { readFileSync } from 'node:fs'
import { createServer, request as ask } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Server as TcpServer } from 'node:net'
import { HttpClient, type HttpClientOptions } from 'ferrule/http'
import { afterEach, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { answers, echo, held, nothing, silent, start, until, type Echoed, type Running } from './http-client/servers.js'

afterEach(() => expect(held()).toEqual(nothing))

const pem = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'http-client/certificates', name))
const ca = pem('root.pem')
const identity = { key: pem('server.key'), cert: pem('server.pem') }

/** What a proxy was asked. */
interface Seen {
  asked: string[]
  authorization: (string | undefined)[]
}

const joined = (one: Socket, other: Socket): void => {
  one.pipe(other).pipe(one)
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    socket.on('error', () => peer.destroy())
    socket.on('close', () => peer.destroy())
  }
}

/** A proxy of HTTP that forwards requests and opens tunnels. */
async function proxy(seen: Seen, tls = false): Promise<Running<TcpServer>> {
  const server = tls ? createHttps(identity) : createServer()
  server.on('request', (request, response) => {
    seen.asked.push(`${request.method} ${request.url}`)
    seen.authorization.push(request.headers['proxy-authorization'])
    const headers = { ...request.headers }
    delete headers['proxy-authorization']
    request.pipe(
      ask(request.url ?? '', { method: request.method ?? 'GET', headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  server.on('connect', (request, socket: Socket) => {
    seen.asked.push(`CONNECT ${request.url}`)
    seen.authorization.push(request.headers['proxy-authorization'])
    const [host = '', port] = (request.url ?? '').split(':')
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      joined(socket, target)
    })
    target.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
  })
  return start(server as unknown as TcpServer)
}

/** A proxy of SOCKS, version 5; with credentials when they are given. */
async function socks(asked: string[], credentials?: string): Promise<Running<TcpServer>> {
  const server = createTcpServer((socket) => {
    let state = 'greeting'
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      if (state === 'greeting') {
        state = credentials === undefined ? 'request' : 'credentials'
        const way = credentials === undefined ? 0 : 2
        socket.write(Uint8Array.of(5, data.subarray(2).includes(way) ? way : 0xff))
      } else if (state === 'credentials') {
        const length = data[1] ?? 0
        const given = `${data.subarray(2, 2 + length).toString()}:${data.subarray(3 + length).toString()}`
        state = 'request'
        socket.write(Uint8Array.of(1, given === credentials ? 0 : 1))
      } else if (state === 'request') {
        state = 'joined'
        const host =
          data[3] === 3 ? data.subarray(5, 5 + (data[4] ?? 0)).toString() : [...data.subarray(4, 8)].join('.')
        const port = data.readUInt16BE(data.length - 2)
        asked.push(`${host}:${port}`)
        const target = connect(port, host, () => {
          socket.removeAllListeners('data')
          socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0))
          joined(socket, target)
        })
        target.on('error', () => socket.end(Uint8Array.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0)))
      }
    })
  })
  return start(server)
}

const secure = (): Promise<Running> =>
  start(
    createHttps(identity, (_, response) => void response.end('"safe"')),
    'https',
  )
const get = async (url: string, options: HttpClientOptions): Promise<unknown> => {
  using client = new HttpClient(options)
  return await (await client.get(url)).json()
}

describe('a proxy of HTTP', () => {
  it('is asked for the whole address, with its credentials', async () => {
    const seen: Seen = { asked: [], authorization: [] }
    await using target = await echo()
    await using through = await proxy(seen)
    const told = (await get(`${target.url}/a?b`, { proxy: through.url.replace('//', '//us%65r:p%40ss@') })) as Echoed
    expect(told).toMatchObject({ url: '/a?b', headers: { host: `127.0.0.1:${target.port}` } })
    expect(told.headers['proxy-authorization']).toBeUndefined()
    expect(seen).toEqual({
      asked: [`GET ${target.url}/a?b`],
      authorization: [`Basic ${Buffer.from('user:p@ss').toString('base64')}`],
    })
  })

  it('opens a tunnel to https, and only it hears the credentials', async () => {
    const seen: Seen = { asked: [], authorization: [] }
    await using target = await secure()
    await using through = await proxy(seen)
    expect(await get(target.url, { proxy: through.url.replace('//', '//u:p@'), tls: { ca } })).toBe('safe')
    expect(seen).toEqual({ asked: [`CONNECT 127.0.0.1:${target.port}`], authorization: ['Basic dTpw'] })
  })

  it('may be reached by TLS itself', async () => {
    const seen: Seen = { asked: [], authorization: [] }
    await using target = await secure()
    await using through = await proxy(seen, true)
    expect(await get(target.url, { proxy: through.url.replace('http', 'https'), tls: { ca } })).toBe('safe')
    expect(seen.asked).toEqual([`CONNECT 127.0.0.1:${target.port}`])
  })

  it('is not asked for hosts that are excepted, nor taken from the environment unasked', async () => {
    await using target = await echo()
    const before = { ...process.env }
    try {
      process.env['HTTP_PROXY'] = process.env['http_proxy'] = 'http://127.0.0.1:1'
      delete process.env['NO_PROXY']
      delete process.env['no_proxy']
      expect(await get(target.url, {})).toMatchObject({ method: 'GET' })
      expect(await refusedBy(() => get(target.url, { proxy: 'environment' }))).toMatchObject({ code: 'ERR_HTTP_PROXY' })
      process.env['NO_PROXY'] = 'localhost, 127.0.0.1'
      expect(await get(target.url, { proxy: 'environment' })).toMatchObject({ method: 'GET' })
    } finally {
      for (const name of ['HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy']) {
        const value = before[name]
        if (value === undefined) Reflect.deleteProperty(process.env, name)
        else process.env[name] = value
      }
    }
    expect(await get(target.url, { proxy: 'http://127.0.0.1:1', noProxy: [`127.0.0.1:${target.port}`] })).toMatchObject(
      { method: 'GET' },
    )
  })

  it('that refuses, breaks off or talks nonsense is an error of its own', async () => {
    await using refusing = await answers('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
    const refused = await refusedBy(() =>
      get('https://127.0.0.1/', { proxy: refusing.url.replace('//', '//u:secret@') }),
    )
    expect(refused).toMatchObject({
      name: 'HttpError',
      code: 'ERR_HTTP_PROXY',
      details: { status: 407, retryable: false },
    })
    expect(refused.message).not.toContain('secret')
    await using talkative = await answers('HTTP/1.1 200 OK\r\n\r\nand more')
    expect(await refusedBy(() => get('https://127.0.0.1/', { proxy: talkative.url }))).toMatchObject({
      code: 'ERR_HTTP_PROXY',
    })
    await using nonsense = await answers('nonsense\r\n\r\n')
    expect(await refusedBy(() => get('https://127.0.0.1/', { proxy: nonsense.url }))).toMatchObject({
      code: 'ERR_HTTP_PROXY',
    })
    await using closing = await answers('', (socket) => socket.end())
    expect(await refusedBy(() => get('https://127.0.0.1/', { proxy: closing.url }))).toMatchObject({
      code: 'ERR_HTTP_PROXY',
    })
    expect(await refusedBy(() => get('https://127.0.0.1/', { proxy: 'http://127.0.0.1:1' }))).toMatchObject({
      code: 'ERR_HTTP_PROXY',
      details: { retryable: true },
    })
  })

  it('that never answers is bounded by the time for connecting', async () => {
    await using quiet = await silent()
    const options = { proxy: quiet.url, timeouts: { connectMs: 40 } }
    expect(await refusedBy(() => get('https://127.0.0.1/', options))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { phase: 'connect' },
    })
    await until(() => quiet.sockets.size === 0)
  })
})

describe('a proxy of SOCKS', () => {
  it('connects to addresses and to names, which it looks up itself', async () => {
    const asked: string[] = []
    await using target = await echo()
    await using through = await socks(asked)
    const address = through.url.replace('http', 'socks5')
    expect(await get(`${target.url}/x`, { proxy: address })).toMatchObject({ url: '/x' })
    expect(await get(`http://localhost:${target.port}/y`, { proxy: address })).toMatchObject({ url: '/y' })
    expect(asked).toEqual([`127.0.0.1:${target.port}`, `localhost:${target.port}`])
  })

  it('carries TLS, and takes credentials', async () => {
    await using target = await secure()
    await using through = await socks([], 'user:pass')
    const address = through.url.replace('http://', 'socks5://user:pass@')
    expect(await get(target.url, { proxy: address, tls: { ca } })).toBe('safe')
    for (const wrong of ['socks5://user:no@', 'socks5://']) {
      const error = await refusedBy(() => get(target.url, { proxy: through.url.replace('http://', wrong) }))
      expect(error).toMatchObject({ code: 'ERR_HTTP_PROXY' })
    }
  })

  it('that cannot connect says why', async () => {
    await using through = await socks([])
    const error = await refusedBy(() => get('http://127.0.0.1:1/', { proxy: through.url.replace('http', 'socks5') }))
    expect(error).toMatchObject({ code: 'ERR_HTTP_PROXY' })
    expect(error.message).toContain('connection refused')
  })
})
