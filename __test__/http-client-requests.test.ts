import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { HttpClient, type HttpResponse, type RequestOptions } from 'ferrule/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import {
  bodyOf,
  echo,
  held,
  nothing,
  raw,
  serve,
  sleep,
  until,
  type Echoed,
  type Running,
} from './http-client/servers.js'

let server: Running
let folder: string
const client = new HttpClient()
beforeAll(async () => {
  server = await echo()
  folder = await mkdtemp(join(tmpdir(), 'ferrule-http-'))
})
afterAll(async () => {
  client.dispose()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
  expect(held()).toEqual(nothing)
})

const told = async (response: HttpResponse): Promise<Echoed> => (await response.json()) as Echoed

describe('what cannot be sent is refused before any I/O', () => {
  const get = (url: string, options?: RequestOptions): Promise<HttpResponse> => client.get(url, options)
  const refuses = async (call: () => Promise<unknown>, code: string): Promise<void> => {
    const before = server.connects
    expect(await refusedBy(call)).toMatchObject({ name: 'HttpError', code })
    await sleep(5)
    expect(server.connects).toBe(before)
  }

  it.each(['a\r\nb: c', 'a\nb', 'a\0b', 'a\rb', '日本', '\u007f', 'a\vb'])('a header’s value %j', async (value) => {
    await refuses(() => get(server.url, { headers: { 'x-a': value } }), 'ERR_HTTP_INVALID_HEADER')
    await refuses(() => get(server.url, { auth: { bearer: value } }), 'ERR_HTTP_INVALID_HEADER')
  })

  it.each(['', 'a b', 'a:b', 'a\r\n', 'ä', 'a\0', '(a)'])('a header’s name %j', async (name) => {
    await refuses(() => get(server.url, { headers: { [name]: 'x' } }), 'ERR_HTTP_INVALID_HEADER')
    expect(() => new HttpClient({ headers: { [name]: 'x' } })).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_INVALID_HEADER', operation: 'http.HttpClient' }) as Error,
    )
  })

  it.each(['Transfer-Encoding', 'connection', 'Upgrade', 'expect', 'TE', 'trailer', 'keep-alive', 'proxy-connection'])(
    'the connection’s own header %s',
    async (name) => {
      await refuses(() => get(server.url, { headers: { [name]: 'x' } }), 'ERR_HTTP_INVALID_HEADER')
    },
  )

  it.each(['1', '-1', '+3', '3.0', '0x3', 'x'])('a content-length of %s for three bytes', async (length) => {
    const headers = { 'content-length': length }
    await refuses(() => client.post(server.url, { headers, body: 'abc' }), 'ERR_HTTP_INVALID_HEADER')
  })

  it.each(['', 'G ET', 'GET\r\n', 'GÉT', 'CONNECT', 'trace', 'x'.repeat(100)])('the method %j', async (method) => {
    await refuses(() => client.request(method, server.url), 'ERR_HTTP_INVALID_REQUEST')
  })

  it.each([
    '',
    '/path',
    'ftp://x/',
    'file:///etc/passwd',
    'http://',
    'http://u:p@127.0.0.1/',
    'http://a\r\nb/',
    'http://a b/',
  ])('the address %j', async (url) => {
    await refuses(() => get(url), 'ERR_HTTP_INVALID_URL')
  })

  it('a body on GET, unless it is asked for', async () => {
    await refuses(() => get(server.url, { body: 'x' }), 'ERR_HTTP_INVALID_REQUEST')
    expect(await told(await get(server.url, { body: 'x', bodyOnGet: true }))).toMatchObject({
      method: 'GET',
      body: 'x',
    })
  })

  it('a lone surrogate', async () => {
    await refuses(() => get(`${server.url}/\ud800`), 'ERR_INVALID_STRING')
  })

  it('arguments and options of another type, and options that are not there', async () => {
    const wrong = (options: unknown): Promise<HttpResponse> => get(server.url, options as RequestOptions)
    await refuses(() => client.get(5 as never), 'ERR_INVALID_ARG_TYPE')
    await refuses(() => client.request(null as never, server.url), 'ERR_INVALID_ARG_TYPE')
    for (const options of [
      5,
      { header: {} },
      { headers: { a: 5 } },
      { headers: 'a: b' },
      { headers: [['a']] },
      { timeouts: { totalMS: 5 } },
      { timeouts: 5 },
      { redirect: 'no' },
      { decompress: 'yes' },
      { retry: { statuses: 5 } },
      { query: { a: {} } },
      { auth: { username: 'a:b', password: 'c' } },
      { signal: 5 },
    ]) {
      await refuses(() => wrong(options), 'ERR_INVALID_ARG_TYPE')
    }
    for (const options of [
      { timeouts: { totalMs: -1 } },
      { timeouts: { bodyMs: NaN } },
      { maxRedirects: -1 },
      { timeoutMs: -1 },
    ]) {
      await refuses(() => wrong(options), 'ERR_OUT_OF_RANGE')
    }
    await refuses(() => client.post(server.url, { body: 'a', json: 1 }), 'ERR_INVALID_ARG_TYPE')
    await refuses(() => client.post(server.url, { body: 5 as never }), 'ERR_INVALID_ARG_TYPE')
    await refuses(() => client.post(server.url, { json: () => 1 }), 'ERR_INVALID_ARG_TYPE')
    await refuses(() => client.post(server.url, { multipart: { a: 5 as never } }), 'ERR_INVALID_ARG_TYPE')
    expect(() => new HttpClient({ proxy: 'ftp://x' })).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_INVALID_REQUEST' }) as Error,
    )
    expect(() => new HttpClient({ connectionsPerOrigin: 0 })).toThrow(
      expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }) as Error,
    )
    expect(() => new HttpClient({ tls: { ca: 'none' } })).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_INVALID_REQUEST' }) as Error,
    )
  })
})

