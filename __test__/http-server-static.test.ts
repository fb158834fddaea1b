import { HttpServer, text } from 'ferrule/http'
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchange, statuses } from './http-server/raw.js'

const root = mkdtempSync(join(tmpdir(), 'ferrule-static-'))
const folder = join(root, 'public')
const large = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251))
let server: HttpServer
let url: string
let port: number

beforeAll(async () => {
  mkdirSync(join(folder, 'sub', '.hidden'), { recursive: true })
  writeFileSync(join(root, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'a.txt'), '0123456789')
  writeFileSync(join(folder, 'name with ü.html'), '<p>')
  writeFileSync(join(folder, 'empty'), '')
  writeFileSync(join(folder, 'large.bin'), large)
  writeFileSync(join(folder, 'sub', 'index.html'), 'index')
  writeFileSync(join(folder, '.env'), 'secret')
  writeFileSync(join(folder, 'sub', '.hidden', 'x'), 'secret')
  utimesSync(join(folder, 'a.txt'), new Date('2026-01-02T03:04:05Z'), new Date('2026-01-02T03:04:05Z'))
  symlinkSync(join(root, 'secret.txt'), join(folder, 'out.txt'))
  symlinkSync(root, join(folder, 'up'))
  symlinkSync(join(folder, '.env'), join(folder, 'env.txt'))
  symlinkSync('a.txt', join(folder, 'in.txt'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  server = new HttpServer()
    .static('/files', folder)
    .static('/files/dots', folder, { dotfiles: true, index: null, maxAgeSeconds: 60, immutable: true })
    .get('/files/route', () => text('route'))
  ;({ url, port } = await server.start())
})
afterAll(async () => {
  await server.stop()
  rmSync(root, { recursive: true })
})

describe('a folder', () => {
  it('gives a file with all that is known of it', async () => {
    const response = await fetch(`${url}/files/a.txt`)
    expect(await response.text()).toBe('0123456789')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': '10',
      'content-type': 'text/plain; charset=utf-8',
      etag: expect.stringMatching(/^"a-[0-9a-f]+"$/) as string,
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'x-content-type-options': 'nosniff',
    })
  })

  it('gives files of every size and name, and those that links inside of it lead to', async () => {
    expect(Buffer.from(await (await fetch(`${url}/files/large.bin`)).arrayBuffer()).equals(large)).toBe(true)
    expect(await (await fetch(`${url}/files/empty`)).text()).toBe('')
    expect(await (await fetch(`${url}/files/name with ü.html`)).text()).toBe('<p>')
    expect(await (await fetch(`${url}/files/in.txt`)).text()).toBe('0123456789')
  })

  it('answers HEAD with the same headers', async () => {
    const { headers } = await fetch(`${url}/files/large.bin`, { method: 'HEAD' })
    expect([headers.get('content-length'), headers.get('content-type')]).toEqual(['300000', 'application/octet-stream'])
  })

  it('has an index for folders, below a slash', async () => {
    const moved = await fetch(`${url}/files/sub`, { redirect: 'manual' })
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/files/sub/'])
    expect(await (await fetch(`${url}/files/sub/`)).text()).toBe('index')
    expect((await fetch(`${url}/files/`)).status).toBe(404)
    expect((await fetch(`${url}/files/a.txt/`)).status).toBe(404)
    expect((await fetch(`${url}/files/dots/sub/`)).status).toBe(404)
  })

  it('stands behind routes, and before shorter prefixes; other methods are refused', async () => {
    expect(await (await fetch(`${url}/files/route`)).text()).toBe('route')
    const cached = await fetch(`${url}/files/dots/.env`)
    expect([await cached.text(), cached.headers.get('cache-control')]).toEqual([
      'secret',
      'public, max-age=60, immutable',
    ])
    const refused = await fetch(`${url}/files/a.txt`, { method: 'PUT', body: 'x' })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect((await fetch(`${url}/filesystem`)).status).toBe(404)
  })

  it('that is none keeps the server from starting', async () => {
    for (const missing of [join(root, 'missing'), join(folder, 'a.txt')]) {
      const error = await new HttpServer()
        .static('/', missing)
        .start()
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'ERR_HTTP_SERVER_CONFIG', operation: 'http.HttpServer.start' })
    }
  })
})

