import { diagnostics } from 'ferrule'
import { connect, type PostgresDatabase, type PostgresOptions } from 'ferrule/sql'
import { afterAll, beforeAll, expect } from 'vitest'

/** The server that the tests use. */
export const url = (process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test') as `postgres://${string}`

/** A database on the server, or words on how to start one. */
export async function connected(
  options?: PostgresOptions,
  at: `postgres://${string}` = url,
): Promise<PostgresDatabase> {
  try {
    return await connect(at, options)
  } catch (cause) {
    throw new Error(
      `no PostgreSQL at ${at}: start one (Debian: pg_ctlcluster 15 main start), or name one by DATABASE_URL`,
      { cause },
    )
  }
}

/** A database for a file of tests, whose tables are in a schema of their own; at the end nothing of it is left anywhere. */
export function ownSchema(name: string, options?: PostgresOptions): () => PostgresDatabase {
  let database: PostgresDatabase | undefined
  const schema = `ferrule_${name}_${String(process.pid)}`
  beforeAll(async () => {
    const own = `${url}${url.includes('?') ? '&' : '?'}options=-c%20search_path%3D${schema}` as typeof url
    database = await connected(options, own)
    await database.script(`drop schema if exists ${schema} cascade; create schema ${schema}`)
  })
  afterAll(async () => {
    if (database === undefined) return
    await database.script(`drop schema ${schema} cascade`)
    await database.close({ timeoutMs: 10_000 })
    await atRest()
  })
  return () => {
    if (database === undefined) throw new Error('the database is there once the tests run')
    return database
  }
}

/** Waits until nothing native is left that these tests made. */
export async function atRest(): Promise<void> {
  await until(() => {
    const { handles, callsInFlight, abandoned } = diagnostics()
    return Object.keys(handles).every((name) => !name.startsWith('Postgres')) && callsInFlight + abandoned === 0
  })
  expect(diagnostics().callsInFlight).toBe(0)
}

/** Waits for a state that comes soon. */
export async function until(holds: () => boolean | Promise<boolean>, patience = 10_000): Promise<void> {
  const end = performance.now() + patience
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not so within ${String(patience)} ms: ${String(holds)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** What a promise rejects with. */
export async function failure(
  promise: Promise<unknown>,
): Promise<Error & { code?: string; details: Record<string, unknown> }> {
  try {
    await promise
  } catch (error) {
    return error as Error & { code?: string; details: Record<string, unknown> }
  }
  throw new Error('it did not fail')
}

/** A generator whose numbers can be had again by their seed. */
export function lot(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
