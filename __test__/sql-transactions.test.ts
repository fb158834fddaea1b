// Transactions: all or nothing, whatever ends them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diagnostics } from 'ferrule'
import { connect, type SqliteDatabase } from 'ferrule/sql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'ferrule-sql-tx-'))
const failure = (code: string): unknown => expect.objectContaining({ code })
const boom = new Error('boom')
let db: SqliteDatabase

beforeAll(async () => {
  db = await connect(join(folder, 'tx.db'), { acquireTimeoutMs: 10_000 })
  await db.script('create table t (a integer primary key)')
})

beforeEach(async () => {
  await db.execute('delete from t')
})

afterEach(() => {
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
})

afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

const stored = (): number[] =>
  db.querySync<[number]>('select a from t order by a', [], { rows: 'array' }).map(([a]) => a)

describe('transaction', () => {
  it('commits what was done when its function returns, and gives its result', async () => {
    const result = await db.transaction(async (tx) => {
      await tx.execute('insert into t values (1)')
      await tx.batch('insert into t values (?)', [[2], [3]])
      expect(await tx.one('select count(*) as c from t')).toEqual({ c: 3 })
      // Nobody else sees it yet.
      expect(await db.one('select count(*) as c from t')).toEqual({ c: 0 })
      return 'done'
    })
    expect(result).toBe('done')
    expect(stored()).toEqual([1, 2, 3])
  })

  it('rolls back when its function throws, with the very thing it threw', async () => {
    const thrown = db.transaction(async (tx) => {
      await tx.execute('insert into t values (1)')
      throw boom
    })
    await expect(thrown).rejects.toBe(boom)
    expect(stored()).toEqual([])
  })

  it('goes on after a statement that failed and was caught', async () => {
    await db.transaction(async (tx) => {
      await tx.execute('insert into t values (1)')
      await expect(tx.execute('insert into t values (1)')).rejects.toEqual(failure('ERR_SQL_CONSTRAINT'))
      await tx.execute('insert into t values (2)')
    })
    expect(stored()).toEqual([1, 2])
  })

  it('nests by savepoints', async () => {
    await db.transaction(async (tx) => {
      await tx.execute('insert into t values (1)')
      await tx
        .transaction(async (inner) => {
          await inner.execute('insert into t values (2)')
          await inner.transaction((innermost) => innermost.execute('insert into t values (3)'))
          await expect(tx.execute('insert into t values (9)')).rejects.toEqual(failure('ERR_SQL_STATE'))
          throw boom
        })
        .catch((error: unknown) => {
          expect(error).toBe(boom)
        })
      await tx.transaction((inner) => inner.execute('insert into t values (4)'))
    })
    expect(stored()).toEqual([1, 4])
  })

  it('rolls back when its signal fires, without waiting for its function', async () => {
    const controller = new AbortController()
    let inner: Promise<unknown> = Promise.resolve()
    const stopped = db.transaction(
      async (tx) => {
        await tx.execute('insert into t values (1)')
        setTimeout(() => {
          controller.abort(boom)
        }, 10)
        inner = new Promise((resolve) => tx.signal.addEventListener('abort', resolve))
        await new Promise(() => undefined)
      },
      { signal: controller.signal },
    )
    await expect(stopped).rejects.toBe(boom)
    await inner
    expect(stored()).toEqual([])
  })

  it('rolls back when its time is over, in the middle of a statement', async () => {
    const slow = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'
    const stopped = db.transaction(
      async (tx) => {
        await tx.execute('insert into t values (1)')
        await tx.query(slow)
      },
      { timeoutMs: 50 },
    )
    await expect(stopped).rejects.toEqual(failure('ERR_TIMEOUT'))
    // The statement may still be stopping.
    await expect.poll(() => diagnostics().callsInFlight).toBe(0)
    expect(await db.query('select a from t')).toEqual([])
  })

  it('is over when it is over', async () => {
    let kept: Parameters<Parameters<SqliteDatabase['transaction']>[0]>[0] | undefined
    await db.transaction((tx) => {
      kept = tx
    })
    await expect(kept?.execute('insert into t values (1)')).rejects.toEqual(failure('ERR_SQL_CLOSED'))
    await expect(kept?.transaction(() => 1)).rejects.toEqual(failure('ERR_SQL_CLOSED'))
  })

  it('comes one after the other, in order', async () => {
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        db.transaction(async (tx) => {
          const { c } = await tx.one<{ c: number }>('select count(*) as c from t')
          await new Promise((resolve) => setTimeout(resolve, 1))
          await tx.execute('insert into t values (?)', [c])
          order.push(at)
        }),
      ),
    )
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(stored()).toHaveLength(10)
  })

  it('lets writes from outside wait for it, and never takes them in', async () => {
    let outside: Promise<unknown> = Promise.resolve()
    await db
      .transaction(async (tx) => {
        await tx.execute('insert into t values (1)')
        outside = db.execute('insert into t values (2)')
        await new Promise((resolve) => setTimeout(resolve, 10))
        throw boom
      })
      .catch(() => undefined)
    await outside
    expect(stored()).toEqual([2])
  })

  it('makes a Sync door busy, not hang', async () => {
    await db.transaction(async (tx) => {
      await tx.execute('insert into t values (1)')
      expect(() => db.querySync('select 1')).toThrow(failure('ERR_BUSY'))
      expect(() => db.transactionSync(() => 1)).toThrow(failure('ERR_BUSY'))
    })
    expect(stored()).toEqual([1])
  })

  it('tells who waits for it inside of it, in time', async () => {
    const other = await connect(':memory:', { acquireTimeoutMs: 30 })
    await expect(other.transaction(() => other.execute('select 1'))).rejects.toEqual(failure('ERR_SQL_POOL_TIMEOUT'))
    expect(await other.one('select 1 as a')).toEqual({ a: 1 })
    await other.close()
  })

  it('leaves the queue when its signal fires or its time is over', async () => {
    const controller = new AbortController()
    await db.transaction(async () => {
      setTimeout(() => {
        controller.abort(boom)
      }, 5)
      const left = await Promise.allSettled([
        db.execute('insert into t values (7)', [], { signal: controller.signal }),
        db.execute('insert into t values (8)', [], { timeoutMs: 5 }),
      ])
      expect(left).toEqual([
        { status: 'rejected', reason: boom },
        { status: 'rejected', reason: failure('ERR_TIMEOUT') },
      ])
    })
    expect(stored()).toEqual([])
  })

  it.each(['deferred', 'immediate', 'exclusive'] as const)('begins as %s', async (mode) => {
    await db.transaction((tx) => tx.execute('insert into t values (1)'), { mode })
    expect(stored()).toEqual([1])
  })

  it('refuses what is no mode and no function', async () => {
    await expect(db.transaction(() => 1, { mode: 'fast' as never })).rejects.toEqual(failure('ERR_INVALID_ARG_TYPE'))
    await expect(db.transaction(1 as never)).rejects.toEqual(failure('ERR_INVALID_ARG_TYPE'))
    expect(stored()).toEqual([])
  })

  it('is told that another process writes, and may be tried again', async () => {
    const path = join(folder, 'shared.db')
    const [one, other] = await Promise.all([connect(path, { busyTimeoutMs: 20 }), connect(path, { busyTimeoutMs: 20 })])
    await one.execute('create table s (a)')
    await one.transaction(async (tx) => {
      await tx.execute('insert into s values (1)')
      const refused = await other.execute('insert into s values (2)').catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'ERR_SQL_BUSY', retryable: true, details: { extendedCode: 'SQLITE_BUSY' } })
      // Reading goes on.
      expect(await other.query('select * from s')).toEqual([])
    })
    expect(await other.execute('insert into s values (2)')).toMatchObject({ changes: 1 })
    await Promise.all([one.close(), other.close()])
  })
})

describe('transactionSync', () => {
  it('commits, rolls back, and nests', () => {
    expect(db.transactionSync(() => db.executeSync('insert into t values (1)').changes)).toBe(1)
    expect(() =>
      db.transactionSync(() => {
        db.executeSync('insert into t values (2)')
        throw boom
      }),
    ).toThrow(boom)
    db.transactionSync(() => {
      db.executeSync('insert into t values (3)')
      expect(() =>
        db.transactionSync(() => {
          db.executeSync('insert into t values (4)')
          throw boom
        }),
      ).toThrow(boom)
    })
    expect(stored()).toEqual([1, 3])
  })

  it('refuses a function that would go on later', () => {
    expect(() =>
      db.transactionSync(() => {
        db.executeSync('insert into t values (5)')
        return Promise.resolve()
      }),
    ).toThrow(failure('ERR_SQL_STATE'))
    expect(stored()).toEqual([])
  })
})
