// node examples/live-board.mjs [port]
//
// A small service: a board of notes over JSON, and its changes as an event stream.
//   curl -N localhost:8080/events &
//   curl -d '{"text":"hello"}' localhost:8080/notes
// With `--check` it asks itself, prints what it was told, and ends.
import { HttpServer, json, sse } from 'ferrule/http'

const isCheck = process.argv.includes('--check')
const notes = new Map()
const listeners = new Set()
let last = 0

const publish = (event, note) => {
  last += 1
  for (const listener of listeners) listener({ id: String(last), event, data: note })
}

const server = new HttpServer({ port: isCheck ? 0 : Number(process.argv[2] ?? 8080), limits: { maxBodyBytes: 10_000 } })

server
  .get('/notes', () => json([...notes.values()]))
  .get('/notes/:id', ({ params }) => {
    const note = notes.get(params.id)
    return note === undefined ? json({ error: 'no such note' }, { status: 404 }) : json(note)
  })
  .post('/notes', async (request) => {
    const { text } = await request.json()
    if (typeof text !== 'string') return json({ error: 'text must be a string' }, { status: 422 })
    const note = { id: String(notes.size + 1), text }
    notes.set(note.id, note)
    publish('added', note)
    return json(note, { status: 201, headers: { location: `/notes/${note.id}` } })
  })
  .get('/events', () =>
    sse(async (send, signal) => {
      const waiting = []
      let wake
      const listener = (event) => {
        waiting.push(event)
        wake?.()
      }
      listeners.add(listener)
      signal.addEventListener('abort', () => wake?.())
      try {
        while (!signal.aborted) {
          if (waiting.length === 0) await new Promise((resolve) => (wake = resolve))
          for (const event of waiting.splice(0)) await send(event)
        }
      } finally {
        listeners.delete(listener)
      }
    }),
  )
server.onError(({ error, request }) => console.error(`${request.method} ${request.url}:`, error))

const { url } = await server.start()
console.log(isCheck ? 'listening' : `listening at ${url}`)

if (isCheck) {
  const events = (await fetch(`${url}/events`)).body.pipeThrough(new TextDecoderStream()).getReader()
  const added = await fetch(`${url}/notes`, { method: 'POST', body: '{"text":"hello"}' })
  console.log(added.status, added.headers.get('location'), await added.json())
  console.log((await events.read()).value.trim().split('\n').join(' | '))
  await events.cancel()
  console.log(await (await fetch(`${url}/notes`)).json(), (await fetch(`${url}/notes/9`)).status)
  console.log(await server.stop())
} else {
  process.once('SIGINT', () => void server.stop({ drainMs: 2000 }))
}
