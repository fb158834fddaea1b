import { HttpServer, json, text } from 'ferrule/http'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2'
import { get as httpsGet, type RequestOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { RawClient } from './http-server/raw.js'
import { certificates } from './http-server/tls.js'

const run = promisify(execFile)
const { ca, server: certified, client, stranger } = certificates()
let server: HttpServer
afterEach(() => server.stop({ drainMs: 0 }))

async function started(options: ConstructorParameters<typeof HttpServer>[0]): Promise<{ url: string; port: number }> {
  server = new HttpServer(options)
  server
    .get('/', ({ httpVersion, secure }) => json({ httpVersion, secure }))
    .post('/', async (request) => text((await request.text()).toUpperCase()))
    .get('/slow', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return text('')
    })
  return server.start()
}

const get = (port: number, options: RequestOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    httpsGet({ host: '127.0.0.1', port, path: '/', ca, agent: false, ...options }, (response) => {
      let body = ''
      response.on('data', (piece: Buffer) => (body += piece.toString()))
      response.on('end', () => resolve(body))
    }).on('error', reject)
  })

async function http2(session: ClientHttp2Session, headers: Record<string, string>, body?: string): Promise<string> {
  const stream = session.request(headers)
  stream.end(body)
  let received = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => (received += piece))
  await once(stream, 'end')
  return received
}

describe('TLS', () => {
  it('carries HTTP/1.1 and, by ALPN, HTTP/2', async () => {
    const { url, port } = await started({ tls: certified })
    expect(url).toBe(`https://127.0.0.1:${port}`)
    expect(JSON.parse(await get(port, {}))).toEqual({ httpVersion: '1.1', secure: true })
    const session = connectHttp2(url, { ca })
    expect(JSON.parse(await http2(session, { ':path': '/' }))).toEqual({ httpVersion: '2.0', secure: true })
    const posts = Array.from({ length: 50 }, (_, place) =>
      http2(session, { ':path': '/', ':method': 'POST' }, `post ${place}`),
    )
    expect(await Promise.all(posts)).toEqual(Array.from({ length: 50 }, (_, place) => `POST ${place}`))
    session.close()
  })

  it('is understood by curl', async () => {
    const { url } = await started({ tls: certified })
    const folder = mkdtempSync(join(tmpdir(), 'ferrule-curl-'))
    writeFileSync(join(folder, 'ca'), ca)
    try {
      const { stdout } = await run('curl', ['-sS', '--cacert', join(folder, 'ca'), url])
      expect(JSON.parse(stdout)).toMatchObject({ secure: true })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is HTTP/1.1 alone where HTTP/2 is off', async () => {
    const { port } = await started({ tls: certified, http2: false })
    const socket = connectTls({ port, host: '127.0.0.1', ca, ALPNProtocols: ['h2', 'http/1.1'] })
    await once(socket, 'secureConnect')
    expect(socket.alpnProtocol).toBe('http/1.1')
    socket.destroy()
  })

  it('asks clients for certificates when there is somebody who may sign them', async () => {
    const { port } = await started({ tls: { ...certified, ca } })
    expect(JSON.parse(await get(port, client))).toMatchObject({ secure: true })
    await expect(get(port, {})).rejects.toThrow()
    await expect(get(port, stranger)).rejects.toThrow()
    await server.stop()
    const lenient = await started({ tls: { ...certified, ca, requireClientCert: false } })
    expect(JSON.parse(await get(lenient.port, {}))).toMatchObject({ secure: true })
    await expect(get(lenient.port, stranger)).rejects.toThrow()
  })

  it.each([
    ['no certificate', { ...certified, cert: 'none' }, 'tls.cert'],
    ['no key', { ...certified, key: 'none' }, 'tls.key'],
    ['the key of another', { ...certified, key: client.key }, 'tls.cert and tls.key'],
    ['no authority', { ...certified, ca: '' }, 'tls.ca'],
  ])('with %s is refused by a typed error that says which', async (_, tls, named) => {
    const error: unknown = await started({ tls }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ERR_HTTP_SERVER_TLS', operation: 'http.HttpServer.start' })
    expect((error as Error).message).toContain(named)
    expect((error as Error).message).not.toContain('PRIVATE KEY')
  })

  it('outlives clients that speak no TLS, reset in the middle of a handshake, or never speak', async () => {
    const { port } = await started({ tls: certified, timeouts: { headersMs: 300 } })
    const plain = await RawClient.open(port)
    await plain.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n').end()
    // The first bytes of a handshake, cut off.
    for (let time = 0; time < 20; time += 1) {
      const hello = await RawClient.open(port)
      hello.send(Buffer.from('16030102000100', 'hex'))
      hello.socket.resetAndDestroy()
    }
    const silent = await RawClient.open(port)
    await silent.end(10_000)
    expect(JSON.parse(await get(port, {}))).toMatchObject({ secure: true })
    await expect.poll(() => server.load.connections, { timeout: 10_000 }).toBe(0)
  })
})

describe('HTTP/2', () => {
  it('is spoken without TLS to who knows so beforehand', async () => {
    const { url } = await started({})
    const session = connectHttp2(url)
    expect(JSON.parse(await http2(session, { ':path': '/' }))).toEqual({ httpVersion: '2.0', secure: false })
    session.close()
  })

  it('aborts the handler of a stream that its client resets, and no other', async () => {
    const { url } = await started({})
    const session = connectHttp2(url)
    const stream = session.request({ ':path': '/slow' })
    stream.on('error', () => undefined)
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(1)
    stream.close(8)
    await expect.poll(() => server.load.requests, { timeout: 10_000 }).toBe(0)
    expect(JSON.parse(await http2(session, { ':path': '/' }))).toMatchObject({ httpVersion: '2.0' })
    session.close()
  })

  it('takes as many streams of a connection as it says', async () => {
    const { url } = await started({ limits: { maxStreamsPerConnection: 3 } })
    const session = connectHttp2(url)
    const [settings] = (await once(session, 'remoteSettings')) as [{ maxConcurrentStreams?: number }]
    expect(settings.maxConcurrentStreams).toBe(3)
    session.destroy()
  })
})
