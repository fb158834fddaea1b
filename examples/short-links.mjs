// node examples/short-links.mjs [links.db] [port]
//
// A service that shortens links and counts who follows them. Its links are in SQLite, or in PostgreSQL when the first argument is an
// address of one; both are asked in the same words.
//
//   curl -d '{"target":"https://example.org/a/long/way"}' localhost:8080/links
//   curl -i localhost:8080/<code>
import { isFerruleError } from 'ferrule'
import { HttpServer, json, redirect } from 'ferrule/http'
import { connect } from 'ferrule/sql'
import { randomBytes } from 'node:crypto'

const db = await connect(process.argv[2] ?? 'links.db')
await db.script(`
  create table if not exists links (
    code text primary key,
    target text not null unique,
    followed bigint not null default 0
  )
`)

/** The code of a target: the one it has, or a new one. */
async function shorten(target, options) {
  return db.transaction(async (tx) => {
    const known = await tx.oneOrNull('select code from links where target = ?', [target])
    if (known !== null) return { ...known, isNew: false }
    const code = randomBytes(6).toString('base64url')
    await tx.execute('insert into links (code, target) values (?, ?)', [code, target])
    return { code, isNew: true }
  }, options)
}

const server = new HttpServer({
  port: Number(process.argv[3] ?? 8080),
  limits: { maxBodyBytes: 10_000 },
})

server
  .post('/links', async (request) => {
    const { target } = await request.json()
    if (typeof target !== 'string' || !URL.canParse(target)) {
      return json({ error: 'target must be a URL' }, { status: 422 })
    }
    // The client's own signal: who hangs up takes the query along.
    const { code, isNew } = await shorten(target, { signal: request.signal, timeoutMs: 2000 })
    return json({ code, target }, { status: isNew ? 201 : 200, headers: { location: `/${code}` } })
  })
  .get('/links', async ({ signal }) =>
    json(
      await db.query('select code, target, followed from links order by followed desc, code limit 100', [], { signal }),
    ),
  )
  .get('/:code', async ({ params, signal }) => {
    const { changes } = await db.execute('update links set followed = followed + 1 where code = ?', [params.code], {
      signal,
    })
    if (changes === 0) return json({ error: 'no such link' }, { status: 404 })
    const { target } = await db.one('select target from links where code = ?', [params.code], { signal })
    return redirect(target)
  })
server.onError(({ error, request }) => {
  const retryable = isFerruleError(error) && error.details.retryable === true
  console.error(`${request.method} ${request.path}:`, retryable ? `${error.message} (try again)` : error)
})

const { url } = await server.start()
console.log(`listening at ${url}`)
process.once('SIGTERM', async () => {
  await server.stop({ drainMs: 2000 })
  await db.close()
})
