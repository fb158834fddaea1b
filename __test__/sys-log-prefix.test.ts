import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { logPrefix, SysError, type LogMoment } from 'ferrule/sys'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)

/** printf's %0Nd. */
const padded = (value: number, width: number): string =>
  value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')

function byHand({ pid, year, month, day, hour, minute, second, microsecond }: LogMoment): string {
  const date = [padded(year, 4), padded(month, 2), padded(day, 2)].join('-')
  const time = [padded(hour, 2), padded(minute, 2), padded(second, 2)].join(':')
  return `[${pid}][${date} ${time}.${padded(microsecond, 6)} local] `
}

const moment: LogMoment = { pid: 7, year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5, microsecond: 6 }

describe('the start of a line of a log', () => {
  it('has every part in its place, written in full where it is wider', () => {
    expect(logPrefix(moment)).toBe('[7][2026-01-02 03:04:05.000006 local] ')
    expect(logPrefix({ ...moment, year: 7, pid: -1 })).toBe('[-1][0007-01-02 03:04:05.000006 local] ')
    expect(logPrefix({ ...moment, year: 12345, month: 100, microsecond: 1234567 })).toBe(
      '[7][12345-100-02 03:04:05.1234567 local] ',
    )
  })

  it('is what printf makes of any numbers', () => {
    console.log('seed', seed)
    for (let round = 0; round < 5000; round += 1) {
      const any = (): number => (next(2) === 0 ? next(100) : next(2 ** 32) | 0)
      const parts: LogMoment = {
        pid: any(),
        year: any(),
        month: any(),
        day: any(),
        hour: any(),
        minute: any(),
        second: any(),
        microsecond: any(),
      }
      expect(logPrefix(parts)).toBe(byHand(parts))
    }
    const { pid, year, month, day, hour, minute, second, microsecond } = moment
    const numbers = [pid, year, month, day, hour, minute, second, microsecond].map(String)
    const format = '[%d][%04d-%02d-%02d %02d:%02d:%02d.%06d local] '
    expect(logPrefix(moment)).toBe(execFileSync('printf', [format, ...numbers], { encoding: 'utf8' }))
  })

  it('tells a date in local time, as date does', () => {
    const zone = process.env['TZ']
    try {
      for (const name of ['UTC', 'Asia/Kathmandu', 'America/St_Johns']) {
        process.env['TZ'] = name
        for (const seconds of [0, 1, 951782400, 1710055800, 1761440400, 1795680000, -86400, next(2 ** 31)]) {
          const date = new Date(seconds * 1000 + next(1000))
          const format = `[${process.pid}][%Y-%m-%d %H:%M:%S.${padded(((date.getTime() % 1000) + 1000) % 1000, 3)}000 local] `
          const told = execFileSync('date', ['-d', `@${seconds}`, `+${format}`], { encoding: 'utf8' })
          expect(logPrefix(date)).toBe(told.replace('\n', ''))
        }
      }
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })

  it('is now when nothing is said', () => {
    const before = logPrefix(new Date())
    const now = logPrefix()
    expect([before, now, logPrefix(new Date())].sort()[1]).toBe(now)
  })

  it.each([
    ['an invalid date', new Date(NaN), 'ERR_OUT_OF_RANGE'],
    ['null', null, 'ERR_INVALID_ARG_TYPE'],
    ['a number', 0, 'ERR_INVALID_ARG_TYPE'],
    ['a part that is missing', { ...moment, day: undefined }, 'ERR_INVALID_ARG_TYPE'],
    ['half a part', { ...moment, day: 0.5 }, 'ERR_OUT_OF_RANGE'],
    ['a part beyond 32 bits', { ...moment, pid: 2 ** 31 }, 'ERR_OUT_OF_RANGE'],
    ['a part that is a text', { ...moment, hour: '1' }, 'ERR_INVALID_ARG_TYPE'],
  ])('is refused for %s', (_, value, code) => {
    const call = (): string => logPrefix(value as never)
    expect(call).toThrow(SysError)
    expect(call).toThrow(expect.objectContaining({ code, operation: 'sys.logPrefix' }))
  })
})
