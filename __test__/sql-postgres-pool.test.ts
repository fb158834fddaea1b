import { connect } from 'ferrule/sql'
import { describe, expect, it } from 'vitest'
import { connected, failure, ownSchema, until, url } from './sql/postgres.js'
import { proxied } from './sql/proxy.js'

const db = ownSchema('pool')

describe('a pool', () => {
  it('never has more connections than it may', async () => {
    const database = await connected({ max: 3, applicationName: 'ferrule-max' })
    const count = "select count(*) as n from pg_stat_activity where application_name = 'ferrule-max'"
    const counts = await Promise.all(
      Array.from({ length: 60 }, async () => {
        await database.query('select pg_sleep(0.01)')
        return db().one<{ n: number }>(count)
      }),
    )
    expect(Math.max(...counts.map(({ n }) => n))).toBe(3)
    expect(database.pool.open).toBe(3)
    await database.close()
    await until(async () => (await db().one<{ n: number }>(count)).n === 0)
  })

  it('tells who waits for too long what keeps it', async () => {
    const database = await connected({ max: 2, acquireTimeoutMs: 150 })
    const holding = [1, 2].map(() => database.transaction((tx) => tx.query('select pg_sleep(0.4)')))
    await until(() => database.pool.owned === 2)
    const error = await failure(database.query('select 1'))
    expect(error).toMatchObject({ code: 'ERR_SQL_POOL_TIMEOUT', details: { max: 2, open: 2, busy: 2, owned: 2 } })
    expect(error.message).toContain('2 of at most 2 open')
    await Promise.all(holding)
    await database.close()
  })

  it('serves who waits in order', async () => {
    // One connection: what two do side by side may end in any order.
    const database = await connected({ max: 1 })
    const order: number[] = []
    const holding = database.transaction((tx) => tx.query('select pg_sleep(0.05)'))
    await until(() => database.pool.owned === 1)
    await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        await database.transaction((tx) => tx.query('select 1').then(() => order.push(n)))
      }),
    )
    await holding
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    await database.close()
  })

  it('keeps fast statements going beside slow ones', async () => {
    const database = await connected({ max: 3 })
    await Promise.all(Array.from({ length: 9 }, () => database.query('select $1::int as n', [1])))
    const slowly = { done: false }
    const slow = Promise.all([1, 2].map(() => database.query('select pg_sleep(1)'))).then(() => (slowly.done = true))
    let fast = 0
    while (!slowly.done && fast < 500) {
      await database.query('select $1::int as n', [fast])
      fast++
    }
    expect(slowly.done).toBe(false)
    expect(fast).toBe(500)
    await slow
    await database.close()
  })

  it('lets a call that needs a connection alone through a flood of those that share', async () => {
    const database = await connected({ max: 2 })
    const flooding = { ended: false }
    const flood = Promise.all(
      Array.from({ length: 16 }, async () => {
        while (!flooding.ended) await database.query('select $1::int as n', [1])
      }),
    )
    await database.query('select $1::int as n', [1])
    const started = performance.now()
    for (let round = 0; round < 10; round++) await database.transaction((tx) => tx.query('select 2'))
    expect(performance.now() - started).toBeLessThan(5000)
    flooding.ended = true
    await flood
    await database.close()
  })

  it('ends what is idle or old, and keeps as many as it must', async () => {
    const database = await connected({ max: 4, min: 1, idleTimeoutMs: 150 })
    await Promise.all(Array.from({ length: 4 }, () => database.query('select pg_sleep(0.05)')))
    expect(database.pool.open).toBe(4)
    await until(() => database.pool.open === 1)
    await database.close()
    const aging = await connected({ max: 1, min: 1, maxLifetimeMs: 200, idleTimeoutMs: 0 })
    const first = await aging.one('select pg_backend_pid() as pid')
    await until(
      async () =>
        (await aging.one<{ pid: number }>('select pg_backend_pid() as pid')).pid !== (first as { pid: number }).pid,
    )
    await aging.close()
  })

  it('keeps no more statements than it may', async () => {
    const database = await connected({ max: 1, statementCache: 10 })
    for (let n = 0; n < 100; n++) await database.query(`select ${String(n)}`)
    const { n } = await database.one<{ n: number }>('select count(*) as n from pg_prepared_statements')
    expect(n).toBeLessThanOrEqual(11)
    await database.close()
    const none = await connected({ max: 1, statementCache: 0 })
    for (let n = 0; n < 20; n++) expect(await none.one('select $1::int as n', [n])).toEqual({ n })
    await none.close()
  })

  it('survives statements that the server forgets', async () => {
    const database = await connected({ max: 1 })
    for (let round = 0; round < 3; round++) {
      expect(await database.one('select $1::int as n', [round])).toEqual({ n: round })
      await database.query('deallocate all')
    }
    await database.close()
  })

  it('that was closed serves nobody, and lets those under way end', async () => {
    const database = await connect(url, { max: 1 })
    const calls = [1, 2, 3].map((n) => database.query('select pg_sleep(0.02), $1::int as n', [n]))
    await new Promise(setImmediate)
    const closing = database.close()
    const results = await Promise.allSettled([...calls, closing])
    expect(results.at(0)?.status).toBe('fulfilled')
    expect(results.at(-1)?.status).toBe('fulfilled')
    for (const result of results.slice(1, 3)) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'ERR_SQL_CLOSED' })
    }
  })
})

