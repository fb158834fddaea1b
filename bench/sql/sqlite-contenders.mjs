/** ferrule/sql and better-sqlite3, each with a file of its own, doing a job as its documentation would have a user do it. */
import { join } from 'node:path'
import { connectSync } from 'ferrule/sql'
import { requireRival } from './install-peers.mjs'
import { INSERT, POINT, ROWS, rowOf, SCAN, SCHEMA, sumOf } from './sqlite-work.mjs'

export const CONTENDERS = {
  ferrule: 'ferrule/sql',
  better: `better-sqlite3 ${requireRival('better-sqlite3/package.json').version}`,
}

/** @returns {Record<string, { point(id: number): number, insert(rows: unknown[][]): number, scan(): number, close(): void }>} */
export function openBoth(folder) {
  return { ferrule: openFerrule(join(folder, 'ferrule.db')), better: openBetter(join(folder, 'better.db')) }
}

function openFerrule(path) {
  const db = connectSync(path)
  db.scriptSync(SCHEMA)
  db.batchSync(
    INSERT,
    Array.from({ length: ROWS }, (_, id) => rowOf(id)),
  )
  db.scriptSync('create table inserted as select * from users limit 0')
  const point = db.prepareSync(POINT)
  const scan = db.prepareSync(SCAN)
  const insert = db.prepareSync(INSERT.replace('users', 'inserted'))
  return {
    point: (id) => point.oneOrNullSync([id]).id,
    scan: () => sumOf(scan.querySync()),
    insert(rows) {
      let changes = 0
      db.transactionSync(() => {
        for (const row of rows) changes += insert.executeSync(row).changes
      })
      db.scriptSync('delete from inserted')
      return changes
    },
    close: () => db.closeSync(),
  }
}

function openBetter(path) {
  const Database = requireRival('better-sqlite3')
  const db = new Database(path)
  // As ferrule opens a file unless told otherwise.
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.exec(SCHEMA)
  const fill = db.prepare(INSERT)
  db.transaction(() => {
    for (let id = 0; id < ROWS; id++) fill.run(rowOf(id))
  })()
  db.exec('create table inserted as select * from users limit 0')
  const point = db.prepare(POINT)
  const scan = db.prepare(SCAN)
  const insert = db.prepare(INSERT.replace('users', 'inserted'))
  return {
    point: (id) => point.get(id).id,
    scan: () => sumOf(scan.all()),
    insert(rows) {
      let changes = 0
      db.transaction(() => {
        for (const row of rows) changes += insert.run(row).changes
      })()
      db.exec('delete from inserted')
      return changes
    },
    close: () => db.close(),
  }
}
