import { HttpServer, json, text, type ServerRequest } from 'ferrule/http'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { RawClient, exchange, statuses } from './http-server/raw.js'

const run = promisify(execFile)

let server: HttpServer
afterEach(() => server.stop({ drainMs: 0 }))

async function started(
  register: (server: HttpServer) => void,
  options: ConstructorParameters<typeof HttpServer>[0] = {},
): Promise<{ url: string; port: number }> {
  server = new HttpServer(options)
  register(server)
  return server.start()
}

describe('a request', () => {
  it('tells everything about itself', async () => {
    const { url, port } = await started((routes) =>
      routes.get('/a/:id', (request) =>
        json({
          method: request.method,
          url: request.url,
          path: request.path,
          query: [...request.query],
          params: request.params,
          version: request.httpVersion,
          secure: request.secure,
          route: request.route,
          remote: /^127\.0\.0\.1:\d+$/.test(request.remoteAddress),
        }),
      ),
    )
    expect(await (await fetch(`${url}/a/7?x=1&y=%C3%A9&x=2`)).json()).toEqual({
      method: 'GET',
      url: '/a/7?x=1&y=%C3%A9&x=2',
      path: '/a/7',
      query: [
        ['x', '1'],
        ['y', 'é'],
        ['x', '2'],
      ],
      params: { id: '7' },
      version: '1.1',
      secure: false,
      route: '/a/:id',
      remote: true,
    })
    const old = await exchange(port, 'GET /a/1 HTTP/1.0\r\n\r\n')
    expect(old).toContain('"version":"1.0"')
  })

  it('has its headers in order, each as often as it came', async () => {
    const { port } = await started((routes) =>
      routes.get('/', ({ headers }) =>
        json({
          all: [...headers],
          cookies: headers.getAll('Cookie'),
          joined: headers.get('x-a'),
          none: headers.get('no'),
        }),
      ),
    )
    const sent = 'Host: h\r\nX-B: 2\r\ncookie: a=1\r\nX-A: 1\r\nCookie: b=2\r\nx-a:  3 \r\nX-Latin: \xe9\r\n'
    const answer = await exchange(port, `GET / HTTP/1.1\r\n${sent}Connection: close\r\n\r\n`)
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({
      all: [
        ['host', 'h'],
        ['x-b', '2'],
        ['cookie', 'a=1'],
        ['cookie', 'b=2'],
        ['x-a', '1'],
        ['x-a', '3'],
        // The answer is UTF-8, read as Latin-1 here.
        ['x-latin', '\xc3\xa9'],
        ['connection', 'close'],
      ],
      cookies: ['a=1', 'b=2'],
      joined: '1, 3',
      none: null,
    })
  })

  it('stays readable after its answer', async () => {
    let kept: ServerRequest | undefined
    const { url } = await started((routes) =>
      routes.get('/:a', (request) => {
        kept = request
        return text('')
      }),
    )
    await fetch(`${url}/first?x`)
    await fetch(`${url}/second`)
    expect([kept?.path, kept?.headers.has('host')]).toEqual(['/second', true])
  })
})