describe('headers', () => {
  it('go out once each, in order, Latin-1 as it is', async () => {
    await using listener = await raw((socket) => {
      socket.once('data', (data) => {
        const body = data.toString('latin1')
        socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${data.length}\r\n\r\n${body}`, 'latin1')
      })
    })
    const response = await client.get(`${listener.url}/p?q#f`, {
      headers: [
        ['B', '1'],
        ['a', 'é'],
        ['B', '2'],
      ],
    })
    const sent = Buffer.from(await response.bytes()).toString('latin1')
    expect(sent.startsWith('GET /p?q HTTP/1.1\r\nhost: 127.0.0.1:')).toBe(true)
    expect(sent).toContain('\r\nb: 1\r\na: é\r\nb: 2\r\n')
    expect(sent).toMatch(/\r\nuser-agent: ferrule\/\d/)
  })

  it('may name another host', async () => {
    expect((await told(await client.get(server.url, { headers: { host: 'example.test' } }))).headers['host']).toBe(
      'example.test',
    )
  })
})

describe('a body', () => {
  const whole = 'one two three'
  const pieces = ['one ', new TextEncoder().encode('two '), 'three']
  async function* generated(): AsyncGenerator<string | Uint8Array> {
    for (const piece of pieces) {
      await sleep(1)
      yield piece
    }
  }

  it.each([
    ['a stream of the Web', () => new Blob([whole]).stream() as ReadableStream<Uint8Array>],
    ['a stream of Node', () => Readable.from([Buffer.from(whole)])],
    ['an async generator', generated],
    ['an iterable', () => pieces],
  ])('comes from %s, in chunks', async (_, source) => {
    const sent = await told(await client.post(server.url, { body: source() }))
    expect(sent).toMatchObject({ body: whole, headers: { 'transfer-encoding': 'chunked' } })
    expect(sent.headers['content-length']).toBeUndefined()
  })

  it('that is a blob has its length and its type', async () => {
    const body = new Blob([whole], { type: 'text/x-own' })
    expect(await told(await client.post(server.url, { body }))).toMatchObject({
      body: whole,
      headers: { 'content-length': '13', 'content-type': 'text/x-own' },
    })
  })

  it('that is streamed may say how long it is, and is held to that', async () => {
    const headers = { 'content-length': '13' }
    expect(await told(await client.post(server.url, { headers, body: generated() }))).toMatchObject({
      body: whole,
      headers,
    })
    for (const length of ['12', '14']) {
      const call = (): Promise<HttpResponse> =>
        client.post(server.url, { headers: { 'content-length': length }, body: generated() })
      expect(await refusedBy(call)).toMatchObject({ code: 'ERR_HTTP_REQUEST_BODY' })
    }
  })

  it('of 32 MiB arrives as it was, from a file and from memory', async () => {
    await using sums = await serve((request, response) => {
      void bodyOf(request).then((body) => response.end(`${body.length} ${body.every((byte, at) => byte === at % 251)}`))
    })
    const bytes = Buffer.alloc(32 * 1024 * 1024)
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = at % 251
    const path = join(folder, 'large')
    await writeFile(path, bytes)
    expect(await (await client.post(sums.url, { body: bytes })).text()).toBe(`${bytes.length} true`)
    expect(await (await client.post(sums.url, { body: createReadStream(path) })).text()).toBe(`${bytes.length} true`)
  })

  it('is not read ahead of a server that does not take it', async () => {
    await using slow = await raw((socket) => void socket.pause())
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1
        await sleep(0)
        yield new Uint8Array(1024 * 1024)
      }
    }
    const controller = new AbortController()
    const pending = client.post(slow.url, { body: endless(), signal: controller.signal })
    let before = -1
    while (given !== before) {
      before = given
      await sleep(150)
    }
    // What the kernel's buffers take, and no more.
    expect(given).toBeLessThan(64)
    controller.abort('enough')
    await expect(pending).rejects.toBe('enough')
  })

  it('whose source fails fails the request, with the source’s own error as the cause', async () => {
    const cause = new RangeError('no more')
    async function* failing(): AsyncGenerator<string> {
      yield 'some'
      await sleep(1)
      throw cause
    }
    const error = await refusedBy(() => client.post(server.url, { body: failing() }))
    expect(error).toMatchObject({ code: 'ERR_HTTP_REQUEST_BODY', operation: 'http.HttpClient.post' })
    expect(error.cause).toBe(cause)
  })

  it('of pieces that are none fails the request', async () => {
    const error = await refusedBy(() => client.post(server.url, { body: [5] as never }))
    expect(error).toMatchObject({ code: 'ERR_HTTP_REQUEST_BODY', cause: { code: 'ERR_INVALID_ARG_TYPE' } })
  })

  it('is left by the client when the server has answered without it', async () => {
    let returned = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          await sleep(1)
          yield new Uint8Array(1000)
        }
      } finally {
        returned = true
      }
    }
    await using early = await raw((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno'))
      socket.resume()
    })
    const response = await client.post(early.url, { body: endless() })
    expect([response.status, await response.text()]).toEqual([403, 'no'])
    await until(() => returned)
    await until(() => early.sockets.size === 0)
  })
})

