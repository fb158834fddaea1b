import { cellsOf } from './cells.js'
import { native, type Packed } from './native.js'
import { crossing } from '../boundary/index.js'

/**
 * The state of a process or thread: the first 42 fields of `/proc/<pid>/stat`, by their names in proc(5).
 *
 * Counts, times and sizes are numbers. What is no count but 64 bits as they are (a limit that may be all ones, addresses, sets of
 * signals) is a bigint. A count beyond 2⁵³ - 1 is refused, never rounded.
 */
export interface ProcessStat {
  /** Its number. */
  readonly pid: number
  /** Its name without the parentheses around it, as UTF-8; what is none in it is U+FFFD. Blanks, parentheses and line ends may be in it. */
  readonly comm: string
  /** One letter: `R` running, `S` sleeping, `D` waiting for a disk, `Z` ended but not waited for, `T` stopped… */
  readonly state: string
  /** The process that started it. */
  readonly ppid: number
  /** Its process group. */
  readonly pgrp: number
  /** Its session. */
  readonly session: number
  /** Its terminal, 0 for none. */
  readonly tty_nr: number
  /** The foreground process group of that, -1 for none. */
  readonly tpgid: number
  /** The kernel's flags, `PF_…`. */
  readonly flags: number
  /** Faults that needed no page from disk. */
  readonly minflt: number
  /** The same of children waited for. */
  readonly cminflt: number
  /** Faults that needed a page from disk. */
  readonly majflt: number
  /** The same of children waited for. */
  readonly cmajflt: number
  /** Clock ticks (100 a second, `getconf CLK_TCK`) outside the kernel. */
  readonly utime: number
  /** Clock ticks in the kernel. */
  readonly stime: number
  /** Clock ticks outside the kernel of children waited for. */
  readonly cutime: number
  /** Clock ticks in the kernel of children waited for. */
  readonly cstime: number
  /** Its priority, as the kernel has it: below 0 for real time. */
  readonly priority: number
  /** 19 to -20. */
  readonly nice: number
  /** Its threads. */
  readonly num_threads: number
  /** 0 since Linux 2.6.17. */
  readonly itrealvalue: number
  /** When it began: clock ticks since the system did. */
  readonly starttime: number
  /** Bytes of its address space. */
  readonly vsize: number
  /** Pages in memory. */
  readonly rss: number
  /** The limit of that in bytes; 18446744073709551615 for none. */
  readonly rlim: bigint
  /** Where its code begins. Addresses are 0 or 1 for who may not look. */
  readonly startcode: bigint
  /** Where its code ends. */
  readonly endcode: bigint
  /** Where its stack begins. */
  readonly startstack: bigint
  /** The stack's end. */
  readonly kstkesp: bigint
  /** The instruction it is at. */
  readonly kstkeip: bigint
  /** Signals pending: only the first 31. */
  readonly signal: bigint
  /** Signals blocked: only the first 31. */
  readonly blocked: bigint
  /** Signals ignored: only the first 31. */
  readonly sigignore: bigint
  /** Signals caught: only the first 31. */
  readonly sigcatch: bigint
  /** Whether it waits in the kernel; once, where. */
  readonly wchan: bigint
  /** Not kept by Linux: 0. */
  readonly nswap: number
  /** Not kept by Linux: 0. */
  readonly cnswap: number
  /** The signal its parent gets at its end. */
  readonly exit_signal: number
  /** The processor it ran on last. */
  readonly processor: number
  /** Its real-time priority, 0 for none. */
  readonly rt_priority: number
  /** Its scheduling policy, `SCHED_…`. */
  readonly policy: number
  /** Clock ticks it waited for disks. */
  readonly delayacct_blkio_ticks: number
}

/** Bytes in front of the name: 42 cells. */
const NAME = 42 * 8

function statOf(packed: Packed): ProcessStat {
  const { numbers, patterns, bytes } = cellsOf(packed)
  return {
    pid: numbers[0] as number,
    comm: bytes.toString('utf8', NAME, NAME + (numbers[1] as number)),
    state: String.fromCharCode(numbers[2] as number),
    ppid: numbers[3] as number,
    pgrp: numbers[4] as number,
    session: numbers[5] as number,
    tty_nr: numbers[6] as number,
    tpgid: numbers[7] as number,
    flags: numbers[8] as number,
    minflt: numbers[9] as number,
    cminflt: numbers[10] as number,
    majflt: numbers[11] as number,
    cmajflt: numbers[12] as number,
    utime: numbers[13] as number,
    stime: numbers[14] as number,
    cutime: numbers[15] as number,
    cstime: numbers[16] as number,
    priority: numbers[17] as number,
    nice: numbers[18] as number,
    num_threads: numbers[19] as number,
    itrealvalue: numbers[20] as number,
    starttime: numbers[21] as number,
    vsize: numbers[22] as number,
    rss: numbers[23] as number,
    rlim: patterns[24] as bigint,
    startcode: patterns[25] as bigint,
    endcode: patterns[26] as bigint,
    startstack: patterns[27] as bigint,
    kstkesp: patterns[28] as bigint,
    kstkeip: patterns[29] as bigint,
    signal: patterns[30] as bigint,
    blocked: patterns[31] as bigint,
    sigignore: patterns[32] as bigint,
    sigcatch: patterns[33] as bigint,
    wchan: patterns[34] as bigint,
    nswap: numbers[35] as number,
    cnswap: numbers[36] as number,
    exit_signal: numbers[37] as number,
    processor: numbers[38] as number,
    rt_priority: numbers[39] as number,
    policy: numbers[40] as number,
    delayacct_blkio_ticks: numbers[41] as number,
  }
}

/**
 * Reads a line of `/proc/<pid>/stat`. The name ends at the last closing parenthesis: it may hold anything itself. Fields behind the
 * 42nd are passed over. On any system.
 *
 * @throws SysError `ERR_SYS_MALFORMED` with `details.field` for what is missing or no number; `ERR_OUT_OF_RANGE` for a count beyond
 * 2⁵³ - 1; `ERR_INVALID_ARG_TYPE`.
 *
 * @example
 * parseProcessStat(readFileSync('/proc/1/stat')).comm // → 'systemd'
 */
export function parseProcessStat(line: Uint8Array | string): ProcessStat {
  return statOf(native.parseProcessStat(crossing(line)))
}

/**
 * The state of a process, or of one of its threads, now. On this thread, in some microseconds. Linux only.
 *
 * The 64 files that were read last stay open in each JavaScript thread, which is what makes reading them again fast. A number that
 * went to another process is noticed.
 *
 * @param pid default: this process. 0 to 4294967295.
 * @param tid default: the process as a whole.
 * @throws SysError `ERR_SYS_NOT_FOUND` for no such process or thread, `ERR_SYS_PERMISSION`, `ERR_SYS`, each with `details.path` and
 * `details.errno`; `ERR_SYS_UNAVAILABLE` on other systems; `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`.
 *
 * @example
 * readProcessStat().num_threads // → 11
 */
export function readProcessStat(pid: number = process.pid, tid?: number): ProcessStat {
  return statOf(native.readProcessStat(pid, tid))
}
