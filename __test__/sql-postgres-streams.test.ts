import { diagnostics } from 'ferrule'
import { describe, expect, it } from 'vitest'
import { connected, failure, ownSchema, until, url } from './sql/postgres.js'
import { streamed } from './sql/streamed.js'

const rows = process.env['FERRULE_TEST'] === 'full' ? 10_000_000 : 700_000
const db = ownSchema('streams', { max: 3 })

describe('stream', () => {
  it('gives every row in order, row by row and in batches', async () => {
    let next = 1
    for await (const { n } of db().stream<{ n: number }>('select n from generate_series(1, $1) n', [50_000])) {
      if (n !== next++) expect(n).toBe(next)
    }
    expect(next).toBe(50_001)
    let rows = 0
    for await (const batch of db().stream('select n from generate_series(1, 50000) n').batches()) rows += batch.length
    expect(rows).toBe(50_000)
  })

  it(`takes no more memory for ${String(rows)} rows than for some batches`, { timeout: 300_000 }, () => {
    const read = streamed(url, `select n as i, repeat('x', 100) as t from generate_series(0, ${String(rows - 1)}) n`)
    expect(read).toMatchObject({ stderr: '', status: 0, count: rows, sum: (rows * (rows - 1)) / 2 })
    // All rows together would be more than a hundred bytes each.
    expect(read.grown).toBeLessThan(60)
    expect(read.most).toBeLessThan(250)
  })

  it('that is left early ends on the server, and its connection is used again', async () => {
    for (let round = 0; round < 5; round++) {
      for await (const { n } of db().stream<{ n: number }>('select generate_series(1, 1000000000) as n'))
        if (n === 10) break
    }
    await until(() => db().pool.owned === 0)
    expect(await db().one('select 1 as n')).toEqual({ n: 1 })
  })

  it('fails where the statement fails, with the rows before it', async () => {
    const seen: number[] = []
    const reading = (async () => {
      for await (const { n } of db().stream<{ n: number }>('select 10 / (3 - n) as n from generate_series(1, 5) n'))
        seen.push(n)
    })()
    expect(await failure(reading)).toMatchObject({ code: 'ERR_SQL_QUERY', details: { sqlstate: '22012' } })
  })

  it('is part of its transaction', async () => {
    await db().script('create table streamed (n int)')
    await db().transaction(async (tx) => {
      await tx.execute('insert into streamed select generate_series(1, 100)')
      let sum = 0
      for await (const { n } of tx.stream<{ n: number }>('select n from streamed')) sum += n
      expect(sum).toBe(5050)
    })
  })

  it('holds nothing once it ended', async () => {
    await until(() => (diagnostics().handles['PostgresCursor'] ?? 0) === 0)
  })
})