describe('the body of a request', () => {
  const sizes = [0, 1, 1000, 16 * 1024, 16 * 1024 + 1, 1_000_000]

  it.each(sizes)('of %i bytes arrives as bytes, text and JSON', async (size) => {
    const { url } = await started((routes) =>
      routes
        .post('/bytes', async (request) => json((await request.bytes()).length))
        .post('/text', async (request) => json((await request.text()).length))
        .post('/json', async (request) => json(((await request.json()) as { text: string }).text.length)),
    )
    const body = 'x'.repeat(size)
    expect(await (await fetch(`${url}/bytes`, { method: 'POST', body })).json()).toBe(size)
    expect(await (await fetch(`${url}/text`, { method: 'POST', body })).json()).toBe(size)
    const wrapped = JSON.stringify({ text: body })
    expect(await (await fetch(`${url}/json`, { method: 'POST', body: wrapped })).json()).toBe(size)
  })

  it('arrives piece by piece, also when its length is not known', async () => {
    const { url } = await started((routes) =>
      routes.post('/', async ({ body }) => {
        let size = 0
        for await (const piece of body) size += piece.length
        return json(size)
      }),
    )
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 20; piece += 1) {
        yield new Uint8Array(10_000)
        await new Promise(setImmediate)
      }
    }
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: pieces() as never, duplex: 'half' }
    expect(await (await fetch(url, init)).json()).toBe(200_000)
  })

  it('goes on into Web and Node streams', async () => {
    const { url } = await started((routes) =>
      routes
        .post('/web', ({ body }) => ({ body: body.toWeb() }))
        .post('/node', ({ body }) => ({ body: body.toNode() })),
    )
    const body = 'ä'.repeat(100_000)
    expect(await (await fetch(`${url}/web`, { method: 'POST', body })).text()).toBe(body)
    expect(await (await fetch(`${url}/node`, { method: 'POST', body })).text()).toBe(body)
  })

  it('is read once', async () => {
    const { url } = await started((routes) =>
      routes.post('/', async (request) => {
        await request.text()
        const again = await request.text().catch((error: unknown) => (error as { code: string }).code)
        return json([request.bodyUsed, again])
      }),
    )
    expect(await (await fetch(url, { method: 'POST', body: 'x' })).json()).toEqual([true, 'ERR_STATE'])
  })

  it('is a form of either kind', async () => {
    const { url } = await started((routes) =>
      routes.post('/', async (request) => {
        const form = await request.formData()
        const file = form.get('file')
        return json([form.getAll('a'), file instanceof File ? [file.name, await file.text()] : null])
      }),
    )
    const query = new URLSearchParams([
      ['a', '1'],
      ['a', 'ü&='],
    ])
    expect(await (await fetch(url, { method: 'POST', body: query })).json()).toEqual([['1', 'ü&='], null])
    const form = new FormData()
    form.append('a', '1')
    form.append('file', new File(['content'], 'name.txt'))
    expect(await (await fetch(url, { method: 'POST', body: form })).json()).toEqual([['1'], ['name.txt', 'content']])
    expect((await fetch(url, { method: 'POST', body: 'no form' })).status).toBe(400)
  })

  it('that is no JSON is answered with 400', async () => {
    const { url } = await started((routes) => routes.post('/', async (request) => json(await request.json())))
    expect((await fetch(url, { method: 'POST', body: '{' })).status).toBe(400)
  })

  it('beyond its limit is answered with 413, told or found out', async () => {
    const { url, port } = await started((routes) => routes.post('/', async (request) => text(await request.text())), {
      limits: { maxBodyBytes: 50_000 },
    })
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(50_000) })).status).toBe(200)
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(50_001) })).status).toBe(413)
    const chunk = `c350\r\n${'x'.repeat(50_000)}\r\n`
    const head = 'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
    expect(statuses(await exchange(port, `${head}${chunk}0\r\n\r\n`))).toEqual([200])
    expect(statuses(await exchange(port, `${head}${chunk}${chunk}0\r\n\r\n`))).toEqual([413])
  })

  it('is asked for with 100 Continue when its client waits for that, and not when it will not be read', async () => {
    const { url, port } = await started(
      (routes) => routes.post('/', async (request) => text((await request.text()).toUpperCase())),
      { limits: { maxBodyBytes: 100 } },
    )
    const client = await RawClient.open(port)
    client.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n')
    await client.until((received) => received.includes('100 Continue\r\n\r\n'))
    await client.send('body').until((received) => received.endsWith('BODY'))
    expect(statuses(client.text)).toEqual([100, 200])
    client.close()
    const refused = 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\nExpect: 100-continue\r\n\r\n'
    expect(statuses(await exchange(port, refused))).toEqual([413])
    const { stdout } = await run('curl', ['-sS', '-H', 'Expect: 100-continue', '-d', 'curl', url])
    expect(stdout).toBe('CURL')
  })

  it('is taken from its sender only as it is read', async () => {
    let release: (() => void) | undefined
    const { port } = await started(
      (routes) =>
        routes.post('/', async ({ body }) => {
          await new Promise<void>((resolve) => {
            release = resolve
          })
          return json((await body.bytes()).length)
        }),
      { limits: { maxBodyBytes: 1 << 30 } },
    )
    const size = 64 * 1024 * 1024
    const client = await RawClient.open(port)
    client.send(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${size}\r\n\r\n`)
    const piece = Buffer.alloc(1024 * 1024)
    for (let sent = 0; sent < size; sent += piece.length) client.send(piece)
    await new Promise((resolve) => setTimeout(resolve, 500))
    // The rest waits on the client's side: the system's buffers hold a few megabytes at most.
    expect(client.socket.writableLength).toBeGreaterThan(size / 2)
    release?.()
    expect(await client.until((received) => received.includes(String(size)))).toContain('200 OK')
    client.close()
  })
})

describe('limits', () => {
  it('of head, headers and target have their statuses', async () => {
    const { port } = await started((routes) => routes.get('/*rest', () => text('')), {
      limits: { maxHeaderBytes: 8192, maxHeaders: 10, maxUrlBytes: 100 },
    })
    const head = (first: string, headers: string): string =>
      `GET ${first} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${headers}\r\n`
    expect(statuses(await exchange(port, head(`/${'a'.repeat(99)}`, '')))).toEqual([200])
    expect(statuses(await exchange(port, head(`/${'a'.repeat(100)}`, '')))).toEqual([414])
    expect(statuses(await exchange(port, head('/a', 'x: y\r\n'.repeat(8))))).toEqual([200])
    expect(statuses(await exchange(port, head('/a', 'x: y\r\n'.repeat(9))))).toEqual([431])
    expect(statuses(await exchange(port, head('/a', `x: ${'y'.repeat(7000)}\r\n`)))).toEqual([200])
    expect(statuses(await exchange(port, head('/a', `x: ${'y'.repeat(9000)}\r\n`)))).toEqual([431])
    expect(statuses(await exchange(port, head('/a', `x: ${'y'.repeat(900_000)}\r\n`)))).toEqual([431])
  })

  it('of connections keep further ones waiting', async () => {
    const { port } = await started((routes) => routes.get('/', () => text('here')), { limits: { maxConnections: 2 } })
    const request = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'
    const [first, second] = [await RawClient.open(port), await RawClient.open(port)]
    for (const client of [first, second]) await client.send(request).until((received) => received.endsWith('here'))
    const third = (await RawClient.open(port)).send(request)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(third.text).toBe('')
    first.close()
    expect(await third.until((received) => received.endsWith('here'))).toContain('200')
    for (const client of [second, third]) client.close()
  })

  it.each([
    [{ port: -1 }, 'ERR_OUT_OF_RANGE'],
    [{ port: 65_536 }, 'ERR_OUT_OF_RANGE'],
    [{ host: 1 }, 'ERR_INVALID_ARG_TYPE'],
    [{ http2: 'yes' }, 'ERR_INVALID_ARG_TYPE'],
    [{ limits: { maxBodyBytes: 1.5 } }, 'ERR_OUT_OF_RANGE'],
    [{ limits: { bodyBytes: 1 } }, 'ERR_INVALID_ARG_TYPE'],
    [{ timeouts: { headersMs: '1' } }, 'ERR_INVALID_ARG_TYPE'],
    [{ tls: { cert: 1, key: '' } }, 'ERR_INVALID_ARG_TYPE'],
  ])('and other options are checked: %j', (options, code) => {
    server = new HttpServer()
    expect(() => new HttpServer(options as never)).toThrow(
      expect.objectContaining({ code, operation: 'http.HttpServer' }),
    )
  })
})
