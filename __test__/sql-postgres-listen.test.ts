import { describe, expect, it } from 'vitest'
import { connected, failure, ownSchema, until } from './sql/postgres.js'

const db = ownSchema('listen', { max: 4 })
const channel = `ferrule ${String(process.pid)} "x"`

describe('listen', () => {
  it('hears what is sent, in order, while others work', async () => {
    const listener = await db().listen(channel)
    const sending = (async () => {
      for (let n = 0; n < 3000; n++) {
        if (n % 3 === 0) await db().notify(channel, String(n))
        else await db().query('select pg_notify($1, $2)', [channel, String(n)])
      }
    })()
    const busy = Promise.all(Array.from({ length: 200 }, (_, n) => db().query('select $1::int, pg_sleep(0.001)', [n])))
    let next = 0
    for await (const { channel: heard, payload, processId } of listener) {
      expect(heard).toBe(channel)
      expect(processId).toBeGreaterThan(0)
      if (payload !== String(next)) expect(payload).toBe(String(next))
      if (++next === 3000) break
    }
    await Promise.all([sending, busy])
    expect(listener.isDisposed).toBe(true)
  })

  it('hears several channels, and a transaction only when it is committed', async () => {
    const listener = await db().listen(['ferrule a', 'ferrule b'])
    await failure(
      db().transaction(async (tx) => {
        await tx.query("select pg_notify('ferrule a', 'undone')")
        throw new Error('undo')
      }),
    )
    await db().transaction((tx) => tx.query("select pg_notify('ferrule b', 'kept')"))
    for await (const { channel, payload } of listener) {
      expect([channel, payload]).toEqual(['ferrule b', 'kept'])
      break
    }
  })

  it('fails when its connection is lost: nothing is missed in silence', async () => {
    const database = await connected({ max: 1, applicationName: 'ferrule-deaf' })
    const listener = await database.listen('ferrule lost')
    const heard = failure(listener[Symbol.asyncIterator]().next())
    await db().query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ferrule-deaf' and query ilike 'listen%'",
    )
    expect(await heard).toMatchObject({ code: 'ERR_SQL_CONNECTION', details: { retryable: true } })
    await database.close()
  })

  it('can be stopped while it waits', async () => {
    const listener = await db().listen('ferrule silence', { timeoutMs: 200 })
    expect(await failure(listener[Symbol.asyncIterator]().next())).toMatchObject({ code: 'ERR_TIMEOUT' })
    await until(() => listener.isDisposed)
  })
})
