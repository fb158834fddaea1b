/**
 * The rows of the benchmark, and what is promised. Each contender reads and parses once per operation; what it says shows that it did,
 * and must be the same for all. Processes are asleep, so that it is.
 */
import { meminfoOf, statmOf, statOf } from './javascript.mjs'

const reading = (pathOf, parse, told) => ({
  javascript: ({ fs, pid, tid }) => {
    const path = pathOf(pid, tid)
    return () => told(parse(fs.readFileSync(path, 'utf8')))
  },
  keptOpen: ({ fs, pid, tid }) => {
    const file = fs.openSync(pathOf(pid, tid))
    const room = Buffer.alloc(8192)
    return () => told(parse(room.latin1Slice(0, fs.readSync(file, room, 0, room.length, 0))))
  },
})

const started = (stat) => stat.starttime
const inSize = (memory) => memory.size
const isFree = (memory) => (memory.free > 0 ? 1 : 0)

/** More than ferrule keeps open. */
export const MANY = 100

const each = (pids, read) => () => {
  let sum = 0
  for (const pid of pids) sum += read(pid)
  return sum
}

export const ROWS = [
  {
    row: 'stat',
    title: 'state of a process, 42 fields',
    answer: ({ sys, pid }) => started(sys.readProcessStat(pid)),
    contenders: {
      ferrule:
        ({ sys, pid }) =>
        () =>
          started(sys.readProcessStat(pid)),
      ...reading((pid) => `/proc/${pid}/stat`, statOf, started),
    },
  },
  {
    row: 'many',
    title: 'states of 100 processes, one after the other',
    answer: ({ sys, pids }) => each(pids, (pid) => started(sys.readProcessStat(pid)))(),
    contenders: {
      ferrule: ({ sys, pids }) => each(pids, (pid) => started(sys.readProcessStat(pid))),
      javascript: ({ fs, pids }) => each(pids, (pid) => started(statOf(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')))),
    },
  },
  {
    row: 'thread',
    title: 'state of a thread',
    answer: ({ sys, pid, tid }) => started(sys.readProcessStat(pid, tid)),
    contenders: {
      ferrule:
        ({ sys, pid, tid }) =>
        () =>
          started(sys.readProcessStat(pid, tid)),
      ...reading((pid, tid) => `/proc/${pid}/task/${tid}/stat`, statOf, started),
    },
  },
  {
    row: 'statm',
    title: 'memory of a process',
    answer: ({ sys, pid }) => inSize(sys.readStatm(pid)),
    contenders: {
      ferrule:
        ({ sys, pid }) =>
        () =>
          inSize(sys.readStatm(pid)),
      ...reading((pid) => `/proc/${pid}/statm`, statmOf, inSize),
    },
  },
  {
    row: 'meminfo',
    title: 'memory of the system',
    answer: () => 1,
    contenders: {
      ferrule:
        ({ sys }) =>
        () =>
          isFree(sys.readMeminfo()),
      ...reading(() => '/proc/meminfo', meminfoOf, isFree),
    },
  },
]

/** Of many in turn nothing is promised: there the system's own work, opening each file, is most of it. */
export const COMPARISONS = ROWS.flatMap(({ row, contenders }) => [
  { row, subject: 'ferrule', rival: 'javascript', measure: 'speedup', ...(row === 'many' ? {} : { atLeast: 3 }) },
  ...('keptOpen' in contenders ? [{ row, subject: 'ferrule', rival: 'keptOpen', measure: 'speedup' }] : []),
])
