// What the earlier system's server could do, and what its users met: each behaviour, against a real server.
import { HttpError, HttpServer, json, text } from 'ferrule/http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { exchange, statuses } from './http-server/raw.js'

let server = new HttpServer()
afterEach(() => server.stop({ drainMs: 0 }))

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  taken.close()
  await once(taken, 'close')
  return port
}

describe('the server of the earlier system', () => {
  it('server_create: keeps its port, and is valid before it starts', async () => {
    const port = await freePort()
    server = new HttpServer({ port })
    expect(server.address).toBe(null)
    expect((await server.start()).port).toBe(port)
  })

  it('server_route: a handler is a function, not the name of one, and starting does not forget it', async () => {
    server = new HttpServer()
    expect(() => server.route('GET', '/', 'handler' as never)).toThrow(HttpError)
    server.route('GET', '/', () => text('routed'))
    expect(await (await fetch((await server.start()).url)).text()).toBe('routed')
  })

  it('server_static: serves a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferrule-earlier-'))
    writeFileSync(join(folder, 'a.txt'), 'file')
    server = new HttpServer().static('/s', folder)
    const { url } = await server.start()
    expect(await (await fetch(`${url}/s/a.txt`)).text()).toBe('file')
    rmSync(folder, { recursive: true })
  })

  it('server_start: does not block', async () => {
    server = new HttpServer()
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    await server.start()
    await expect.poll(() => turns).toBeGreaterThan(1)
    clearInterval(timer)
  })

  it('server_stop and server_destroy: are fine on what never ran, and twice', async () => {
    server = new HttpServer()
    expect(await server.stop()).toEqual({ aborted: 0 })
    server.dispose()
    server.dispose()
    expect(server.stopSync()).toEqual({ aborted: 0 })
  })

  it('request_method, _path, _header, _query and _body: a handler reads every part', async () => {
    server = new HttpServer().post('/a', async (request) =>
      json([
        request.method,
        request.path,
        request.headers.get('X-Key'),
        request.query.get('q'),
        await request.text(),
        // What is not there is told from what is empty.
        request.headers.get('x-none'),
        request.query.get('none'),
      ]),
    )
    const { url } = await server.start()
    const response = await fetch(`${url}/a?q=1`, { method: 'POST', body: 'body', headers: { 'x-key': 'value' } })
    expect(await response.json()).toEqual(['POST', '/a', 'value', '1', 'body', null, null])
  })

  it('response_create, _set_header and _json: a response has status, headers and JSON', async () => {
    server = new HttpServer().get('/', () => json({ a: 1 }, { status: 418, headers: { 'x-a': 'b' } }))
    const response = await fetch((await server.start()).url)
    expect([response.status, response.headers.get('x-a'), await response.json()]).toEqual([418, 'b', { a: 1 }])
  })

  it('binds to loopback unless told otherwise', async () => {
    server = new HttpServer()
    expect((await server.start()).host).toBe('127.0.0.1')
  })

  it('answers every method of its enum', async () => {
    server = new HttpServer().all('/', ({ method }) => text(method))
    const { port } = await server.start()
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']) {
      const answer = await exchange(port, `${method} / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`)
      expect(statuses(answer)).toEqual([200])
      expect(answer.endsWith(method === 'HEAD' ? '\r\n\r\n' : method)).toBe(true)
    }
  })
})
