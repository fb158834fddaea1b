// The server with clients that others wrote: curl, Node's fetch (undici), and undici's WebSocket. curl comes with every Debian:
// `apt-get install curl`.
import { diagnostics } from 'ferrule'
import { HttpServer, json, redirect, sse, text } from 'ferrule/http'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const run = promisify(execFile)
const pem = (name: string): string => readFileSync(join(import.meta.dirname, 'http-client/certificates', name), 'utf8')
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const large = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 31) % 251))
const folder = mkdtempSync(join(tmpdir(), 'ferrule-conformance-'))
const file = join(folder, 'large.bin')
writeFileSync(file, large)
writeFileSync(join(folder, 'page.html'), '<p>page')

const aborted: string[] = []
let reached = 0
let plain: HttpServer
let secure: HttpServer
let url: string
let secureUrl: string

function routed(server: HttpServer): HttpServer {
  server.get('/hello', () => text('hello'))
  server.get('/cookies', () => ({
    headers: [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ],
    body: 'two',
  }))
  server.get('/nothing', () => ({ status: 204 }))
  server.get('/away', () => redirect('/hello'))
  server.all('/echo', async (request) => {
    const body = await request.bytes()
    return json({ method: request.method, version: request.httpVersion, length: body.length, digest: digest(body) })
  })
  server.post('/form', async (request) => {
    const form = await request.formData()
    const sent = form.get('file') as unknown as { name: string; arrayBuffer: () => Promise<ArrayBuffer> }
    return json({ field: form.get('field'), name: sent.name, digest: digest(new Uint8Array(await sent.arrayBuffer())) })
  })
  server.post('/through', (request) => ({ body: request.body }))
  server.get('/events', () => sse([{ id: '1', event: 'tick', data: { a: 1 } }, 'two\nlines']))
  server.get('/endless', ({ signal }) => {
    signal.addEventListener('abort', () => aborted.push('endless'))
    return {
      body: (async function* () {
        for (;;) {
          yield Buffer.alloc(10_000)
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
      })(),
    }
  })
  server.get('/never', ({ signal }) => {
    reached++
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        aborted.push('never')
        // Its own reason: nobody waits for an answer.
        reject(signal.reason as Error)
      })
    })
  })
  server.websocket('/socket', async (socket) => {
    for await (const { data } of socket) await socket.send(data)
  })
  server.static('/files', folder)
  return server
}

beforeAll(async () => {
  plain = routed(new HttpServer({ http2: true }))
  secure = routed(new HttpServer({ http2: true, tls: { cert: pem('server.pem'), key: pem('server.key') } }))
  url = (await plain.start()).url
  secureUrl = (await secure.start()).url
})

afterAll(async () => {
  await Promise.all([plain.stop({ drainMs: 1000 }), secure.stop({ drainMs: 1000 })])
  rmSync(folder, { recursive: true })
  await vi.waitFor(() => expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0, handles: {} }))
})

