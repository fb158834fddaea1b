import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { HttpClient } from 'ferrule/http'
import { afterAll, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { answers, held, nothing, serve, sleep, until } from './http-client/servers.js'

const client = new HttpClient()
afterAll(() => {
  client.dispose()
  expect(held()).toEqual(nothing)
})

describe('headers of a response', () => {
  it('come in the order of the wire, repeated ones each, in lower case', async () => {
    await using server = await answers(
      'HTTP/1.1 200 All Fine\r\nSet-Cookie: a=1\r\nX-B: 2\r\nSet-Cookie: c=3, d\r\nX-L: \xe9\r\nContent-Length: 0\r\n\r\n',
      undefined,
    )
    const { headers, statusText } = await client.get(server.url)
    expect(statusText).toBe('All Fine')
    expect([...headers].slice(0, 3)).toEqual([
      ['set-cookie', 'a=1'],
      ['x-b', '2'],
      ['set-cookie', 'c=3, d'],
    ])
    expect(headers.get('SET-cookie')).toBe('a=1, c=3, d')
    expect(headers.getAll('set-cookie')).toEqual(['a=1', 'c=3, d'])
    expect(headers.getSetCookie()).toEqual(['a=1', 'c=3, d'])
    expect([headers.has('X-b'), headers.has('x-c'), headers.get('x-c'), headers.size]).toEqual([true, false, null, 5])
    expect(headers.toWeb().getSetCookie()).toEqual(['a=1', 'c=3, d'])
  })

  it('may stand behind the body', async () => {
    await using server = await answers(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;ext="x"\r\nabc\r\n0\r\nX-Sum: 9\r\nX-Sum: 8\r\n\r\n',
    )
    const response = await client.get(server.url)
    expect(await response.text()).toBe('abc')
    expect([...(response.trailers ?? [])]).toEqual([
      ['x-sum', '9'],
      ['x-sum', '8'],
    ])
    await client.get(server.url).then((again) => again.text())
    expect(server.connects, 'and the connection serves the next').toBe(1)
  })
})

describe('a body', () => {
  const text = '\ufeffgrün 😀 '
  it.each([0, 1, 5000, 100_000, 3_000_000])('is read in every form, with %i bytes more', async (more) => {
    await using server = await serve((_, response) => {
      response.setHeader('content-type', 'text/x-own')
      response.end(text + 'x'.repeat(more))
    })
    const whole = Buffer.from(text + 'x'.repeat(more))
    const get = (): ReturnType<typeof client.get> => client.get(server.url)
    expect(Buffer.compare(await (await get()).bytes(), whole)).toBe(0)
    const buffer = await (await get()).arrayBuffer()
    expect([buffer.byteLength, Buffer.compare(Buffer.from(buffer), whole)]).toEqual([whole.length, 0])
    expect(await (await get()).text()).toBe(text.slice(1) + 'x'.repeat(more))
    const blob = await (await get()).blob()
    expect([blob.size, blob.type]).toEqual([whole.length, 'text/x-own'])
    const pieces: Uint8Array[] = []
    for await (const piece of (await get()).body) pieces.push(piece)
    expect(Buffer.compare(Buffer.concat(pieces), whole)).toBe(0)
    expect((await new Response((await get()).body.toWeb()).arrayBuffer()).byteLength).toBe(whole.length)
    let counted = 0
    for await (const piece of (await get()).body.toNode()) counted += (piece as Buffer).length
    expect(counted).toBe(whole.length)
    expect(server.connects, 'and one connection served all').toBe(1)
  })

  it('can be read once', async () => {
    await using server = await serve((_, response) => void response.end('{}'))
    const response = await client.get(server.url)
    expect(response.bodyUsed).toBe(false)
    await response.json()
    expect(response.bodyUsed).toBe(true)
    for (const again of [() => response.text(), () => response.bytes(), () => response.save('x')]) {
      expect(await refusedBy(again)).toMatchObject({
        name: 'HttpError',
        code: 'ERR_HTTP_BODY_USED',
        details: { status: 200 },
      })
    }
    const streamed = await client.get(server.url)
    for await (const piece of streamed.body) expect(piece.length).toBe(2)
    expect(await refusedBy(() => streamed.text())).toMatchObject({ code: 'ERR_HTTP_BODY_USED' })
  })

  it('comes no faster than it is read', async () => {
    let sent = 0
    await using server = await serve((_, response) => {
      const more = (): void => {
        while (sent < 256 && !response.destroyed) {
          sent += 1
          if (!response.write(Buffer.alloc(1024 * 1024))) return void response.once('drain', () => setImmediate(more))
        }
        response.end()
      }
      more()
    })
    const response = await client.get(server.url)
    const pieces = response.body[Symbol.asyncIterator]()
    await pieces.next()
    await sleep(150)
    expect(sent).toBeLessThan(32)
    let length = 0
    for (let at = 0; at < 64; at += 1) length += (await pieces.next()).value?.length ?? 0
    expect(length).toBeGreaterThan(0)
    await pieces.return()
    await until(() => server.sockets.size === 0)
    expect(sent, 'and leaving it early stops the server').toBeLessThan(200)
  })

  it('of 256 MiB goes through in little memory', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x')
    await using server = await serve((_, response) => {
      let left = 256
      const more = (): void => {
        left -= 1
        if (left < 0) response.end()
        else response.write(piece, () => setImmediate(more))
      }
      more()
    })
    let [length, most] = [0, 0]
    const before = process.memoryUsage().rss
    for await (const piece of (await client.get(server.url)).body) {
      length += piece.length
      most = Math.max(most, process.memoryUsage().rss - before)
    }
    expect(length).toBe(256 * 1024 * 1024)
    expect(most).toBeLessThan(128 * 1024 * 1024)
  })

  it('that is not read is given up by dispose', async () => {
    await using server = await serve((_, response) => void response.write('x'))
    {
      using response = await client.get(server.url)
      expect(response.isDisposed).toBe(false)
    }
    await until(() => server.sockets.size === 0)
  })

  it('is empty and there for statuses that have none', async () => {
    await using server = await serve((_, response) => void response.writeHead(204).end())
    const response = await client.get(server.url)
    expect([response.status, await response.text()]).toEqual([204, ''])
  })
})

