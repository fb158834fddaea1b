// What the earlier system did, against a real server, and with what it left out.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as http from 'ferrule/http'
import { HttpClient, HttpMethod } from 'ferrule/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { echo, held, nothing, serve, type Echoed, type Running } from './http-client/servers.js'

let server: Running
let folder: string
beforeAll(async () => {
  server = await echo()
  folder = await mkdtemp(join(tmpdir(), 'ferrule-http-'))
})
afterAll(async () => {
  http.closeIdle()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
  expect(held()).toEqual(nothing)
})

const told = async (response: http.HttpResponse): Promise<Echoed> => (await response.json()) as Echoed

describe('one request', () => {
  it('get gives status, headers and body', async () => {
    const response = await http.get(`${server.url}/a?b=c`)
    expect([response.status, response.statusText, response.ok]).toEqual([200, 'OK', true])
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await told(response)).toMatchObject({ method: 'GET', url: '/a?b=c', body: '' })
  })

  it('get of a status that is no success is no error', async () => {
    await using failing = await serve((_, response) => void response.writeHead(404).end('gone'))
    const response = await http.get(failing.url)
    expect([response.status, response.ok, await response.text()]).toEqual([404, false, 'gone'])
  })

  it('post sends text, bytes and JSON', async () => {
    expect(await told(await http.post(server.url, { body: 'hällo' }))).toMatchObject({
      method: 'POST',
      body: Buffer.from('hällo').toString('latin1'),
      headers: { 'content-type': 'text/plain;charset=UTF-8', 'content-length': '6' },
    })
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    expect((await told(await http.post(server.url, { body: bytes }))).body).toBe(Buffer.from(bytes).toString('latin1'))
    const json = await told(await http.post(server.url, { json: { a: [1, null] } }))
    expect([json.headers['content-type'], json.body]).toEqual(['application/json', '{"a":[1,null]}'])
  })

  it('post without a body says that it has none', async () => {
    expect(await told(await http.post(server.url))).toMatchObject({ body: '', headers: { 'content-length': '0' } })
  })

  it('postForm sends a form', async () => {
    const sent = await told(await http.postForm(server.url, { name: 'Ada & Bob', tags: ['x', 'y'], none: null }))
    expect(sent.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8')
    expect(sent.body).toBe('name=Ada+%26+Bob&tags=x&tags=y')
  })

  it('put, patch and delete send their methods and bodies', async () => {
    expect(await told(await http.put(server.url, { json: 1 }))).toMatchObject({ method: 'PUT', body: '1' })
    expect(await told(await http.patch(server.url, { body: 'p' }))).toMatchObject({ method: 'PATCH', body: 'p' })
    expect(await told(await http.delete(server.url))).toMatchObject({ method: 'DELETE', body: '' })
  })

  it('head gives the headers and no body', async () => {
    const response = await http.head(`${server.url}/x`)
    expect(response.headers.has('content-length') || response.headers.has('content-type')).toBe(true)
    expect((await response.bytes()).length).toBe(0)
  })

  it.each([...Object.values(HttpMethod), 'PURGE', 'patch'])('request sends any method: %s', async (method) => {
    const response = await http.request(method, server.url, { headers: { 'x-own': 'yes' } })
    expect(response.status).toBe(200)
    if (method === 'HEAD') return
    expect(await told(response)).toMatchObject({ method: method.toUpperCase(), headers: { 'x-own': 'yes' } })
  })

  it('getJson and postJson give what the server said', async () => {
    expect(await http.getJson(server.url)).toMatchObject({ method: 'GET' })
    expect(await http.postJson(server.url, { n: 1 })).toMatchObject({ method: 'POST', body: '{"n":1}' })
  })

  it('getJson of an error status, or of what is no JSON, is an error', async () => {
    await using failing = await serve(
      (request, response) => void response.writeHead(request.url === '/503' ? 503 : 200).end('{'),
    )
    const status = await refusedBy(() => http.getJson(`${failing.url}/503`))
    expect(status).toMatchObject({
      name: 'HttpError',
      code: 'ERR_HTTP_STATUS',
      operation: 'http.HttpClient.getJson',
      details: {
        status: 503,
        statusText: 'Service Unavailable',
        method: 'GET',
        url: `${failing.url}/503`,
        retryable: true,
      },
    })
    const json = await refusedBy(() => http.getJson(failing.url))
    expect(json).toMatchObject({ code: 'ERR_HTTP_JSON', details: { status: 200 } })
    expect(json.cause).toBeInstanceOf(SyntaxError)
  })

  it('download writes the file and says how long it is', async () => {
    const path = join(folder, 'downloaded.json')
    const { bytes, response } = await http.download(`${server.url}/file`, path)
    const content = await readFile(path, 'utf8')
    expect([response.status, bytes]).toEqual([200, content.length])
    expect(JSON.parse(content)).toMatchObject({ url: '/file' })
  })

  it('upload sends a file as multipart', async () => {
    const path = join(folder, 'up "load".txt')
    await writeFile(path, 'the content')
    const { headers, body } = await told(await http.upload(server.url, path, 'field'))
    const [, boundary = ''] = /boundary=(.+)/.exec(headers['content-type'] ?? '') ?? []
    expect(body).toBe(
      `--${boundary}\r\ncontent-disposition: form-data; name="field"; filename="up %22load%22.txt"\r\n` +
        `content-type: application/octet-stream\r\n\r\nthe content\r\n--${boundary}--\r\n`,
    )
    expect(headers['content-length']).toBe(String(body.length))
  })

  it('a server that is not there is an error that says so, not a status', async () => {
    const gone = await echo()
    await gone[Symbol.asyncDispose]()
    const error = await refusedBy(() => http.get(gone.url))
    expect(error).toMatchObject({
      name: 'HttpError',
      code: 'ERR_HTTP_CONNECT',
      details: { reason: 'ECONNREFUSED', method: 'GET', url: `${gone.url}/`, retryable: true },
    })
  })
})

