import { randomInt } from 'node:crypto'
import {
  clientIdentity,
  commonIdentity,
  isNewer,
  matchIdentity,
  serverIdentity,
  SysError,
  type Identity,
} from 'ferrule/sys'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)
const LOOPBACK = 0x7f000001
const FIELDS = ['ip', 'port', 'pid', 'utime'] as const
const of = (ip: number, port: number, pid: number, utime: number): Identity => ({ ip, port, pid, utime })

function thrown(call: () => unknown): SysError {
  try {
    call()
  } catch (error) {
    if (error instanceof SysError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('what a process knows of itself', () => {
  it('is filled in: its number and the time', () => {
    const before = Math.floor(Date.now() / 1000)
    const mine = commonIdentity()
    expect(mine).toEqual({ ip: 0, port: 0, pid: process.pid & 0xffff, utime: mine.utime })
    expect(mine.utime).toBeGreaterThanOrEqual(before)
    expect(mine.utime).toBeLessThanOrEqual(Math.floor(Date.now() / 1000))
  })

  it('is kept where it is known, and nothing that was given is changed', () => {
    const known = Object.freeze(of(5, 6, 7, -8))
    expect(commonIdentity(known)).toEqual(known)
    expect(clientIdentity(LOOPBACK, known)).toEqual(known)
    expect(clientIdentity(0, known)).toEqual(known)
    expect(serverIdentity(9, 80, known)).toEqual({ ...known, ip: 9 })
    expect(commonIdentity(commonIdentity())).toEqual(commonIdentity(commonIdentity()))
    expect(commonIdentity({ ip: undefined, pid: 3, utime: 4 } as never)).toEqual(of(0, 0, 3, 4))
  })

  it('has the address that says something, as a number or a text', () => {
    const known = { pid: 1, utime: 1 }
    expect(clientIdentity('10.1.2.3', known)).toEqual(of(0x0a010203, 0, 1, 1))
    expect(clientIdentity('255.255.255.255', known).ip).toBe(2 ** 32 - 1)
    expect(clientIdentity('127.0.0.1', { ...known, ip: 4 }).ip).toBe(4)
    expect(clientIdentity('127.0.0.1', known).ip).toBe(0)
  })

  it('has a server’s port as it is, up to 65535', () => {
    for (const port of [0, 1, 80, 32767, 32768, 40000, 65535]) {
      expect(serverIdentity(1, port, { pid: 1, utime: 1 })).toEqual(of(1, port, 1, 1))
    }
    expect(serverIdentity(1, 80, { port: 90 }).port).toBe(90)
  })
})

describe('an identity fits another', () => {
  it('exactly, as a special case, or not, for every combination of what is equal, different and not known', () => {
    const grid = [0, 1, 2].flatMap((ip) =>
      [0, 1, 40000].flatMap((port) =>
        [0, 1, 65535].flatMap((pid) => [0, 1, -1].map((utime) => of(ip, port, pid, utime))),
      ),
    )
    for (const identity of grid) {
      for (const pattern of grid) {
        const same = FIELDS.every((field) => identity[field] === pattern[field])
        const fits = FIELDS.every((field) => pattern[field] === 0 || pattern[field] === identity[field])
        const expected = same ? 'exact' : fits ? 'special' : 'no'
        if (matchIdentity(identity, pattern) !== expected) expect({ identity, pattern }).toBe(expected)
      }
    }
    expect(grid).toHaveLength(81)
    expect(matchIdentity(of(1, 2, 3, 4), of(0, 0, 0, 0))).toBe('special')
    expect(matchIdentity(of(0, 0, 0, 0), of(1, 2, 3, 4))).toBe('no')
    expect(matchIdentity(of(0, 0, 0, 0), of(0, 0, 0, 0))).toBe('exact')
  })
})

describe('a process is newer than another', () => {
  /** By the definition: modulo 32768, 1 to 16383 ahead. */
  const ahead = (a: number, b: number): boolean => {
    const steps = (((a - b) % 32768) + 32768) % 32768
    return steps >= 1 && steps <= 16383
  }

  it('of the same second when its number is less than half a round ahead, for every number', () => {
    console.log('seed', seed)
    for (const b of [0, 1, 16383, 16384, 32767, 32768, 65535, next(65536), next(65536)]) {
      for (let a = 0; a < 65536; a += 1) {
        if (isNewer(of(1, 1, a, 9), of(1, 1, b, 9)) !== ahead(a, b)) expect(`${a} newer than ${b}`).toBe(ahead(a, b))
      }
    }
  })

  it.each([
    [0x8000, 0, false],
    [0x8001, 0, true],
    [0, 0x7fff, true],
    [0x3fff, 0, true],
    [0x4000, 0, false],
    [0, 0xffff, true],
    [0, 0x4001, true],
  ])('%i and %i of the same second: %s', (a, b, newer) => {
    expect(isNewer(of(1, 1, a, 9), of(1, 1, b, 9))).toBe(newer)
  })

  it('when it began later, whatever its number, and never at another address or port', () => {
    const times = [-(2 ** 31), -1, 0, 1, 2 ** 31 - 1]
    for (const first of times) {
      for (const second of times) {
        if (first === second) continue
        expect(isNewer(of(1, 1, 5, first), of(1, 1, 5, second))).toBe(first > second)
        expect(isNewer(of(2, 1, 5, first), of(1, 1, 5, second))).toBe(false)
        expect(isNewer(of(1, 2, 5, first), of(1, 1, 5, second))).toBe(false)
      }
    }
  })
})

describe('what is no identity is refused by the name of the field', () => {
  const good = of(1, 1, 1, 1)
  it.each([
    ['an address beyond 32 bits', () => clientIdentity(2 ** 32), 'ERR_OUT_OF_RANGE', 'ip'],
    ['a negative address', () => clientIdentity(-1), 'ERR_OUT_OF_RANGE', 'ip'],
    ['a text that is no address', () => clientIdentity('10.0.0.256'), 'ERR_INVALID_ARG_TYPE', 'ip'],
    ['an IPv6 address', () => serverIdentity('::1', 1), 'ERR_INVALID_ARG_TYPE', 'ip'],
    ['no address', () => clientIdentity(undefined as never), 'ERR_INVALID_ARG_TYPE', 'ip'],
    ['a port that would be cut', () => serverIdentity(1, 65536), 'ERR_OUT_OF_RANGE', 'port'],
    ['a negative port', () => serverIdentity(1, -1), 'ERR_OUT_OF_RANGE', 'port'],
    ['half a port', () => serverIdentity(1, 0.5), 'ERR_OUT_OF_RANGE', 'port'],
    ['a known number beyond 16 bits', () => commonIdentity({ pid: 65536 }), 'ERR_OUT_OF_RANGE', 'known.pid'],
    ['a known time beyond 32 bits', () => commonIdentity({ utime: 2 ** 31 }), 'ERR_OUT_OF_RANGE', 'known.utime'],
    ['null for what is known', () => commonIdentity(null as never), 'ERR_INVALID_ARG_TYPE', 'known'],
    ['no identity', () => matchIdentity(undefined as never, good), 'ERR_INVALID_ARG_TYPE', 'identity'],
    ['no pattern', () => matchIdentity(good, 'x' as never), 'ERR_INVALID_ARG_TYPE', 'pattern'],
    ['a field that is missing', () => matchIdentity(good, { ip: 1 } as never), 'ERR_INVALID_ARG_TYPE', 'pattern.port'],
    [
      'a field that is no number',
      () => isNewer({ ...good, ip: '1' as never }, good),
      'ERR_INVALID_ARG_TYPE',
      'identity.ip',
    ],
    ['a field that is NaN', () => isNewer(good, { ...good, utime: NaN }), 'ERR_OUT_OF_RANGE', 'other.utime'],
  ])('%s', (_, call, code, argument) => {
    const error = thrown(call)
    expect([error.code, error.details['argument'], error.name]).toEqual([code, argument, 'SysError'])
    expect(error.operation).toMatch(/^sys\.(common|client|server|match)?I(dentity|sNewer)|^sys\.isNewer/i)
  })
})
