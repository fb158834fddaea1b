// Encrypted connections, against a server with certificates of the test's own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type PostgresDatabase, type PostgresOptions } from 'ferrule/sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificates } from './http-server/tls.js'
import { cluster, type Cluster } from './sql/cluster.js'
import { atRest, failure, until } from './sql/postgres.js'

const { ca, server, client, stranger, expired } = certificates()
let running: Cluster

beforeAll(async () => {
  running = await cluster(server, ca, [
    'hostssl all postgres 127.0.0.1/32 trust',
    'hostssl all client 127.0.0.1/32 trust clientcert=verify-full',
    'hostssl all scram 127.0.0.1/32 scram-sha-256',
  ])
  const admin = await connect(at('postgres', 'sslmode=require'))
  await admin.script("create role client login; create role scram login password 'se cret'")
  await admin.close()
})

afterAll(async () => {
  await running.stop()
  await atRest()
})

/** The address for a user, who is one of `pg_hba.conf`'s. */
const at = (user: string, query: string, host = '127.0.0.1'): `postgres://${string}` =>
  `postgres://${user}@${host}:${String(running.port)}/postgres?${query}`

/** What the server says of the line. */
const line = async (url: `postgres://${string}`, options?: PostgresOptions): Promise<unknown> => {
  const database = await connect(url, { max: 1, ...options })
  try {
    return await database.one('select ssl, version, client_dn from pg_stat_ssl where pid = pg_backend_pid()')
  } finally {
    await database.close()
  }
}
const encrypted = { ssl: true, version: 'TLSv1.3', client_dn: null }
const refusal = (url: `postgres://${string}`, options?: PostgresOptions) => failure(line(url, options))

describe('the server’s certificate', () => {
  it('is enough for verify-full when its authority is trusted and it is for the host', async () => {
    expect(await line(at('postgres', 'sslmode=verify-full'), { ca })).toEqual(encrypted)
    expect(await line(at('postgres', 'sslmode=verify-full', 'localhost'), { ca })).toEqual(encrypted)
  })

  it('of another host is refused by verify-full, and enough for verify-ca', async () => {
    const elsewhere = 'hostaddr=127.0.0.1'
    const error = await refusal(at('postgres', `sslmode=verify-full&${elsewhere}`, 'other.example'), { ca })
    expect(error).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
    expect(error.message).toMatch(/other\.example.*not valid for name/s)
    expect(await line(at('postgres', `sslmode=verify-ca&${elsewhere}`, 'other.example'), { ca })).toEqual(encrypted)
  })

  it.each(['verify-ca', 'verify-full'])('of an authority that nobody knows is refused by %s', async (mode) => {
    for (const options of [undefined, { ca: stranger.cert }]) {
      const error = await refusal(at('postgres', `sslmode=${mode}`), options)
      expect(error).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
      expect(error.message).toMatch(/certificate.*(UnknownIssuer|unknown issuer)/is)
    }
  })

  it('is not looked at by require, unless there is one to hold it to', async () => {
    expect(await line(at('postgres', 'sslmode=require'))).toEqual(encrypted)
    expect(await line(at('postgres', 'sslmode=prefer'))).toEqual(encrypted)
    expect(await line(at('postgres', 'sslmode=require'), { ca })).toEqual(encrypted)
    expect(await refusal(at('postgres', 'sslmode=require'), { ca: stranger.cert })).toMatchObject({
      code: 'ERR_SQL_CONNECTION',
    })
  })

  it('that has expired is refused', async () => {
    running.show(expired)
    try {
      let error: Error | undefined
      await until(async () => {
        error = await refusal(at('postgres', 'sslmode=verify-full'), { ca }).catch(() => undefined)
        return error !== undefined
      })
      expect(error).toMatchObject({ code: 'ERR_SQL_CONNECTION' })
      expect(error?.message).toMatch(/expired/)
      expect(await line(at('postgres', 'sslmode=require'))).toEqual(encrypted)
    } finally {
      running.show(server)
      await until(() =>
        line(at('postgres', 'sslmode=verify-full'), { ca }).then(
          () => true,
          () => false,
        ),
      )
    }
  })
})

