// Rows, their forms and types, and the parameters that go in.
import { diagnostics } from 'ferrule'
import { connect, sql, type SqlParam, type SqliteDatabase } from 'ferrule/sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let db: SqliteDatabase
const failure = (code: string, details: object = {}): Error =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object }) as Error

beforeAll(async () => {
  db = await connect(':memory:')
  await db.script(`
    create table people (id integer primary key, name text not null unique, age integer check (age >= 0), note text);
    insert into people values (1, 'Anna', 41, null), (2, 'Béla 😀', 7, 'x'), (3, 'Cem', null, '');
    create table child (person integer references people (id));
  `)
})

afterAll(async () => {
  await db.close()
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

/** A query through every door that gives rows. */
async function everyDoor(text: string, params?: SqlParam[], options: object = {}): Promise<unknown[][]> {
  const statement = await db.prepare(text, options)
  const streamed = []
  for await (const row of db.stream(text, params, options)) streamed.push(row)
  const all = [
    await db.query(text, params, options),
    db.querySync(text, params, options),
    db.querySync(text, params, { ...options, timeoutMs: 10_000 }),
    await statement.query(params),
    statement.querySync(params),
    streamed,
  ]
  statement.dispose()
  return all
}

describe('query', () => {
  it('gives rows as objects, the same through every door', async () => {
    const rows = [
      { id: 1, name: 'Anna', age: 41, note: null },
      { id: 2, name: 'Béla 😀', age: 7, note: 'x' },
      { id: 3, name: 'Cem', age: null, note: '' },
    ]
    for (const found of await everyDoor('select * from people order by id')) expect(found).toEqual(rows)
  })

  it('gives rows as arrays', async () => {
    for (const found of await everyDoor('select id, name from people where id > ? order by id', [1], {
      rows: 'array',
    })) {
      expect(found).toEqual([
        [2, 'Béla 😀'],
        [3, 'Cem'],
      ])
    }
  })

  it('gives no rows where there are none', async () => {
    for (const found of await everyDoor('select * from people where id = 77')) expect(found).toEqual([])
  })

  it('keeps every column in arrays, and the later of two with one name in objects', async () => {
    expect(await db.query('select 1 as a, 2 as a', [], { rows: 'array' })).toEqual([[1, 2]])
    expect(await db.query('select 1 as a, 2 as a')).toEqual([{ a: 2 }])
  })

  it('takes any column name for a name', async () => {
    const names = ['__proto__', 'constructor', 'a"b', "a'b", 'a\nb', '\u2028', '${x}', '`', 'é😀', '', '0', 'toString']
    const columns = names.map((name, at) => `${String(at)} as "${name.replaceAll('"', '""')}"`).join(', ')
    const [row] = await db.query<Record<string, unknown>>(`select ${columns}`)
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
    for (const [at, name] of names.entries()) {
      expect(Object.getOwnPropertyDescriptor(row, name)?.value, JSON.stringify(name)).toBe(at)
    }
    expect(db.oneSync(`select ${columns}`)).toEqual(row)
  })

  it('takes thousands of columns', async () => {
    const columns = Array.from({ length: 1500 }, (_, at) => `${String(at)} as c${String(at)}`).join(', ')
    const [row] = await db.query<Record<string, number>>(`select ${columns}`)
    expect(row?.['c1499']).toBe(1499)
    expect(db.oneSync<Record<string, number>>(`select ${columns}`)['c1499']).toBe(1499)
  })

  it('sees the columns of a table that changed under a prepared statement', async () => {
    await db.script('create table changing (a); insert into changing values (1)')
    const statement = db.prepareSync('select * from changing')
    expect(statement.querySync()).toEqual([{ a: 1 }])
    expect(statement.oneSync()).toEqual({ a: 1 })
    await db.script('alter table changing rename column a to b; alter table changing add column c default 2')
    expect(statement.oneSync()).toEqual({ b: 1, c: 2 })
    expect(statement.querySync()).toEqual([{ b: 1, c: 2 }])
    expect(await statement.query()).toEqual([{ b: 1, c: 2 }])
    expect(statement.columns).toEqual(['b', 'c'])
  })

  it('gives a hundred thousand rows in order', async () => {
    const text =
      "with recursive n(i) as (select 0 union all select i + 1 from n where i < 99999) select i, 'row ' || i as t from n"
    for (const rows of await everyDoor(text)) {
      expect(rows).toHaveLength(100_000)
      expect(rows.every((row, at) => (row as { i: number }).i === at)).toBe(true)
      expect((rows[77_777] as { t: string }).t).toBe('row 77777')
    }
  })
})

describe('one', () => {
  it('gives the only row', async () => {
    expect(await db.one('select name from people where id = 1')).toEqual({ name: 'Anna' })
    expect(db.oneSync('select name from people where id = ?', [3], { rows: 'array' })).toEqual(['Cem'])
    expect(await db.oneOrNull('select 1 from people where id = 9')).toBe(null)
    expect(db.oneOrNullSync('select 1 from people where id = 9')).toBe(null)
  })

  it('refuses none, or a second', async () => {
    await expect(db.one('select 1 from people where id = 9')).rejects.toEqual(
      failure('ERR_SQL_ROW_COUNT', { found: 0 }),
    )
    await expect(db.one('select 1 from people')).rejects.toEqual(failure('ERR_SQL_ROW_COUNT', { found: 2 }))
    expect(() => db.oneSync('select 1 from people')).toThrow(failure('ERR_SQL_ROW_COUNT'))
    expect(() => db.oneOrNullSync('select 1 from people')).toThrow(failure('ERR_SQL_ROW_COUNT'))
  })
})

describe('execute', () => {
  it('tells how many rows changed and which was inserted last', async () => {
    const inserted = await db.execute("insert into people (id, name) values (10, 'J'), (11, 'K')")
    expect(inserted).toEqual({ changes: 2, lastInsertId: 11 })
    expect(db.executeSync('update people set age = 1 where id > ?', [9])).toMatchObject({ changes: 2 })
    expect(await db.execute('delete from people where id > 9')).toMatchObject({ changes: 2 })
    expect(await db.execute('create table if not exists people (a)')).toMatchObject({ changes: 0 })
    expect(await db.execute('select 1')).toMatchObject({ changes: 0 })
  })

  it('gives a row number beyond 2^53 as a bigint', async () => {
    await db.script('create table wide (id integer primary key)')
    const { lastInsertId } = await db.execute('insert into wide values (?)', [2n ** 62n])
    expect(lastInsertId).toBe(2n ** 62n)
  })

  it('gives what a returning clause returns through query', async () => {
    const rows = await db.query("insert into people (name) values ('R') returning name")
    expect(rows).toEqual([{ name: 'R' }])
    await db.execute("delete from people where name = 'R'")
  })
})

describe('types', () => {
  const values: [string, SqlParam, unknown, string][] = [
    ['null', null, null, 'null'],
    ['true', true, 1, 'integer'],
    ['false', false, 0, 'integer'],
    ['zero', 0, 0, 'integer'],
    ['minus zero', -0, -0, 'real'],
    ['an integer', -42, -42, 'integer'],
    ['the largest safe integer', 2 ** 53 - 1, 2 ** 53 - 1, 'integer'],
    ['a fraction', 0.1, 0.1, 'real'],
    ['a large number', 1e300, 1e300, 'real'],
    ['infinity', Infinity, Infinity, 'real'],
    ['a bigint', 5n, 5, 'integer'],
    ['a text', 'héllo 😀', 'héllo 😀', 'text'],
    ['an empty text', '', '', 'text'],
    ['a text with NUL', 'a\0b', 'a\0b', 'text'],
    ['bytes', new Uint8Array([0, 1, 255]), new Uint8Array([0, 1, 255]), 'blob'],
    ['no bytes', new Uint8Array(0), new Uint8Array(0), 'blob'],
    ['a date', new Date(1234567890123), '2009-02-13T23:31:30.123Z', 'text'],
    ['JSON', sql.json({ a: [1, 'é'] }), '{"a":[1,"é"]}', 'text'],
  ]
  it.each(values)('%s comes back', async (_, value, expected, type) => {
    for (const [row] of await everyDoor('select ? as v, typeof(?) as t', [value, value])) {
      expect(row).toEqual({ v: expected, t: type })
      expect(Object.is((row as { v: unknown }).v, expected) || typeof expected === 'object').toBe(true)
    }
    expect(db.oneSync('select ? as v', [value])).toEqual({ v: expected })
    expect(await db.one('select ? as v', [value])).toEqual({ v: expected })
  })

  it('of one column may differ from row to row', async () => {
    const text = "values (1), ('two'), (null), (x'03'), (4.5), (6)"
    for (const rows of await everyDoor(text, [], { rows: 'array' })) {
      expect(rows).toEqual([[1], ['two'], [null], [new Uint8Array([3])], [4.5], [6]])
    }
  })

  it('never round an integer: an error, or a bigint on request', async () => {
    const text = 'select 9007199254740993 as big, 1 as small'
    await expect(db.query(text)).rejects.toEqual(failure('ERR_SQL_RANGE', { value: '9007199254740993', column: 'big' }))
    expect(() => db.oneSync(text)).toThrow(failure('ERR_SQL_RANGE'))
    for (const [row] of await everyDoor(text, [], { integers: 'bigint' })) {
      expect(row).toEqual({ big: 9007199254740993n, small: 1n })
    }
    expect(db.oneSync(text, [], { integers: 'bigint' })).toEqual({ big: 9007199254740993n, small: 1n })
    const ends = [2n ** 63n - 1n, -(2n ** 63n)]
    expect(db.oneSync('select ? as a, ? as b', ends, { integers: 'bigint', rows: 'array' })).toEqual(ends)
    await expect(db.query('select ?', [2n ** 63n])).rejects.toEqual(failure('ERR_OUT_OF_RANGE'))
  })

  it('give text that is no UTF-8 with replacement characters', () => {
    expect(db.oneSync("select cast(x'61ff62' as text) as t")).toEqual({ t: 'a\ufffdb' })
  })
})

describe('parameters', () => {
  it('are given by place or by name', async () => {
    expect(await db.one('select ? as a, ? as b', [1, 2])).toEqual({ a: 1, b: 2 })
    expect(await db.one('select ?2 as a, ?1 as b', [1, 2])).toEqual({ a: 2, b: 1 })
    expect(await db.one('select :x as a, @y as b, $z as c, :x as d', { x: 1, y: 'two', z: null })).toEqual({
      a: 1,
      b: 'two',
      c: null,
      d: 1,
    })
    expect(db.oneSync('select :x as a', { x: 5 })).toEqual({ a: 5 })
  })

  it.each([
    ['too few', 'select ?, ?', [1]],
    ['too many', 'select ?', [1, 2]],
    ['none where one is needed', 'select ?', undefined],
    ['some where none is', 'select 1', [1]],
    ['a name that is missing', 'select :a, :b', { a: 1 }],
    ['a name too many', 'select :a', { a: 1, b: 2 }],
    ['a name of the prototype', 'select :toString', {}],
    ['an object for places', 'select ?', { '1': 1 }],
    ['undefined', 'select ?', [undefined]],
    ['a function', 'select ?', [() => 1]],
    ['a symbol', 'select ?', [Symbol('x')]],
    ['an object', 'select ?', [{}]],
    ['an array', 'select ?', [[1]]],
    ['NaN', 'select ?', [NaN]],
    ['an invalid date', 'select ?', [new Date(NaN)]],
  ])('are refused: %s', async (_, text, params) => {
    await expect(db.query(text, params as never)).rejects.toEqual(failure('ERR_SQL_PARAMETER'))
    expect(() => db.querySync(text, params as never)).toThrow(failure('ERR_SQL_PARAMETER'))
    expect(() => db.executeSync(text, params as never)).toThrow(failure('ERR_SQL_PARAMETER'))
  })

  it('in hundreds are taken, and none leaks into the next call', () => {
    const many = Array.from({ length: 900 }, (_, at) => (at % 3 === 0 ? `t${String(at)}` : at))
    const marks = many.map(() => '?').join(', ')
    expect(db.oneSync(`select ${marks}`, many, { rows: 'array' })).toEqual(many)
    expect(db.oneSync('select ? as a', [null])).toEqual({ a: null })
  })
})

describe('errors', () => {
  it('tell what the database said', async () => {
    await expect(db.query('selec 1')).rejects.toEqual(
      failure('ERR_SQL_SYNTAX', { extendedCode: 'SQLITE_ERROR', position: 0 }),
    )
    await expect(db.query('select é😀 1, frm')).rejects.toMatchObject({ details: { position: 11 } })
    await expect(db.execute("insert into people (name) values ('Anna')")).rejects.toEqual(
      failure('ERR_SQL_CONSTRAINT', {
        extendedCode: 'SQLITE_CONSTRAINT_UNIQUE',
        table: 'people',
        column: 'name',
        retryable: false,
      }),
    )
    await expect(db.execute('insert into people (id) values (50)')).rejects.toEqual(
      failure('ERR_SQL_CONSTRAINT', { extendedCode: 'SQLITE_CONSTRAINT_NOTNULL', column: 'name' }),
    )
    await expect(db.execute("insert into people (name, age) values ('N', -1)")).rejects.toEqual(
      failure('ERR_SQL_CONSTRAINT', { extendedCode: 'SQLITE_CONSTRAINT_CHECK' }),
    )
    await expect(db.execute('insert into child values (99)')).rejects.toEqual(
      failure('ERR_SQL_CONSTRAINT', { extendedCode: 'SQLITE_CONSTRAINT_FOREIGNKEY' }),
    )
  })

  it.each([
    ['several statements', 'select 1; select 2', 'ERR_SQL_SYNTAX'],
    ['none', '  -- nothing', 'ERR_SQL_SYNTAX'],
    ['a NUL', 'select 1\0; drop table people', 'ERR_SQL_SYNTAX'],
    ['the beginning of a transaction', '/* x */ begin', 'ERR_SQL_STATE'],
    ['the end of one', ' COMMIT', 'ERR_SQL_STATE'],
  ])('refuse SQL with %s', async (_, text, code) => {
    await expect(db.query(text)).rejects.toEqual(failure(code))
    expect(() => db.querySync(text)).toThrow(failure(code))
    expect(() => db.executeSync(text)).toThrow(failure(code))
    await expect(db.prepare(text)).rejects.toEqual(failure(code))
  })

  it('name the operation, and are of their class', async () => {
    const error = await db.query('selec').catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'SqlError', operation: 'sql.Database.query', retryable: false })
    expect((error as Error).message).toMatch(/^sql\.Database\.query: /)
  })

  it.each([
    ['no SQL', [undefined]],
    ['a number for SQL', [5]],
    ['an object that looks like a fragment', [{ text: () => 'select 1', values: [] }]],
    ['rows of a form that is none', ['select 1', [], { rows: 'map' }]],
    ['integers of a form that is none', ['select 1', [], { integers: 'float' }]],
    ['parameters that are a text', ['select ?', 'a']],
    ['parameters that are bytes', ['select ?', new Uint8Array(1)]],
  ])('refuse %s', async (_, args) => {
    await expect((db.query as (...all: unknown[]) => Promise<unknown>).apply(db, args)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARG_TYPE',
    })
  })
})

