// Rows as they come: in order, held back, ended anywhere, in bounded memory.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diagnostics } from 'ferrule'
import { connect, type RowStream, type SqliteDatabase } from 'ferrule/sql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { streamed } from './sql/streamed.js'

const full = process.env['FERRULE_TEST'] === 'full'
const upTo = (rows: number): string =>
  `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${String(rows - 1)}) select i, 'row ' || i as t from n`
const ENDLESS = 'with recursive n(i) as (select 0 union all select i + 1 from n) select i from n'
const folder = mkdtempSync(join(tmpdir(), 'ferrule-sql-stream-'))
const failure = (code: string): Error => expect.objectContaining({ code }) as Error
let file: SqliteDatabase
let memory: SqliteDatabase

beforeAll(async () => {
  ;[file, memory] = await Promise.all([connect(join(folder, 's.db')), connect(':memory:', { acquireTimeoutMs: 50 })])
})

afterEach(async () => {
  await expect.poll(() => diagnostics().callsInFlight).toBe(0)
})

afterAll(async () => {
  await Promise.all([file.close(), memory.close()])
  rmSync(folder, { recursive: true })
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

describe.each([
  ['a file', () => file],
  ['memory', () => memory],
])('a stream of %s', (_, database) => {
  it('gives every row in order', async () => {
    let next = 0
    for await (const row of database().stream<{ i: number; t: string }>(upTo(50_000))) {
      expect(row.i).toBe(next)
      next += 1
    }
    expect(next).toBe(50_000)
  })

  it('gives batches', async () => {
    const sizes: number[] = []
    for await (const rows of database().stream(upTo(50_000)).batches()) sizes.push(rows.length)
    expect(sizes.length).toBeGreaterThan(3)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(50_000)
  })

  it('ends when it is left, and lets the connection go', async () => {
    const db = database()
    for (let round = 0; round < 20; round++) {
      for await (const row of db.stream<{ i: number }>(ENDLESS)) if (row.i >= round * 1000) break
      expect(await db.one('select 1 as a')).toEqual({ a: 1 })
    }
    const stream = db.stream(ENDLESS)
    await stream.next()
    await stream[Symbol.asyncDispose]()
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('that was never read holds nothing', async () => {
    const stream = database().stream(ENDLESS)
    await stream.return?.()
    expect(await database().one('select 1 as a')).toEqual({ a: 1 })
  })

  it('takes asks beside each other in order', async () => {
    const stream = database().stream<{ i: number }>(upTo(5000))
    const asked = await Promise.all(Array.from({ length: 5001 }, () => stream.next()))
    expect(asked.map(({ value }) => value?.i)).toEqual([...Array.from({ length: 5000 }, (_, at) => at), undefined])
  })

  it('stops by its signal and its time', async () => {
    const db = database()
    const controller = new AbortController()
    const read = (async () => {
      for await (const row of db.stream<{ i: number }>(ENDLESS, [], { signal: controller.signal })) {
        if (row.i === 10_000) controller.abort('enough')
      }
    })()
    await expect(read).rejects.toBe('enough')
    const silent = 'with recursive n(i) as (select 0 union all select i + 1 from n) select i from n where i < 0'
    await expect(db.stream(silent, [], { timeoutMs: 30 }).next()).rejects.toEqual(failure('ERR_TIMEOUT'))
    expect(await db.one('select 1 as a')).toEqual({ a: 1 })
  })

  it('tells what went wrong, where it does', async () => {
    const db = database()
    await expect(db.stream('selec').next()).rejects.toEqual(failure('ERR_SQL_SYNTAX'))
    await expect(db.stream('select ?', []).next()).rejects.toEqual(failure('ERR_SQL_PARAMETER'))
    const late = `select case when i < 30000 then i else abs(-9223372036854775808) end from (${upTo(40_000)})`
    let seen = 0
    const read = (async () => {
      for await (const rows of db.stream(late).batches()) seen += rows.length
    })()
    await expect(read).rejects.toEqual(failure('ERR_SQL_SYNTAX'))
    expect(seen).toBeGreaterThan(0)
    expect(await db.one('select 1 as a')).toEqual({ a: 1 })
  })
})

it('many streams of a file run beside each other and beside writes', async () => {
  await file.script('create table w (a)')
  const streams = Array.from({ length: 3 }, async () => {
    let rows = 0
    for await (const row of file.stream<{ i: number }>(upTo(20_000))) {
      rows += 1
      if (row.i % 5000 === 0) await file.execute('insert into w values (?)', [row.i])
    }
    return rows
  })
  expect(await Promise.all(streams)).toEqual([20_000, 20_000, 20_000])
  expect(await file.one('select count(*) as c from w')).toEqual({ c: 12 })
})

describe('a stream of a database in memory has its only connection', () => {
  const others: [string, (options: { timeoutMs?: number; signal?: AbortSignal }) => Promise<unknown>][] = [
    ['query', (options) => memory.query('select 1', [], options)],
    ['execute', (options) => memory.execute('delete from kept', [], options)],
    ['batch', (options) => memory.batch([['delete from kept']], options)],
    ['script', (options) => memory.script('delete from kept', options)],
    ['prepare', (options) => memory.prepare('select 2', options)],
    ['transaction', (options) => memory.transaction((tx) => tx.execute('delete from kept'), options)],
    ['backup', (options) => memory.backup(join(folder, 'copy.db'), options)],
    ['a second stream', (options) => memory.stream('select 1', [], options).next()],
  ]
  let stream: RowStream<unknown>

  beforeAll(() => memory.script('create table kept (a); insert into kept values (1)'))

  beforeEach(async () => {
    stream = memory.stream(ENDLESS)
    await stream.next()
  })

  afterEach(async () => {
    await stream.return?.()
    expect(memory.oneSync('select count(*) as c from kept')).toEqual({ c: 1 })
  })

  it.each(others)('who waits for it is told in time, and what to do: %s', async (_, call) => {
    const error: unknown = await call({}).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'ERR_SQL_POOL_TIMEOUT', details: { holder: 'a stream' } })
    expect((error as Error).message).toContain('read the stream to its end or leave it')
  })

  it.each(others)('waits no longer than it may: %s', async (_, call) => {
    await expect(call({ timeoutMs: 5 })).rejects.toEqual(failure('ERR_TIMEOUT'))
    const controller = new AbortController()
    const stopped = call({ signal: controller.signal })
    controller.abort('enough')
    await expect(stopped).rejects.toBe('enough')
  })

  it('a Sync door is refused at once', () => {
    expect(() => memory.querySync('select 1')).toThrow(failure('ERR_BUSY'))
    expect(() => memory.querySync('select 1')).toThrow('read the stream to its end or leave it')
  })

  it('who waits has their turn when it is left, in the order they came', async () => {
    const rows = [memory.one('select count(*) as c from kept'), memory.one("select 'second' as c")]
    await stream.return?.()
    expect(await Promise.all(rows)).toEqual([{ c: 1 }, { c: 'second' }])
  })
})

it('a stream of a transaction has its connection, and the others of the transaction are told at once', async () => {
  await file.transaction(async (tx) => {
    const stream = tx.stream(ENDLESS)
    await stream.next()
    await expect(tx.query('select 1')).rejects.toEqual(failure('ERR_SQL_STATE'))
    await expect(tx.execute('create table never (a)')).rejects.toEqual(failure('ERR_SQL_STATE'))
    await stream.return?.()
    expect(await tx.one('select 1 as a')).toEqual({ a: 1 })
  })
})

it('a stream in a transaction sees what the transaction did', async () => {
  await file.transaction(async (tx) => {
    await tx.script('create table own (a); insert into own values (1), (2)')
    const rows = []
    for await (const row of tx.stream('select a from own order by a')) rows.push(row)
    expect(rows).toEqual([{ a: 1 }, { a: 2 }])
  })
})

const rows = full ? 10_000_000 : 1_000_000
it(`${String(rows)} rows take no more memory than some batches`, { timeout: 120_000 }, () => {
  const told = streamed(':memory:', upTo(rows))
  expect(told).toMatchObject({ stderr: '', status: 0, count: rows, sum: (rows * (rows - 1)) / 2 })
  // All rows together would be some hundred MiB.
  expect(told.grown).toBeLessThan(100)
  expect(told.most).toBeLessThan(300)
})
