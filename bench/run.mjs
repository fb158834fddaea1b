/**
 * `npm run bench [-- --rounds 11] [-- --only boundary]`: builds the peers, runs the benchmarks (their names: BENCHES below), prints
 * the tables and keeps them in bench/results. ferrule takes part as it was built last (`npm run build`).
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { benchBoundary } from './boundary.mjs'
import { benchFs } from './fs.mjs'
import { installFsPeers } from './fs/install-peers.mjs'
import { benchGenerator } from './generator.mjs'
import { benchHash } from './hash.mjs'
import { installHttpPeers } from './http/install-peers.mjs'
import { describeMachine } from './measure/machine.mjs'
import { asMarkdown, asText, machineLine, tablesOf } from './measure/report.mjs'
import { benchRegex } from './regex.mjs'
import { benchGlue } from './glue.mjs'
import { buildPeers } from './peers/build.mjs'
import { installRivals } from './peers/install.mjs'
import { installRe2 } from './regex/install-re2.mjs'
import { installSqlPeers } from './sql/install-peers.mjs'
import { benchSys } from './sys.mjs'
import { benchTl } from './tl.mjs'

const RESULTS = new URL('results/', import.meta.url)

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '11' }, only: { type: 'string' } },
})
const plan = { rounds: Number(options.rounds), batchMs: 40, cycles: 5 }
if (!Number.isInteger(plan.rounds) || plan.rounds < 1) throw new Error(`--rounds ${options.rounds}: expected 1 or more`)

const BENCHES = {
  boundary() {
    buildPeers('boundary')
    return benchBoundary(plan, progress('boundary'))
  },
  glue() {
    buildPeers('glue')
    return benchGlue(plan, progress('glue'))
  },
  async regex() {
    const missing = installRe2()
    return { ...(await benchRegex(plan, progress('regex'))), notes: missing ? [missing] : [] }
  },
  async 'http-server'() {
    installHttpPeers()
    const { benchHttpServer } = await import('./http/server.mjs')
    return benchHttpServer(plan, progress('http-server'))
  },
  generator: () => benchGenerator(plan, progress('generator')),
  tl: () => benchTl(plan, progress('tl')),
  async 'http-client'() {
    installHttpPeers()
    const { benchHttpClient } = await import('./http/client.mjs')
    return benchHttpClient(plan, progress('http-client'))
  },
  async 'sql-postgres'() {
    installSqlPeers()
    const { benchSqlPostgres } = await import('./sql-postgres.mjs')
    return benchSqlPostgres(plan, progress('sql-postgres'))
  },
  async 'sql-sqlite'() {
    installSqlPeers()
    const { benchSqlite } = await import('./sql-sqlite.mjs')
    return benchSqlite(plan, progress('sql-sqlite'))
  },
  hash() {
    installRivals('hash')
    return benchHash(plan, progress('hash'))
  },
  fs() {
    installFsPeers()
    return benchFs(plan, progress('fs'))
  },
  sys: () => benchSys(plan, progress('sys')),
}

if (options.only !== undefined && !Object.hasOwn(BENCHES, options.only)) {
  throw new Error(`--only ${options.only}: expected one of ${Object.keys(BENCHES).join(', ')}`)
}

const machine = describeMachine()
for (const name of options.only === undefined ? Object.keys(BENCHES) : [options.only]) {
  const results = { machine, ...(await BENCHES[name]()) }
  const tables = tablesOf(results)
  console.log([`\n${name}: ${machineLine(machine)}`, ...(results.notes ?? []), asText(tables)].join('\n\n'))
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(new URL(`${name}.json`, RESULTS), `${JSON.stringify(results, rounded, 2)}\n`)
  writeFileSync(new URL(`${name}.md`, RESULTS), asMarkdown(results, tables))
}

function progress(name) {
  return (round, rounds) => console.error(`${name}: round ${round} of ${rounds}`)
}

/** Four digits are more than the spread leaves of any figure. */
function rounded(_key, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
}
