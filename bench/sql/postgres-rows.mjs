/**
 * The rows of the benchmark, and what is promised. Every contender has ten connections at most, prepares its statements and keeps
 * them, and does the whole work once per operation; all must find the same.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export const CONTENDERS = {
  ferrule: 'ferrule/sql',
  pg: 'pg 8.23.1',
  postgres: 'postgres 3.4.9',
  pgUnnest: 'pg 8.23.1, unnest',
}

export const POINT = 'select id, name, value, at from ferrule_bench where id = $1'
export const COUNT = 100_000
const POINTS = 512

/** So many point selects, so many of them in flight; each client's own call is `one`. */
async function points(one, inFlight) {
  let next = 0
  let sum = 0
  const work = async () => {
    while (next < POINTS) {
      const { id } = await one(1 + ((next++ * 7919) % COUNT))
      sum += id
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return sum
}

const ANSWER = Array.from({ length: POINTS }, (_, at) => 1 + ((at * 7919) % COUNT)).reduce((sum, id) => sum + id, 0)

const pointRow = (inFlight) => ({
  row: `point${inFlight}`,
  title: `${POINTS} selects of a row by its key, ${inFlight} in flight`,
  answer: ANSWER,
  contenders: {
    ferrule: ({ ferrule }) => {
      const one = (id) => ferrule.one(POINT, [id])
      return () => points(one, inFlight)
    },
    pg: ({ pg }) => {
      const one = async (id) => (await pg.query({ name: 'point', text: POINT, values: [id] })).rows[0]
      return () => points(one, inFlight)
    },
    postgres: ({ postgres: sql }) => {
      const one = async (id) => (await sql`select id, name, value, at from ferrule_bench where id = ${id}`)[0]
      return () => points(one, inFlight)
    },
  },
})

const ENTRIES = Array.from({ length: COUNT }, (_, n) => [n, `name ${n}`, n * 1.5, new Date(1.7e12 + n * 1000)])

/** The rows in the text form of COPY, in pieces of 64 KiB, as one writes it by hand. */
function* texts() {
  let piece = ''
  for (const [id, name, value, at] of ENTRIES) {
    piece += `${id}\t${name.replace(/[\\\t\n\r]/g, '\\$&')}\t${value}\t${at.toISOString()}\n`
    if (piece.length < 65_536) continue
    yield piece
    piece = ''
  }
  yield piece
}

/** Into a table that is emptied each time, in the same transaction log for all. */
const emptied = (ferrule, fill) => async () => {
  await ferrule.execute('truncate ferrule_bench_copy')
  await fill()
  return COUNT
}

export const ROWS = [
  pointRow(1),
  pointRow(16),
  pointRow(64),
  {
    row: 'select',
    title: `select ${COUNT} rows of four columns`,
    answer: COUNT,
    contenders: {
      ferrule:
        ({ ferrule }) =>
        async () =>
          (await ferrule.query('select * from ferrule_bench')).length,
      pg:
        ({ pg }) =>
        async () =>
          (await pg.query('select * from ferrule_bench')).rows.length,
      postgres:
        ({ postgres: sql }) =>
        async () =>
          (await sql`select * from ferrule_bench`).length,
    },
  },
  {
    row: 'copyIn',
    title: `copy ${COUNT} rows of four columns into a table`,
    answer: COUNT,
    contenders: {
      ferrule: ({ ferrule }) => {
        const target = { table: 'ferrule_bench_copy', columns: ['id', 'name', 'value', 'at'] }
        return emptied(ferrule, () => ferrule.copyIn(target, ENTRIES))
      },
      pg: ({ ferrule, pg, copyFrom }) =>
        emptied(ferrule, async () => {
          const client = await pg.connect()
          try {
            await pipeline(Readable.from(texts()), client.query(copyFrom('copy ferrule_bench_copy from stdin')))
          } finally {
            client.release()
          }
        }),
      postgres: ({ ferrule, postgres: sql }) =>
        emptied(ferrule, async () => {
          await pipeline(Readable.from(texts()), await sql`copy ferrule_bench_copy from stdin`.writable())
        }),
      pgUnnest: ({ ferrule, pg }) => {
        const text =
          'insert into ferrule_bench_copy select * from unnest($1::int[], $2::text[], $3::float8[], $4::timestamptz[])'
        const columns = () => [0, 1, 2, 3].map((at) => ENTRIES.map((row) => row[at]))
        return emptied(ferrule, () => pg.query(text, columns()))
      },
    },
  },
]

const speedup = (row, rival, atLeast) => ({ row, subject: 'ferrule', rival, measure: 'speedup', atLeast })

export const COMPARISONS = [
  ['point1', 0.9],
  ['point16', 1.5],
  ['point64', 2],
  ['select', 1.5],
  ['copyIn', 2],
]
  .flatMap(([row, atLeast]) => [speedup(row, 'pg', atLeast), speedup(row, 'postgres', atLeast)])
  .concat(speedup('copyIn', 'pgUnnest', 2))
