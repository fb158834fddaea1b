import { diagnostics } from 'ferrule'
import { describe, expect, it } from 'vitest'
import { failure, ownSchema, until } from './sql/postgres.js'

const db = ownSchema('transactions', { max: 3 })

const values = async (): Promise<unknown[]> =>
  (await db().query<[number]>('select n from entries order by n', [], { rows: 'array' })).flat()

describe('a transaction', () => {
  it('is kept when its function returns, and undone when it throws', async () => {
    await db().script('create table entries (n int)')
    expect(await db().transaction((tx) => tx.one<{ n: number }>('insert into entries values (1) returning n'))).toEqual(
      { n: 1 },
    )
    const thrown = new Error('mine')
    const error = await failure(
      db().transaction(async (tx) => {
        await tx.execute('insert into entries values (2)')
        throw thrown
      }),
    )
    expect(error).toBe(thrown)
    expect(await values()).toEqual([1])
  })

  it('nests by savepoints', async () => {
    await db().transaction(async (tx) => {
      await tx.execute('insert into entries values (10)')
      await tx.transaction((inner) => inner.execute('insert into entries values (11)'))
      await failure(
        tx.transaction(async (inner) => {
          await inner.execute('insert into entries values (12)')
          await inner.query('select 1/0')
        }),
      )
      await tx.execute('insert into entries values (13)')
    })
    expect(await values()).toEqual([1, 10, 11, 13])
  })

  it('of which a failed statement was caught keeps nothing, and says so', async () => {
    const error = await failure(
      db().transaction(async (tx) => {
        await tx.execute('insert into entries values (20)')
        await failure(tx.query('select 1/0'))
      }),
    )
    expect(error).toMatchObject({ code: 'ERR_SQL_STATE' })
    expect(await values()).not.toContain(20)
  })

  it('ends when its signal fires or its time is over, whatever its function does', async () => {
    const controller = new AbortController()
    const stopped = db().transaction(
      async (tx) => {
        await tx.execute('insert into entries values (30)')
        controller.abort('enough')
        await tx.query('select pg_sleep(600)')
      },
      { signal: controller.signal },
    )
    await expect(stopped).rejects.toBe('enough')
    let later: unknown
    const late = db().transaction(
      async (tx) => {
        await tx.execute('insert into entries values (31)')
        await new Promise((resolve) => setTimeout(resolve, 150))
        later = await failure(tx.execute('insert into entries values (32)')).catch(String)
      },
      { timeoutMs: 50 },
    )
    expect(await failure(late)).toMatchObject({ code: 'ERR_TIMEOUT' })
    await until(() => later !== undefined)
    expect(await values()).toEqual([1, 10, 11, 13])
  })

  it('is over with its function: what is called later is refused', async () => {
    const tx = await db().transaction((tx) => tx)
    expect(await failure(tx.query('select 1'))).toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
  })

  it('can be read-only, and serializable ones in each other’s way are told to try again', async () => {
    const readOnly = db().transaction((tx) => tx.execute('insert into entries values (40)'), { readOnly: true })
    expect(await failure(readOnly)).toMatchObject({ code: 'ERR_SQL_DENIED', details: { sqlstate: '25006' } })
    await db().script('create table pairs (id int primary key, n int); insert into pairs values (1, 0), (2, 0)')
    const crossing = (read: number, write: number) =>
      db().transaction(
        async (tx) => {
          await tx.query('select n from pairs where id = $1', [read])
          await new Promise((resolve) => setTimeout(resolve, 50))
          await tx.execute('update pairs set n = n + 1 where id = $1', [write])
        },
        { isolation: 'serializable' },
      )
    const results = await Promise.allSettled([crossing(1, 2), crossing(2, 1)])
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused[0]?.reason).toMatchObject({ code: 'ERR_SQL_BUSY', details: { sqlstate: '40001', retryable: true } })
  })

  it.each(['commit', 'select 1; rollback'])('cannot be ended by a script: %s', async (script) => {
    const error = await failure(db().transaction((tx) => tx.script(script)))
    expect(error).toMatchObject({ code: 'ERR_SQL_STATE' })
  })

  it('sees what its own statements did, in the order they were called, without waiting for each', async () => {
    const counts = await db().transaction(async (tx) => {
      const results: Promise<{ n: number }>[] = []
      for (let n = 0; n < 50; n++) {
        void tx.execute('insert into entries values ($1)', [1000 + n]).catch(() => undefined)
        results.push(tx.one<{ n: number }>('select count(*) as n from entries where n >= 1000'))
      }
      return Promise.all(results)
    })
    expect(counts.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
  })

  it('leaves no object behind', async () => {
    await until(() => (diagnostics().handles['PostgresSession'] ?? 0) === 0)
    await until(() => db().pool.owned === 0)
  })
})
