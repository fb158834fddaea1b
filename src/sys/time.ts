import { native, type ClockName } from './native.js'

/**
 * Seconds of the system's steady clock (`CLOCK_MONOTONIC`; of a clock that begins with the process where there is none). Remembered for
 * this JavaScript thread: {@link lastMonotonicTime}.
 */
export function monotonicTime(): number {
  return native.monotonicTime()
}

/** A moment of the steady clock. */
export interface MonotonicMoment {
  readonly seconds: number
  /** {@link ticks} just before. */
  readonly ticks: bigint
}

/** What {@link monotonicTime} gave last in this JavaScript thread, without asking; zeros if nothing. Workers have their own. */
export function lastMonotonicTime(): MonotonicMoment {
  const [seconds, ticks] = native.lastMonotonicTime()
  return { seconds, ticks }
}

/**
 * Seconds since 1970, cheap: the system is asked again when a million {@link ticks} have passed since, which is a fraction of a
 * millisecond. One cache for all threads of the process.
 */
export function cachedTime(): number {
  return native.cachedTime()
}

/**
 * Seconds of a clock of the system, asked now. `'realtime'`, seconds since 1970, is also remembered as {@link preciseTime} for all
 * threads of the process.
 *
 * @throws SysError `ERR_OUT_OF_RANGE` for another name; `ERR_SYS_UNAVAILABLE` for a clock that this system has not: `'boottime'` and
 * `'monotonicRaw'` are those of Linux, `'processCpu'` and `'threadCpu'` not of Windows.
 */
export function clockTime(clock: ClockName = 'realtime'): number {
  return native.clockTime(clock)
}

/**
 * Seconds since 1970 times 2³², no older than `precision` {@link ticks}; one for all threads of the process.
 *
 * @param precision 0 to 4294967295. Default: 0, which asks the system unless not a single tick has passed.
 * @throws SysError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`.
 *
 * @example
 * fixedToSeconds(preciseTime()) // → 1795680000.1234567
 */
export function preciseTime(precision = 0): bigint {
  return native.preciseTime(precision)
}

/** A moment of the wall clock. */
export interface PreciseMoment {
  /** Seconds since 1970 times 2³². */
  readonly time: bigint
  /** {@link ticks} just before. */
  readonly ticks: bigint
}

/** What {@link preciseTime} or {@link clockTime} remembered last, in whichever thread, without asking; zeros if nothing. */
export function lastPreciseTime(): PreciseMoment {
  const [time, ticks] = native.lastPreciseTime()
  return { time, ticks }
}

/** Seconds, as a number, of a time of {@link preciseTime}: rounded to what a double holds, some tenths of a microsecond. */
export function fixedToSeconds(time: bigint): number {
  return Number(time) / 2 ** 32
}

/**
 * The counter by which times are kept: of an x86 processor its time stamp counter, which has no unit; elsewhere nanoseconds of the
 * steady clock. 0 to 2⁶⁴ - 1.
 */
export function ticks(): bigint {
  return native.ticks()
}
