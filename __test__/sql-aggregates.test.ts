// Aggregates and window functions of JavaScript in SQL.
import { diagnostics } from 'ferrule'
import { connect, type SqlAggregate, type SqliteDatabase } from 'ferrule/sql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let db: SqliteDatabase
const failure = (code: string): Error => expect.objectContaining({ code }) as Error

const caught = (call: () => unknown): unknown => {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}

beforeEach(async () => {
  db = await connect(':memory:')
  await db.script("create table t (kind text, a integer); insert into t values ('x', 1), ('x', 2), ('y', 3), ('y', 5)")
})

afterEach(async () => {
  await db.close()
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

const product: SqlAggregate<number> = { start: 1, step: (total, value) => total * Number(value) }

/** A median: of numbers, gathered in a list of each group's own. */
const median: SqlAggregate<number[]> = {
  start: () => [],
  step: (list, value) => void list.push(Number(value)),
  result: (list) => list.sort((a, b) => a - b)[list.length >> 1],
}

describe('an aggregate', () => {
  it('adds up each group, from every door', async () => {
    db.aggregate('product', product)
    const sql = 'select kind, product(a) as p from t group by kind order by kind'
    const expected = [
      { kind: 'x', p: 2 },
      { kind: 'y', p: 15 },
    ]
    expect(db.querySync(sql)).toEqual(expected)
    expect(await db.query(sql)).toEqual(expected)
    expect(db.prepareSync(sql).querySync()).toEqual(expected)
    expect(await db.one('select product(a) as p from t')).toEqual({ p: 30 })
    expect(await db.transaction((tx) => tx.one('select PRODUCT(a) as p from t'))).toEqual({ p: 30 })
    expect(await db.execute("update t set a = (select product(a) from t) where kind = 'x'")).toMatchObject({
      changes: 2,
    })
    expect(db.oneSync('select product(a) as p from t')).toEqual({ p: 30 * 30 * 15 })
  })

  it('makes the start of each group anew, and gives its result', () => {
    db.aggregate('median', median)
    expect(db.querySync('select median(a) as m from t group by kind order by kind')).toEqual([{ m: 2 }, { m: 5 }])
    expect(db.oneSync('select median(a) as m from t')).toEqual({ m: 3 })
    expect(db.oneSync('select median(a) as m from t')).toEqual({ m: 3 })
  })

  it('of no rows is what its start gives', () => {
    db.aggregate('product', product)
    db.aggregate('median', median)
    db.aggregate('last', { step: (_: unknown, value) => value })
    expect(db.oneSync('select product(a) as p, median(a) as m, last(a) as l from t where a > 9')).toEqual({
      p: 1,
      m: null,
      l: null,
    })
    expect(db.querySync('select product(a) as p from t where a > 9 group by kind')).toEqual([])
  })

  it('stands beside others in one statement, filtered and distinct', () => {
    db.aggregate('product', product)
    db.aggregate('joined', {
      start: '',
      step: (total: string, value, between) =>
        total === '' ? String(value) : `${total}${String(between)}${String(value)}`,
    })
    db.function('twice', (value) => Number(value) * 2)
    db.executeSync("insert into t values ('x', 1)")
    expect(
      db.oneSync(`select product(twice(a)) as p, product(distinct a) as d, product(a) filter (where kind = 'y') as f,
        joined(a, '+') as j from t`),
    ).toEqual({ p: 30 * 2 ** 5, d: 30, f: 15, j: '1+2+3+5+1' })
  })

  it('takes and gives values of every type, big integers too', () => {
    const seen: unknown[] = []
    db.aggregate('heard', { step: (_: unknown, value) => void seen.push(value), result: () => 2n ** 62n })
    const bytes = new Uint8Array([1, 0])
    const values = [null, 1, 1.5, 'é😀', bytes, 9007199254740993n]
    db.scriptSync('create table v (v)')
    db.batchSync(
      'insert into v values (?)',
      values.map((value) => [value]),
    )
    expect(db.oneSync('select heard(v) as r from v', [], { integers: 'bigint' })).toEqual({ r: 2n ** 62n })
    expect(seen).toEqual(values)
  })

  it('takes as many arguments as its step declares, or any number', () => {
    db.aggregate('product', product)
    db.aggregate('count_all', { arguments: -1, start: 0, step: (total: number, ...all) => total + all.length })
    expect(db.oneSync('select count_all() as n, count_all(a, a, kind) as m from t')).toEqual({ n: 0, m: 12 })
    expect(() => db.oneSync('select product(a, a) from t')).toThrow(failure('ERR_SQL_SYNTAX'))
    expect(() => db.oneSync('select product(a) over () from t')).toThrow(failure('ERR_SQL_SYNTAX'))
  })

  it('replaces one of its name', () => {
    db.aggregate('product', product)
    db.aggregate('product', { ...product, start: 100 })
    expect(db.oneSync('select product(a) as p from t')).toEqual({ p: 3000 })
  })
})

describe('a window function', () => {
  const calls: string[] = []
  const sum: SqlAggregate<number> = {
    start: 0,
    step: (total, value) => (calls.push(`+${String(value)}`), total + Number(value)),
    inverse: (total, value) => (calls.push(`-${String(value)}`), total - Number(value)),
    result: (total) => total * 10,
  }

  it('follows its window, row by row', () => {
    db.aggregate('sum10', sum)
    calls.length = 0
    const sql = 'select a, sum10(a) over (order by a rows between 1 preceding and current row) as s from t order by a'
    expect(db.querySync(sql)).toEqual([
      { a: 1, s: 10 },
      { a: 2, s: 30 },
      { a: 3, s: 50 },
      { a: 5, s: 80 },
    ])
    expect(calls.filter((call) => call.startsWith('-'))).toEqual(['-1', '-2'])
  })

  it('keeps partitions apart, and has rows outside of every window', () => {
    db.aggregate('sum10', sum)
    expect(
      db.querySync(
        'select sum10(a) over (partition by kind order by a rows between 1 following and 1 following) as s from t order by kind, a',
      ),
    ).toEqual([{ s: 20 }, { s: 0 }, { s: 50 }, { s: 0 }])
    expect(db.oneSync('select sum10(a) as s from t')).toEqual({ s: 110 })
  })
})

describe('an aggregate that throws ends the statement, what it threw arrives untouched, and no more of it is called', () => {
  const thrown = { any: 'thing' }
  const fail = (): never => {
    throw thrown as unknown as Error
  }
  const over = 'over (order by a rows between 1 preceding and current row)'

  it.each<[part: string, SqlAggregate<number>, sql: string]>([
    ['start', { start: fail, step: (total) => total }, 'select f(a) as v from t'],
    ['start of no rows', { start: fail, step: (total) => total }, 'select f(a) as v from t where a > 9'],
    ['step', { step: (total, value) => (value === 3 ? fail() : total) }, 'select f(a) as v from t group by kind'],
    ['result', { step: (total) => total, result: fail }, 'select f(a) as v from t'],
    ['step in a window', { step: fail, inverse: (total) => total }, `select f(a) ${over} as v from t`],
    ['inverse', { arguments: 1, step: (total) => total, inverse: fail }, `select f(a) ${over} as v from t`],
    [
      'value',
      { arguments: 1, step: (total) => total, inverse: (total) => total, result: fail },
      `select f(a) ${over} as v from t`,
    ],
  ])('in its %s', async (_, aggregate, sql) => {
    let hasThrown = false
    let after = 0
    const watched =
      <Args extends unknown[], Result>(fn: (...args: Args) => Result): ((...args: Args) => Result) =>
      (...args) => {
        if (hasThrown) after += 1
        try {
          return fn(...args)
        } catch (error) {
          hasThrown = true
          throw error
        }
      }
    const { start = 0, step, inverse, result = (total: number): number => total } = aggregate
    db.aggregate('f', {
      arguments: 1,
      start: typeof start === 'function' ? watched(start) : start,
      step: watched(step),
      inverse: inverse && watched(inverse),
      result: watched(result),
    })
    expect(caught(() => db.querySync(sql))).toBe(thrown)
    hasThrown = false
    await expect(db.query(sql)).rejects.toBe(thrown)
    hasThrown = false
    await expect(db.execute(`update t set a = (select sum(v) from (${sql}))`)).rejects.toBe(thrown)
    expect(after).toBe(0)
    expect(db.querySync('select a from t order by a')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 5 }])
  })

  it('and groups that it left are forgotten', () => {
    const events: string[] = []
    let isBad = true
    db.aggregate('f', {
      start: (): string[] => [],
      step: (list: string[], value) => {
        events.push(`step ${String(value)}`)
        if (isBad && value === 3) fail()
        list.push(String(value))
      },
      result: (list) => {
        events.push(`result ${list.join()}`)
        return list.join()
      },
    })
    const sql = 'select f(a) as v from t group by kind order by kind'
    expect(caught(() => db.querySync(sql))).toBe(thrown)
    // The group that was there when it threw has no result: nobody would see it.
    expect(events).toEqual(['step 1', 'step 2', 'result 1,2', 'step 3'])
    isBad = false
    expect(db.querySync(sql)).toEqual([{ v: '1,2' }, { v: '3,5' }])
  })
})

