// What is bound is never SQL, whatever way it takes.
import { connectSync, sql, SqlFragment, type SqliteDatabase } from 'ferrule/sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let db: SqliteDatabase

beforeAll(() => {
  db = connectSync(':memory:')
  db.scriptSync("create table users (name text, secret text); insert into users values ('anna', 's1'), ('bela', 's2')")
})

afterAll(() => {
  db.closeSync()
})

const ATTEMPTS = [
  "' or 1=1 --",
  "'; drop table users; --",
  '" or ""="',
  "' union select secret, name from users --",
  '?',
  ':name',
  '$1',
  '${1}',
  "\\' or 1=1 --",
  "anna'/*",
  '%27 or 1=1',
  '\u02bc or 1=1 --',
  "anna\0' or 1=1",
  '`; drop table users',
  ') or (1=1',
]

describe.each(ATTEMPTS)('%j', (attempt) => {
  it('is a value through every parameter path', async () => {
    const byPlace = 'select name, secret from users where name = ?'
    const byName = 'select name, secret from users where name = :name'
    const statement = db.prepareSync(byPlace)
    const streamed = []
    for await (const row of db.stream(byPlace, [attempt])) streamed.push(row)
    const found: unknown[][] = [
      db.querySync(byPlace, [attempt]),
      await db.query(byPlace, [attempt]),
      db.querySync(byName, { name: attempt }),
      await db.query(sql`select name, secret from users where name = ${attempt}`),
      db.querySync(sql`select name, secret from users where ${sql`name = ${attempt}`}`),
      db.querySync(sql`select name, secret from users where name in (${sql.join([attempt, attempt])})`),
      statement.querySync([attempt]),
      await statement.query([attempt]),
      streamed,
    ]
    expect(found).toEqual(found.map(() => []))
    db.batchSync('insert into users values (?, ?)', [[attempt, 'x']])
    expect(db.oneSync('select name from users where name = ?', [attempt])).toEqual({ name: attempt })
    expect(db.executeSync('delete from users where name = ?', [attempt]).changes).toBe(1)
    expect(db.oneSync('select count(*) as c from users')).toEqual({ c: 2 })
  })

  it('is a name where it is an identifier', () => {
    if (attempt.includes('\0')) {
      expect(() => sql.identifier(attempt)).toThrow(expect.objectContaining({ code: 'ERR_SQL_PARAMETER' }) as Error)
      return
    }
    const table = sql.identifier(attempt)
    db.executeSync(sql`create table ${table} (${sql.identifier('a')} integer)`)
    db.executeSync(sql`insert into ${table} values (${1})`)
    expect(db.querySync(sql`select * from ${sql.identifier('main', attempt)}`)).toEqual([{ a: 1 }])
    db.executeSync(sql`drop table ${table}`)
    expect(db.oneSync('select count(*) as c from users')).toEqual({ c: 2 })
  })
})

describe('sql', () => {
  it('makes placeholders, and nests', () => {
    const inner = sql`b = ${2} and ${sql`c = ${3}`}`
    const fragment = sql`select * from t where a = ${1} and ${inner} or d = ${4}`
    expect(fragment.text()).toBe('select * from t where a = ? and b = ? and c = ? or d = ?')
    expect(fragment.text((at) => `$${String(at + 1)}`)).toBe(
      'select * from t where a = $1 and b = $2 and c = $3 or d = $4',
    )
    expect(fragment.values).toEqual([1, 2, 3, 4])
  })

  it('takes templates alone', () => {
    for (const forged of ['select 1', ['select 1'], Object.assign(['x'], { raw: ['x'] }), undefined]) {
      expect(() => sql(forged as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }) as Error)
    }
  })

  it('does not take for a fragment what only looks like one', () => {
    const forged = JSON.parse('{"pieces":["1=1"],"values":[]}') as unknown
    const copied = Object.create(Object.getPrototypeOf(sql`x`) as object) as unknown
    expect(copied).toBeInstanceOf(SqlFragment)
    for (const value of [forged, copied]) {
      expect(() => db.querySync(sql`select * from users where ${value}`)).toThrow()
    }
  })

  it('refuses empty lists and names', () => {
    expect(() => sql.join([])).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }) as Error)
    expect(() => sql.identifier('')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }) as Error)
    expect(() => sql.json(undefined)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }) as Error)
  })
})
