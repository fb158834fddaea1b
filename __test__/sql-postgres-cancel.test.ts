import type { PostgresDatabase } from 'ferrule/sql'
import { describe, expect, it } from 'vitest'
import { connected, failure, lot, ownSchema, until } from './sql/postgres.js'

const db = ownSchema('cancel', { max: 4, applicationName: 'ferrule-cancel' })

const idle = (database: PostgresDatabase) => () => {
  const { open, idle, waiting, opening } = database.pool
  return open === idle && waiting + opening === 0
}

/** How many statements of these tests the server is working on, this one not counted. */
async function running(): Promise<unknown> {
  const { n } = await db().one<{ n: number }>(
    `select count(*) as n from pg_stat_activity
     where application_name = 'ferrule-cancel' and state <> 'idle' and pid <> pg_backend_pid()`,
  )
  return n
}

describe('a call that is stopped', () => {
  it('by its deadline ends on the server, too', async () => {
    const error = await failure(db().query('select pg_sleep(600)', [], { timeoutMs: 60 }))
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', details: { timeoutMs: 60, stillRunning: false } })
    await until(async () => (await running()) === 0)
    await until(idle(db()))
  })

  it('by its signal rejects with the signal’s own reason, and ends on the server', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const calls = [1, 2, 3].map(() => failure(db().query('select pg_sleep(600)', [], { signal: controller.signal })))
    await until(async () => (await running()) === 3)
    controller.abort(reason)
    expect(await Promise.all(calls)).toEqual([reason, reason, reason])
    await until(async () => (await running()) === 0)
  })

  it('before it begins never reaches the server', async () => {
    expect(await failure(db().query('select 1', [], { signal: AbortSignal.abort('no') })).catch(String)).toBe('no')
  })

  it('while it waits for a connection leaves the line', async () => {
    const holding = Array.from({ length: 4 }, () => db().query('select pg_sleep(0.3)'))
    const error = await failure(db().query('select pg_sleep(0)', [], { timeoutMs: 30 }))
    expect(error.code).toBe('ERR_TIMEOUT')
    await Promise.all(holding)
    await until(idle(db()))
  })

  it('while the server prepares it, behind a lock, does not hold up who comes next on its connection', async () => {
    await db().script('create table locked (a int)')
    const { schema } = await db().one<{ schema: string }>('select current_schema() as schema')
    const text = `select a from ${schema}.locked`
    const one = await connected({ max: 1, applicationName: 'ferrule-cancel' })
    await db().transaction(async (tx) => {
      await tx.execute('lock table locked in access exclusive mode')
      expect(await failure(one.query(text, [], { timeoutMs: 100 }))).toMatchObject({ code: 'ERR_TIMEOUT' })
      expect(await one.one('select 1 as n', [], { timeoutMs: 5000 })).toEqual({ n: 1 })
      const controller = new AbortController()
      const reason = new Error('enough')
      const calls = [1, 2, 3].map(() => failure(one.query(text, [], { signal: controller.signal })))
      setTimeout(() => controller.abort(reason), 50)
      expect(await Promise.all(calls)).toEqual([reason, reason, reason])
      expect(await one.one('select 2 as n', [], { timeoutMs: 5000 })).toEqual({ n: 2 })
    })
    expect(await one.query(text)).toEqual([])
    await one.close()
  })

  it('fails its transaction, which keeps nothing', async () => {
    await db().script('create table kept (n int)')
    const error = await failure(
      db().transaction(async (tx) => {
        await tx.execute('insert into kept values (1)')
        await tx.query('select pg_sleep(600)', [], { timeoutMs: 50 }).catch(() => undefined)
      }),
    )
    expect(error).toMatchObject({ code: 'ERR_SQL_STATE' })
    expect(await db().one('select count(*) as n from kept')).toEqual({ n: 0 })
  })
})

it('a cancel never hits another statement, and no result is swapped', { timeout: 60_000 }, async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
  console.log(`SEED=${String(seed)}`)
  const draw = lot(seed)
  const counts = { right: 0, stopped: 0 }
  let next = 0
  const one = async (): Promise<void> => {
    while (next < 4000) {
      const n = next++
      const sql =
        draw(8) === 0
          ? 'select $1::int as n from pg_sleep(0.003)'
          : draw(20) === 0
            ? `select $1::int as n /* ${String(draw(300))} */`
            : 'select $1::int as n'
      const how = draw(4)
      const controller = new AbortController()
      if (how === 1)
        setTimeout(() => {
          controller.abort('stopped')
        }, draw(4))
      if (how === 2)
        queueMicrotask(() => {
          controller.abort('stopped')
        })
      const options = how === 3 ? { timeoutMs: draw(5) } : { signal: controller.signal }
      try {
        const row = await db().one<{ n: number }>(sql, [n], options)
        if (row.n !== n) throw new Error(`statement ${String(n)} was given the result of ${String(row.n)}`)
        counts.right++
      } catch (error) {
        const mayStop = error === 'stopped' || (error as { code?: string }).code === 'ERR_TIMEOUT'
        if (how === 0 || !mayStop) throw error
        counts.stopped++
      }
    }
  }
  await Promise.all(Array.from({ length: 24 }, one))
  expect(counts.right + counts.stopped).toBe(4000)
  expect(counts.right).toBeGreaterThan(1000)
  expect(counts.stopped).toBeGreaterThan(500)
  await until(idle(db()))
})