it('a host without an address is an error that names it', async () => {
  const error = await refusedBy(() => http.get('http://no-such-host.invalid/x', { timeouts: { connectMs: 20_000 } }))
  expect(error).toMatchObject({
    name: 'HttpError',
    code: 'ERR_HTTP_DNS',
    details: { host: 'no-such-host.invalid', method: 'GET' },
  })
})

describe('a client', () => {
  it('has default headers, which a request replaces', async () => {
    using client = new HttpClient({ headers: { 'x-a': '1', 'X-B': '2' }, userAgent: 'test/1' })
    const { headers } = await told(
      await client.get(server.url, {
        headers: [
          ['x-b', '3'],
          ['x-c', '4'],
          ['x-c', '5'],
        ],
      }),
    )
    expect(headers).toMatchObject({ 'x-a': '1', 'x-b': '3', 'x-c': '4, 5', 'user-agent': 'test/1' })
  })

  it('has an address that others are relative to', async () => {
    using client = new HttpClient({ baseUrl: `${server.url}/v1/` })
    expect(
      await told(await client.get('users?x=1', { query: { y: 2, z: ['a', 'b'], none: undefined } })),
    ).toMatchObject({
      url: '/v1/users?x=1&y=2&z=a&z=b',
    })
    expect(await told(await client.get('/root'))).toMatchObject({ url: '/root' })
  })

  it('has a time limit that holds', async () => {
    await using silent = await serve(() => undefined)
    using client = new HttpClient({ timeouts: { totalMs: 50 } })
    const error = await refusedBy(() => client.get(silent.url))
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', details: { phase: 'total', timeoutMs: 50 } })
  })

  it('refuses requests once it is disposed, and takes a second dispose', async () => {
    const client = new HttpClient()
    client.dispose()
    client.dispose()
    expect(await refusedBy(() => client.get(server.url))).toMatchObject({
      name: 'HttpError',
      code: 'ERR_HANDLE_CLOSED',
      operation: 'http.HttpClient.get',
    })
    expect(() => client.getSync(server.url)).toThrow(expect.objectContaining({ code: 'ERR_HANDLE_CLOSED' }) as Error)
  })

  it('sends credentials that were given for it', async () => {
    using client = new HttpClient()
    const basic = await told(await client.get(server.url, { auth: { username: 'ä', password: 'b:c' } }))
    expect(basic.headers['authorization']).toBe(`Basic ${Buffer.from('ä:b:c').toString('base64')}`)
    const bearer = await told(await client.get(server.url, { auth: { bearer: 'token' } }))
    expect(bearer.headers['authorization']).toBe('Bearer token')
  })
})
