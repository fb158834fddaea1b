// Servers that do not keep to HTTP, over raw sockets: every one ends in an error that tells what it was, and nothing hangs.
import { HttpClient } from 'ferrule/http'
import { afterAll, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { answers, held, nothing, raw, serve, until } from './http-client/servers.js'

const client = new HttpClient({ timeouts: { headersMs: 10_000, bodyMs: 10_000 } })
afterAll(() => {
  client.dispose()
  expect(held()).toEqual(nothing)
})

/** What reading all of what a server says comes to. */
async function reading(bytes: string | Uint8Array, then?: Parameters<typeof answers>[1]): Promise<unknown> {
  await using server = await answers(bytes, then)
  const outcome = await client.get(server.url).then(
    async (response) => [response.status, await response.text().catch((error: unknown) => error)],
    (error: unknown) => error,
  )
  // Whatever it was, the connection is not used again.
  await until(() => server.sockets.size === 0)
  return Array.isArray(outcome) && outcome[1] instanceof Error ? outcome[1] : outcome
}

const head = (...headers: string[]): string => `HTTP/1.1 200 OK\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`

describe('what two readers could see in two ways is refused', () => {
  it.each([
    ['a length and chunks', `${head('Content-Length: 3', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
    ['chunks and a length', `${head('Transfer-Encoding: chunked', 'Content-Length: 3')}0\r\n\r\n`],
    ['lengths that differ', `${head('Content-Length: 3', 'Content-Length: 4')}abcd`],
    ['lengths that differ, in one line', `${head('Content-Length: 3, 4')}abcd`],
    ['a negative length', `${head('Content-Length: -3')}abc`],
    ['a length with a sign', `${head('Content-Length: +3')}abc`],
    ['a hexadecimal length', `${head('Content-Length: 0x3')}abc`],
    ['a length beyond 64 bits', `${head('Content-Length: 18446744073709551619')}abc`],
    ['chunks twice', `${head('Transfer-Encoding: chunked, chunked')}0\r\n\r\n`],
    ['an unknown transfer-encoding', `${head('Transfer-Encoding: gzip, chunked')}0\r\n\r\n`],
    ['chunks of HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', `${head('Content-Length : 3')}abc`],
    ['a folded line', head('A: b', ' c', 'Content-Length: 0')],
    ['a bare line feed', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['NUL in a header', head('A: b\0c', 'Content-Length: 0')],
    ['a bare carriage return in a header', head('A: b\rc', 'Content-Length: 0')],
    ['a header without a name', head(': b')],
    ['an empty line before the status', `\r\n${head('Content-Length: 0')}`],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['HTTP/3.0 in a line', 'HTTP/3.0 200 OK\r\n\r\n'],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a switch of protocols nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    expect(await reading(bytes)).toMatchObject({ name: 'HttpError', code: 'ERR_HTTP_MALFORMED_RESPONSE' })
  })
})

describe('chunks that are none', () => {
  const chunked = head('Transfer-Encoding: chunked')
  it.each([
    ['no size', '\r\nabc\r\n0\r\n\r\n'],
    ['a size that is no number', 'xyz\r\nabc\r\n0\r\n\r\n'],
    ['a negative size', '-3\r\nabc\r\n0\r\n\r\n'],
    ['a size with a prefix', '0x3\r\nabc\r\n0\r\n\r\n'],
    ['a size beyond 60 bits', 'ffffffffffffffff\r\nabc'],
    ['a size line without an end', '1'.repeat(5000)],
    ['a bare line feed behind the size', '3\nabc\r\n0\r\n\r\n'],
    ['data longer than the size', '3\r\nabcdef\r\n0\r\n\r\n'],
    ['trailers that are no headers', '0\r\nnonsense\r\n\r\n'],
    ['NUL in a trailer', '0\r\na: \0\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    expect(await reading(chunked + bytes)).toMatchObject({ code: 'ERR_HTTP_MALFORMED_RESPONSE' })
  })
})

describe('a head that is too large', () => {
  const limited = new HttpClient({ maxHeaderBytes: 2048, maxHeaderCount: 10 })
  afterAll(() => limited.dispose())

  it.each([
    ['in bytes', head(`A: ${'x'.repeat(4000)}`), 2048],
    ['in the number of headers', head(...Array.from({ length: 11 }, (_, at) => `A${at}: b`)), 10],
    ['in its status line', `HTTP/1.1 200 ${'x'.repeat(4000)}`, 2048],
  ])('%s', async (_, bytes, limit) => {
    await using server = await answers(bytes)
    const error = await refusedBy(() => limited.get(server.url))
    expect(error).toMatchObject({ code: 'ERR_HTTP_HEADER_TOO_LARGE', details: { limit, method: 'GET' } })
  })

  it('by headers that never end: memory and time stay bounded', async () => {
    let sent = 0
    await using server = await answers('HTTP/1.1 200 OK\r\n', function more(socket) {
      if (socket.destroyed) return
      const line = `A: ${'x'.repeat(8000)}\r\n`
      sent += line.length
      socket.write(line, () => setImmediate(more, socket))
    })
    expect(await refusedBy(() => client.get(server.url))).toMatchObject({
      code: 'ERR_HTTP_HEADER_TOO_LARGE',
      details: { limit: 1024 * 1024 },
    })
    await until(() => server.sockets.size === 0)
    expect(sent).toBeLessThan(64 * 1024 * 1024)
  })

  it('by trailers that never end', async () => {
    await using server = await answers(`${head('Transfer-Encoding: chunked')}0\r\n`, function more(socket) {
      if (!socket.destroyed) socket.write(`A: ${'x'.repeat(8000)}\r\n`, () => setImmediate(more, socket))
    })
    const error = await refusedBy(async () => (await client.get(server.url)).bytes())
    expect(error).toMatchObject({ code: 'ERR_HTTP_HEADER_TOO_LARGE' })
  })
})

describe('a server that goes away', () => {
  const end = (socket: { end: () => void }): void => socket.end()
  const reset = (socket: { resetAndDestroy: () => void }): void => socket.resetAndDestroy()
  it.each([
    ['without a word', '', end, 'EOF'],
    ['in the middle of the head', 'HTTP/1.1 200 OK\r\nContent-', end, 'EOF'],
    ['in the middle of a body of known length', `${head('Content-Length: 10')}abc`, end, 'EOF'],
    ['in the middle of a chunk', `${head('Transfer-Encoding: chunked')}a\r\nabc`, end, 'EOF'],
    ['before the last chunk', `${head('Transfer-Encoding: chunked')}3\r\nabc\r\n`, end, 'EOF'],
    ['by a reset in the body', `${head('Content-Length: 10')}abc`, reset, 'ECONNRESET'],
  ])('%s', async (_, bytes, then, reason) => {
    const error = await reading(bytes, then)
    expect(error).toMatchObject({
      code: 'ERR_HTTP_CONNECTION_CLOSED',
      details: { reason, retryable: true, method: 'GET' },
    })
  })

  it('ends a body that has no length', async () => {
    expect(await reading(`${head()}abc`, end)).toEqual([200, 'abc'])
  })
})

describe('what a server says beside the response', () => {
  it('interim responses are skipped', async () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'
    expect(await reading(`${interim}${head('Content-Length: 2', 'Connection: close')}ok`)).toEqual([200, 'ok'])
  })

  it('a flood of them is refused', async () => {
    expect(await reading('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000))).toMatchObject({
      code: 'ERR_HTTP_MALFORMED_RESPONSE',
    })
  })

  it('behind the body is never taken for the next response', async () => {
    await using server = await answers(`${head('Content-Length: 2')}okHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`)
    for (let round = 0; round < 5; round += 1) expect(await (await client.get(server.url)).text()).toBe('ok')
    expect(server.connects).toBe(5)
  })

  it('while the connection is idle ends the connection', async () => {
    await using server = await answers(`${head('Content-Length: 2')}ok`, (socket) => {
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'), 20)
    })
    expect(await (await client.get(server.url)).text()).toBe('ok')
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(await (await client.get(server.url)).text()).toBe('ok')
    expect(server.connects).toBe(2)
  })
})

describe('the response to HEAD, and those without a body', () => {
  it.each([
    ['HEAD', head('Content-Length: 1000000')],
    ['GET', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
  ])('%s %#', async (method, bytes) => {
    await using server = await answers(bytes)
    for (let round = 0; round < 3; round += 1) {
      const response = await client.request(method, server.url)
      expect((await response.bytes()).length).toBe(0)
    }
    expect(server.connects, 'and the connection serves the next').toBe(1)
  })
})

describe('a server that answers before it has read the request', () => {
  it('is heard, although it closes at once', async () => {
    await using server = await raw((socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig')
        socket.resume()
      })
    })
    const response = await client.post(server.url, { body: new Uint8Array(8 * 1024 * 1024) })
    expect([response.status, await response.text()]).toEqual([413, 'big'])
  })
})

describe('a body against a limit', () => {
  it('of 2 GiB is refused by its length, before it is read', async () => {
    await using server = await answers(head('Content-Length: 2147483648'))
    const response = await client.get(server.url)
    const error = await refusedBy(() => response.bytes())
    expect(error).toMatchObject({
      code: 'ERR_HTTP_BODY_TOO_LARGE',
      operation: 'http.HttpClient.get.bytes',
      details: { limit: 64 * 1024 * 1024, status: 200 },
    })
    await until(() => server.sockets.size === 0)
  })

  it('of 2 GiB in chunks is refused when it passes the limit', async () => {
    const chunk = Buffer.from(`100000\r\n${'x'.repeat(0x100000)}\r\n`)
    let sent = 0
    await using server = await answers(head('Transfer-Encoding: chunked'), function more(socket) {
      if (socket.destroyed || sent > 2 ** 31) return
      sent += chunk.length
      socket.write(chunk, () => setImmediate(more, socket))
    })
    const before = process.memoryUsage().rss
    const response = await client.get(server.url, { maxBodyBytes: 4 * 1024 * 1024 })
    expect(await refusedBy(() => response.bytes())).toMatchObject({
      code: 'ERR_HTTP_BODY_TOO_LARGE',
      details: { limit: 4 * 1024 * 1024 },
    })
    await until(() => server.sockets.size === 0)
    expect(sent).toBeLessThan(256 * 1024 * 1024)
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024)
  })

  it('passes when it is just as long as allowed', async () => {
    await using server = await serve((_, response) => void response.end('x'.repeat(1000)))
    expect((await (await client.get(server.url, { maxBodyBytes: 1000 })).bytes()).length).toBe(1000)
    const error = await refusedBy(async () => (await client.get(server.url, { maxBodyBytes: 999 })).bytes())
    expect(error).toMatchObject({ code: 'ERR_HTTP_BODY_TOO_LARGE' })
    const json = await refusedBy(() => client.getJson(server.url, { maxBodyBytes: 999 }))
    expect(json).toMatchObject({ code: 'ERR_HTTP_BODY_TOO_LARGE', operation: 'http.HttpClient.getJson' })
  })
})

describe('10,000 connects and drops', () => {
  it('settle every promise in bounded time and leave nothing', async () => {
    await using server = await raw((socket) => socket.resetAndDestroy())
    using dropped = new HttpClient()
    let refused = 0
    for (let round = 0; round < 100; round += 1) {
      const calls = Array.from({ length: 100 }, () => dropped.get(server.url))
      for (const outcome of await Promise.allSettled(calls)) {
        if (outcome.status === 'rejected') refused += 1
      }
    }
    expect(refused).toBe(10_000)
    await until(() => server.sockets.size === 0)
  }, 60_000)
})
