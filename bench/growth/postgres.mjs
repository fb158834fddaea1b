/** More and more rows of PostgreSQL, and more and more calls at once. */
import { installSqlPeers, requireRival } from '../sql/install-peers.mjs'

const ADDRESS = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'
const CONNECTIONS = 4
const TABLE = 'ferrule_bench_growth'
const ROWS = `select id, name, score, note from ${TABLE} order by id limit $1`
const ONE = `select id, name, score, note from ${TABLE} where id = $1`

async function openAll(most) {
  installSqlPeers()
  const { connect } = await import('ferrule/sql')
  const { Pool } = requireRival('pg')
  const postgres = requireRival('postgres')
  const db = await connect(ADDRESS, { max: CONNECTIONS })
  await db.script(
    `drop table if exists ${TABLE};
     create table ${TABLE} as
       select n as id, 'name ' || n as name, n / 7.0::float8 as score, case when n % 3 > 0 then 'note of ' || n end as note
       from generate_series(1, ${most}) n;
     alter table ${TABLE} add primary key (id);
     analyze ${TABLE}`,
  )
  const pool = new Pool({ connectionString: ADDRESS, max: CONNECTIONS })
  const sql = postgres(ADDRESS, { max: CONNECTIONS, onnotice: () => undefined })
  return {
    query: {
      ferrule: (text, value) => db.query(text, [value]),
      postgres: (text, value) => sql.unsafe(text, [value], { prepare: true }),
      pg: async (text, value) => (await pool.query({ name: text.slice(-60), text, values: [value] })).rows,
    },
    async close() {
      await db.script(`drop table ${TABLE}`)
      await Promise.all([db.close(), pool.end(), sql.end()])
    },
  }
}

export async function openPostgresRows(most) {
  const { query, close } = await openAll(most)
  const work = Object.fromEntries(
    Object.entries(query).map(([name, ask]) => [
      name,
      async (size) => {
        const rows = await ask(ROWS, size)
        if (rows.length !== size || rows[size - 1].id !== size)
          throw new Error(`${name}: ${rows.length} rows for ${size}`)
      },
    ]),
  )
  return { work, close }
}

export async function openPostgresCalls(most) {
  const { query, close } = await openAll(most)
  const work = Object.fromEntries(
    Object.entries(query).map(([name, ask]) => [
      name,
      async (size) => {
        const answers = await Promise.all(Array.from({ length: size }, (_, call) => ask(ONE, call + 1)))
        if (answers.some(([row], call) => row.id !== call + 1)) throw new Error(`${name}: answers of other calls`)
      },
    ]),
  )
  return { work, close }
}
