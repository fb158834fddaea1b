import { sql } from 'ferrule/sql'
import { describe, expect, it } from 'vitest'
import { failure, ownSchema } from './sql/postgres.js'

const db = ownSchema('injection')

const hostile = [
  "'; drop table victims; --",
  "' or '1'='1",
  '$1; drop table victims',
  "\\'; drop table victims; --",
  "E'\\047; drop table victims; --",
  '$$; drop table victims; $$',
  '"; drop table victims; --',
  '{"a","b"}',
  '\\N\t1\n\\.\n',
  '/* */ union select 1 --',
  '🦀\u202e',
  ':a $1 ? %s ${x}',
]

describe('a hostile text', () => {
  it.each(hostile)('is only a text on every way in: %s', async (text) => {
    await db().script('create table if not exists victims (t text); truncate victims')
    expect(await db().one('select $1::text as t', [text])).toEqual({ t: text })
    expect(await db().one('select :t::text as t', { t: text })).toEqual({ t: text })
    expect(await db().one(sql`select ${text}::text as t`)).toEqual({ t: text })
    expect(await db().one('select $1::text[] as t', [[text, text]])).toEqual({ t: [text, text] })
    expect(await db().one('select $1::jsonb as t', [{ [text]: text }])).toEqual({ t: { [text]: text } })
    expect(await db().one('select $1::jsonb as t', [[text]])).toEqual({ t: [text] })
    expect(db().oneSync('select $1::text as t', [text])).toEqual({ t: text })
    expect(await db().batch('insert into victims values ($1)', [[text]])).toEqual([1])
    const statement = await db().prepare('select $1::text as t')
    expect(await statement.one([text])).toEqual({ t: text })
    for await (const row of db().stream('select $1::text as t', [text])) expect(row).toEqual({ t: text })
    expect(await db().copyIn({ table: 'victims', columns: ['t'] }, [[text]])).toBe(1)
    expect(await db().transaction((tx) => tx.one('select $1::text as t', [text]))).toEqual({ t: text })
    const rows = await db().query('select t from victims where t = $1', [text])
    expect(rows).toEqual([{ t: text }, { t: text }])
  })

  it.each(hostile)('is only a name where a name is: %s', async (text) => {
    const name = text.slice(0, 60)
    await db().transaction(async (tx) => {
      await tx.execute(sql`create table ${sql.identifier(name)} (${sql.identifier(name)} int)`)
      expect(await tx.copyIn({ table: name, columns: [name] }, [[1]])).toBe(1)
      expect(await tx.query(sql`select * from ${sql.identifier(name)}`)).toEqual([{ [name]: 1 }])
      await tx.execute(sql`drop table ${sql.identifier(name)}`)
    })
    const listener = await db().listen(name)
    await db().notify(name, text)
    for await (const { channel, payload } of listener) {
      expect([channel, payload]).toEqual([name, text])
      break
    }
  })

  it('in place of a number, date or list is refused by the server, not run', async () => {
    for (const type of ['int', 'timestamptz', 'uuid', 'int[]', 'jsonb', 'numeric']) {
      expect(await failure(db().query(`select $1::${type}`, ['1; drop table victims']))).toMatchObject({
        code: 'ERR_SQL_QUERY',
      })
    }
    expect(await failure(db().query('select 1; drop table victims'))).toMatchObject({ code: 'ERR_SQL_SYNTAX' })
    expect(await db().query('select count(*) >= 0 as there from victims')).toEqual([{ there: true }])
  })
})