describe('conditions', () => {
  const asked = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${url}/files/a.txt`, { headers })).status

  it('by tag and by date', async () => {
    const etag = (await fetch(`${url}/files/a.txt`)).headers.get('etag') as string
    const date = 'Fri, 02 Jan 2026 03:04:05 GMT'
    const earlier = 'Fri, 02 Jan 2026 03:04:04 GMT'
    expect(await asked({ 'if-none-match': etag })).toBe(304)
    expect(await asked({ 'if-none-match': `"x", W/${etag}` })).toBe(304)
    expect(await asked({ 'if-none-match': '*' })).toBe(304)
    expect(await asked({ 'if-none-match': '"x"', 'if-modified-since': date })).toBe(200)
    expect(await asked({ 'if-modified-since': date })).toBe(304)
    expect(await asked({ 'if-modified-since': earlier })).toBe(200)
    expect(await asked({ 'if-match': '"x"' })).toBe(412)
    expect(await asked({ 'if-match': etag })).toBe(200)
    expect(await asked({ 'if-unmodified-since': earlier })).toBe(412)
  })

  it('on ranges: If-Range', async () => {
    const etag = (await fetch(`${url}/files/a.txt`)).headers.get('etag') as string
    const range = { range: 'bytes=0-1' }
    expect(await asked({ ...range, 'if-range': etag })).toBe(206)
    expect(await asked({ ...range, 'if-range': '"x"' })).toBe(200)
    expect(await asked({ ...range, 'if-range': `W/${etag}` })).toBe(200)
    expect(await asked({ ...range, 'if-range': 'Fri, 02 Jan 2026 03:04:05 GMT' })).toBe(206)
    expect(await asked({ ...range, 'if-range': 'Wed, 01 Jan 2025 00:00:00 GMT' })).toBe(200)
  })
})

describe('ranges', () => {
  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-100', '56789', 'bytes 5-9/10'],
  ])('%s', async (range, body, contentRange) => {
    const response = await fetch(`${url}/files/a.txt`, { headers: { range } })
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
      206,
      body,
      contentRange,
    ])
  })

  it('several come as parts', async () => {
    const response = await fetch(`${url}/files/a.txt`, { headers: { range: 'bytes=0-1,-1' } })
    const boundary = /^multipart\/byteranges; boundary=(\w+)$/.exec(response.headers.get('content-type') ?? '')?.[1]
    const body = await response.text()
    expect(response.headers.get('content-length')).toBe(String(body.length))
    const part = (range: string, bytes: string): string =>
      `\r\n--${boundary}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-range: bytes ${range}/10\r\n\r\n${bytes}`
    expect(body).toBe(`${part('0-1', '01')}${part('9-9', '9')}\r\n--${boundary}--\r\n`)
  })

  it('that the file does not have are refused, those that are none ignored', async () => {
    const beyond = await fetch(`${url}/files/a.txt`, { headers: { range: 'bytes=10-' } })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10'])
    for (const range of ['bytes=4-2', 'bytes=x', 'lines=1-2', `bytes=${'0-,'.repeat(50)}0-`]) {
      expect((await fetch(`${url}/files/a.txt`, { headers: { range } })).status).toBe(200)
    }
  })

  it('of a large file', async () => {
    const response = await fetch(`${url}/files/large.bin`, { headers: { range: 'bytes=100000-299998' } })
    expect(Buffer.from(await response.arrayBuffer()).equals(large.subarray(100_000, 299_999))).toBe(true)
  })
})

describe('no path leads out of a folder', () => {
  it.each([
    '/files/../secret.txt',
    '/files/sub/../../secret.txt',
    '/files/%2e%2e/secret.txt',
    '/files/%2E%2E%2Fsecret.txt',
    '/files/..%2fsecret.txt',
    '/files/.%2e/secret.txt',
    '/files/..%5csecret.txt',
    '/files/..\\secret.txt',
    '/files/%5c..%5csecret.txt',
    '/files/%252e%252e/secret.txt',
    '/files/..%00/secret.txt',
    '/files/a.txt%00.html',
    '/files/%00',
    '/files//etc/passwd',
    '/files/%2fetc/passwd',
    '/files//../secret.txt',
    '/files/./a.txt',
    '/files/...//secret.txt',
    '/files/%c0%ae%c0%ae/secret.txt',
    '/files/%uff0e%uff0e/secret.txt',
    '/files/out.txt',
    '/files/up/secret.txt',
    '/files/up/public/a.txt/../../secret.txt',
    '/files/.env',
    '/files/%2eenv',
    '/files/env.txt',
    '/files/sub/.hidden/x',
    '/files/pipe',
    '/files/C:/secret.txt',
    '/files',
  ])('%s', async (path) => {
    const answer = await exchange(port, `GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`)
    expect(statuses(answer)[0]).toBeGreaterThanOrEqual(400)
    expect(answer).not.toContain('secret')
    expect(statSync(join(root, 'secret.txt')).size).toBe(6)
  })
})
