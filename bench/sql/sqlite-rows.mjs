/** The rows of the SQLite benchmark, and what is promised of them. */
import { ROWS, rowOf, sumOf } from './sqlite-work.mjs'

const INSERTED = Array.from({ length: 2000 }, (_, id) => rowOf(id))
const ALL = sumOf(
  (function* () {
    for (let id = 0; id < ROWS; id++) {
      const [, name, score, note] = rowOf(id)
      yield { id, name, score, note }
    }
  })(),
)

/** A loop of its own for each library: one that both ran would be compiled for both. */
const loop = (body) => (library) => new Function('library', 'INSERTED', `return ${body}`)(library, INSERTED)

export const SQLITE_ROWS = [
  {
    row: 'point',
    title: 'point select by primary key, sync',
    operations: 1000,
    answer: (999 * 1000) / 2,
    loopOf: loop(
      '(times) => { let sum = 0; for (let n = 0; n < times; n++) for (let id = 0; id < 1000; id++) sum += library.point(id); return sum }',
    ),
  },
  {
    row: 'insert',
    title: 'insert in a transaction of 2,000, sync, per row',
    operations: INSERTED.length,
    answer: INSERTED.length,
    loopOf: loop(
      '(times) => { let sum = 0; for (let n = 0; n < times; n++) sum += library.insert(INSERTED); return sum }',
    ),
  },
  {
    row: 'scan',
    title: 'select of 100,000 rows, sync',
    answer: ALL,
    loopOf: loop('(times) => { let sum = 0; for (let n = 0; n < times; n++) sum += library.scan(); return sum }'),
  },
]

const promised = (row, atLeast) => ({ row, subject: 'ferrule', rival: 'better', measure: 'speedup', atLeast })

export const COMPARISONS = [promised('point', 1), promised('insert', 1), promised('scan', 1.3)]

export const READINGS = [
  { reading: 'idle', title: 'p99 delay of a 1 ms timer, idle' },
  { reading: 'scanBeyondIdle', title: 'the same during an async query of 1,000,000 rows, beyond idle', atMost: 3 },
  { reading: 'streamBeyondIdle', title: 'the same during a stream of 1,000,000 rows, beyond idle', atMost: 3 },
  { reading: 'keptBeyondIdle', title: 'the same while JavaScript makes and keeps as many rows by itself, beyond idle' },
]
