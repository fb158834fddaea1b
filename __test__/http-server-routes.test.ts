import { HttpError, HttpServer, json, text } from 'ferrule/http'
import { afterEach, describe, expect, it } from 'vitest'

let server: HttpServer
afterEach(() => server.stop({ drainMs: 0 }))

async function started(register: (server: HttpServer) => void): Promise<string> {
  server = new HttpServer()
  register(server)
  return (await server.start()).url
}

const said = async (url: string, init?: RequestInit): Promise<string> => (await fetch(url, init)).text()

describe('routes', () => {
  it('go from fixed segments over parameters to wildcards, whatever was registered first', async () => {
    const url = await started((routes) =>
      routes
        .get('/files/*path', ({ params }) => text(`wildcard ${params.path}`))
        .get('/files/:name', ({ params }) => text(`parameter ${params.name}`))
        .get('/files/readme', () => text('fixed'))
        .get('/files/:name/meta', ({ params }) => text(`meta of ${params.name}`)),
    )
    expect(await said(`${url}/files/readme`)).toBe('fixed')
    expect(await said(`${url}/files/other`)).toBe('parameter other')
    expect(await said(`${url}/files/readme/meta`)).toBe('meta of readme')
    expect(await said(`${url}/files/a/b/c`)).toBe('wildcard a/b/c')
  })

  it('have a shorthand per method, and one for the rest', async () => {
    const url = await started((routes) =>
      routes
        .get('/', () => text('get'))
        .post('/', () => text('post'))
        .put('/', () => text('put'))
        .patch('/', () => text('patch'))
        .delete('/', () => text('delete'))
        .route('REPORT', '/', ({ method }) => text(method))
        .all('/', ({ method }) => text(`any ${method}`)),
    )
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      expect(await said(url, { method: method.toUpperCase() })).toBe(method)
    }
    expect(await said(url, { method: 'REPORT' })).toBe('REPORT')
    expect(await said(url, { method: 'OPTIONS' })).toBe('any OPTIONS')
    expect(await said(url, { method: 'PURGE' })).toBe('any PURGE')
  })

  it('answer 404 where there is none, and 405 with Allow where there is one of another method', async () => {
    const url = await started((routes) => routes.get('/a', () => text('a')).post('/a', () => text('a')))
    expect((await fetch(`${url}/b`)).status).toBe(404)
    const refused = await fetch(`${url}/a`, { method: 'DELETE' })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS, POST'])
    const asked = await fetch(`${url}/a`, { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('allow'), await asked.text()]).toEqual([
      204,
      'GET, HEAD, OPTIONS, POST',
      '',
    ])
  })

  it('answer HEAD from GET, with its headers and no body', async () => {
    const url = await started((routes) => routes.get('/a', () => json({ long: 'x'.repeat(100) })))
    const { status, headers, ...head } = await fetch(`${url}/a`, { method: 'HEAD' })
    expect([status, headers.get('content-length'), headers.get('content-type')]).toEqual([
      200,
      '111',
      'application/json',
    ])
    expect(head.body ?? null).toBe(null)
  })

  it('unescape parameters; a broken escape is the client’s fault', async () => {
    const url = await started((routes) => routes.get('/u/:name', ({ params }) => json(params)))
    expect(await said(`${url}/u/caf%C3%A9%2F%20x`)).toBe('{"name":"café/ x"}')
    expect((await fetch(`${url}/u/%ff`)).status).toBe(400)
  })

  it('may have letters that a path escapes', async () => {
    const url = await started((routes) => routes.get('/café/ab', () => text('here')).get('/{x}', () => text('braces')))
    expect(await said(`${url}/café/ab`)).toBe('here')
    expect(await said(`${url}/%7Bx%7D`)).toBe('braces')
  })

  it('that are the same refuse to start', async () => {
    server = new HttpServer().get('/a/:id', () => text('')).get('/a/:name', () => text(''))
    await expect(server.start()).rejects.toMatchObject({
      code: 'ERR_HTTP_SERVER_CONFIG',
      operation: 'http.HttpServer.start',
    })
  })

  it.each([
    ['no slash', 'a'],
    ['a wildcard before the end', '/*a/b'],
    ['a name twice', '/:a/:a'],
    ['a parameter without a name', '/:'],
    ['a query', '/a?b'],
  ])('are refused with %s', (_, path) => {
    server = new HttpServer()
    expect(() => server.get(path, () => text(''))).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
  })

  it('are refused without a handler, with no method, and once started', async () => {
    server = new HttpServer()
    expect(() => server.get('/', 'text' as never)).toThrow(HttpError)
    expect(() => server.route('A B', '/', () => text(''))).toThrow(HttpError)
    await server.start()
    expect(() => server.get('/', () => text(''))).toThrow(expect.objectContaining({ code: 'ERR_STATE' }))
    expect(() => server.static('/', '.')).toThrow(expect.objectContaining({ code: 'ERR_STATE' }))
  })
})
