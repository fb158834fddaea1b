/** One round of the SQLite benchmark, in a process of its own: `node --expose-gc sqlite-round.mjs '{"seed":1,…}'`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'ferrule/sql'
import { contest } from '../measure/contest.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { openBoth } from './sqlite-contenders.mjs'
import { SQLITE_ROWS } from './sqlite-rows.mjs'
import { lateness } from './timer-lateness.mjs'
import { keepMillion, MILLION } from './sqlite-work.mjs'

const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)
const folder = mkdtempSync(join(tmpdir(), 'ferrule-bench-sql-'))
try {
  const libraries = openBoth(folder)
  const costs = {}
  for (const { row, operations, answer, loopOf } of shuffled(SQLITE_ROWS, random)) {
    const contenders = Object.entries(libraries).map(([name, library]) => ({
      name,
      answer,
      operations,
      loop: loopOf(library),
    }))
    costs[row] = await contest(contenders, { random, batchMs, cycles })
  }
  for (const library of Object.values(libraries)) library.close()

  const db = await connect(join(folder, 'ferrule.db'))
  // Each begins without the garbage of the one before.
  const latenessOf = (work) => {
    globalThis.gc()
    return lateness(work)
  }
  const idle = await latenessOf(() => new Promise((resolve) => setTimeout(resolve, 1000)))
  const scan = await latenessOf(async () => {
    const rows = await db.query(MILLION)
    if (rows.length !== 1_000_000) throw new Error(`${rows.length} rows`)
  })
  const stream = await latenessOf(async () => {
    let rows = 0
    for await (const batch of db.stream(MILLION).batches()) rows += batch.length
    if (rows !== 1_000_000) throw new Error(`${rows} rows`)
  })
  const kept = await latenessOf(keepMillion)
  await db.close()
  const readings = { idle, scanBeyondIdle: scan - idle, streamBeyondIdle: stream - idle, keptBeyondIdle: kept - idle }
  process.stdout.write(`${JSON.stringify({ costs, readings })}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
