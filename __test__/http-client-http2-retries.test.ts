// Requests of HTTP/2 that the server did not look at are sent again whatever their method; others are not.
import { HttpClient } from 'ferrule/http'
import { constants, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2'
import type { Server as TcpServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { held, nothing, sleep, start, type Running } from './http-client/servers.js'

afterEach(() => expect(held()).toEqual(nothing))

/** A server that answers every request but some, told by their number from 1; of these it notes the bodies. */
async function answering(
  others: Record<number, (stream: ServerHttp2Stream) => void>,
): Promise<Running<TcpServer> & { bodies: string[] }> {
  const bodies: string[] = []
  const server: Http2Server = createServer()
  let count = 0
  server.on('stream', (stream) => {
    count += 1
    stream.on('error', () => undefined)
    const other = others[count]
    if (other !== undefined) {
      other(stream)
      return
    }
    let body = ''
    stream.setEncoding('utf8').on('data', (data: string) => (body += data))
    stream.on('end', () => {
      bodies.push(body)
      stream.respond()
      stream.end('ok')
    })
  })
  return Object.assign(await start(server as unknown as TcpServer), { bodies })
}

async function* streamed(): AsyncGenerator<string> {
  await sleep(1)
  yield 'streamed'
}

const refuse = (stream: ServerHttp2Stream): void => stream.close(constants.NGHTTP2_REFUSED_STREAM)
/** Says that no stream behind the first was or will be looked at. */
const leave = (stream: ServerHttp2Stream): void => stream.session?.goaway(0, 1)

it.each([
  ['refused', { 2: refuse }, 1],
  ['behind the last that a leaving server took', { 2: leave }, 2],
] as const)('a POST that was %s is sent again', async (_, others, connects) => {
  await using server = await answering(others)
  using client = new HttpClient({ http2: 'only' })
  expect(await (await client.post(server.url, { body: 'first' })).text()).toBe('ok')
  expect(await (await client.post(server.url, { body: 'second' })).text()).toBe('ok')
  expect(server.bodies).toEqual(['first', 'second'])
  expect(server.connects).toBeGreaterThanOrEqual(connects)
})

it.each([
  ['bytes', (): string => 'second', 'second'],
  ['pieces', streamed, 'streamed'],
])('a POST of %s on a connection that died while it was idle is sent on another', async (_, body, expected) => {
  await using server = await answering({})
  using client = new HttpClient({ http2: 'only' })
  expect(await (await client.post(server.url, { body: 'first' })).text()).toBe('ok')
  for (const socket of server.sockets) socket.destroy()
  await expect.poll(() => server.sockets.size).toBe(0)
  await sleep(50)
  expect(await (await client.post(server.url, { body: body() })).text()).toBe('ok')
  expect([server.bodies, server.connects]).toEqual([['first', expected], 2])
})

it('a request on a connection whose server has said that it leaves goes to another', async () => {
  await using server = await answering({
    1: (stream) => {
      stream.session?.goaway(0, 1)
      stream.respond()
      stream.end('leaving')
    },
  })
  using client = new HttpClient({ http2: 'only' })
  expect(await (await client.post(server.url, { body: 'first' })).text()).toBe('leaving')
  await sleep(50)
  expect(await (await client.post(server.url, { body: streamed() })).text()).toBe('ok')
  expect([server.bodies, server.connects]).toEqual([['streamed'], 2])
})

it('a POST that the server may have acted on is not sent again; a GET is, once', async () => {
  const drop = (): void => server.sockets.forEach((socket) => socket.destroy())
  await using server = await answering({ 1: drop, 2: drop, 3: drop })
  using client = new HttpClient({ http2: 'only' })
  expect(await refusedBy(() => client.post(server.url, { body: 'once' }))).toMatchObject({
    code: 'ERR_HTTP_CONNECTION_CLOSED',
    details: { retryable: false },
  })
  expect(server.connects).toBe(1)
  expect(await refusedBy(() => client.get(server.url))).toMatchObject({ code: 'ERR_HTTP_CONNECTION_CLOSED' })
  expect([server.bodies, server.connects]).toEqual([[], 3])
})

it('a POST that is refused every time is an error, and not asked without end', async () => {
  await using server = await answering(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [at + 1, refuse])))
  using client = new HttpClient({ http2: 'only' })
  expect(await refusedBy(() => client.post(server.url, { body: 'x' }))).toMatchObject({
    code: 'ERR_HTTP_CONNECTION_CLOSED',
    details: { reason: 'REFUSED_STREAM', retryable: true },
  })
  expect(server.bodies).toEqual([])
})
