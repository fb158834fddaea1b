// Parameters in order, `?`, as SQLite has them: one API for both.
import type { PostgresDatabase } from 'ferrule/sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connected } from './sql/postgres.js'

describe('`?` in a statement for PostgreSQL', () => {
  let db: PostgresDatabase

  beforeAll(async () => {
    db = await connected({ max: 2 })
  })
  afterAll(async () => {
    await db.close()
  })

  it('stands for the values in their order', async () => {
    expect(await db.one('select ?::int - ?::int as n', [5, 3])).toEqual({ n: 2 })
    expect(db.oneSync('select ?::text || ?::text as t', ['a', '$1'])).toEqual({ t: 'a$1' })
    expect(await db.transaction((tx) => tx.one('select ?::int as n', [7]))).toEqual({ n: 7 })
    expect(await db.batch('select ?::int', [[1], [2]])).toHaveLength(2)
  })

  it('is prepared, too', async () => {
    using statement = await db.prepare('select ?::int + 1 as n')
    expect(statement.columns).toEqual(['n'])
    expect(await statement.one([41])).toEqual({ n: 42 })
  })

  it('is none in texts, names, comments and between dollar marks', async () => {
    const row = await db.one(
      `select '?' || E'\\'?' as a, "?" as b, $$?$$ as c, $x$?$x$ as d, ?::int as e /* ? */ -- ?
       from (select 1 as "?") as t`,
      [9],
    )
    expect(row).toEqual({ a: "?'?", b: 1, c: '?', d: '?', e: 9 })
  })

  it('leaves the operators of JSON: `?|` and `?&` as they are, `??` for `?`', async () => {
    const sql = `select j ?? 'a' as one, j ?| array['x', 'b'] as any, j ?& array['a', 'b'] as every from (select ?::jsonb as j) as t`
    expect(await db.one(sql, [{ a: 1, b: 2 }])).toEqual({ one: true, any: true, every: true })
  })

  it('is the operator where the statement has places of its own, or gets no values', async () => {
    expect(await db.one(`select $1::jsonb ? 'a' as has`, [{ a: 1 }])).toEqual({ has: true })
    expect(await db.one(`select '{"a":1}'::jsonb ? 'a' as has`)).toEqual({ has: true })
  })

  it.each([
    ['too few values', [1]],
    ['too many', [1, 2, 3]],
  ])('refuses %s', async (_, values) => {
    await expect(db.query('select ?::int, ?::int', values)).rejects.toMatchObject({ code: 'ERR_SQL_PARAMETER' })
  })
})
