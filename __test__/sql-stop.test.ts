// Calls that are stopped, and calls beside each other.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diagnostics } from 'ferrule'
import { connect, type SqliteDatabase } from 'ferrule/sql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n'
const folder = mkdtempSync(join(tmpdir(), 'ferrule-sql-stop-'))
const failure = (code: string): Error => expect.objectContaining({ code }) as Error
let file: SqliteDatabase
let memory: SqliteDatabase

beforeAll(async () => {
  ;[file, memory] = await Promise.all([connect(join(folder, 'stop.db')), connect(':memory:')])
  for (const db of [file, memory]) await db.script('create table t (a integer primary key, b text)')
})

afterEach(async () => {
  await expect.poll(() => diagnostics().callsInFlight).toBe(0)
  expect(diagnostics().abandoned).toBe(0)
})

afterAll(async () => {
  await Promise.all([file.close(), memory.close()])
  rmSync(folder, { recursive: true })
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

describe.each([
  ['a file', () => file],
  ['memory', () => memory],
])('a query of %s', (_, database) => {
  it('with timeout stops in the database, and the next one runs', async () => {
    const db = database()
    for (const call of [
      () => db.query(ENDLESS, [], { timeoutMs: 30 }),
      () => db.one(ENDLESS, [], { timeoutMs: 30 }),
      () => db.execute(ENDLESS, [], { timeoutMs: 30 }),
      () => db.script(`insert into t (b) ${ENDLESS}`, { timeoutMs: 30 }),
    ]) {
      await expect(call()).rejects.toEqual(failure('ERR_TIMEOUT'))
      expect(await db.one('select 1 as a')).toEqual({ a: 1 })
    }
    expect(await db.query('select * from t')).toEqual([])
  })

  it('with timeout stops on this thread, too', () => {
    const db = database()
    for (const call of [
      () => db.querySync(ENDLESS, [], { timeoutMs: 30 }),
      () => db.oneSync(ENDLESS, [], { timeoutMs: 30 }),
      () => db.executeSync(ENDLESS, [], { timeoutMs: 30 }),
      () => db.prepareSync(ENDLESS).oneSync([], { timeoutMs: 30 }),
    ]) {
      expect(call).toThrow(failure('ERR_TIMEOUT'))
      expect(db.oneSync('select 1 as a')).toEqual({ a: 1 })
    }
  })

  it('stops when its signal fires, with the very reason', async () => {
    const db = database()
    const controller = new AbortController()
    const reason = { why: 'enough' }
    const stopped = db.query(ENDLESS, [], { signal: controller.signal })
    setTimeout(() => {
      controller.abort(reason)
    }, 20)
    await expect(stopped).rejects.toBe(reason)
    await expect(db.query('select 1', [], { signal: controller.signal })).rejects.toBe(reason)
    expect(await db.one('select 1 as a')).toEqual({ a: 1 })
  })

  it('that is stopped is never the next one', { timeout: 60_000 }, async () => {
    const db = database()
    const seed = Number(process.env['FERRULE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
    console.log(`seed ${String(seed)}`)
    const random = randomOf(seed)
    let stopped = 0
    for (let round = 0; round < 150; round++) {
      const controller = new AbortController()
      const rows = 1 + Math.floor(random() * 60_000)
      const counting = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${String(rows)}) select count(*) as c from n`
      const first = db.one(counting, [], { signal: controller.signal })
      const others = [
        db.one('select 42 as a'),
        db.execute('insert into t (b) values (?)', ['x']),
        db.query('select 43 as a'),
      ]
      const wait = random() * 6
      if (random() < 0.5) setTimeout(() => controller.abort('stop'), wait)
      else setImmediate(() => controller.abort('stop'))
      const outcome = await first.catch((error: unknown) => error)
      if (outcome === 'stop') stopped += 1
      else expect(outcome).toEqual({ c: rows })
      expect(await Promise.all(others)).toMatchObject([{ a: 42 }, { changes: 1 }, [{ a: 43 }]])
    }
    expect(stopped).toBeGreaterThan(10)
    expect(await db.one('select count(*) as c from t')).toEqual({ c: 150 })
    await db.execute('delete from t')
  })

  it('waits in line with others: all of them settle (join)', async () => {
    const db = database()
    const inserted = await Promise.all(
      Array.from({ length: 200 }, (_, at) => db.execute('insert into t (a) values (?)', [at])),
    )
    expect(inserted.every(({ changes }) => changes === 1)).toBe(true)
    const counted = await Promise.all(
      Array.from({ length: 64 }, (_, at) => db.one<{ a: number }>('select a from t where a = ?', [at])),
    )
    expect(counted.map(({ a }) => a)).toEqual(Array.from({ length: 64 }, (_, at) => at))
    await db.execute('delete from t')
  })

  it('that loses a race can be stopped, and the winner stands (race)', async () => {
    const db = database()
    const losers = new AbortController()
    const slow = db.query(ENDLESS, [], { signal: losers.signal }).catch((error: unknown) => error)
    const quick = db === file ? db.one('select 1 as a') : Promise.resolve({ a: 1 })
    expect(await Promise.race([slow, quick])).toEqual({ a: 1 })
    losers.abort('lost')
    expect(await slow).toBe('lost')
  })
})

it('readers of a file do not wait for its writer, nor it for them', async () => {
  await file.transaction(async (tx) => {
    await tx.execute("insert into t (b) values ('new')")
    const seen = await Promise.all(Array.from({ length: 8 }, () => file.one('select count(*) as c from t')))
    expect(seen).toEqual(Array.from({ length: 8 }, () => ({ c: 0 })))
  })
  expect(await file.one('select count(*) as c from t')).toEqual({ c: 1 })
  await file.execute('delete from t')
})

it('what is attached or temporary is seen by every call', async () => {
  await file.execute('create temp table mine (a)')
  await file.execute('insert into mine values (1)')
  expect(await file.query('select * from mine')).toEqual([{ a: 1 }])
  await file.execute("attach ':memory:' as side")
  await file.execute('create table side.s (a)')
  expect(await file.query('select * from side.s')).toEqual([])
})

/** A small generator of numbers from 0 to 1: mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
