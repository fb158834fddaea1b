import { connect, type PostgresDatabase } from 'ferrule/sql'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { connected, failure, ownSchema, until } from './sql/postgres.js'
import { proxied, serverThat } from './sql/proxy.js'

const db = ownSchema('faults', { max: 2 })

const atRest = (database: PostgresDatabase) => () => {
  const { open, idle, waiting, opening } = database.pool
  return open === idle && waiting + opening === 0
}

/** Ends the server's processes that work for an application. */
async function terminate(application: string): Promise<void> {
  await db().query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [application])
}

describe('a connection that is lost', () => {
  it('by pg_terminate_backend fails the running calls, and the pool heals', async () => {
    const database = await connected({ max: 3, applicationName: 'ferrule-terminated' })
    const calls = [1, 2, 3].map(() => failure(database.query('select pg_sleep(600)')))
    await until(() => database.pool.idle === 0 && database.pool.open === 3)
    await terminate('ferrule-terminated')
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
    expect(await database.one('select 1 as n')).toEqual({ n: 1 })
    await until(atRest(database))
    await database.close()
  })

  it('while idle is not noticed by who calls next', async () => {
    const database = await connected({ max: 1, applicationName: 'ferrule-idle' })
    for (let round = 0; round < 5; round++) {
      await terminate('ferrule-idle')
      await until(() => database.pool.open === 0)
      expect(await database.one('select 1 as n')).toEqual({ n: 1 })
    }
    await database.close()
  })

  it.each([0, 100, 20_000, 300_000])(
    'in the middle of rows, %d bytes on, is an error and no short result',
    async (bytes) => {
      const proxy = await proxied()
      const database = await connect(proxy.url, { max: 2 })
      expect(await database.one('select 1 as n')).toEqual({ n: 1 })
      proxy.cut(bytes)
      const rows = database.query("select n, repeat('x', 100) as t from generate_series(1, 100000) n")
      if (bytes === 0) expect(await rows).toHaveLength(100_000)
      else expect(await failure(rows)).toMatchObject({ code: 'ERR_SQL_CONNECTION', details: { retryable: false } })
      expect(await database.one('select 2 as n')).toEqual({ n: 2 })
      const reading = (async () => {
        let rows = 0
        for await (const batch of database.stream('select generate_series(1, 10000000) as n').batches()) {
          if (rows === 0) proxy.cut(bytes)
          rows += batch.length
        }
      })()
      expect(await failure(reading)).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
      await until(atRest(database))
      await database.close()
      await proxy.close()
    },
  )

  it('settles every one of many calls in flight, and loses no row that was confirmed', async () => {
    await db().script('create table confirmed (n int primary key)')
    const proxy = await proxied()
    const database = await connect(`${proxy.url}${proxy.url.includes('?') ? '&' : '?'}application_name=ferrule-cut`, {
      max: 4,
    })
    const { search_path: path } = await db().one<{ search_path: string }>('show search_path')
    let next = 0
    const confirmed: number[] = []
    const refused: unknown[] = []
    const work = async (): Promise<void> => {
      while (next < 4000) {
        const n = next++
        if (n % 600 === 599) proxy.cut()
        try {
          await database.execute(`insert into ${path}.confirmed values ($1)`, [n])
          confirmed.push(n)
        } catch (error) {
          refused.push((error as { code?: string }).code)
        }
      }
    }
    await Promise.all(Array.from({ length: 16 }, work))
    expect(confirmed.length + refused.length).toBe(4000)
    expect(new Set(refused)).toEqual(new Set(['ERR_SQL_CONNECTION']))
    const there = new Set((await db().query<[number]>('select n from confirmed', [], { rows: 'array' })).flat())
    expect(confirmed.filter((n) => !there.has(n))).toEqual([])
    await until(atRest(database))
    await database.close()
    await proxy.close()
  })

  it('in a transaction or copy keeps nothing of it', async () => {
    await db().script('create table half (n int)')
    const { search_path: path } = await db().one<{ search_path: string }>('show search_path')
    const proxy = await proxied()
    const database = await connect(proxy.url, { max: 2 })
    const cut = database.transaction(async (tx) => {
      await tx.execute(`insert into ${path}.half values (1)`)
      proxy.cut()
      await tx.execute(`insert into ${path}.half values (2)`)
    })
    expect(await failure(cut)).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
    function* rows() {
      for (let n = 0; n < 100_000; n++) {
        if (n === 50_000) proxy.cut()
        yield [n]
      }
    }
    const copy = database.copyIn({ schema: path, table: 'half', columns: ['n'] }, rows())
    expect(await failure(copy)).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
    await until(
      async () =>
        (
          await db().one<{ n: number }>(
            "select count(*) as n from pg_stat_activity where query ilike 'copy%half%' and state = 'active' and pid <> pg_backend_pid()",
          )
        ).n === 0,
    )
    expect(await db().one('select count(*) as n from half')).toEqual({ n: 0 })
    await until(atRest(database))
    await database.close()
    await proxy.close()
  })

  it('silently holds no call beyond its deadline', async () => {
    const proxy = await proxied()
    const database = await connect(proxy.url, { max: 1, connectTimeoutMs: 300 })
    await database.query('select 1')
    proxy.freeze()
    const started = performance.now()
    expect(await failure(database.query('select 1', [], { timeoutMs: 100 }))).toMatchObject({ code: 'ERR_TIMEOUT' })
    expect(performance.now() - started).toBeLessThan(2000)
    // Its cancel requests go unheard, too: it is given up, and the next call has another.
    expect(await database.one('select 1 as n', [], { timeoutMs: 20_000 })).toEqual({ n: 1 })
    database.dispose()
    await proxy.close()
  })
})

describe('a server', () => {
  it('that never answers is given up in time', async () => {
    const silent = await serverThat(() => undefined)
    const error = await failure(connect(silent.url, { connectTimeoutMs: 150 }))
    expect(error).toMatchObject({ code: 'ERR_SQL_CONNECTION', details: { retryable: true } })
    expect(error.message).toContain('150 ms')
    expect(await failure(connect(silent.url, { timeoutMs: 100 }))).toMatchObject({ code: 'ERR_TIMEOUT' })
    await silent.close()
  })

  it.each([
    ['at once', (socket: Socket) => socket.resetAndDestroy()],
    ['when it is asked for TLS', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy())],
    [
      'in the middle of the TLS handshake',
      (socket: Socket) =>
        socket.once('data', () => {
          socket.write('S')
          socket.once('data', () => socket.resetAndDestroy())
        }),
    ],
    [
      'in the middle of the greeting',
      (socket: Socket) =>
        socket.once('data', () => {
          socket.write('N')
          socket.once('data', () => {
            socket.write(Uint8Array.of(82, 0, 0, 0))
            setTimeout(() => socket.resetAndDestroy(), 10)
          })
        }),
    ],
    ['with nonsense', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('that resets the connection %s is an error in time', async (_, greets) => {
    const server = await serverThat((socket) => {
      greets(socket)
    })
    const error = await failure(connect(server.url, { connectTimeoutMs: 5000 }))
    expect(error).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
    await server.close()
  })

  it('without TLS is refused where TLS is demanded', async () => {
    const plain = await serverThat((socket) => socket.once('data', () => socket.write('N')))
    for (const mode of ['require', 'verify-ca', 'verify-full'] as const) {
      const error = await failure(connect(`${plain.url}?sslmode=${mode}`, { connectTimeoutMs: 2000 }))
      expect(error).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
      expect(error.message).toMatch(/TLS/i)
    }
    await plain.close()
  })
})