describe('copyIn', () => {
  it('takes rows of values of every type', async () => {
    await db().script(
      'create table every (i int, b int8, f float8, t text, w timestamptz, d date, y bytea, j jsonb, l bool, o oid)',
    )
    const row = [
      1,
      2n ** 62n,
      0.1,
      'ü\t\\\n🦀',
      new Date(86_400_123),
      new Date(0),
      Uint8Array.of(0, 255),
      { a: ['é'] },
      true,
      7,
    ]
    const nothing = row.map(() => null)
    const columns = ['i', 'b', 'f', 't', 'w', 'd', 'y', 'j', 'l', 'o']
    expect(await db().copyIn({ table: 'every', columns }, [row, nothing])).toBe(2)
    expect(await db().query('select * from every', [], { rows: 'array', integers: 'bigint' })).toEqual([row, nothing])
  })

  it('takes rows of types that go as text', async () => {
    await db().script('create table others (n numeric, u uuid, v interval, a int[], t text[], s timestamptz)')
    const columns = ['n', 'u', 'v', 'a', 't', 's']
    const row = ['1.50', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '1 day', [1, null], ['a\tb', '\\N', ''], new Date(1)]
    expect(await db().copyIn({ table: 'others', columns }, [row, [2, null, null, [], [], null]])).toBe(2)
    expect(await db().query('select * from others', [], { rows: 'array' })).toEqual([
      ['1.50', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '1 day', [1, null], ['a\tb', '\\N', ''], new Date(1)],
      ['2', null, null, [], [], null],
    ])
  })

  it('takes no rows, in every form', async () => {
    await db().script('create table none_binary (n int); create table none_text (n numeric)')
    for (const table of ['none_binary', 'none_text']) {
      expect(await db().copyIn({ table, columns: ['n'] }, [])).toBe(0)
    }
    expect(await db().copyIn('copy none_text from stdin', '')).toBe(0)
  })

  it('takes many rows from an async source', async () => {
    await db().script('create table many (n int, t text)')
    const columns = ['n', 't']
    async function* rows() {
      for (let n = 0; n < 20_000; n++) {
        if (n % 5000 === 0) await new Promise(setImmediate)
        yield [n, n % 3 === 0 ? `é${String(n)}` : String(n)]
      }
    }
    expect(await db().copyIn({ table: 'many', columns }, rows())).toBe(20_000)
    expect(
      await db().one(
        "select count(*) as n, sum(n) as s, count(*) filter (where t = n::text or t = 'é' || n) as right from many",
      ),
    ).toEqual({
      n: 20_000,
      s: 199_990_000,
      right: 20_000,
    })
  })

  it('keeps nothing of rows of which one is refused, by its column or by a constraint', async () => {
    await db().script('create table checked (n int check (n < 5))')
    const target = { table: 'checked', columns: ['n'] }
    expect(await failure(db().copyIn(target, [[1], ['2']]))).toMatchObject({
      code: 'ERR_SQL_VALUE',
      details: { column: 'n' },
    })
    expect(await failure(db().copyIn(target, [[1], [2.5]]))).toMatchObject({ code: 'ERR_SQL_VALUE' })
    expect(await failure(db().copyIn(target, [[1], [9]]))).toMatchObject({ code: 'ERR_SQL_CONSTRAINT' })
    expect(await failure(db().copyIn(target, [[1], [1, 2]]))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
    expect(await failure(db().copyIn({ table: 'nowhere', columns: ['n'] }, []))).toMatchObject({
      code: 'ERR_SQL_SYNTAX',
    })
    const thrown = new Error('source')
    function* broken() {
      yield [1]
      throw thrown
    }
    expect(await failure(db().copyIn(target, broken()))).toBe(thrown)
    expect(await db().one('select count(*) as n from checked')).toEqual({ n: 0 })
    await until(() => db().pool.owned === 0)
  })

  it('takes bytes in the form that the statement names, and copyOut gives them', async () => {
    await db().script('create table csv (a int, b text)')
    expect(await db().copyIn('copy csv from stdin (format csv)', '1,"a,b"\n2,c\n')).toBe(2)
    expect(await (await db().copyOut('copy csv to stdout (format csv)')).text()).toBe('1,"a,b"\n2,c\n')
    expect(await db().copyIn('copy csv from stdin', (await db().copyOut('copy csv to stdout')).toNode())).toBe(2)
    expect(await failure(db().copyIn('copy csv from stdin', 'not a number\n'))).toMatchObject({ code: 'ERR_SQL_QUERY' })
    expect(await failure(db().copyOut('copy nowhere to stdout'))).toMatchObject({ code: 'ERR_SQL_SYNTAX' })
  })

  it('that is stopped while it waits for a lock is cancelled on the server, and nobody gets its connection before', async () => {
    await db().script('create table locked (n int)')
    const { search_path: path } = await db().one<{ search_path: string }>('show search_path')
    const database = await connected({ max: 1 })
    const waiting =
      "select count(*) as n from pg_stat_activity where query ilike '%locked%' and wait_event_type = 'Lock'"
    await db().transaction(async (tx) => {
      await tx.execute('lock table locked in access exclusive mode')
      for (const copy of [
        () => database.copyIn(`copy ${path}.locked from stdin`, '1\n', { timeoutMs: 300 }),
        () => database.copyIn({ schema: path, table: 'locked', columns: ['n'] }, [[1]], { timeoutMs: 300 }),
        () => database.copyOut(`copy ${path}.locked to stdout`, { timeoutMs: 300 }),
      ]) {
        expect(await failure(copy())).toMatchObject({ code: 'ERR_TIMEOUT' })
        // Behind the lock it would come no sooner than the transaction ends.
        expect(await database.one('select 1 as n')).toEqual({ n: 1 })
        expect(await db().one(waiting)).toEqual({ n: 0 })
      }
    })
    expect(await db().one('select count(*) as n from locked')).toEqual({ n: 0 })
    await database.close()
  })

  it('that the server refuses before it takes data is no error of who calls next', async () => {
    const database = await connected({ max: 1 })
    for (let n = 0; n < 10; n++) {
      const refused = await failure(database.copyIn('copy nowhere from stdin', 'x'))
      expect(refused).toMatchObject({ code: 'ERR_SQL_SYNTAX', details: { sqlstate: '42P01' } })
      const next = Array.from({ length: 3 }, (_, at) => database.one('select $1::int as n', [at]))
      expect(await Promise.all(next)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }])
      const caught = database.transaction(async (tx) => {
        await failure(tx.copyIn('copy nowhere from stdin', 'x'))
      })
      expect(await failure(caught)).toMatchObject({ code: 'ERR_SQL_STATE' })
    }
    await database.close()
  })

  it('names a table and columns as they are', async () => {
    await db().script('create table "odd ""name" ("a""; drop table csv; --" int)')
    const target = { table: 'odd "name', columns: ['a"; drop table csv; --'] }
    expect(await db().copyIn(target, [[1]])).toBe(1)
    expect(await db().one('select count(*) as n from csv')).toEqual({ n: 4 })
  })
})

describe('copyOut', () => {
  it('that is left early ends on the server', async () => {
    const copy = await db().copyOut('copy (select generate_series(1, 1000000000)) to stdout')
    for await (const piece of copy) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
    await until(() => db().pool.owned === 0)
    expect(await db().one('select 1 as n')).toEqual({ n: 1 })
    await until(() => (diagnostics().handles['PostgresCopyOut'] ?? 0) === 0)
  })
})