describe('an aggregate is refused', () => {
  it.each<[what: string, aggregate: unknown, code: string]>([
    ['that steps by a promise', { step: () => Promise.resolve(1) }, 'ERR_SQL_FUNCTION'],
    ['whose result is a promise', { step: () => 1, result: () => Promise.resolve(1) }, 'ERR_SQL_FUNCTION'],
    ['whose total is no value', { start: () => ({}), step: () => undefined }, 'ERR_SQL_PARAMETER'],
  ])('%s', (_, aggregate, code) => {
    db.aggregate('bad', { arguments: 1, ...(aggregate as SqlAggregate) })
    expect(() => db.oneSync('select bad(a) from t')).toThrow(failure(code))
  })

  it.each<[name: string, aggregate: unknown, code: string]>([
    ["a'b", product, 'ERR_INVALID_ARG_TYPE'],
    ['a', null, 'ERR_INVALID_ARG_TYPE'],
    ['a', {}, 'ERR_INVALID_ARG_TYPE'],
    ['a', { step: () => 1, result: 1 }, 'ERR_INVALID_ARG_TYPE'],
    ['a', { step: () => 1, inverse: 1 }, 'ERR_INVALID_ARG_TYPE'],
    ['a', { step: () => 1, arguments: 200 }, 'ERR_OUT_OF_RANGE'],
  ])('when it is made of what is none: %s %o', (name, aggregate, code) => {
    expect(() => {
      db.aggregate(name, aggregate as never)
    }).toThrow(failure(code))
  })

  it('by a stream, by a view, and for using its own database', async () => {
    const refused: unknown[] = []
    db.aggregate('nested', {
      step: () => {
        refused.push((caught(() => db.querySync('select 1')) as { code: string }).code)
      },
    })
    db.oneSync('select nested() from t')
    expect(refused).toEqual(Array.from({ length: 4 }, () => 'ERR_BUSY'))
    await expect(db.stream('select nested() from t').next()).rejects.toEqual(failure('ERR_SQL_FUNCTION'))
    db.executeSync('create view v as select nested() as n from t')
    await expect(db.query('select * from v')).rejects.toEqual(failure('ERR_SQL_SYNTAX'))
  })
})
