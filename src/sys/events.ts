import { native } from './native.js'

/** What an event loop waits for, by bits. */
export const Events = Object.freeze({
  /** Urgent data, or the peer's end. */
  SPECIAL: 1,
  /** Can be written to. */
  WRITE: 2,
  /** Can be read from. */
  READ: 4,
  /** Told as long as it is so; otherwise once. */
  LEVEL: 8,
  /** Told by epoll. */
  FROM_EPOLL: 0x400,
})

/** The bits of epoll that are asked for or looked at: epoll_ctl(2). */
export const Epoll = Object.freeze({
  IN: 0x1,
  PRI: 0x2,
  OUT: 0x4,
  ERR: 0x8,
  HUP: 0x10,
  RDHUP: 0x2000,
  ET: 0x8000_0000,
})

/**
 * What to ask epoll for: 32 bits without a sign. Nothing for nothing; bits that {@link Events} has not are passed over, but anything is
 * asked with `ERR`, and without `LEVEL` with `ET`.
 *
 * @param events 32 bits with a sign.
 * @throws SysError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`.
 *
 * @example
 * toEpoll(Events.READ | Events.LEVEL) === (Epoll.IN | Epoll.ERR) // → true
 */
export function toEpoll(events: number): number {
  return native.toEpoll(events)
}

/**
 * What epoll told, as {@link Events} with `FROM_EPOLL`. An error can be read, so that who reads hears of it; a hang-up alone is nothing.
 *
 * @param told 32 bits, with a sign or without.
 * @throws SysError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`.
 */
export function fromEpoll(told: number): number {
  return native.fromEpoll(told < 0 && told >= -0x8000_0000 && Number.isInteger(told) ? told >>> 0 : told)
}
