import { connect, type ListenOptions, type PostgresDatabase, type PostgresListener } from 'ferrule/sql'
import { describe, expect, it } from 'vitest'
import { connected, failure, ownSchema, until, url } from './sql/postgres.js'
import { proxied } from './sql/proxy.js'

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

  it('can be stopped while it waits', async () => {
    const listener = await db().listen('ferrule silence', { timeoutMs: 200 })
    expect(await failure(listener[Symbol.asyncIterator]().next())).toMatchObject({ code: 'ERR_TIMEOUT' })
    await until(() => listener.isDisposed)
  })

  it('ends for who waits when it is disposed of elsewhere', async () => {
    const { events, ended, listener } = await told(db(), 'ferrule silence')
    await new Promise(setImmediate)
    listener.dispose()
    await ended
    expect(events).toEqual(['left'])
  })
})

/** What a listener tells, in its order: payloads, `lost`, `listening`, and at the end the code of the error. */
interface Told {
  readonly events: string[]
  readonly ended: Promise<void>
  readonly listener: PostgresListener
}

async function told(database: PostgresDatabase, on: string, options?: ListenOptions): Promise<Told> {
  const events: string[] = []
  const listener = await database.listen(on, {
    ...options,
    onLost: ({ code, retryable }) => void events.push(`lost ${code} ${String(retryable)}`),
    onListening: () => void events.push('listening'),
  })
  const ended = (async () => {
    try {
      for await (const { payload } of listener) events.push(payload)
      events.push('left')
    } catch (error) {
      events.push((error as { code: string }).code)
    }
  })()
  return { events, ended, listener }
}

const LOST = 'lost ERR_SQL_CONNECTION true'
const quick = { backoffMs: 10, maxBackoffMs: 50 }

/** Ends the server's processes that listen for an application. */
const terminate = (application: string): Promise<unknown> =>
  db().query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and query ilike 'listen%'",
    [application],
  )

