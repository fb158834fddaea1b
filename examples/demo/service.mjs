/**
 * The second act of the demo: loads the packages of a lockfile into SQLite, serves them over HTTP, and asks itself.
 *
 * `node examples/demo/service.mjs [package-lock.json]`. Ends with exit code 1 when an answer is wrong or something is left behind.
 */
import { diagnostics } from 'ferrule'
import { HttpClient, HttpServer, json, sse } from 'ferrule/http'
import { connect } from 'ferrule/sql'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { loadLockfile } from './packages.mjs'

const QUERIES = 10_000
const IN_FLIGHT = 64

const lockfile = resolve(process.argv[2] ?? 'package-lock.json')
const folder = await mkdtemp(join(tmpdir(), 'ferrule-demo-'))
const wrong = []
try {
  await serveAndAsk()
} finally {
  await rm(folder, { recursive: true, force: true })
}

const { handles, callsInFlight, abandoned, callbacks } = diagnostics()
const left = Object.keys(handles).length + callsInFlight + abandoned + callbacks.held
console.log(`left behind: ${left === 0 ? 'nothing' : JSON.stringify({ handles, callsInFlight, abandoned, callbacks })}`)
for (const what of wrong.slice(0, 5)) console.error(what)
if (wrong.length > 0 || left > 0) process.exitCode = 1

async function serveAndAsk() {
  const db = await connect(join(folder, 'packages.db'))
  const loading = performance.now()
  const loaded = await loadLockfile(db, lockfile)
  console.log(
    `${lockfile}: ${count(loaded.packages)} packages and ${count(loaded.dependencies)} dependencies, ` +
      `in SQLite after ${(performance.now() - loading).toFixed(0)} ms`,
  )

  const byName = db.prepareSync('select id, name, version, licence, dev from package where name = ? order by id')
  const dependents = db.prepareSync('select count(*) as count from dependency where name = ?')
  const server = new HttpServer()
    // A point query takes microseconds, so its Sync door is the right one, in a service, too.
    .get('/packages/*name', ({ params: { name } }) => {
      const versions = byName.querySync([name])
      if (versions.length === 0) return json({ error: `no package ${name}` }, { status: 404 })
      return json({ name, versions, dependents: dependents.oneSync([name]).count })
    })
    .get('/events', () => sse(events(db)))
  const { url } = await server.start()
  const client = new HttpClient({ baseUrl: url, inFlightPerOrigin: IN_FLIGHT })

  const names = (await db.query('select distinct name from package order by name')).map(({ name }) => name)
  const asked = await askForAll(client, names)
  const streamed = await countEvents(client)
  if (streamed.events !== loaded.packages) wrong.push(`${streamed.events} events for ${loaded.packages} packages`)
  const missing = await client.get('/packages/no-such-package')
  if (missing.status !== 404) wrong.push(`a package that is not there: ${missing.status}`)
  await missing.text()

  table([
    ['endpoint', 'requests', 'answers', 'per second', 'median', '99 of 100 within'],
    ['GET /packages/*name', count(QUERIES), 'JSON', count(asked.perSecond), ms(asked.median), ms(asked.p99)],
    ['GET /events', '1', `${count(streamed.events)} events`, count(streamed.perSecond), '', ''],
  ])

  const most = await db.query(
    'select name, count(*) as dependents from dependency group by name order by dependents desc, name limit 5',
  )
  table([['most depended on', 'dependents'], ...most.map(({ name, dependents: many }) => [name, count(many)])])

  client.dispose()
  await server.stop()
  byName.dispose()
  dependents.dispose()
  await db.close()
}

/** Every package as an event, pulled from the database as the client takes them. */
async function* events(db) {
  for await (const { id, name, version } of db.stream('select id, name, version from package order by id')) {
    yield { id: String(id), event: 'package', data: { name, version } }
  }
}

/** Asks for packages, some at a time, and checks each answer. */
async function askForAll(client, names) {
  const latencies = new Float64Array(QUERIES)
  let next = 0
  const ask = async () => {
    while (next < QUERIES) {
      const number = next++
      const name = names[number % names.length]
      const start = performance.now()
      const answer = await client.getJson(`/packages/${name}`)
      latencies[number] = performance.now() - start
      if (answer.name !== name || answer.versions.length === 0)
        wrong.push(`asked for ${name}: ${JSON.stringify(answer)}`)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask))
  const perSecond = (QUERIES * 1000) / (performance.now() - start)
  latencies.sort()
  return { perSecond, median: latencies[QUERIES / 2], p99: latencies[Math.floor(QUERIES * 0.99)] }
}

/** Reads the event stream to its end. */
async function countEvents(client) {
  const start = performance.now()
  const response = await client.get('/events')
  let found = 0
  let rest = ''
  const decoder = new TextDecoder()
  for await (const piece of response.body) {
    const parts = (rest + decoder.decode(piece, { stream: true })).split('\n\n')
    rest = parts.pop()
    found += parts.filter((part) => part.includes('event: package')).length
  }
  return { events: found, perSecond: (found * 1000) / (performance.now() - start) }
}

function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  console.log()
  for (const line of lines) {
    console.log(line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  '))
  }
  console.log()
}

function count(number) {
  return Math.round(number).toLocaleString('en')
}

function ms(milliseconds) {
  return `${milliseconds.toFixed(2)} ms`
}
