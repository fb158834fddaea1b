// What is called in a transaction is run in the order of the calls, whatever it is, and nothing is said in the middle of a copy.
import { diagnostics } from 'ferrule'
import type { PostgresTransaction } from 'ferrule/sql'
import { beforeAll, describe, expect, it } from 'vitest'
import { connected, failure, lot, ownSchema, until } from './sql/postgres.js'

const db = ownSchema('order', { max: 3 })
const rounds = process.env['FERRULE_TEST'] === 'full' ? 200 : 25
const COUNT = 'select count(*) as n from ordered'
const target = { table: 'ordered', columns: ['n'] }

beforeAll(async () => {
  await db().script('create table ordered (n int)')
})

const counted = async (): Promise<number> => (await db().one<{ n: number }>(COUNT)).n

/** Nothing of the transactions is under way, and the connections of all are there again. */
async function free(): Promise<void> {
  await until(() => db().pool.owned === 0 && (diagnostics().handles['PostgresSession'] ?? 0) === 0)
  expect(await db().one('select 1 as n')).toEqual({ n: 1 })
}

/** Rows, some of them late. */
async function* late(count: number): AsyncGenerator<number[]> {
  for (let n = 0; n < count; n++) {
    if (n % 7 === 0) await new Promise(setImmediate)
    yield [n]
  }
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** What may be called: how many rows are there after it, and what it has to give. */
type Call = (
  tx: PostgresTransaction,
  rows: number,
  below: (most: number) => number,
) => { rows: number; settles: Promise<void> }

const CALLS: readonly Call[] = [
  (tx, rows) => ({
    rows: rows + 1,
    settles: tx.execute('insert into ordered values ($1)', [rows]).then(({ changes }) => expect(changes).toBe(1)),
  }),
  // A text of its own each time: it has to be prepared first, and is not passed meanwhile.
  (tx, rows) => ({
    rows: rows + 2,
    settles: tx
      .query(`insert into ordered values (${String(rows)}), (0) returning n`)
      .then((returned) => expect(returned).toHaveLength(2)),
  }),
  (tx, rows) => ({ rows, settles: tx.one<{ n: number }>(COUNT).then(({ n }) => expect(n).toBe(rows)) }),
  (tx, rows, below) => {
    const more = below(40)
    const source = below(2) === 0 ? late(more) : Array.from({ length: more }, (_, n) => [n])
    return { rows: rows + more, settles: tx.copyIn(target, source).then((copied) => expect(copied).toBe(more)) }
  },
  (tx, rows) => ({
    rows: rows + 2,
    settles: tx.copyIn('copy ordered from stdin', '1\n2\n').then((copied) => expect(copied).toBe(2)),
  }),
  (tx, rows) => ({ rows: rows + 1, settles: tx.script('insert into ordered values (7); select 1') }),
  (tx, rows) => ({
    rows,
    settles: tx
      .copyOut('copy ordered to stdout')
      .then((copy) => copy.text())
      .then((text) => expect(text.split('\n')).toHaveLength(rows + 1)),
  }),
  (tx, rows) => ({
    rows,
    settles: (async () => {
      let read = 0
      for await (const batch of tx.stream('select n from ordered').batches()) read += batch.length
      expect(read).toBe(rows)
    })(),
  }),
]

const BROKEN = new Error('broken on purpose')

type Break = (tx: PostgresTransaction) => Promise<unknown>

function* brokenSource(): Generator<number[]> {
  yield [1]
  throw BROKEN
}

/** What fails, each in another way. */
const BREAKS: readonly Break[] = [
  (tx) => tx.query('select 1/0'),
  (tx) => tx.copyIn(target, [[1], ['no number']]),
  (tx) => tx.copyIn({ table: 'nowhere', columns: ['n'] }, [[1]]),
  (tx) => tx.copyIn(target, brokenSource()),
  (tx) => tx.copyIn('copy ordered from stdin', 'no number\n'),
  (tx) => tx.stream('select n from nowhere').next(),
  (tx) => tx.script('select 1; select 1/0'),
  (tx) => tx.copyOut('copy nowhere to stdout'),
  // Stopped while the server works on it. Before it is begun it would not be sent at all, and fail nothing.
  (tx) => {
    const controller = new AbortController()
    const asleep =
      "select count(*) as n from pg_stat_activity where query = 'select pg_sleep(602)' and state = 'active'"
    const stopped = until(async () => (await db().one<{ n: number }>(asleep)).n > 0).then(() =>
      controller.abort(BROKEN),
    )
    return Promise.all([tx.query('select pg_sleep(602)', [], { signal: controller.signal }), stopped])
  },
  (tx) => {
    const controller = new AbortController()
    async function* source() {
      controller.abort(BROKEN)
      yield* late(10)
    }
    return tx.copyIn(target, source(), { signal: controller.signal })
  },
  async (tx) => {
    const stream = tx.stream('select generate_series(1, 1000000)')
    await stream.next()
    await stream.return?.()
    throw BROKEN
  },
]

describe('what is called in a transaction without waiting', () => {
  it(
    `runs in the order of the calls: ${String(rounds)} transactions of any of them`,
    { timeout: 300_000 },
    async () => {
      const seed = Date.now() % 2 ** 31
      const below = lot(seed)
      let kept = 0
      for (let round = 0; round < rounds; round++) {
        const before = kept
        const settled = db().transaction(async (tx) => {
          const all: Promise<void>[] = []
          for (let call = below(30); call >= 0; call--) {
            const { rows, settles } = (CALLS[below(CALLS.length)] as Call)(tx, kept, below)
            kept = rows
            // A stream begins when it is first asked, which is a little later than its call.
            await tick()
            all.push(settles)
            settles.catch(() => undefined)
          }
          await Promise.all(all)
        })
        await settled.catch((error: unknown) => {
          throw new Error(`seed ${String(seed)}, round ${String(round)}, ${String(before)} rows before`, {
            cause: error,
          })
        })
        expect(await counted(), `seed ${String(seed)}, round ${String(round)}`).toBe(kept)
      }
      await free()
    },
  )

  it(
    'keeps its order when some of it fails or is stopped: nothing of it is kept then',
    { timeout: 300_000 },
    async () => {
      const seed = Date.now() % 2 ** 31
      const below = lot(seed)
      for (let round = 0; round < rounds; round++) {
        const before = await counted()
        const [isCaught, at, which] = [below(2) === 0, below(10), below(BREAKS.length)]
        const message = `seed ${String(seed)}, round ${String(round)}: break ${String(which)} is call ${String(at)}`
        const controller = new AbortController()
        const running = db().transaction(async (tx) => {
          const all: Promise<unknown>[] = []
          let rows = before
          for (let call = 0; call < 10; call++) {
            if (call === at) {
              all.push((BREAKS[which] as Break)(tx))
            } else {
              const one = (CALLS[below(CALLS.length)] as Call)(tx, rows, below)
              rows = one.rows
              all.push(one.settles)
            }
            all.at(-1)?.catch(() => undefined)
            await tick()
          }
          controller.abort(BROKEN)
          const results = await Promise.allSettled(all)
          expect(results[at]?.status, message).toBe('rejected')
          if (!isCaught) throw (results[at] as PromiseRejectedResult).reason
        })
        const error = await failure(running).catch(() => undefined)
        expect(error, message).toBeInstanceOf(Error)
        if (isCaught) expect(error, message).toMatchObject({ code: 'ERR_SQL_STATE' })
        expect(await counted(), message).toBe(before)
      }
      await free()
    },
  )
})

describe('a stream or copy of a transaction', () => {
  it('has its connection: a statement that is awaited in its loop is told so in time', async () => {
    const database = await connected({ max: 1, acquireTimeoutMs: 150 })
    const many = 'select generate_series(1, 10000000) as n'
    let read = 0
    const inLoop = database.transaction(async (tx) => {
      for await (const { n } of tx.stream<{ n: number }>(many)) {
        read = n
        await tx.query('select 1')
      }
    })
    const error = await failure(inLoop)
    expect(read).toBe(1)
    expect(error).toMatchObject({ code: 'ERR_SQL_POOL_TIMEOUT', details: { owned: 1 } })
    expect(error.message).toMatch(/transaction's connection.*stream, copy or script/s)
    const inSource = database.transaction(async (tx) => {
      await tx.script('create temp table copied (n int) on commit drop')
      async function* source() {
        yield '1\n'
        await tx.query('select 1')
      }
      await tx.copyIn('copy copied from stdin', source())
    })
    expect(await failure(inSource)).toMatchObject({ code: 'ERR_SQL_POOL_TIMEOUT' })
    await until(() => database.pool.owned === 0)
    expect(await database.one('select 1 as n')).toEqual({ n: 1 })
    await database.close()
  })

  it('that a short result has ended by itself holds nobody', async () => {
    await db().transaction(async (tx) => {
      for await (const { n } of tx.stream<{ n: number }>('select generate_series(1, 3) as n')) {
        expect(await tx.one('select $1::int as n', [n])).toEqual({ n })
      }
    })
  })

  it.each([
    ['stream', (tx: PostgresTransaction) => tx.stream('select generate_series(1, 10000000)').next()],
    ['copyOut', (tx: PostgresTransaction) => tx.copyOut('copy (select generate_series(1, 10000000)) to stdout')],
  ])('is ended with its function, and nothing is kept: %s', async (_, begin) => {
    const before = await counted()
    const left = db().transaction(async (tx) => {
      await tx.execute('insert into ordered values (1)')
      await begin(tx)
    })
    expect(await failure(left)).toMatchObject({ code: 'ERR_SQL_STATE' })
    const thrown = new Error('mine')
    const throws = db().transaction(async (tx) => {
      await begin(tx)
      throw thrown
    })
    expect(await failure(throws)).toBe(thrown)
    const stopped = db().transaction(
      async (tx) => {
        await begin(tx)
        await new Promise(() => undefined)
      },
      { timeoutMs: 100 },
    )
    expect(await failure(stopped)).toMatchObject({ code: 'ERR_TIMEOUT' })
    await free()
    expect(await counted()).toBe(before)
  })

  it('whose source never ends is ended by a function that throws', async () => {
    const before = await counted()
    let copying: Promise<Error & { code?: string }> | undefined
    const thrown = new Error('mine')
    async function* endless() {
      for (;;) {
        await tick()
        yield [1]
      }
    }
    const throws = db().transaction(async (tx) => {
      copying = failure(tx.copyIn(target, endless()))
      await new Promise((resolve) => setTimeout(resolve, 50))
      throw thrown
    })
    expect(await failure(throws)).toBe(thrown)
    expect((await copying)?.code).toBe('ERR_HANDLE_CLOSED')
    await free()
    expect(await counted()).toBe(before)
  })

  it('is not passed by those behind it when it waits for a lock', async () => {
    const before = await counted()
    const holds = db().transaction(async (tx) => {
      await tx.execute('lock table ordered in exclusive mode')
      await new Promise((resolve) => setTimeout(resolve, 150))
    })
    await until(() => db().pool.owned === 1)
    await db().transaction(async (tx) => {
      const copied = tx.copyIn(target, [[1], [2]])
      const after = tx.one(COUNT)
      expect(await Promise.all([copied, after])).toEqual([2, { n: before + 2 }])
    })
    await holds
  })
})