describe('listen, when its connection is lost,', () => {
  it('listens again, and tells of the loss between what was heard before and after', async () => {
    const database = await connected({ max: 1, applicationName: 'ferrule-deaf' })
    const { events, ended, listener } = await told(database, 'ferrule lost', { reconnect: quick })
    for (let round = 0; round < 3; round++) {
      await db().notify('ferrule lost', `before ${String(round)}`)
      await until(() => events.length === 3 * round + 1)
      await terminate('ferrule-deaf')
      await until(() => events.length === 3 * round + 3)
    }
    await db().notify('ferrule lost', 'last')
    await until(() => events.at(-1) === 'last')
    const rounds = [0, 1, 2].flatMap((round) => [`before ${String(round)}`, LOST, 'listening'])
    expect(events).toEqual([...rounds, 'last'])
    listener.dispose()
    await ended
    await database.close()
  })

  it('waits for what its callbacks do before it goes on', async () => {
    const database = await connected({ max: 1, applicationName: 'ferrule-waits' })
    const events: string[] = []
    const work = async (name: string): Promise<void> => {
      events.push(`${name} begins`)
      await db().query('select pg_sleep(0.05)')
      events.push(`${name} ends`)
    }
    const listener = await database.listen('ferrule waits', {
      reconnect: quick,
      onLost: () => work('lost'),
      onListening: async () => {
        await db().notify('ferrule waits', 'heard')
        await work('listening')
      },
    })
    const heard = listener[Symbol.asyncIterator]().next()
    await terminate('ferrule-waits')
    expect(await heard).toMatchObject({ value: { payload: 'heard' } })
    expect(events).toEqual(['lost begins', 'lost ends', 'listening begins', 'listening ends'])
    listener.dispose()
    await database.close()
  })

  it('keeps trying while the server is away', async () => {
    const proxy = await proxied()
    const database = await connect(proxy.url, { max: 1 })
    const { events, ended, listener } = await told(database, 'ferrule away', { reconnect: quick })
    await proxy.down()
    await until(() => events.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(events).toEqual([LOST])
    await proxy.up()
    await until(() => events.length === 2)
    await db().notify('ferrule away', 'back')
    await until(() => events.length === 3)
    expect(events).toEqual([LOST, 'listening', 'back'])
    listener.dispose()
    await ended
    await database.close()
    await proxy.close()
  })

  it('listens again while nobody takes what was heard, and loses none of it', async () => {
    const proxy = await proxied()
    const database = await connect(proxy.url, { max: 1, applicationName: 'ferrule-slow' })
    const events: string[] = []
    const listener = await database.listen('ferrule slow', { reconnect: quick, onLost: () => void events.push(LOST) })
    const { passed } = proxy
    await db().notify('ferrule slow', '1')
    await until(() => proxy.passed > passed)
    const pids = async (): Promise<number[]> =>
      (
        await db().query<[number]>(
          "select pid from pg_stat_activity where application_name = 'ferrule-slow' and query ilike 'listen%' and state = 'idle'",
          [],
          { rows: 'array' },
        )
      ).flat()
    const [first] = await pids()
    await terminate('ferrule-slow')
    await until(async () => (await pids()).some((pid) => pid !== first))
    await db().notify('ferrule slow', '2')
    for await (const { payload } of listener) if (events.push(payload) === 3) break
    expect(events).toEqual(['1', LOST, '2'])
    await database.close()
    await proxy.close()
  })

  it('ends with the error when it is not to listen again, or the attempts are used up', async () => {
    const proxy = await proxied()
    const database = await connect(proxy.url, { max: 1 })
    const never = await told(database, 'ferrule never', { reconnect: false })
    const thrice = await told(database, 'ferrule thrice', { reconnect: { ...quick, attempts: 3 } })
    const before = proxy.connections
    proxy.budget = () => 0
    proxy.cut()
    await Promise.all([never.ended, thrice.ended])
    expect(never.events).toEqual(['ERR_SQL_CONNECTION'])
    expect(thrice.events).toEqual([LOST, 'ERR_SQL_CONNECTION'])
    expect(proxy.connections - before).toBe(3)
    expect(never.listener.isDisposed && thrice.listener.isDisposed).toBe(true)
    database.dispose()
    await proxy.close()
  })

  it('ends when the server does not let it in any more', async () => {
    const role = `ferrule_listener_${String(process.pid)}`
    await db().script(`create role ${role} login`)
    const at = new URL(url)
    at.username = role
    const database = await connect(at.href as typeof url, { max: 1, applicationName: 'ferrule-barred' })
    const { events, ended } = await told(database, 'ferrule barred', { reconnect: quick })
    await db().script(`alter role ${role} nologin`)
    await terminate('ferrule-barred')
    await ended
    expect(events).toEqual([LOST, 'ERR_SQL_DENIED'])
    await database.close()
    await db().script(`drop role ${role}`)
  })

  it.each([true, false])('ends with its database, its signal or its time: lost: %s', async (isLost) => {
    const proxy = await proxied()
    const [closed, other] = await Promise.all([connect(proxy.url, { max: 1 }), connect(proxy.url, { max: 1 })])
    const controller = new AbortController()
    const listening = await Promise.all([
      told(closed, 'ferrule end', { reconnect: quick }),
      told(other, 'ferrule end', { reconnect: quick, signal: controller.signal }),
      told(other, 'ferrule end', { reconnect: quick, timeoutMs: 300 }),
    ])
    if (isLost) {
      await proxy.down()
      await until(() => listening.every(({ events }) => events[0] === LOST))
    }
    await closed.close()
    controller.abort(Object.assign(new Error('enough'), { code: 'enough' }))
    await Promise.all(listening.map(({ ended }) => ended))
    expect(listening.map(({ events }) => events.at(-1))).toEqual(['ERR_SQL_CLOSED', 'enough', 'ERR_TIMEOUT'])
    expect(listening.every(({ listener }) => listener.isDisposed)).toBe(true)
    await other.close()
    await proxy.close()
  })

  it('ends with what a callback throws', async () => {
    const database = await connected({ max: 1, applicationName: 'ferrule-throws' })
    const thrown = new Error('mine')
    const listener = await database.listen('ferrule throws', {
      onLost: () => {
        throw thrown
      },
    })
    const heard = failure(listener[Symbol.asyncIterator]().next())
    await terminate('ferrule-throws')
    expect(await heard).toBe(thrown)
    expect(listener.isDisposed).toBe(true)
    await database.close()
  })
})

it.each([
  [{ reconnect: 'yes' }, 'options.reconnect'],
  [{ reconnect: { attempts: -1 } }, 'options.reconnect.attempts'],
  [{ reconnect: { backoffMs: NaN } }, 'options.reconnect.backoffMs'],
  [{ reconnect: { maxBackoffMs: 2 ** 31 } }, 'options.reconnect.maxBackoffMs'],
  [{ onLost: 1 }, 'options.onLost'],
  [{ onListening: 'later' }, 'options.onListening'],
])('listen refuses wrong options: %j', async (options, argument) => {
  const error = await failure(db().listen('ferrule refused', options as ListenOptions))
  expect(error).toMatchObject({ name: 'SqlError', details: { argument } })
})
