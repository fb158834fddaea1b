import { randomInt } from 'node:crypto'
import { Epoll, Events, fromEpoll, SysError, toEpoll } from 'ferrule/sys'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)

/** The rules one by one, over sets of names. */
function asked(events: number): number {
  if (events === 0) return 0
  const names: (keyof typeof Epoll)[] = ['ERR']
  if (events & 4) names.push('IN')
  if (events & 2) names.push('OUT')
  if (events & 1) names.push('RDHUP', 'PRI')
  if (!(events & 8)) names.push('ET')
  return names.reduce((sum, name) => sum + Epoll[name], 0)
}

function heard(told: number): number {
  const has = (name: keyof typeof Epoll): boolean => Math.floor(told / Epoll[name]) % 2 === 1
  return 0x400 + (has('IN') || has('ERR') ? 4 : 0) + (has('OUT') ? 2 : 0) + (has('RDHUP') || has('PRI') ? 1 : 0)
}

describe('events', () => {
  it('are asked of epoll by the published table', () => {
    const table = [
      0, 0x8000200a, 0x8000000c, 0x8000200e, 0x80000009, 0x8000200b, 0x8000000d, 0x8000200f, 0x8, 0x200a, 0xc, 0x200e,
      0x9, 0x200b, 0xd, 0x200f,
    ]
    expect(table.map((_, events) => toEpoll(events))).toEqual(table)
    expect(toEpoll(0x10)).toBe(0x80000008)
    expect(toEpoll(Events.READ | Events.WRITE | Events.LEVEL)).toBe(Epoll.IN | Epoll.OUT | Epoll.ERR)
  })

  it('convert both ways for every pattern of the bits there are, and for any 32 bits', () => {
    console.log('seed', seed)
    for (let bits = 0; bits < 4096; bits += 1) {
      if (toEpoll(bits) !== asked(bits)) expect(`to ${bits}`).toBe(asked(bits))
      const told = (bits & 0x1f) + (bits & 0x20 ? 0x2000 : 0) + (bits & 0x40 ? 2 ** 31 : 0) + (bits & 0xf80)
      if (fromEpoll(told) !== heard(told)) expect(`from ${told}`).toBe(heard(told))
    }
    for (let round = 0; round < 20_000; round += 1) {
      const bits = next(2 ** 32)
      expect(toEpoll(bits | 0)).toBe(asked(bits | 0))
      expect(fromEpoll(bits)).toBe(heard(bits))
      expect(fromEpoll(bits | 0)).toBe(heard(bits))
    }
  })

  it('that were asked for come back, but for the level, of which epoll tells nothing', () => {
    for (let events = 1; events < 16; events += 1) {
      const back = fromEpoll(toEpoll(events))
      expect(back & ~Events.READ).toBe((events & (Events.WRITE | Events.SPECIAL)) | Events.FROM_EPOLL)
    }
    expect(fromEpoll(0)).toBe(Events.FROM_EPOLL)
    expect(fromEpoll(Epoll.HUP)).toBe(Events.FROM_EPOLL)
  })

  it.each([
    ['beyond 32 bits', () => toEpoll(2 ** 31), 'ERR_OUT_OF_RANGE', 'events'],
    ['below 32 bits', () => toEpoll(-(2 ** 31) - 1), 'ERR_OUT_OF_RANGE', 'events'],
    ['a fraction', () => toEpoll(1.5), 'ERR_OUT_OF_RANGE', 'events'],
    ['a text', () => toEpoll('1' as never), 'ERR_INVALID_ARG_TYPE', 'events'],
    ['nothing', () => fromEpoll(undefined as never), 'ERR_INVALID_ARG_TYPE', 'told'],
    ['what epoll never told', () => fromEpoll(2 ** 32), 'ERR_OUT_OF_RANGE', 'told'],
    ['a negative fraction', () => fromEpoll(-0.5), 'ERR_OUT_OF_RANGE', 'told'],
    ['too far below zero', () => fromEpoll(-(2 ** 31) - 1), 'ERR_OUT_OF_RANGE', 'told'],
    ['NaN', () => fromEpoll(NaN), 'ERR_OUT_OF_RANGE', 'told'],
    ['a bigint', () => fromEpoll(-1n as never), 'ERR_INVALID_ARG_TYPE', 'told'],
  ])('are refused: %s', (_, call, code, argument) => {
    expect(call).toThrow(SysError)
    expect(call).toThrow(expect.objectContaining({ code, details: expect.objectContaining({ argument }) as object }))
  })
})