describe('a multipart body', () => {
  it('has fields, bytes, blobs and files, in order, with its length', async () => {
    const path = join(folder, 'part.txt')
    await writeFile(path, 'of a file')
    const multipart: [
      string,
      string | Uint8Array | Blob | { path: string; type?: string } | { bytes: Uint8Array; filename: string },
    ][] = [
      ['text', 'grün'],
      ['bytes', Uint8Array.of(1, 2)],
      ['blob', new Blob(['of a blob'], { type: 'text/x-b' })],
      ['file', { path, type: 'text/x-f' }],
      ['named', { bytes: Uint8Array.of(3), filename: 'n.bin' }],
      ['text', 'again'],
    ]
    await using parser = await serve((request, response) => {
      void bodyOf(request).then(async (body) => {
        const parsed = new Response(body, {
          headers: { 'content-type': request.headers['content-type'] ?? '' },
        })
        // Right for a body of the test's own.
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        const form = await parsed.formData()
        const fields: unknown[] = []
        for (const [name, value] of form) {
          fields.push(
            typeof value === 'string'
              ? [name, value]
              : [name, value.name, value.type, Buffer.from(await value.arrayBuffer()).toString('latin1')],
          )
        }
        response.end(JSON.stringify([request.headers['content-length'] === String(body.length), fields]))
      })
    })
    expect(await (await client.post(parser.url, { multipart })).json()).toEqual([
      true,
      [
        ['text', 'grün'],
        ['bytes', 'blob', 'application/octet-stream', '\x01\x02'],
        ['blob', 'blob', 'text/x-b', 'of a blob'],
        ['file', 'part.txt', 'text/x-f', 'of a file'],
        ['named', 'n.bin', 'application/octet-stream', '\x03'],
        ['text', 'again'],
      ],
    ])
  })

  it('cannot be broken out of by a name', async () => {
    const { body } = await told(
      await client.post(server.url, { multipart: { 'a"\r\nx: y': { bytes: new Uint8Array(), filename: 'f"\r\n' } } }),
    )
    expect(body).toContain('name="a%22%0D%0Ax: y"; filename="f%22%0D%0A"')
    const call = (): Promise<HttpResponse> =>
      client.post(server.url, { multipart: { a: { bytes: new Uint8Array(), type: 'a\r\nb: c' } } })
    expect(await refusedBy(call)).toMatchObject({ code: 'ERR_HTTP_INVALID_HEADER' })
  })

  it('of a file that is not there, or is a folder, is an error with the path', async () => {
    for (const [path, errno] of [
      [join(folder, 'missing'), 'ENOENT'],
      [folder, 'EISDIR'],
    ] as const) {
      const error = await refusedBy(() => client.upload(server.url, path))
      expect(error).toMatchObject({ code: 'ERR_HTTP_FILE', details: { path, errno } })
    }
  })
})
