/**
 * What the boundary promises, row by row: the figures that are compared and the bounds `bench:check` holds them to. A
 * comparison without a bound is printed for its own interest, and none is looked for by the check.
 *
 * Raw Node-API is the ceiling of every synchronous row: where nearly all of the time is spent in the engine (no arguments, a
 * string out, a callback) it is itself not 3.5 times faster than `#[napi]`. The check takes that from the same run: a bound
 * over `#[napi]` that raw does not reach is reported as out of reach, and the bound over raw is what counts.
 */

const SYNC_ROWS = ['nothing', 'add', 'stringIn', 'stringOut', 'echo', 'method', 'callSync']

const overRaw = (row, subject, bound = {}) => ({ row, subject, rival: 'raw', measure: 'ratio', ...bound })
const overDerived = (row, subject, bound = {}) => ({ row, subject, rival: 'derived', measure: 'speedup', ...bound })
const ceilingOf = (row) => overDerived(row, 'raw')

/** The comparison that tells how much room a bound over `#[napi]` has; asynchronous rows have no raw side. */
export function ceilingFor({ row, rival }) {
  return rival === 'derived' && SYNC_ROWS.includes(row) ? ceilingOf(row) : undefined
}

export const COMPARISONS = [
  { row: 'nothing', subject: 'native', rival: 'raw', measure: 'difference', atMost: 15 },
  overRaw('add', 'native', { atMost: 1.25 }),
  overRaw('stringIn', 'native', { atMost: 1.12 }),
  overRaw('stringOut', 'native', { atMost: 1.12 }),
  overRaw('echo', 'native'),
  overRaw('method', 'native', { atMost: 1.12 }),
  overRaw('method', 'public', { atMost: 1.2 }),
  overRaw('callSync', 'native', { atMost: 1.25 }),
  overRaw('callQueued', 'native', { atMost: 1.0 }),

  overDerived('nothing', 'native', { atLeast: 3.5 }),
  overDerived('add', 'native', { atLeast: 3.0 }),
  overDerived('stringIn', 'native', { atLeast: 3.5 }),
  overDerived('stringOut', 'native', { atLeast: 3.5 }),
  overDerived('echo', 'native'),
  overDerived('method', 'native', { atLeast: 3.5 }),
  overDerived('method', 'public'),
  overDerived('callSync', 'native', { atLeast: 3.5 }),
  overDerived('callQueued', 'native'),

  overDerived('async1', 'public', { atLeast: 1.1 }),
  overDerived('async64', 'public', { atLeast: 6 }),
  overDerived('async1024', 'public', { atLeast: 6 }),
  overDerived('async1', 'publicWithOptions'),
  overDerived('async64', 'publicWithOptions', { atLeast: 4 }),
  overDerived('async1024', 'publicWithOptions', { atLeast: 4 }),

  ...[...SYNC_ROWS, 'callQueued'].map(ceilingOf),
]

/** Milliseconds. */
export const READINGS = [
  { reading: 'latenessMachine', title: 'latest 1 ms timer, JavaScript alone (this machine)' },
  { reading: 'latenessDerived', title: 'latest 1 ms timer, 10,000 calls in flight, #[napi]' },
  // "Never" is what is promised, so the worst round counts; a timer may be as late as the machine makes it by itself.
  {
    reading: 'latenessPublic',
    title: 'latest 1 ms timer, 10,000 calls in flight, ferrule',
    atMost: 20,
    worst: true,
    allowance: 'latenessMachine',
  },
  { reading: 'startInside', title: "import 'ferrule/regex' and first match, clock inside the process", atMost: 8 },
  { reading: 'startWhole', title: "import 'ferrule/regex' and first match, whole process over bare Node", atMost: 8 },
]
