// Databases that are opened and closed, left, cut off or given up in the middle, thousands of them: nothing of them stays.
import { existsSync, readdirSync } from 'node:fs'
import { connect } from 'ferrule/sql'
import { expect, it } from 'vitest'
import { failure, lot, ownSchema, until, url } from './sql/postgres.js'
import { proxied } from './sql/proxy.js'

const count = process.env['FERRULE_TEST'] === 'full' ? 10_000 : 1000
const BESIDE = 8
/** What the server says until a connection is ready: some hundred bytes, and as many again and its certificate where it speaks TLS. */
const GREETING = 3000

const db = ownSchema('connects', { max: 1 })
const APPLICATION = 'ferrule-connects'

/** What the process has open, where the system tells. */
const descriptors = (): number => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0)

const onServer = async (): Promise<number> =>
  (
    await db().one<{ n: number }>('select count(*) as n from pg_stat_activity where application_name = $1', [
      APPLICATION,
    ])
  ).n

it(`${String(count)} connects and drops leave nothing behind`, { timeout: 900_000 }, async () => {
  const seed = Date.now() % 2 ** 31
  const below = lot(seed)
  const proxy = await proxied()
  const options = { max: 1, applicationName: APPLICATION }
  const ends: Record<string, number> = {}
  const told = (end: string): void => {
    ends[end] = (ends[end] ?? 0) + 1
  }
  /** Connects in a way, and does what it takes for the connection to be gone. */
  const ways = [
    async () => {
      const database = await connect(url, options)
      expect(await database.one('select 1 as n')).toEqual({ n: 1 })
      await database.close()
      told('closed')
    },
    async () => {
      const database = await connect(url, options)
      database.dispose()
      told('left')
    },
    async () => {
      const database = await connect(url, options)
      const asked = failure(database.query('select pg_sleep(600)', [], { timeoutMs: below(10) }))
      expect(await asked).toMatchObject({ code: 'ERR_TIMEOUT' })
      database.dispose()
      told('cancelled')
    },
    async () => {
      // Cut off by the line, anywhere in the greeting.
      const connecting = connect(proxy.url, options)
      const error = await failure(connecting.then((database) => database.dispose())).catch(() => undefined)
      if (error !== undefined) expect(error).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
      told(error === undefined ? 'greeted' : 'cut off')
    },
    async () => {
      const connecting = connect(url, { ...options, timeoutMs: below(4) })
      const error = await failure(connecting.then((database) => database.dispose())).catch(() => undefined)
      if (error !== undefined) expect(error).toMatchObject({ code: 'ERR_TIMEOUT' })
      told(error === undefined ? 'in time' : 'given up')
    },
  ]
  proxy.budget = () => below(GREETING)
  const run = async (most: number): Promise<void> => {
    let next = 0
    const work = async (): Promise<void> => {
      while (next++ < most) await ways[below(ways.length)]?.()
    }
    await Promise.all(Array.from({ length: BESIDE }, work))
    await until(async () => (await onServer()) === 0)
  }
  const message = (): string => `seed ${String(seed)}: ${JSON.stringify(ends)}`
  // What is made once and kept is made by then: threads, names, buffers.
  await run(100)
  const [open, memory] = [descriptors(), process.memoryUsage.rss()]
  await run(count)
  await until(() => descriptors() <= open + 1).catch(() => expect(descriptors(), message()).toBe(open))
  expect(process.memoryUsage.rss() - memory, message()).toBeLessThan(100e6)
  for (const end of ['closed', 'left', 'cancelled', 'cut off', 'given up'])
    expect(ends[end] ?? 0, message()).toBeGreaterThan(0)
  await proxy.close()
})