describe('a connection that died while it was idle', () => {
  it(
    'is found by the health check: it is not handed to a caller, and another is opened',
    { timeout: 60_000 },
    async () => {
      const proxy = await proxied('sslmode=disable')
      const database = await connect(proxy.url, { max: 1, healthCheckMs: 0 })
      for (let n = 0; n < 20; n++) expect(await database.one('select $1::int as n', [n])).toEqual({ n })
      expect(proxy.connections).toBe(1)
      // The server ends it, and the client is told nothing: as when a firewall drops what it has forgotten.
      const { pid } = await database.one<{ pid: number }>('select pg_backend_pid() as pid')
      proxy.freeze()
      await db().query('select pg_terminate_backend($1)', [pid])
      const asked = [1, 2, 3].map((n) => database.one(`select ${String(n)} as asked_anew`, [], { timeoutMs: 40_000 }))
      expect(await Promise.all(asked)).toEqual([1, 2, 3].map((n) => ({ asked_anew: n })))
      expect(proxy.connections).toBe(2)
      expect(proxy.unheard.length).toBeGreaterThan(0)
      expect(proxy.unheard).not.toContain('asked_anew')
      expect(database.pool).toMatchObject({ open: 1, waiting: 0 })
      await database.close()
      await proxy.close()
    },
  )

  it.each([
    ['there is no check', null],
    ['it was not idle for so long', 60_000],
  ])(
    'is handed out where %s: the call finds out by its own deadline',
    { timeout: 60_000 },
    async (_, healthCheckMs) => {
      const proxy = await proxied('sslmode=disable')
      const database = await connect(proxy.url, { max: 1, healthCheckMs, connectTimeoutMs: 300 })
      await database.query('select 1')
      proxy.freeze()
      expect(await failure(database.query('select 1 as asked_anew', [], { timeoutMs: 200 }))).toMatchObject({
        code: 'ERR_TIMEOUT',
      })
      expect(proxy.unheard).toContain('asked_anew')
      database.dispose()
      await proxy.close()
    },
  )

  it('by pg_terminate_backend is no error of who calls next', async () => {
    const database = await connected({ max: 2, healthCheckMs: 0, applicationName: 'ferrule-ended' })
    await db().script('create table counted (n int)')
    const { search_path: path } = await db().one<{ search_path: string }>('show search_path')
    const alive = 'select count(*) as n from pg_stat_activity where application_name = $1'
    for (let round = 0; round < 20; round++) {
      await db().query(`select pg_terminate_backend(pid) ${alive.slice(alive.indexOf('from'))}`, ['ferrule-ended'])
      // Its last word may or may not have reached us.
      await until(async () => (await db().one<{ n: number }>(alive, ['ferrule-ended'])).n === 0)
      await database.execute(`insert into ${path}.counted values ($1)`, [round])
    }
    expect(await db().one('select count(*) as n, count(distinct n) as d from counted')).toEqual({ n: 20, d: 20 })
    await database.close()
  })
})