describe('batch', () => {
  it('runs one statement with many lists of parameters, all or none', async () => {
    await db.script('create table b (a integer unique)')
    expect(await db.batch('insert into b values (?)', [[1], [2], [3]])).toEqual([1, 1, 1])
    expect(db.batchSync('update b set a = a + ?', [[10], [10]])).toEqual([3, 3])
    await expect(db.batch('insert into b values (?)', [[50], [51], [21]])).rejects.toEqual(
      failure('ERR_SQL_CONSTRAINT'),
    )
    expect(await db.one('select count(*) as c from b')).toEqual({ c: 3 })
    expect(() => db.batchSync('insert into b values (?)', [[60], [61, 62]])).toThrow(failure('ERR_SQL_PARAMETER'))
    expect(await db.one('select count(*) as c from b')).toEqual({ c: 3 })
  })

  it('runs several statements, all or none', async () => {
    expect(await db.batch([['delete from b'], sql`insert into b values (${1}), (${2})`])).toEqual([3, 2])
    await expect(db.batch([['delete from b'], ['insert into b values (?), (?)', [5, 5]]])).rejects.toEqual(
      failure('ERR_SQL_CONSTRAINT'),
    )
    expect(await db.query('select a from b order by a')).toEqual([{ a: 1 }, { a: 2 }])
    expect(await db.batch([])).toEqual([])
  })
})