describe('ensureOk', () => {
  it('gives the response, or throws and gives the body up', async () => {
    await using server = await serve((request, response) => {
      response.writeHead(request.url === '/ok' ? 201 : 500).write('x'.repeat(100))
      if (request.url === '/ok') response.end()
    })
    const fine = await client.get(`${server.url}/ok`)
    expect(fine.ensureOk()).toBe(fine)
    await fine.bytes()
    const failed = await client.get(server.url)
    expect(() => failed.ensureOk()).toThrow(expect.objectContaining({ code: 'ERR_HTTP_STATUS' }) as Error)
    await until(() => server.sockets.size <= 1)
    expect(await refusedBy(() => client.get(server.url, { throwOnError: true }))).toMatchObject({
      code: 'ERR_HTTP_STATUS',
      details: { status: 500, statusText: 'Internal Server Error' },
    })
  })
})

describe('a compressed body', () => {
  const text = 'the quick brown fox '.repeat(20_000)
  // `printf 'zstd says hi' | zstd`; Node 20 has no zstd of its own.
  const zstd = Buffer.from('KLUv/QRYYQAAenN0ZCBzYXlzIGhp5DzLqQ==', 'base64')
  it.each([
    ['gzip', gzipSync(text), text],
    ['x-gzip', gzipSync(text), text],
    ['deflate', deflateSync(text), text],
    ['deflate', deflateRawSync(text), text],
    ['br', brotliCompressSync(text), text],
    ['gzip, br', brotliCompressSync(gzipSync(text)), text],
    ['gzip', Buffer.concat([gzipSync('two '), gzipSync('members')]), 'two members'],
    ['identity', Buffer.from('plain'), 'plain'],
    ['gzip', gzipSync(''), ''],
  ])('of %s is what it was (%#)', async (encoding, bytes, plain) => {
    await using server = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip, deflate, br, zstd')
      response.setHeader('content-encoding', encoding)
      if (request.url === '/chunked') response.write(bytes.subarray(0, 10))
      response.end(request.url === '/chunked' ? bytes.subarray(10) : bytes)
    })
    expect(await (await client.get(server.url)).text()).toBe(plain)
    expect(await (await client.get(`${server.url}/chunked`)).text()).toBe(plain)
    let streamed = ''
    for await (const piece of (await client.get(server.url)).body) streamed += Buffer.from(piece).toString()
    expect(streamed).toBe(plain)
    expect(server.connects, 'and the connection serves the next').toBe(1)
  })

  it('of zstd is what it was', async () => {
    await using server = await serve((_, response) => void response.setHeader('content-encoding', 'zstd').end(zstd))
    expect(await (await client.get(server.url)).text()).toBe('zstd says hi')
  })

  it('stays as it is when that is asked for, and when the coding is not known', async () => {
    await using server = await serve((request, response) => {
      response.setHeader('content-encoding', request.url === '/x' ? 'x-own' : 'gzip')
      response.setHeader('x-asked', request.headers['accept-encoding'] ?? 'nothing')
      response.end(gzipSync('abc'))
    })
    const response = await client.get(server.url, { decompress: false })
    expect(response.headers.get('x-asked')).toBe('nothing')
    expect(Buffer.compare(await response.bytes(), gzipSync('abc'))).toBe(0)
    expect(Buffer.compare(await (await client.get(`${server.url}/x`)).bytes(), gzipSync('abc'))).toBe(0)
  })

  it.each([
    ['gzip', 'not gzip at all'],
    ['gzip', gzipSync(text).subarray(0, 300)],
    ['br', 'not brotli at all'],
    ['deflate', 'not deflate at all'],
    ['zstd', 'not zstd at all'],
  ])('that is not what it says is an error: %s (%#)', async (encoding, bytes) => {
    await using server = await serve((_, response) => void response.setHeader('content-encoding', encoding).end(bytes))
    const error = await refusedBy(async () => (await client.get(server.url)).text())
    expect(error).toMatchObject({
      name: 'HttpError',
      code: 'ERR_HTTP_DECOMPRESSION',
      details: { encoding, status: 200 },
    })
  })

  it('that grows a thousandfold is stopped at the limit, and takes no more memory than that', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024))
    const twice = gzipSync(bomb)
    expect(twice.length).toBeLessThan(100_000)
    await using server = await serve(
      (_, response) => void response.setHeader('content-encoding', 'gzip, gzip').end(twice),
    )
    const before = process.memoryUsage().rss
    const error = await refusedBy(async () => (await client.get(server.url, { maxBodyBytes: 1024 * 1024 })).bytes())
    expect(error).toMatchObject({ code: 'ERR_HTTP_BODY_TOO_LARGE', details: { limit: 1024 * 1024 } })
    const whole = await refusedBy(() => client.getJson(server.url, { maxBodyBytes: 1024 * 1024 }))
    expect(whole).toMatchObject({ code: 'ERR_HTTP_BODY_TOO_LARGE' })
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
    // As a stream it comes in pieces, and leaving it ends it.
    let length = 0
    for await (const piece of (await client.get(server.url)).body) {
      expect(piece.length).toBeLessThanOrEqual(256 * 1024)
      length += piece.length
      if (length > 8 * 1024 * 1024) break
    }
    await until(() => server.sockets.size === 0)
  })

  it('with too many codings is refused', async () => {
    await using server = await serve(
      (_, response) => void response.setHeader('content-encoding', 'gzip,'.repeat(50)).end('x'),
    )
    expect(await refusedBy(() => client.get(server.url))).toMatchObject({ code: 'ERR_HTTP_DECOMPRESSION' })
  })
})