describe('a client’s certificate', () => {
  it('logs in who it names', async () => {
    const shown = await line(at('client', 'sslmode=verify-full'), { ca, ...client })
    expect(shown).toEqual({ ...encrypted, client_dn: '/CN=client' })
  })

  it('and authorities can be files that the URL names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferrule certificates '))
    const file = (name: string, text: string): string => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return encodeURIComponent(path)
    }
    const named = `sslrootcert=${file('a.pem', ca)}&sslcert=${file('b.pem', client.cert)}&sslkey=${file('c.pem', client.key)}`
    const shown = await line(at('client', `sslmode=verify-full&${named}`))
    expect(shown).toEqual({ ...encrypted, client_dn: '/CN=client' })
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['missing', {}],
    ['of another name', server],
    ['of nobody known', stranger],
  ])('that is %s does not', async (_, identity) => {
    const error = await refusal(at('client', 'sslmode=verify-full'), { ca, ...identity })
    // Who signed it is part of the handshake, whom it names is part of the login.
    expect(error.code).toBe(identity === stranger ? 'ERR_SQL_CONNECTION' : 'ERR_SQL_DENIED')
  })

  it.each([
    ['key', { cert: client.cert }],
    ['cert', { key: client.key }],
    ['cert', { ...client, cert: 'nothing' }],
    ['key', { ...client, key: 'nothing' }],
    ['key', { ...client, key: stranger.key }],
  ])('that cannot be used is refused before anything is sent, by its option: %s', async (option, identity) => {
    const error = await refusal(at('client', 'sslmode=verify-full'), { ca, ...identity })
    expect(error).toMatchObject({ code: 'ERR_SQL_CONFIG', details: { option } })
    expect(error.message).not.toContain('PRIVATE KEY')
  })
})

describe('a password over TLS', () => {
  const withPassword = (password: string, query: string): `postgres://${string}` =>
    at(`scram:${encodeURIComponent(password)}`, query)

  it('logs in, bound to the certificate', async () => {
    expect(await line(withPassword('se cret', 'sslmode=verify-full&channel_binding=require'), { ca })).toEqual(
      encrypted,
    )
  })

  it('that is wrong is denied, and not repeated', async () => {
    const error = await refusal(withPassword('gue5s', 'sslmode=verify-full'), { ca })
    expect(error).toMatchObject({ code: 'ERR_SQL_DENIED', details: { sqlstate: '28P01' } })
    expect(error.message).not.toContain('gue5s')
  })
})

describe('an encrypted line', () => {
  it('is demanded by the server: without one nobody gets in', async () => {
    const error = await refusal(at('postgres', 'sslmode=disable'))
    expect(error).toMatchObject({ code: 'ERR_SQL_DENIED', details: { sqlstate: '28000' } })
    expect(error.message).toMatch(/no encryption/)
  })

  it('carries everything: calls beside each other, streams, copies, cancel requests', async () => {
    const database: PostgresDatabase = await connect(at('postgres', 'sslmode=verify-full'), { max: 2, ca })
    const numbers = await Promise.all(Array.from({ length: 200 }, (_, n) => database.one('select $1::int as n', [n])))
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, n) => ({ n })))
    await database.script('create table copied (n int, t text)')
    const rows = Array.from({ length: 20_000 }, (_, n) => [n, 'é'.repeat(n % 50)])
    expect(await database.copyIn({ table: 'copied', columns: ['n', 't'] }, rows)).toBe(20_000)
    const read = []
    for await (const row of database.stream('select * from copied order by n', [], { rows: 'array' })) read.push(row)
    expect(read).toEqual(rows)
    const late = failure(database.query('select pg_sleep(600)', [], { timeoutMs: 100 }))
    expect(await late).toMatchObject({ code: 'ERR_TIMEOUT' })
    await until(() => database.pool.open === database.pool.idle)
    expect(
      await database.one(
        "select count(*) as n from pg_stat_activity where query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()",
      ),
    ).toEqual({ n: 0 })
    await database.close()
  })
})
