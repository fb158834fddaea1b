// Copies of a database in use, and blobs in parts.
import { existsSync, mkdtempSync, rmSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diagnostics } from 'ferrule'
import { connect, type SqliteDatabase } from 'ferrule/sql'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'ferrule-sql-backup-'))
const failure = (code: string): Error => expect.objectContaining({ code }) as Error
let db: SqliteDatabase

beforeEach(async () => {
  db = await connect(':memory:')
  await db.script('create table t (id integer primary key, b blob)')
})

afterEach(async () => {
  await db.close()
  await expect.poll(() => diagnostics().callsInFlight).toBe(0)
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('backup', () => {
  it('copies everything, and tells how far it is', async () => {
    await db.batch(
      'insert into t (b) values (?)',
      Array.from({ length: 500 }, () => [new Uint8Array(4000).fill(7)]),
    )
    const heard: { remaining: number; total: number }[] = []
    const to = join(folder, 'copy.db')
    await db.backup(to, { pagesPerStep: 100, onProgress: (progress) => heard.push(progress) })
    expect(heard.length).toBeGreaterThan(3)
    expect(heard.at(-1)).toEqual({ remaining: 0, total: heard[0]?.total })
    const copy = await connect(to)
    expect(await copy.one('select count(*) as c, sum(length(b)) as s from t')).toEqual({ c: 500, s: 2_000_000 })
    await copy.close()
    expect(readdirSync(folder)).toEqual(['copy.db'])
  })

  it('that is stopped or fails leaves nothing', async () => {
    await db.execute('insert into t (b) values (zeroblob(100000000))')
    const to = join(folder, 'stopped.db')
    const controller = new AbortController()
    const stopped = db.backup(to, {
      pagesPerStep: 1,
      signal: controller.signal,
      onProgress: () => controller.abort('no'),
    })
    await expect(stopped).rejects.toBe('no')
    await expect.poll(() => existsSync(`${to}.partial`)).toBe(false)
    expect(existsSync(to)).toBe(false)
    await expect(db.backup(join(folder, 'no', 'x.db'))).rejects.toEqual(failure('ERR_SQL_CONNECTION'))
    await expect(db.backup(5 as never)).rejects.toEqual(failure('ERR_INVALID_ARG_TYPE'))
    expect(await db.one('select count(*) as c from t')).toEqual({ c: 1 })
  })
})

describe('a blob', () => {
  it('is read and written in parts', async () => {
    const { lastInsertId } = await db.execute('insert into t (b) values (zeroblob(1000))')
    const blob = db.blob({ table: 't', column: 'b', row: lastInsertId as number })
    expect(await blob.size()).toBe(1000)
    await blob.write(998, new Uint8Array([1, 2]))
    await blob.write(0, Buffer.from('head'))
    expect(Buffer.from(await blob.read(0, 6)).toString('latin1')).toBe('head\0\0')
    expect(await blob.read(997, 3)).toEqual(new Uint8Array([0, 1, 2]))
    expect(await blob.read(1000, 0)).toEqual(new Uint8Array(0))
    expect(await db.one('select hex(substr(b, 999)) as h from t')).toEqual({ h: '0102' })
  })

  it.each([
    ['behind its end', { table: 't', column: 'b', row: 1 }, 8, 3, 'ERR_SQL_STATE'],
    ['of a row that is not there', { table: 't', column: 'b', row: 9 }, 0, 1, 'ERR_SQL_SYNTAX'],
    ['of a table that is not there', { table: 'none', column: 'b', row: 1 }, 0, 1, 'ERR_SQL_SYNTAX'],
    ['from a fraction on', { table: 't', column: 'b', row: 1 }, 0.5, 1, 'ERR_OUT_OF_RANGE'],
  ])('refuses what is %s', async (_, place, offset, length, code) => {
    await db.execute('insert into t values (1, zeroblob(10))')
    await expect(db.blob(place).read(offset, length)).rejects.toEqual(failure(code))
    expect(() => db.blob({ ...place, row: 0.5 })).toThrow(failure('ERR_OUT_OF_RANGE'))
    expect(() => db.blob({ ...place, table: 5 as never })).toThrow(failure('ERR_INVALID_ARG_TYPE'))
  })
})
