import { diagnostics, isFerruleError } from 'ferrule'
import { HttpError, WebSocket, type WebSocketOptions } from 'ferrule/http'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { OPCODE, RawServer, acceptFor, closePayload, headerOf, proper, type Peer } from './http-websocket-peer.js'

const servers: RawServer[] = []

async function listening(answer?: (key: string, lines: string[]) => string | undefined): Promise<RawServer> {
  const server = await RawServer.listen(answer)
  servers.push(server)
  return server
}

const sockets: WebSocket[] = []

async function open(options?: WebSocketOptions): Promise<{ server: RawServer; client: WebSocket; peer: Peer }> {
  const server = await listening()
  const client = await WebSocket.connect(server.url, options)
  sockets.push(client)
  return { server, client, peer: await server.peer() }
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.dispose()
  for (const server of servers.splice(0)) server.close()
  await expect.poll(() => diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0, handles: {} })
})

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object })

const text = (data: string): object => ({ type: 'text', data })
const binary = (...data: number[]): object => ({ type: 'binary', data: Uint8Array.from(data) })

describe('connecting', () => {
  it('sends a proper request, with the headers and protocols it was given', async () => {
    const server = await listening((key) => proper(key).replace('\r\n\r\n', '\r\nSec-WebSocket-Protocol: b\r\n\r\n'))
    const url = `${server.url}chat?room=1`
    const client = await WebSocket.connect(url, {
      protocols: ['a', 'b'],
      headers: { Origin: 'https://example.org', Cookie: 'a=1' },
    })
    sockets.push(client)
    expect(client.protocol).toBe('b')
    const { lines } = server
    expect(lines[0]).toBe('GET /chat?room=1 HTTP/1.1')
    expect(headerOf(lines, 'host')).toBe(new URL(url).host)
    expect(headerOf(lines, 'upgrade')).toBe('websocket')
    expect(headerOf(lines, 'connection')).toBe('Upgrade')
    expect(headerOf(lines, 'sec-websocket-version')).toBe('13')
    expect(Buffer.from(headerOf(lines, 'sec-websocket-key') ?? '', 'base64')).toHaveLength(16)
    expect(headerOf(lines, 'sec-websocket-protocol')).toBe('a, b')
    expect(headerOf(lines, 'origin')).toBe('https://example.org')
    expect(headerOf(lines, 'cookie')).toBe('a=1')
  })

  it('asks with another key each time', async () => {
    const keys = new Set<string>()
    const server = await listening((key) => {
      keys.add(key)
      return proper(key)
    })
    for (let count = 0; count < 5; count++) sockets.push(await WebSocket.connect(server.url))
    expect(keys.size).toBe(5)
  })

  it('takes a Connection header that lists more than the upgrade, and an answer in small pieces', async () => {
    const server = createServer((socket) => {
      socket.setNoDelay(true)
      socket.once('data', (data) => {
        const key = headerOf(data.toString().split('\r\n'), 'sec-websocket-key') ?? ''
        const answer = proper(key).replace('Connection: Upgrade', 'Connection: keep-alive, upgrade')
        void (async () => {
          for (const letter of answer) {
            socket.write(letter)
            await new Promise((resolve) => setImmediate(resolve))
          }
          socket.write(Buffer.from([0x81, 2, 0x68, 0x69]))
        })()
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const client = await WebSocket.connect(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
    sockets.push(client)
    expect(await client.receive()).toEqual(text('hi'))
    server.close()
  })

  it.each([
    ['a status that is none', (): string => 'HTTP/1.1 999 What\r\n\r\n', 999],
    ['a refusal', (): string => 'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno', 403],
    ['a redirect', (): string => 'HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n', 302],
    ['an ordinary page', (): string => 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi', 200],
    ['no Upgrade header', (key: string): string => proper(key).replace('Upgrade: websocket\r\n', ''), 101],
    ['another protocol', (key: string): string => proper(key).replace('Upgrade: websocket', 'Upgrade: h2c'), 101],
    ['no Connection header', (key: string): string => proper(key).replace('Connection: Upgrade\r\n', ''), 101],
    ['a wrong accept key', (key: string): string => proper(key).replace(acceptFor(key), acceptFor('x')), 101],
    ['no accept key', (key: string): string => proper(key).replace(/Sec-WebSocket-Accept: .*\r\n/, ''), 101],
    [
      'a protocol nobody offered',
      (key: string): string => proper(key).replace('\r\n\r\n', '\r\nSec-WebSocket-Protocol: z\r\n\r\n'),
      101,
    ],
    [
      'an extension nobody offered',
      (key: string): string =>
        proper(key).replace('\r\n\r\n', '\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n'),
      101,
    ],
  ])('refuses %s', async (_, answer, status) => {
    const server = await listening(answer)
    await expect(WebSocket.connect(server.url)).rejects.toEqual(error('ERR_HTTP_WEBSOCKET_HANDSHAKE', { status }))
  })

  it.each([
    ['HTTP/1.0', (key: string): string => proper(key).replace('HTTP/1.1', 'HTTP/1.0')],
    ['no HTTP', (): string => 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['nothing', (): string => ''],
    ['a head beyond 64 KiB', (): string => `HTTP/1.1 101 Switching Protocols\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
  ])('refuses %s', async (_, answer) => {
    const server = await listening(answer)
    await expect(WebSocket.connect(server.url)).rejects.toEqual(error('ERR_HTTP_WEBSOCKET_HANDSHAKE'))
  })

  it('says that there is no connection', async () => {
    const server = await listening()
    const { url } = server
    server.close()
    const failure = await WebSocket.connect(url).catch((reason: unknown) => reason)
    expect(failure).toBeInstanceOf(HttpError)
    expect(failure).toEqual(error('ERR_HTTP_CONNECT', { reason: 'ECONNREFUSED' }))
    expect((failure as HttpError).operation).toBe('http.WebSocket.connect')
  })

  it('ends at its deadline when the server never answers, and cuts the connection', async () => {
    const server = await listening(() => undefined)
    await expect(WebSocket.connect(server.url, { timeoutMs: 50 })).rejects.toEqual(error('ERR_TIMEOUT'))
    await expect.poll(() => server.open).toBe(0)
  })

  it('is aborted with the signal’s own reason', async () => {
    const server = await listening(() => undefined)
    const controller = new AbortController()
    const pending = WebSocket.connect(server.url, { signal: controller.signal })
    const reason = new Error('enough')
    setTimeout(() => controller.abort(reason), 20)
    await expect(pending).rejects.toBe(reason)
    await expect.poll(() => server.open).toBe(0)
  })

  it.each([
    ['no URL', 'example.org', {}],
    ['another scheme', 'ftp://127.0.0.1/', {}],
    ['a fragment', 'ws://127.0.0.1/#a', {}],
    ['credentials', 'ws://me:secret@127.0.0.1/', {}],
    ['a number', 1, {}],
    ['options that are none', 'ws://127.0.0.1/', null],
    ['a protocol with a space', 'ws://127.0.0.1/', { protocols: ['a b'] }],
    ['a protocol twice', 'ws://127.0.0.1/', { protocols: ['a', 'a'] }],
    ['protocols that are no list', 'ws://127.0.0.1/', { protocols: 'a' }],
    ['headers that are no strings', 'ws://127.0.0.1/', { headers: { a: 1 } }],
    ['a TLS option that is none', 'wss://127.0.0.1/', { tls: { trustAll: true } }],
    ['a timeout that is none', 'ws://127.0.0.1/', { timeoutMs: 'soon' }],
    ['a signal that is none', 'ws://127.0.0.1/', { signal: {} }],
  ])('refuses %s before any connection', async (_, url, options) => {
    await expect(WebSocket.connect(url as string, options as WebSocketOptions)).rejects.toEqual(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', operation: 'http.WebSocket.connect' }),
    )
  })

  it.each([
    ['maxMessageBytes', 0],
    ['maxMessageBytes', 2 ** 31],
    ['maxFrameBytes', 1.5],
    ['pingIntervalMs', -1],
    ['pongTimeoutMs', Number.NaN],
    ['closeTimeoutMs', Infinity],
    ['maxBufferedBytes', -1],
    ['timeoutMs', -1],
  ])('refuses %s %d', async (name, value) => {
    await expect(WebSocket.connect('ws://127.0.0.1/', { [name]: value })).rejects.toEqual(
      error('ERR_OUT_OF_RANGE', { argument: `options.${name}` }),
    )
  })

  it.each([
    ['Sec-WebSocket-Key', 'mine'],
    ['Host', 'elsewhere'],
    ['Content-Length', '5'],
    ['X-Split', 'a\r\nX-Injected: b'],
    ['X Space', 'a'],
    ['', 'a'],
  ])('refuses the header %s', async (name, value) => {
    await expect(WebSocket.connect('ws://127.0.0.1:1/', { headers: [[name, value]] })).rejects.toEqual(
      error('ERR_HTTP_INVALID_HEADER', { header: name }),
    )
  })
})

describe('messages', () => {
  it('come as they were sent, the empty ones, too', async () => {
    const { client, peer } = await open()
    peer.send(OPCODE.text, 'one')
    peer.send(OPCODE.binary, Uint8Array.of(1, 2))
    peer.send(OPCODE.text, '')
    peer.send(OPCODE.binary, '')
    peer.send(OPCODE.text, 'é😀')
    peer.send(OPCODE.close, closePayload(1000))
    const received = []
    for await (const message of client) received.push(message)
    expect(received).toEqual([text('one'), binary(1, 2), text(''), binary(), text('é😀')])
    expect(await client.receive()).toBeNull()
  })

  it('are sent masked, in order, each as it was when send was called', async () => {
    const { client, peer } = await open()
    const bytes = Uint8Array.of(1, 2, 3)
    const large = new Uint8Array(100_000).fill(1)
    const sent = [client.send('é'), client.send(bytes), client.send(''), client.send(large), client.send('z')]
    bytes.fill(9)
    large.fill(9)
    await Promise.all(sent)
    const frames = [await peer.next(), await peer.next(), await peer.next(), await peer.next(), await peer.next()]
    expect(frames.map((frame) => frame?.masked)).toEqual([true, true, true, true, true])
    expect(frames.map((frame) => frame?.opcode)).toEqual([1, 2, 1, 2, 1])
    expect(frames.map((frame) => frame?.payload.subarray(0, 4).toString('hex'))).toEqual([
      'c3a9',
      '010203',
      '',
      '01010101',
      '7a',
    ])
  })

  it('of ten thousand sends arrive in order, whatever their turn', async () => {
    const { client, peer } = await open()
    const sending = (async () => {
      for (let number = 0; number < 10_000; number++) {
        const sent = client.send(String(number))
        if (number % 1000 === 0) await sent
      }
    })()
    for (let number = 0; number < 10_000; number++) {
      expect((await peer.next())?.payload.toString()).toBe(String(number))
    }
    await sending
    await expect.poll(() => client.bufferedAmount).toBe(0)
  })

  it('of one read are given one by one to calls that wait, in order', async () => {
    const { client, peer } = await open()
    const waiting = [client.receive(), client.receive(), client.receive()]
    peer.send(OPCODE.text, '1')
    peer.send(OPCODE.text, '2')
    peer.send(OPCODE.text, '3')
    expect(await Promise.all(waiting)).toEqual([text('1'), text('2'), text('3')])
  })

  it('are not lost by calls that are stopped', async () => {
    const { client, peer } = await open()
    let lost = 0
    const received: string[] = []
    const numbers = 300
    const sending = (async () => {
      for (let number = 0; number < numbers; number++) {
        peer.send(OPCODE.text, String(number))
        if (number % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })()
    while (received.length < numbers) {
      try {
        const message = await client.receive({ timeoutMs: Math.random() })
        received.push((message?.data ?? '') as string)
      } catch (reason) {
        expect(isFerruleError(reason, 'ERR_TIMEOUT')).toBe(true)
        lost++
      }
    }
    await sending
    expect(received).toEqual(Array.from({ length: numbers }, (_, number) => String(number)))
    expect(lost).toBeGreaterThan(0)
  })

  it('are given to calls in line when one of them is stopped', async () => {
    const { client, peer } = await open()
    const first = client.receive()
    const controller = new AbortController()
    const stopped = [client.receive({ timeoutMs: 20 }), client.receive({ signal: controller.signal })]
    const last = client.receive()
    setTimeout(() => controller.abort('enough'), 30)
    expect(await Promise.allSettled(stopped)).toEqual([
      { status: 'rejected', reason: error('ERR_TIMEOUT', { timeoutMs: 20 }) },
      { status: 'rejected', reason: 'enough' },
    ])
    expect(() => client.receiveSync()).toThrow(expect.objectContaining({ code: 'ERR_BUSY' }))
    peer.send(OPCODE.text, '1')
    expect(await first).toEqual(text('1'))
    peer.send(OPCODE.text, '2')
    expect(await last).toEqual(text('2'))
  })

  it('stay when the signal has fired already', async () => {
    const { client, peer } = await open()
    peer.send(OPCODE.text, 'a')
    peer.send(OPCODE.text, 'b')
    expect(await client.receive()).toEqual(text('a'))
    await expect(client.receive({ signal: AbortSignal.abort('no') })).rejects.toBe('no')
    expect(await client.receive()).toEqual(text('b'))
  })

  it('are received by an iteration that a signal ends', async () => {
    const { client, peer } = await open()
    const controller = new AbortController()
    peer.send(OPCODE.text, 'a')
    const received: unknown[] = []
    const iterate = async (): Promise<void> => {
      for await (const message of client.messages({ signal: controller.signal })) {
        received.push(message)
        setTimeout(() => controller.abort('stop'), 10)
      }
    }
    await expect(iterate()).rejects.toBe('stop')
    expect(received).toEqual([text('a')])
    peer.send(OPCODE.text, 'b')
    expect(await client.receive()).toEqual(text('b'))
  })

  it('hold the peer back while nobody receives them', async () => {
    const { client, peer } = await open()
    const piece = Buffer.alloc(64 * 1024, 1)
    let sent = 0
    // What the system's own buffers take is far below this.
    while (!peer.socket.writableNeedDrain || sent < 200) {
      peer.send(OPCODE.binary, piece)
      sent++
      if (sent > 4000) break
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(peer.socket.writableLength, 'bytes that the peer cannot get rid of').toBeGreaterThan(0)
    for (let count = 0; count < sent; count++) expect((await client.receive())?.data).toHaveLength(piece.length)
    expect(peer.socket.writableLength).toBe(0)
  })

  it('are refused beyond maxBufferedBytes when the peer takes none, and a message that waits can be taken back', async () => {
    const { client, peer } = await open({ maxBufferedBytes: 4 * 1024 * 1024, closeTimeoutMs: 100 })
    peer.socket.pause()
    const piece = new Uint8Array(1024 * 1024)
    const sent: Promise<void>[] = []
    let refusal: unknown
    for (let count = 0; count < 50 && refusal === undefined; count++) {
      const sending = client.send(piece)
      sending.catch((reason: unknown) => (refusal = reason))
      sent.push(sending)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(refusal).toEqual(error('ERR_HTTP_WEBSOCKET_BACKLOG', { limit: 4 * 1024 * 1024 }))
    expect(client.bufferedAmount).toBeGreaterThan(0)
    expect(client.bufferedAmount).toBeLessThanOrEqual(4 * 1024 * 1024)
    client.dispose()
    const settled = await Promise.allSettled(sent)
    expect(settled.at(-2)).toMatchObject({ status: 'rejected', reason: { code: 'ERR_HTTP_WEBSOCKET_CLOSED' } })
  })

  it('whose sending is stopped are not sent, unless they were begun', async () => {
    const { client, peer } = await open({ maxBufferedBytes: 64 * 1024 * 1024 })
    peer.socket.pause()
    const huge = new Uint8Array(16 * 1024 * 1024)
    const first = client.send(huge)
    await expect(client.send('second', { timeoutMs: 50 })).rejects.toEqual(error('ERR_TIMEOUT'))
    const third = client.send('third')
    peer.socket.resume()
    expect((await peer.next())?.payload).toHaveLength(huge.length)
    expect((await peer.next())?.payload.toString()).toBe('third')
    await Promise.all([first, third])
  })

  it.each([
    ['a number', 1],
    ['nothing', undefined],
    ['an ArrayBuffer', new ArrayBuffer(1)],
    ['another array of numbers', new Uint16Array(1)],
  ])('cannot be %s', async (_, data) => {
    const { client } = await open()
    await expect(client.send(data as unknown as string)).rejects.toEqual(
      error('ERR_INVALID_ARG_TYPE', { argument: 'data' }),
    )
    expect(() => client.sendSync(data as unknown as string)).toThrow(HttpError)
  })

  it('with a lone surrogate are refused, and do not make a pair with the next one', async () => {
    const { client, peer } = await open()
    await expect(client.send('\ud83d')).rejects.toEqual(error('ERR_INVALID_STRING'))
    await expect(client.send('\ude00')).rejects.toEqual(error('ERR_INVALID_STRING'))
    await client.send('ok')
    expect((await peer.next())?.payload.toString()).toBe('ok')
  })
})

describe('pings', () => {
  it('resolve with the time to their pong', async () => {
    const { client, peer } = await open()
    const pinged = client.ping('hello')
    const frame = await peer.next()
    expect([frame?.opcode, frame?.payload.toString()]).toEqual([OPCODE.ping, 'hello'])
    await new Promise((resolve) => setTimeout(resolve, 20))
    peer.send(OPCODE.pong, 'hello')
    const milliseconds = await pinged
    expect(milliseconds).toBeGreaterThan(10)
    expect(milliseconds).toBeLessThan(10_000)
  })

  it('take their own pong and no other, or a later one', async () => {
    const { client, peer } = await open()
    let settled = 0
    const pings = [client.ping('1'), client.ping('2'), client.ping('3')].map((ping) => ping.then(() => settled++))
    peer.send(OPCODE.pong, 'x')
    peer.send(OPCODE.pong, '2')
    await Promise.all(pings.slice(0, 2))
    expect(settled).toBe(2)
    peer.send(OPCODE.pong, '3')
    await Promise.all(pings)
  })

  it('of the peer are answered while nobody receives', async () => {
    const { client, peer } = await open()
    peer.send(OPCODE.ping, 'are you there')
    const frame = await peer.next()
    expect(frame).toMatchObject({ opcode: OPCODE.pong, masked: true })
    expect(frame?.payload.toString()).toBe('are you there')
    expect(client.bufferedAmount).toBe(0)
  })

  it('are at most 125 bytes', async () => {
    const { client } = await open()
    await expect(client.ping('x'.repeat(126))).rejects.toEqual(error('ERR_INVALID_ARG_TYPE', { argument: 'payload' }))
    await expect(client.ping(1 as unknown as string)).rejects.toEqual(error('ERR_INVALID_ARG_TYPE'))
  })

  it('are stopped like any call', async () => {
    const { client } = await open()
    await expect(client.ping('a', { timeoutMs: 20 })).rejects.toEqual(error('ERR_TIMEOUT'))
    const controller = new AbortController()
    setTimeout(() => controller.abort('enough'), 10)
    await expect(client.ping('b', { signal: controller.signal })).rejects.toBe('enough')
  })

  it('find a peer that is half open: lost with 1006', async () => {
    const { client, peer } = await open({ pingIntervalMs: 30, pongTimeoutMs: 50 })
    const pending = client.receive()
    expect((await peer.next())?.opcode).toBe(OPCODE.ping)
    expect(await client.closed).toEqual({
      code: 1006,
      reason: 'the peer did not answer a ping within 50 ms',
      wasClean: false,
    })
    expect(await pending).toBeNull()
    await expect(client.ping()).rejects.toEqual(error('ERR_HTTP_WEBSOCKET_CLOSED', { closeCode: 1006 }))
  })

  it('do not lose a peer whose messages wait here', async () => {
    const { client, peer } = await open({ pingIntervalMs: 20, pongTimeoutMs: 30 })
    for (let count = 0; count < 64; count++) peer.send(OPCODE.binary, Buffer.alloc(64 * 1024))
    // The pongs stand behind what nobody has received yet.
    const answering = (async () => {
      for (let frame = await peer.next(); frame !== null; frame = await peer.next()) {
        if (frame.opcode === OPCODE.ping) peer.send(OPCODE.pong, frame.payload)
      }
    })()
    await new Promise((resolve) => setTimeout(resolve, 300))
    for (let count = 0; count < 64; count++) expect((await client.receive())?.data).toHaveLength(64 * 1024)
    client.dispose()
    await answering
  })
})
