import { connect, connectSync } from 'ferrule/sql'
import { describe, expect, it } from 'vitest'
import { failure, ownSchema, url } from './sql/postgres.js'

const db = ownSchema('queries', { max: 4 })

describe('connect', () => {
  it('opens a database that answers, and close ends it', async () => {
    const database = await connect(url, { max: 2, applicationName: 'ferrule-test' })
    expect(database.kind).toBe('postgres')
    expect(await database.one('show application_name')).toEqual({ application_name: 'ferrule-test' })
    const pending = database.query('select pg_sleep(0.05), 1 as n')
    await database.close()
    expect(await pending).toMatchObject([{ n: 1 }])
    expect(database.isClosed).toBe(true)
    await database.close()
    expect(await failure(database.query('select 1'))).toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
  })

  it('has a Sync door, and so have its queries', () => {
    const database = connectSync(url, { max: 1 })
    expect(database.querySync('select $1::int as n', [1])).toEqual([{ n: 1 }])
    expect(database.oneSync('select 1 as n')).toEqual({ n: 1 })
    expect(database.oneOrNullSync('select 1 as n where false')).toBeNull()
    expect(database.executeSync('select 1')).toEqual({ changes: 0, lastInsertId: null })
    expect(() => database.querySync('select pg_sleep(30)', [], { timeoutMs: 50 })).toThrow('deadline passed')
    database.closeSync({ timeoutMs: 10_000 })
  })

  it.each([
    ['postgres://h/d?sslmode=maybe', {}, 'sslmode'],
    ['postgres://h:port/d', {}, 'url'],
    ['postgres://h/d', { max: 0 }, 'max'],
    ['postgres://h/d', { min: 11 }, 'min'],
    ['postgres://h/d?sslmode=verify-full', { ca: 'no certificate' }, 'ca'],
  ] as const)('refuses %s with %j', async (target, options, option) => {
    expect(await failure(connect(target, options))).toMatchObject({ code: 'ERR_SQL_CONFIG', details: { option } })
  })

  it('tells what is wrong with an option before it opens anything', async () => {
    expect(await failure(connect(url, { max: '5' as never }))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
  })

  it('tells a password or database that is wrong from a server that is not there', async () => {
    expect(await failure(connect(`${url}_nowhere`))).toMatchObject({
      code: 'ERR_SQL_CONNECTION',
      details: { sqlstate: '3D000' },
    })
    const gone = await failure(connect('postgres://postgres@127.0.0.1:1/test'))
    expect(gone).toMatchObject({ code: 'ERR_SQL_CONNECTION', details: { retryable: true } })
    expect(gone).toHaveProperty('retryable', true)
  })
})

describe('query', () => {
  it('gives rows as objects or arrays, with the later of two columns of one name', async () => {
    expect(await db().query('select 1 as a, 2 as b, 3 as a')).toEqual([{ a: 3, b: 2 }])
    expect(await db().query('select 1 as a, 2 as b, 3 as a', [], { rows: 'array' })).toEqual([[1, 2, 3]])
    expect(await db().query('select 1 as "__proto__"')).toEqual([JSON.parse('{ "__proto__": 1 }')])
    expect(await db().query('select 1 where false')).toEqual([])
    expect(await db().query('select')).toEqual([{}])
    expect(await db().query('')).toEqual([])
  })

  it('gives as many rows as there are', async () => {
    const rows = await db().query<{ n: number; t: string | null }>(
      "select n, case when n % 3 = 0 then null else repeat('ü', n % 50) end as t from generate_series(1, 30000) n",
    )
    expect(rows).toHaveLength(30_000)
    rows.forEach(({ n, t }, at) => {
      if (n !== at + 1 || t !== (n % 3 === 0 ? null : 'ü'.repeat(n % 50))) expect([n, t]).toBe(at)
    })
  })

  it('runs again when the table behind it has changed', async () => {
    await db().script('create table changing (a int); insert into changing values (1)')
    const select = () => db().query('select * from changing')
    expect(await select()).toEqual([{ a: 1 }])
    await db().script('alter table changing add b text')
    expect(await select()).toEqual([{ a: 1, b: null }])
    await db().script('alter table changing alter a type text')
    expect(await Promise.all([select(), select(), select(), select()])).toEqual(Array(4).fill([{ a: '1', b: null }]))
  })

  it('one wants one row', async () => {
    expect(await db().one('select 1 as a')).toEqual({ a: 1 })
    expect(await failure(db().one('select 1 where false'))).toMatchObject({
      code: 'ERR_SQL_ROW_COUNT',
      details: { found: 0 },
    })
    expect(await failure(db().oneOrNull('select generate_series(1, 2)'))).toMatchObject({ code: 'ERR_SQL_ROW_COUNT' })
    expect(await db().oneOrNull('select 1 where false')).toBeNull()
  })

  it('execute tells how many rows changed, batch for each of many, all or none', async () => {
    await db().script('create table counted (n int primary key)')
    expect(await db().execute('insert into counted select generate_series(1, 10)')).toEqual({
      changes: 10,
      lastInsertId: null,
    })
    expect(await db().execute('select * from counted')).toEqual({ changes: 0, lastInsertId: null })
    expect(await db().batch('insert into counted values ($1)', [[11], [12], [13]])).toEqual([1, 1, 1])
    expect(await db().batch([['delete from counted where n > $1', [10]], ['update counted set n = n + 100']])).toEqual([
      3, 10,
    ])
    const failed = db().batch('insert into counted values ($1)', [[1], [2], [101]])
    expect(await failure(failed)).toMatchObject({ code: 'ERR_SQL_CONSTRAINT' })
    expect(await db().one('select count(*) as n from counted')).toEqual({ n: 10 })
  })

  it('prepare has a statement checked, and gives its columns', async () => {
    const statement = await db().prepare('select $1::int + 1 as n, $2::text as t')
    expect(statement.columns).toEqual(['n', 't'])
    expect(await statement.one([1, 'x'])).toEqual({ n: 2, t: 'x' })
    statement.dispose()
    expect(await failure(statement.query([1, 'x']))).toMatchObject({ code: 'ERR_SQL_CLOSED' })
    expect(await failure(db().prepare('select nothing from nowhere'))).toMatchObject({ code: 'ERR_SQL_SYNTAX' })
  })

  it.each(['begin', 'commit', 'ROLLBACK', 'savepoint a', 'listen c', 'copy t from stdin', 'copy t to stdout'])(
    'refuses %s, which would change a connection that others use',
    async (sql) => {
      const error = await failure(db().query(sql))
      expect(error).toMatchObject({ code: 'ERR_SQL_STATE' })
      expect(error.message).toMatch(/transaction\(\)|listen\(\)|copyIn\(\)|copyOut\(\)/)
    },
  )

  it('leaves a usable pool behind a script that copies', async () => {
    await failure(db().script('create table copied (n int); copy copied from stdin'))
    expect(await db().query('select 1 as n')).toEqual([{ n: 1 }])
  })
})

describe('an error of the server', () => {
  it('has the server’s own fields, and places as JavaScript counts', async () => {
    await db().script('create table strict (n int not null constraint positive check (n > 0), unique (n))')
    const syntax = await failure(db().query("select '🦀', selct from strict"))
    expect(syntax).toMatchObject({ code: 'ERR_SQL_SYNTAX', operation: 'sql.PostgresDatabase.query' })
    expect(syntax.details).toMatchObject({ sqlstate: '42703', severity: 'ERROR', position: 13, retryable: false })
    const check = await failure(db().execute('insert into strict values ($1)', [-1]))
    expect(check).toMatchObject({
      code: 'ERR_SQL_CONSTRAINT',
      details: { sqlstate: '23514', constraint: 'positive', table: 'strict', schema: expect.any(String) as string },
    })
    const missing = await failure(db().execute('insert into strict values (null)'))
    expect(missing.details).toMatchObject({ sqlstate: '23502', column: 'n' })
    await db().execute('insert into strict values (5)')
    const twice = await failure(db().execute('insert into strict values (5)'))
    expect(twice.details).toMatchObject({ sqlstate: '23505', detail: 'Key (n)=(5) already exists.' })
  })

  it.each([
    ["do $$ begin raise exception 'x' using errcode = '40001'; end $$", 'ERR_SQL_BUSY', true],
    ["do $$ begin raise exception 'x' using errcode = '40P01'; end $$", 'ERR_SQL_BUSY', true],
    ["do $$ begin raise exception 'x' using errcode = '53100'; end $$", 'ERR_SQL_FULL', false],
    ["do $$ begin raise exception 'x' using errcode = '42501'; end $$", 'ERR_SQL_DENIED', false],
    ["do $$ begin raise exception 'x' using errcode = 'XX001'; end $$", 'ERR_SQL_CORRUPT', false],
    ['select 1/0', 'ERR_SQL_QUERY', false],
  ])('is told by class: %s', async (sql, code, retryable) => {
    expect(await failure(db().query(sql))).toMatchObject({ code, details: { retryable } })
  })

  it('in one call leaves those beside it alone', async () => {
    const calls = Array.from({ length: 200 }, (_, n) =>
      n % 5 === 0 ? failure(db().query('select 1/$1::int', [0])) : db().one('select $1::int as n', [n]),
    )
    const results = await Promise.all(calls)
    results.forEach((result, n) => {
      if (n % 5 === 0) expect(result).toMatchObject({ code: 'ERR_SQL_QUERY', details: { sqlstate: '22012' } })
      else expect(result).toEqual({ n })
    })
  })
})
