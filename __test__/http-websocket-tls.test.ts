import { diagnostics } from 'ferrule'
import { HttpServer, WebSocket } from 'ferrule/http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

const pem = (name: string): string => readFileSync(join(import.meta.dirname, 'http-client/certificates', name), 'utf8')

let server: HttpServer
let url: string

beforeAll(async () => {
  server = new HttpServer({ tls: { cert: pem('server.pem'), key: pem('server.key') } })
  server.websocket('/', async (socket) => {
    for await (const { data } of socket) await socket.send(data)
  })
  url = (await server.start()).url.replace('https:', 'wss:')
})

afterAll(async () => {
  await server.stop()
  await vi.waitFor(() => expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0, handles: {} }))
})

it('is opened by a client that trusts the issuer, and carries small and large messages', async () => {
  await using socket = await WebSocket.connect(url, { tls: { ca: pem('root.pem') } })
  const large = new Uint8Array(3_000_000).fill(7)
  await socket.send('private')
  await socket.send(large)
  expect((await socket.receive())?.data).toBe('private')
  expect(Buffer.compare((await socket.receive())?.data as Uint8Array, large)).toBe(0)
})

it('is refused to a client that does not', async () => {
  await expect(WebSocket.connect(url)).rejects.toMatchObject({ code: 'ERR_HTTP_TLS' })
  await expect(WebSocket.connect(url, { tls: { ca: pem('stranger.pem') } })).rejects.toMatchObject({
    code: 'ERR_HTTP_TLS',
  })
})

it('is opened by a client that trusts anybody', async () => {
  await using socket = await WebSocket.connect(url, { tls: { rejectUnauthorized: false } })
  await socket.send('hi')
  expect((await socket.receive())?.data).toBe('hi')
})

it('is not spoken to a client that speaks none', async () => {
  await expect(WebSocket.connect(url.replace('wss:', 'ws:'))).rejects.toMatchObject({
    code: 'ERR_HTTP_WEBSOCKET_HANDSHAKE',
  })
})

it('refuses certificates that are none', async () => {
  await expect(WebSocket.connect(url, { tls: { ca: 'no PEM' } })).rejects.toMatchObject({
    code: 'ERR_HTTP_INVALID_REQUEST',
    details: { option: 'tls' },
  })
})