async function curl(...args: string[]): Promise<string> {
  const { stdout } = await run('curl', ['--silent', '--show-error', '--max-time', '20', ...args], {
    encoding: 'latin1',
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout
}

/** What curl writes about a transfer. */
const told = (format: string): string[] => ['--output', '/dev/null', '--write-out', format]

const VERSIONS: readonly (readonly [name: string, args: string[], base: () => string, version: string])[] = [
  ['HTTP/1.0', ['--http1.0'], () => url, '1.0'],
  ['HTTP/1.1', ['--http1.1'], () => url, '1.1'],
  ['HTTP/2 with prior knowledge', ['--http2-prior-knowledge'], () => url, '2.0'],
  [
    'HTTP/1.1 over TLS',
    ['--http1.1', '--cacert', join(import.meta.dirname, 'http-client/certificates/root.pem')],
    () => secureUrl,
    '1.1',
  ],
  [
    'HTTP/2 over TLS',
    ['--http2', '--cacert', join(import.meta.dirname, 'http-client/certificates/root.pem')],
    () => secureUrl,
    '2.0',
  ],
]

describe.each(VERSIONS)('curl by %s', (_, args, base, version) => {
  it('gets a page, and its head alone', async () => {
    expect(await curl(...args, `${base()}/hello`)).toBe('hello')
    const head = await curl(...args, '--head', `${base()}/hello`)
    expect(head).toMatch(/^HTTP\/\S+ 200/)
    expect(head.toLowerCase()).toContain('content-length: 5')
  })

  it('gets every one of several headers', async () => {
    const answer = await curl(...args, '--include', `${base()}/cookies`)
    expect(answer.toLowerCase().match(/set-cookie: .=./g)).toEqual(['set-cookie: a=1', 'set-cookie: b=2'])
    expect(answer).toMatch(/two$/)
  })

  it('gets an answer without a body, and goes where it is sent', async () => {
    expect(await curl(...args, ...told('%{http_code} %{size_download}'), `${base()}/nothing`)).toBe('204 0')
    // With prior knowledge this curl cannot use a connection twice, whoever serves it (error 16, with node:http2 as well).
    const follows = args.includes('--http2-prior-knowledge') ? ['--no-keepalive', '--max-redirs', '0'] : ['--location']
    expect(await curl(...args, ...follows, `${base()}/away`)).toBe(follows.length === 1 ? 'hello' : '')
  })

  it('is told what is not there', async () => {
    expect(await curl(...args, ...told('%{http_code}'), `${base()}/elsewhere`)).toBe('404')
    expect(await curl(...args, ...told('%{http_code}'), '--request', 'DELETE', `${base()}/hello`)).toBe('405')
    const socket = await curl(...args, ...told('%{http_code}'), `${base()}/socket`)
    expect(socket, 'a route of web sockets').toBe('426')
  })

  it.each([
    ['PUT', ['--upload-file', file]],
    ['POST', ['--data-binary', `@${file}`]],
    ['PATCH', ['--request', 'PATCH', '--data-binary', `@${file}`]],
  ])('sends a file by %s', async (method, sending) => {
    const answer = JSON.parse(await curl(...args, ...sending, `${base()}/echo`)) as unknown
    expect(answer).toEqual({ method, version, length: large.length, digest: digest(large) })
  })

  it('sends a form with a file', async () => {
    const said = await curl(...args, '--form', 'field=é & more', '--form', `file=@${file}`, `${base()}/form`)
    const answer = JSON.parse(Buffer.from(said, 'latin1').toString()) as unknown
    expect(answer).toEqual({ field: 'é & more', name: 'large.bin', digest: digest(large) })
  })

  it('gets back what streams through', async () => {
    const answer = await curl(...args, '--data-binary', `@${file}`, `${base()}/through`)
    expect(digest(Buffer.from(answer, 'latin1'))).toBe(digest(large))
  })

  it('gets ranges of a file, and goes on with a part of one', async () => {
    expect(await curl(...args, '--range', '0-4', `${base()}/files/page.html`)).toBe('<p>pa')
    const part = join(folder, `part-${version}-${base().startsWith('https') ? 's' : ''}`)
    writeFileSync(part, large.subarray(0, 1_000_001))
    await curl(...args, '--continue-at', '-', '--output', part, `${base()}/files/large.bin`)
    expect(digest(readFileSync(part))).toBe(digest(large))
    rmSync(part)
  })

  it('is told that a file has not changed', async () => {
    const tag = join(folder, 'tag')
    await curl(...args, '--etag-save', tag, '--output', '/dev/null', `${base()}/files/page.html`)
    const again = ['--etag-compare', tag, ...told('%{http_code} %{size_download}')]
    expect(await curl(...args, ...again, `${base()}/files/page.html`)).toBe('304 0')
  })

  it('is not led out of a folder', async () => {
    for (const path of ['/files/../package.json', '/files/%2e%2e/etc/passwd', '/files/..%2f..%2fetc%2fpasswd']) {
      const status = await curl(...args, '--path-as-is', ...told('%{http_code}'), `${base()}${path}`)
      expect(['400', '403', '404']).toContain(status)
    }
  })

  it('gets events', async () => {
    const events = await curl(...args, '--no-buffer', `${base()}/events`)
    expect(events).toBe('id: 1\nevent: tick\ndata: {"a":1}\n\ndata: two\ndata: lines\n\n')
  })

  it('that goes away aborts the handler', async () => {
    aborted.length = 0
    await expect(curl(...args, '--max-time', '1.5', `${base()}/never`)).rejects.toMatchObject({ code: 28 })
    await expect.poll(() => aborted).toEqual(['never'])
  })
})

describe('curl', () => {
  it('uses one connection for several requests', async () => {
    const urls = [1, 2, 3].flatMap(() => ['--output', '/dev/null', `${url}/hello`])
    expect(await curl('--write-out', '%{num_connects} ', ...urls)).toBe('1 0 0 ')
  })

  it('waits for 100 Continue before it sends a body', async () => {
    const { stderr } = await run('curl', [
      ...['--silent', '--verbose', '--max-time', '20', '--header', 'Expect: 100-continue'],
      ...['--expect100-timeout', '15', '--data-binary', `@${file}`, '--output', '/dev/null', `${url}/echo`],
    ])
    expect(stderr).toContain('HTTP/1.1 100 Continue')
    expect(stderr).toContain('HTTP/1.1 200 OK')
  })

  it('sends a body of unknown length in chunks', async () => {
    const sending = ['--header', 'Transfer-Encoding: chunked', '--data-binary', `@${file}`]
    expect(JSON.parse(await curl(...sending, `${url}/echo`))).toMatchObject({ length: large.length })
  })

  it('has many requests answered at the same time over one connection', async () => {
    const certificate = ['--cacert', join(import.meta.dirname, 'http-client/certificates/root.pem')]
    const many = Array.from({ length: 40 }, () => ['--output', '/dev/null', `${secureUrl}/files/large.bin`]).flat()
    const sizes = await curl('--http2', ...certificate, '--parallel', '--write-out', '%{size_download} ', ...many)
    expect(sizes.trim().split(' ')).toEqual(Array.from({ length: 40 }, () => String(large.length)))
  })

  it('upgrades to HTTP/2 only where it is told to, and is answered without', async () => {
    expect(await curl('--http2', `${url}/hello`)).toBe('hello')
  })
})

describe('fetch', () => {
  it('streams a body up and down', async () => {
    const pieces = Array.from({ length: 100 }, (_, index) => Buffer.alloc(20_000, index))
    const response = await fetch(`${url}/through`, {
      method: 'POST',
      body: ReadableStream.from(pieces),
      duplex: 'half',
    })
    expect(digest(new Uint8Array(await response.arrayBuffer()))).toBe(digest(Buffer.concat(pieces)))
  })

  it('has two hundred requests at once answered, each with its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const body = Buffer.alloc(index * 100, index)
        const response = await fetch(`${url}/echo`, { method: 'POST', body })
        return ((await response.json()) as { digest: string }).digest === digest(body)
      }),
    )
    expect(answers.every(Boolean)).toBe(true)
  })

  it('that is aborted aborts the handler, while it waits and while it reads', async () => {
    aborted.length = 0
    reached = 0
    const waiting = new AbortController()
    const never = fetch(`${url}/never`, { signal: waiting.signal })
    await expect.poll(() => reached).toBe(1)
    waiting.abort(new Error('enough'))
    await expect(never).rejects.toThrow('enough')
    await expect.poll(() => aborted).toEqual(['never'])
    const controller = new AbortController()
    const { body } = await fetch(`${url}/endless`, { signal: controller.signal })
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    controller.abort()
    await expect(reader.read()).rejects.toThrow('aborted')
    await expect.poll(() => aborted).toEqual(['never', 'endless'])
  })
})

describe('undici’s WebSocket', () => {
  it('opens, sends and receives texts and bytes, and closes with its code', async () => {
    const script = `
      const socket = new WebSocket(process.argv[1])
      socket.binaryType = 'arraybuffer'
      const seen = []
      socket.onopen = () => { socket.send('é😀'); socket.send(new Uint8Array([1, 2])); socket.send(''); socket.send('x'.repeat(100000)) }
      socket.onmessage = ({ data }) => {
        seen.push(typeof data === 'string' ? (data.length > 100 ? data.length : data) : [...new Uint8Array(data)])
        if (seen.length === 4) socket.close(4321, 'enough')
      }
      socket.onclose = ({ code, reason, wasClean }) => console.log(JSON.stringify([seen, socket.protocol, code, reason, wasClean]))
      socket.onerror = ({ message }) => console.log('error', message)
    `
    const { stdout } = await run(process.execPath, [
      ...['--experimental-websocket', '--no-warnings', '--eval', script],
      `${url.replace('http:', 'ws:')}/socket`,
    ])
    expect(stdout.trim()).toBe(JSON.stringify([['é😀', [1, 2], '', 100_000], '', 4321, 'enough', true]))
  })
})
