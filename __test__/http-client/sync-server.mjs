// A server in a process of its own: a Sync door keeps its thread, and a server on the same one could not answer.
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  const pieces = []
  request.on('data', (piece) => pieces.push(piece))
  request.on('end', () => {
    if (request.url === '/never') return
    if (request.url === '/404') response.statusCode = 404
    if (request.url === '/large') return response.end(Buffer.alloc(3_000_000, 'x'))
    response.end(JSON.stringify({ method: request.method, url: request.url, body: Buffer.concat(pieces).toString() }))
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
process.on('disconnect', () => process.exit())
