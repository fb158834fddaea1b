import { checkObject, refusal } from './error.js'
import { native } from './native.js'

/** A moment by the calendar of the place. Each 32 bits with a sign; what is wider than its place is written in full. */
export interface LogMoment {
  readonly pid: number
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly microsecond: number
}

/**
 * The start of a line of a log: `[4711][2026-11-26 08:30:00.000123 local] `.
 *
 * @param moment a date, which is told in local time by this process, or all parts. Default: now.
 * @throws SysError `ERR_INVALID_ARG_TYPE`; `ERR_OUT_OF_RANGE` for an invalid date, and a part beyond 32 bits.
 *
 * @example
 * process.stderr.write(`${logPrefix()}listening\n`)
 */
export function logPrefix(moment: Date | LogMoment = new Date()): string {
  checkObject('sys.logPrefix', 'moment', moment)
  const { pid, year, month, day, hour, minute, second, microsecond } = moment instanceof Date ? partsOf(moment) : moment
  return native.logPrefix(pid, year, month, day, hour, minute, second, microsecond)
}

function partsOf(date: Date): LogMoment {
  if (Number.isNaN(date.getTime())) throw refusal('sys.logPrefix', 'moment', 'a date with a number of its time', NaN)
  return {
    pid: process.pid,
    year: date.getFullYear(),
    month: date.getMonth() + 1,
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
    microsecond: date.getMilliseconds() * 1000,
  }
}
