import { sql, SqlError } from 'ferrule/sql'
import { describe, expect, it } from 'vitest'
import { failure, ownSchema } from './sql/postgres.js'

const db = ownSchema('types')

/** What a literal of SQL comes back as. */
async function read(expression: string, options?: { integers: 'bigint' }): Promise<unknown> {
  const row = await db().one<{ value: unknown }>(`select ${expression} as value`, [], options)
  return row.value
}

describe('a value of the server', () => {
  it.each([
    ['null::int', null],
    ['true', true],
    ["'-32768'::int2", -32768],
    ["'-2147483648'::int4", -2147483648],
    ["'9007199254740991'::int8", 9007199254740991],
    ["'1.5'::float4", 1.5],
    ["'NaN'::float8", NaN],
    ["'-Infinity'::float8", -Infinity],
    ["'0.1'::float8", 0.1],
    ["'12345678901234567890.000100'::numeric", '12345678901234567890.000100'],
    ["'-0.00000001'::numeric", '-0.00000001'],
    ["'10000'::numeric", '10000'],
    ["'NaN'::numeric", 'NaN'],
    ["'0'::numeric(10,2)", '0.00'],
    ["'grüße 🦀'::text", 'grüße 🦀'],
    ["''::varchar", ''],
    ["'a'::char(3)", 'a  '],
    ['\'x\'::"char"', 'x'],
    ["'pg_class'::name", 'pg_class'],
    ["'\\x00ff'::bytea", Uint8Array.of(0, 255)],
    ['\'{"a": [1, null, "é"]}\'::json', { a: [1, null, 'é'] }],
    ['\'{"a": 1}\'::jsonb', { a: 1 }],
    ["'null'::jsonb", null],
    ["'2026-11-26'::date", new Date('2026-11-26T00:00:00Z')],
    ["'2026-11-26 12:34:56.789'::timestamp", new Date('2026-11-26T12:34:56.789Z')],
    ["'2026-11-26 12:34:56.789+02'::timestamptz", new Date('2026-11-26T10:34:56.789Z')],
    ["'1900-01-01 00:00:00.001'::timestamp", new Date('1900-01-01T00:00:00.001Z')],
    ["'23:59:59.5'::time", '23:59:59.5'],
    ["'12:00:00+05:30'::timetz", '12:00:00+05:30'],
    ["'1 year 2 months 3 days 04:05:06.7'::interval", '1 year 2 mons 3 days 04:05:06.7'],
    ["'-1 day +2 hours'::interval", '-1 days +02:00:00'],
    ["'0'::interval", '00:00:00'],
    ["'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid", 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ["'192.168.0.1/24'::inet", '192.168.0.1/24'],
    ["'::1'::inet", '::1'],
    ["'10.0.0.0/8'::cidr", '10.0.0.0/8'],
    ["'08:00:2b:01:02:03'::macaddr", '08:00:2b:01:02:03'],
    ["'10110'::bit(5)", '10110'],
    ["'{1,NULL,3}'::int[]", [1, null, 3]],
    ["'{}'::int[]", []],
    [
      '\'{{a,b},{c,"d,e"}}\'::text[]',
      [
        ['a', 'b'],
        ['c', 'd,e'],
      ],
    ],
    ["'{2026-11-26}'::date[]", [new Date('2026-11-26T00:00:00Z')]],
    ["array['\\x01'::bytea]", [Uint8Array.of(1)]],
    ['array[\'{"a":1}\'::jsonb]', [{ a: 1 }]],
    ["'{1.10}'::numeric[]", ['1.10']],
    ['1::oid', 1],
  ])('%s is what JavaScript has for it', async (expression, value) => {
    expect(await read(expression)).toEqual(value)
  })

  it('is what the server writes, for numerics, intervals and times drawn by lot', async () => {
    const rows = await db().query<Record<string, unknown>>(
      `select n, n::text as n_text, i, i::text as i_text, t, t::text as t_text, b, b::text as b_text from (
         select ((random() - 0.5) * 10 ^ (random() * 30 - 10))::numeric(50, 12) as n,
           make_interval(months => (random() * 60 - 30)::int, days => (random() * 60 - 30)::int, secs => random() * 1e5 - 5e4) as i,
           (random() * interval '1 day')::time as t, (random() * 1000)::int::bit(12) as b
         from generate_series(1, 500)) as drawn`,
    )
    expect(rows).toHaveLength(500)
    for (const row of rows) for (const name of ['n', 'i', 't', 'b']) expect(row[name]).toBe(row[`${name}_text`])
  })

  it('beyond 2^53 is an error, or a bigint on request', async () => {
    const error = await failure(read("'9007199254740993'::int8"))
    expect(error).toMatchObject({ code: 'ERR_SQL_RANGE', details: { value: '9007199254740993', column: 'value' } })
    expect(await read("'9007199254740993'::int8", { integers: 'bigint' })).toBe(9007199254740993n)
    expect(await read("'{-9223372036854775808}'::int8[]", { integers: 'bigint' })).toEqual([-9223372036854775808n])
  })

  it('that no Date can hold is an error that says how to read it', async () => {
    for (const value of ["'infinity'::timestamptz", "'-infinity'::date", "'290000-01-01'::timestamp"]) {
      expect(await failure(read(value))).toMatchObject({ code: 'ERR_SQL_VALUE', details: { column: 'value' } })
      expect(await read(`(${value})::text`)).toBeTypeOf('string')
    }
  })

  it('of a type without a form here is an error that names the type and the cast', async () => {
    const error = await failure(read("'[1,2)'::int4range"))
    expect(error).toMatchObject({ code: 'ERR_SQL_VALUE', details: { dataType: 'int4range', column: 'value' } })
    expect(error.message).toContain('"value"::text')
    expect(await read("'[1,2)'::int4range::text")).toBe('[1,2)')
  })

  it('of an enum is its name, of a domain that of its base', async () => {
    await db().script("create type mood as enum ('glad', 'sad'); create domain small as int check (value < 10)")
    expect(await read("'glad'::mood")).toBe('glad')
    expect(await read("'{glad,sad}'::mood[]")).toEqual(['glad', 'sad'])
    expect(await read('5::small')).toBe(5)
    expect(await db().one('select $1::mood as m, $2::small as s', ['sad', 7])).toEqual({ m: 'sad', s: 7 })
    expect(await failure(db().query('select $1::small', [10]))).toMatchObject({ code: 'ERR_SQL_CONSTRAINT' })
  })
})

describe('a parameter', () => {
  it.each<[string, never]>([
    ['int2', 12],
    ['int4', -5],
    ['int8', 9007199254740991],
    ['int8', 5n],
    ['float4', 1.5],
    ['float8', 1e300],
    ['float8', Infinity],
    ['numeric', 0.1],
    ['numeric', '12345678901234567890.5'],
    ['numeric', 10n ** 18n],
    ['bool', false],
    ['text', 'it\'s \\ "quoted" $1 \n'],
    ['varchar', ''],
    ['bytea', Uint8Array.of(1, 0, 255)],
    ['timestamptz', new Date('2026-11-26T10:34:56.789Z')],
    ['timestamp', new Date('1815-12-10T00:00:00.001Z')],
    ['date', new Date('2000-02-29T00:00:00Z')],
    ['uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['interval', '1 day'],
    ['inet', '10.0.0.1'],
    ['jsonb', { a: [1, 'é', null, { b: true }] }],
    ['json', [1, 'two', { three: 3 }]],
    ['jsonb', 5],
    ['int4[]', [1, null, -3]],
    ['text[]', ['a', 'b"c\\', '', 'NULL', '{}', null]],
    ['int8[]', [1n, 2n]],
    ['float8[]', [0.5, NaN, -Infinity]],
    ['timestamptz[]', [new Date(0)]],
    ['bytea[]', [Uint8Array.of(0, 1)]],
    [
      'int4[][]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['jsonb[]', [{ a: 1 }]],
    ['bool[]', [true, false]],
    ['int4', null],
  ] as [string, never][])('of type %s is taken and comes back: %s', async (type, value) => {
    const { value: back } = await db().one<{ value: unknown }>(`select $1::${type} as value`, [value])
    const expected: unknown =
      type === 'numeric'
        ? String(value)
        : typeof value === 'bigint'
          ? Number(value)
          : type === 'int8[]'
            ? [1, 2]
            : value
    expect(back).toEqual(expected)
  })

  it.each<[string, never, string]>([
    ['int4', 1.5 as never, '1.5'],
    ['int4', 2147483648 as never, '2147483648'],
    ['int2', 40000 as never, '40000'],
    ['int8', NaN as never, 'NaN'],
    ['int4', true as never, 'true'],
    ['text', 5 as never, '5'],
    ['text', true as never, 'true'],
    ['bool', 1 as never, '1'],
    ['float4', 1e300 as never, '1e300'],
    ['numeric', Infinity as never, 'inf'],
    ['date', new Date(1) as never, 'a Date'],
    ['timestamptz', 0 as never, '0'],
    ['text', new Date(0) as never, 'a Date'],
    ['text', { a: 1 } as never, 'an object'],
    ['int4', [1] as never, 'an array'],
    ['bytea', 7 as never, '7'],
    ['text[]', [1] as never, 'an array'],
    ['jsonb', Uint8Array.of(1) as never, 'bytes'],
  ])('that is no %s is refused, never changed: %s', async (type, value) => {
    const error = await failure(db().query(`select 1, $1::${type}`, [value]))
    expect(error).toBeInstanceOf(SqlError)
    expect(error).toMatchObject({ code: 'ERR_SQL_PARAMETER', details: { parameter: '1' } })
    expect(error.message).toContain('$1')
  })

  it('that is a text the server cannot read as its type is the server’s error', async () => {
    expect(await failure(db().query('select $1::int4', ['one']))).toMatchObject({
      code: 'ERR_SQL_QUERY',
      details: { sqlstate: '22P02' },
    })
  })

  it.each([[undefined], [() => 1], [Symbol('s')], [2n ** 63n], ['lone \ud800']])(
    'that is no value is refused: %s',
    async (value) => {
      const error = await failure(db().query('select $1::text', [value as never]))
      expect(error.code).toMatch(/^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE|INVALID_STRING)$/)
    },
  )

  it('is counted', async () => {
    const error = await failure(db().query('select $1::int', []))
    expect(error).toMatchObject({ code: 'ERR_SQL_PARAMETER' })
    expect(error.message).toContain('takes 1')
  })

  it('goes by name, too, wherever a name can stand', async () => {
    const text = `select :a::int as a, ':a' as text, "b:a" as quoted, $q$ :a $q$ as dollar, :b as b /* :c */ -- :d
      from (select 1 as "b:a") as t where :a > 0`
    expect(await db().one(text, { a: 1, b: 'x' })).toEqual({ a: 1, text: ':a', quoted: 1, dollar: ' :a ', b: 'x' })
    expect(await failure(db().query(text, { a: 1 }))).toMatchObject({
      code: 'ERR_SQL_PARAMETER',
      details: { parameter: 'b' },
    })
    expect(await failure(db().query(text, { a: 1, b: '', c: 2 }))).toMatchObject({ details: { parameter: 'c' } })
  })

  it('of a template is bound', async () => {
    const name = "'; drop table users; --"
    expect(await db().one(sql`select ${name}::text as name, ${sql.json('j')}::jsonb as j`)).toEqual({ name, j: 'j' })
  })
})
