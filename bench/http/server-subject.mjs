/**
 * One server in a process of its own: `node server-subject.mjs <contender>` prints its port and serves until its input ends.
 * Each answers in the way its documentation shows.
 */
import { createServer } from 'node:http'
import { requireRival } from './install-peers.mjs'

const message = () => ({ hello: 'world', at: 1, list: [1, 2, 3] })

const SUBJECTS = {
  node() {
    const send = (response, value) => {
      const body = JSON.stringify(value)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    }
    const server = createServer((request, response) => {
      const { url } = request
      if (url === '/json') send(response, message())
      else if (url === '/async') void Promise.resolve().then(() => send(response, message()))
      else {
        const { pathname, searchParams } = new URL(url, 'http://host')
        const id = decodeURIComponent(pathname.slice('/users/'.length))
        send(response, { id, full: searchParams.get('full'), host: request.headers.host })
      }
    })
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
  },

  async fastify() {
    const server = requireRival('fastify')()
    server.get('/json', (_request, reply) => {
      reply.send(message())
    })
    server.get('/async', async () => message())
    server.get('/users/:id', (request, reply) => {
      reply.send({ id: request.params.id, full: request.query.full, host: request.headers.host })
    })
    await server.listen({ port: 0, host: '127.0.0.1' })
    return server.server.address().port
  },

  async ferrule() {
    const { HttpServer, json } = await import('ferrule/http')
    const server = new HttpServer()
      .get('/json', () => json(message()))
      .get('/async', async () => json(message()))
      .get('/users/:id', ({ params, query, headers }) =>
        json({ id: params.id, full: query.get('full'), host: headers.get('host') }),
      )
    return (await server.start()).port
  },
}

console.log(await SUBJECTS[process.argv[2]]())
process.stdin.on('end', () => process.exit(0)).resume()
