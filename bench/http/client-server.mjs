// The server of the client's rows, in a process of its own, as light as Node can have one: it answers each head it sees with
// bytes made beforehand, so that what is measured is the client.
import { createServer } from 'node:net'

const response = (type, body) =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nDate: Thu, 26 Nov 2026 06:00:00 GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=60\r\nContent-Length: ${body.length}\r\n\r\n`,
    ),
    body,
  ])
const items = Array.from({ length: 3 }, (_, id) => ({ id, name: `item ${id}`, price: id * 1.5, tags: ['new', 'blue'] }))
const small = response('application/json', Buffer.from(JSON.stringify({ total: 3, page: 1, items })))
const large = response('application/octet-stream', Buffer.alloc(1024 * 1024, 'x'))
const END = Buffer.from('\r\n\r\n')

const server = createServer({ noDelay: true }, (socket) => {
  let rest = null
  socket.on('data', (data) => {
    const bytes = rest === null ? data : Buffer.concat([rest, data])
    let at = 0
    for (;;) {
      const end = bytes.indexOf(END, at)
      if (end < 0) break
      // "GET /large": the fifth byte behind the method's space tells.
      socket.write(bytes[at + 5] === 0x6c ? large : small)
      at = end + 4
    }
    rest = at === bytes.length ? null : bytes.subarray(at)
  })
  socket.on('error', () => socket.destroy())
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
process.on('disconnect', () => process.exit())
