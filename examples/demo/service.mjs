/**
 * The second act of the demo: a small service out of three systems. `node examples/demo/service.mjs <package-lock.json>`
 *
 * Reads a lockfile (ferrule/fs), loads its packages into SQLite (ferrule/sql), serves them over HTTP as JSON and as a stream of
 * events (ferrule/http), asks itself 10,000 times, and compares every answer with the lockfile. Ends with exit code 1 when an
 * answer is wrong or something is left behind.
 */
import { diagnostics } from 'ferrule'
import { readText } from 'ferrule/fs'
import { HttpClient, HttpServer, json, sse } from 'ferrule/http'
import { connect } from 'ferrule/sql'
import { resolve } from 'node:path'

const REQUESTS = 10_000
const IN_FLIGHT = 64

const lockfile = resolve(process.argv[2] ?? 'package-lock.json')
const rows = []

/** Does a piece of work and notes how long it took. */
async function timed(title, count, work) {
  const started = performance.now()
  const result = await work()
  rows.push({ title, count: count ?? result.length, ms: performance.now() - started })
  return result
}

const packages = await timed('packages read from the lockfile', null, async () => {
  const { packages } = JSON.parse(await readText(lockfile))
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, dev }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      return { path, name, version: version ?? null, license: license ?? null, dev: dev === true }
    })
})
if (packages.length === 0) {
  console.error(`there is no package in ${lockfile}`)
  process.exit(1)
}

const database = await connect(':memory:')
await database.script(
  'create table packages (id integer primary key, path text unique, name text, version text, license text, dev integer)',
)
await timed('rows inserted, in one transaction', packages.length, () =>
  database.batch(
    'insert into packages (id, path, name, version, license, dev) values (?, ?, ?, ?, ?, ?)',
    packages.map(({ path, name, version, license, dev }, id) => [id, path, name, version, license, dev ? 1 : 0]),
  ),
)

const byId = await database.prepare('select path, name, version, license, dev from packages where id = ?')
const server = new HttpServer()
server.get('/packages/:id', async ({ params }) => {
  const found = await byId.oneOrNull([Number(params.id)])
  return found === null ? json({ error: 'there is no such package' }, { status: 404 }) : json(found)
})
server.get('/events', () =>
  sse(async (send, signal) => {
    for await (const row of database.stream('select id, name, version from packages order by id', [], { signal })) {
      await send({ id: String(row.id), event: 'package', data: row })
    }
  }),
)
const { url } = await server.start()
const client = new HttpClient({ baseUrl: url })

let wrong = 0
await timed(`requests for one package as JSON, ${IN_FLIGHT} in flight`, REQUESTS, async () => {
  let next = 0
  const ask = async () => {
    while (next < REQUESTS) {
      const id = next++ % packages.length
      const { path, name, version, license, dev } = await client.getJson(`/packages/${id}`)
      const expected = packages[id]
      const isRight = path === expected.path && name === expected.name && version === expected.version
      if (!isRight || license !== expected.license || dev !== Number(expected.dev)) wrong += 1
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask))
})

const events = await timed('packages told by a stream of events', null, async () => {
  const response = await client.get('/events')
  const text = await response.text()
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data))
})
if (events.length !== packages.length) wrong += 1
for (const [id, { name }] of events.entries()) if (name !== packages[id].name) wrong += 1

const [{ licenses }] = await database.query('select count(distinct license) as licenses from packages')
const missing = await client.get(`/packages/${packages.length}`)
if (missing.status !== 404) wrong += 1
missing.dispose()

client.dispose()
await server.stop({ drainMs: 1000 })
byId.dispose()
await database.close()

console.log(`${packages.length} packages of ${lockfile}, under ${licenses} licences, served at ${url}\n`)
console.log(`${'what'.padEnd(52)}${'how many'.padStart(10)}${'ms'.padStart(10)}${'per second'.padStart(12)}`)
for (const { title, count, ms } of rows) {
  const rate = Math.round((count / ms) * 1000).toLocaleString('en')
  console.log(
    `${title.padEnd(52)}${count.toLocaleString('en').padStart(10)}${ms.toFixed(1).padStart(10)}${rate.padStart(12)}`,
  )
}

// Connections close a moment after their server.
for (let round = 0; round < 100 && leftovers().length > 0; round += 1) await new Promise((done) => setTimeout(done, 10))
console.log(`\nwrong answers: ${wrong === 0 ? 'none' : wrong}`)
console.log(`left behind: ${leftovers().length === 0 ? 'nothing' : leftovers().join(', ')}`)
if (wrong > 0 || leftovers().length > 0) process.exitCode = 1

function leftovers() {
  const { callsInFlight, abandoned, handles } = diagnostics()
  return [
    ...(callsInFlight === 0 ? [] : [`${callsInFlight} calls in flight`]),
    ...(abandoned === 0 ? [] : [`${abandoned} calls abandoned`]),
    ...Object.entries(handles).flatMap(([type, count]) => (count === 0 ? [] : [`${count} handles of type ${type}`])),
  ]
}
