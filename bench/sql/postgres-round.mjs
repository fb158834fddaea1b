/** One round of PostgreSQL's benchmark, in a process of its own: `node --expose-gc round.mjs '{"seed":1,…}'`. */
import { createRequire } from 'node:module'
import { connect } from 'ferrule/sql'
import { contest } from '../measure/contest.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { COUNT, ROWS } from './postgres-rows.mjs'

const require = createRequire(new URL('../peers/sql/package.json', import.meta.url))
const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const max = 10
// The rivals encrypt nothing unless told to; ferrule does wherever the server can, as psql does. All do the same work here.
const plain = new URL(url)
plain.searchParams.set('sslmode', 'disable')

const ferrule = await connect(plain.href, { max })
const pg = new (require('pg').Pool)({ connectionString: url, max })
const postgres = require('postgres')(url, { max, onnotice() {} })
await ferrule.script(`
  drop table if exists ferrule_bench, ferrule_bench_copy;
  create table ferrule_bench (id int primary key, name text not null, value float8, at timestamptz);
  create unlogged table ferrule_bench_copy (id int, name text, value float8, at timestamptz);
  insert into ferrule_bench
    select n, 'name ' || n, n * 1.5, '2026-01-01'::timestamptz + n * interval '1 s' from generate_series(1, ${COUNT}) n;
  analyze ferrule_bench;
`)
const scope = { ferrule, pg, postgres, copyFrom: require('pg-copy-streams').from }

const costs = {}
for (const { row, answer, contenders } of shuffled(ROWS, random)) {
  const all = Object.entries(contenders).map(([name, make]) => {
    const operation = make(scope)
    const loop = async (times) => {
      let sum = 0
      for (let time = 0; time < times; time += 1) sum += await operation()
      return sum
    }
    return { name, loop, answer }
  })
  costs[row] = await contest(all, { random, batchMs, cycles })
}
await ferrule.script('drop table ferrule_bench, ferrule_bench_copy')
await Promise.all([ferrule.close(), pg.end(), postgres.end()])
process.stdout.write(`${JSON.stringify({ costs })}\n`)
