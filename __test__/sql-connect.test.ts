// How a SQLite database is reached, what its file may be, and what its end means.
import { mkdtempSync, rmSync, writeFileSync, existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diagnostics } from 'ferrule'
import { connect, connectSync, sqliteVersion, SqlError } from 'ferrule/sql'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'ferrule-sql-'))
const file = (name: string): string => join(folder, name)
const failure = (code: string): unknown => expect.objectContaining({ code })

afterAll(() => {
  rmSync(folder, { recursive: true })
})

afterEach(() => {
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

describe('connect', () => {
  it('opens a database in memory, and one in a file', async () => {
    for (const target of [':memory:', file('a.db')]) {
      const db = await connect(target)
      expect(db.kind).toBe('sqlite')
      expect(await db.one('select 1 as one')).toEqual({ one: 1 })
      await db.close()
    }
    expect(existsSync(file('a.db'))).toBe(true)
  })

  it('gives each database in memory its own tables', async () => {
    const [one, other] = await Promise.all([connect(':memory:'), connect(':memory:')])
    await one.execute('create table t (a)')
    await expect(other.query('select * from t')).rejects.toEqual(failure('ERR_SQL_SYNTAX'))
    await Promise.all([one.close(), other.close()])
  })

  it('keeps what was committed when it is opened again', async () => {
    const first = await connect(file('kept.db'))
    await first.script('create table t (a); insert into t values (1), (2)')
    await first.close()
    const again = connectSync(file('kept.db'))
    expect(again.querySync('select a from t order by a', [], { rows: 'array' })).toEqual([[1], [2]])
    again.closeSync()
  })

  it('takes a path for what it is, whatever it looks like', async () => {
    const before = process.cwd()
    process.chdir(folder)
    try {
      for (const name of ['file:x.db?mode=memory', ':strange:', 'a b é.db']) {
        const db = await connect(name)
        await db.execute('create table t (a)')
        await db.close()
        expect(existsSync(file(name))).toBe(true)
      }
    } finally {
      process.chdir(before)
    }
  })

  it.each([
    ['a folder that is not there', () => join(folder, 'no', 'such', 'x.db'), {}, 'ERR_SQL_CONNECTION'],
    [
      'a folder',
      () => {
        mkdirSync(file('folder.db'), { recursive: true })
        return file('folder.db')
      },
      {},
      'ERR_SQL_CONNECTION',
    ],
    ['a file that shall not be made', () => file('none.db'), { create: false }, 'ERR_SQL_CONNECTION'],
    [
      'a file that is no database',
      () => {
        writeFileSync(file('text.db'), 'this is a text and no database at all, as anybody can see\n'.repeat(40))
        return file('text.db')
      },
      {},
      'ERR_SQL_CORRUPT',
    ],
    ['a NUL in the path', () => 'a\0b', {}, 'ERR_SQL_SYNTAX'],
    ['an option that is none', () => ':memory:', { reader: 3 }, 'ERR_INVALID_ARG_TYPE'],
    ['an option of a wrong type', () => ':memory:', { wal: 1 }, 'ERR_INVALID_ARG_TYPE'],
    ['a number out of range', () => ':memory:', { readers: -1 }, 'ERR_OUT_OF_RANGE'],
    ['no path', () => '', {}, 'ERR_INVALID_ARG_TYPE'],
  ])('refuses %s', async (_, target, options, code) => {
    // What the types refuse, too.
    await expect(connect(target(), options as never)).rejects.toEqual(failure(code))
    expect(() => connectSync(target(), options as never)).toThrow(SqlError)
    expect(existsSync(file('none.db'))).toBe(false)
  })

  it('reads only, where that is asked for', async () => {
    const made = await connect(file('ro.db'))
    await made.script('create table t (a); insert into t values (1)')
    await made.close()
    const db = await connect(file('ro.db'), { readOnly: true })
    expect(await db.query('select a from t')).toEqual([{ a: 1 }])
    await expect(db.execute('insert into t values (2)')).rejects.toEqual(failure('ERR_SQL_DENIED'))
    await db.close()
  })

  it('tells which SQLite is inside', async () => {
    const db = await connect(':memory:')
    expect(await db.one('select sqlite_version() as version')).toEqual({ version: sqliteVersion() })
    await db.close()
  })
})

describe('close', () => {
  it('lets calls in flight end first, and refuses later ones', async () => {
    const db = await connect(file('closing.db'))
    await db.execute('create table t (a)')
    const under = Array.from({ length: 20 }, (_, at) => db.execute('insert into t values (?)', [at]))
    await Promise.all(under)
    const counted = db.one(
      'with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000) select count(*) as c from n',
    )
    // Begun: a call that still looks for its connection would be refused.
    await new Promise((resolve) => setTimeout(resolve, 20))
    const closed = db.close()
    expect(db.isClosed).toBe(true)
    await expect(db.query('select 1')).rejects.toEqual(failure('ERR_SQL_CLOSED'))
    expect(() => db.querySync('select 1')).toThrow(expect.objectContaining({ code: 'ERR_SQL_CLOSED' }) as Error)
    expect(await counted).toEqual({ c: 200_000 })
    await closed
    await db.close()
  })

  it('ends a statement of the database, too', async () => {
    const db = await connect(':memory:')
    const statement = await db.prepare('select 1')
    await db.close()
    await expect(statement.query()).rejects.toEqual(failure('ERR_SQL_CLOSED'))
    expect(() => statement.querySync()).toThrow(expect.objectContaining({ code: 'ERR_SQL_CLOSED' }) as Error)
  })

  it('works by `await using` and leaves nothing behind', async () => {
    {
      const db = await connect(file('using.db'))
      await db[Symbol.asyncDispose]()
    }
    expect(existsSync(file('using.db-wal'))).toBe(false)
  })
})
