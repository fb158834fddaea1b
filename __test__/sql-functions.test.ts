// Functions of JavaScript in SQL.
import { diagnostics } from 'ferrule'
import { connect, connectSync, SqlError, type SqliteDatabase } from 'ferrule/sql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let db: SqliteDatabase
const failure = (code: string): Error => expect.objectContaining({ code }) as Error

beforeEach(async () => {
  db = await connect(':memory:')
  await db.script('create table t (a integer); insert into t values (1), (2), (3)')
})

afterEach(async () => {
  await db.close()
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

describe('a function', () => {
  it('is called from every door, with values of every type', async () => {
    const seen: unknown[] = []
    db.function('heard', (value) => {
      seen.push(value)
      return value
    })
    const values = [null, 1, 1.5, 'é😀', new Uint8Array([1, 0])]
    for (const value of values) {
      expect(db.oneSync('select heard(?) as v', [value])).toEqual({ v: value })
      expect(await db.one('select HEARD(?) as v', [value])).toEqual({ v: value })
    }
    expect(seen).toEqual(values.flatMap((value) => [value, value]))
    expect(await db.query('select heard(a) as v from t')).toEqual([{ v: 1 }, { v: 2 }, { v: 3 }])
    expect(await db.execute('update t set a = heard(a) + 1')).toMatchObject({ changes: 3 })
    expect(db.querySync('select a from t where heard(a) > 2')).toEqual([{ a: 3 }, { a: 4 }])
    expect(db.oneSync('select heard(?) = 9007199254740993 as v', [9007199254740993n])).toEqual({ v: 1 })
    expect(seen.at(-1)).toBe(9007199254740993n)
  })

  it('takes as many arguments as it declares, or any number', () => {
    db.function('plus', (a, b) => Number(a) + Number(b))
    db.function('count_all', (...all) => all.length, { arguments: -1 })
    expect(db.oneSync('select plus(1, 2) as v, count_all() as n, count_all(1, 2, 3) as m')).toEqual({
      v: 3,
      n: 0,
      m: 3,
    })
    expect(() => db.oneSync('select plus(1)')).toThrow(failure('ERR_SQL_SYNTAX'))
  })

  it('that throws ends the statement, and what it threw arrives untouched', async () => {
    const thrown = { any: 'thing' }
    db.function('fails', (a) => {
      if (a === 2) throw thrown as unknown as Error
      return a
    })
    const catching = (call: () => unknown): unknown => {
      try {
        call()
      } catch (error) {
        return error
      }
      return undefined
    }
    expect(catching(() => db.querySync('select fails(a) from t'))).toBe(thrown)
    expect(catching(() => db.executeSync('update t set a = fails(a) + 10'))).toBe(thrown)
    await expect(db.execute('update t set a = fails(a) + 10')).rejects.toBe(thrown)
    expect(db.querySync('select a from t order by a')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
    await expect(
      db.transaction(async (tx) => {
        await tx.execute('delete from t')
        await tx.query('select fails(2)')
      }),
    ).rejects.toBe(thrown)
    expect(db.oneSync('select count(*) as c from t')).toEqual({ c: 3 })
  })

  it('that uses its database is refused, and the database lives', () => {
    const refused: unknown[] = []
    db.function('again', () => {
      for (const call of [
        () => db.querySync('select 1'),
        () => db.executeSync('delete from t'),
        () => {
          db.closeSync()
        },
      ]) {
        try {
          call()
        } catch (error) {
          refused.push((error as { code: string }).code)
        }
      }
      return refused.length
    })
    expect(db.oneSync('select again() as v')).toEqual({ v: 3 })
    expect(refused).toEqual(['ERR_BUSY', 'ERR_BUSY', 'ERR_BUSY'])
    expect(db.oneSync('select count(*) as c from t')).toEqual({ c: 3 })
  })

  it.each([
    ['a promise', () => Promise.resolve(1), 'ERR_SQL_FUNCTION'],
    ['an object', () => ({}), 'ERR_SQL_PARAMETER'],
    ['a function', () => () => 1, 'ERR_SQL_PARAMETER'],
  ])('must not return %s', (_, fn, code) => {
    db.function('bad', fn as never)
    expect(() => db.oneSync('select bad()')).toThrow(failure(code))
  })

  it('must not be called by a stream or a batch, which run elsewhere, nor from a view', async () => {
    db.function('here', () => 1)
    await expect(db.stream('select here()').next()).rejects.toEqual(failure('ERR_SQL_FUNCTION'))
    await expect(db.batch('insert into t values (here())', [[]])).rejects.toEqual(failure('ERR_SQL_FUNCTION'))
    expect(() => db.batchSync([['delete from t'], ['insert into t values (here())']])).toThrow(
      failure('ERR_SQL_FUNCTION'),
    )
    db.executeSync('create view v as select here() as h')
    await expect(db.query('select * from v')).rejects.toEqual(failure('ERR_SQL_SYNTAX'))
  })

  it('needs a name and a function', () => {
    expect(() => {
      db.function("a'b", () => 1)
    }).toThrow(failure('ERR_INVALID_ARG_TYPE'))
    expect(() => {
      db.function('a', 1 as never)
    }).toThrow(failure('ERR_INVALID_ARG_TYPE'))
    expect(() => {
      db.function('a', () => 1, { arguments: 200 })
    }).toThrow(failure('ERR_OUT_OF_RANGE'))
  })
})

describe('a statement that calls functions', () => {
  const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n)'
  const CALLING = `${ENDLESS} select count(same(i)) as c from n`
  const doors: [string, (sql: string, options: { timeoutMs: number; signal?: AbortSignal }) => unknown][] = [
    ['querySync', (sql, options) => db.querySync(sql, [], options)],
    ['oneSync', (sql, options) => db.oneSync(sql, [], options)],
    ['executeSync', (sql, options) => db.executeSync(sql, [], options)],
    ['a prepared statement', (sql, options) => db.prepareSync(sql).oneSync([], options)],
    ['query', (sql, options) => db.query(sql, [], options)],
    ['one', (sql, options) => db.one(sql, [], options)],
    ['execute', (sql, options) => db.execute(sql, [], options)],
    ['a transaction', (sql, options) => db.transaction((tx) => tx.query(sql, [], options))],
  ]
  const asyncDoors = doors.slice(4)

  beforeEach(() => {
    db.function('same', (value) => value)
    db.aggregate('tally', {
      start: 0,
      step: (total: number) => total + 1,
      result: (total) => (ends.push(total), total),
    })
  })
  const ends: number[] = []

  it.each(doors)('ends when its time is over, and hits no other: %s', async (_, run) => {
    ends.length = 0
    for (const sql of [
      CALLING,
      `${ENDLESS} select tally() as c from n`,
      // Between two calls there are SQLite's own steps.
      `select same(1) as one, (${ENDLESS} select count(*) from n) as c`,
    ]) {
      const error: unknown = await Promise.resolve()
        .then(() => run(sql, { timeoutMs: 20 }))
        .catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(SqlError)
      expect(error).toMatchObject({ code: 'ERR_TIMEOUT', details: { timeoutMs: expect.any(Number) as number } })
      expect((error as SqlError).details['timeoutMs']).toBeLessThanOrEqual(20)
      expect(await db.query('select same(a) as a from t')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
    }
    expect(ends).toEqual([])
    expect(await run('select same(7) as c', { timeoutMs: 60_000 })).toBeDefined()
  })

  it('ends when its time is over in its last call', () => {
    db.function('slow', (ms) => {
      const until = performance.now() + Number(ms)
      while (performance.now() < until);
      return 1
    })
    expect(() => db.oneSync('select slow(50) as v', [], { timeoutMs: 5 })).toThrow(failure('ERR_TIMEOUT'))
    expect(() => db.oneSync('select same(1) as v', [], { timeoutMs: 0 })).toThrow(failure('ERR_TIMEOUT'))
    expect(db.oneSync('select slow(5) as v')).toEqual({ v: 1 })
  })

  it('may call another database, whose time is its own', () => {
    const other = connectSync(':memory:')
    other.function('same', (value) => value)
    const timeouts: unknown[] = []
    db.function('inner', (value) => {
      if (value === 2) {
        try {
          other.oneSync(CALLING, [], { timeoutMs: 5 })
        } catch (error) {
          timeouts.push(error)
        }
      }
      return other.oneSync<{ v: number }>('select same(?) as v', [value]).v
    })
    expect(db.querySync('select inner(same(a)) as v from t', [], { timeoutMs: 60_000 })).toHaveLength(3)
    expect(timeouts).toEqual([failure('ERR_TIMEOUT')])
    db.function('passes', () => other.oneSync<{ c: number }>(CALLING, [], { timeoutMs: 5 }).c)
    expect(() => db.oneSync('select passes() as v')).toThrow(failure('ERR_TIMEOUT'))
    other.closeSync()
  })

  it('is undone when its time is over', () => {
    db.scriptSync('create table filled (i)')
    expect(() => db.executeSync(`insert into filled ${ENDLESS} select same(i) from n`, [], { timeoutMs: 20 })).toThrow(
      failure('ERR_TIMEOUT'),
    )
    expect(db.oneSync('select count(*) as c from filled')).toEqual({ c: 0 })
  })

  it('ends with its transaction, which nobody could stop from outside', async () => {
    const work = db.transaction(
      async (tx) => {
        await tx.execute('delete from t')
        return tx.transaction((inner) => inner.query(CALLING))
      },
      { timeoutMs: 50 },
    )
    await expect(work).rejects.toEqual(failure('ERR_TIMEOUT'))
    expect(await db.one('select count(*) as c from t')).toEqual({ c: 3 })
  })

  it.each(asyncDoors)('ends when its signal fires in a call, with the very reason: %s', async (_, run) => {
    const controller = new AbortController()
    const reason = { why: 'enough' }
    let calls = 0
    db.function('stops', (value) => {
      calls += 1
      if (value === 2) controller.abort(reason)
      return value
    })
    const { signal } = controller
    await expect(run('select stops(a) as v from t', { timeoutMs: 60_000, signal })).rejects.toBe(reason)
    expect(calls).toBe(2)
    await expect(run('select stops(9) as v', { timeoutMs: 60_000, signal })).rejects.toBe(reason)
    expect(calls).toBe(2)
    expect(await db.query('select stops(a) as v from t')).toHaveLength(3)
  })
})
