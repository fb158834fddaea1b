import { isIPv4 } from 'node:net'
import { boundary } from '../addon.js'
import { checkObject, refusal } from './error.js'
import { native, type Match, type Packed } from './native.js'

/** A process among others. 0 means "not known". */
export interface Identity {
  /** The IPv4 address as a number, 127.0.0.1 as 0x7f000001: 0 to 4294967295. */
  readonly ip: number
  /** Where it listens: 0 to 65535. */
  readonly port: number
  /** The low 16 bits of the process's number: 0 to 65535. */
  readonly pid: number
  /** When it began: seconds since 1970, 32 bits with a sign. */
  readonly utime: number
}

/**
 * This process's identity: what is `known` stays, and where number and time are 0 they are filled in. Address and port stay as they
 * are.
 *
 * @returns a new one; `known` is not changed.
 * @throws SysError `ERR_INVALID_ARG_TYPE`; `ERR_OUT_OF_RANGE` for a field beyond its range, and when the time has no room in 32 bits
 * (`details.seconds`: from 2038 on).
 *
 * @example
 * commonIdentity() // → { ip: 0, port: 0, pid: 4711, utime: 1795680000 }
 */
export function commonIdentity(known: Partial<Identity> = {}): Identity {
  const { ip, port, pid, utime } = filled('sys.commonIdentity', known)
  return identityOf(native.commonIdentity(ip, port, pid, utime))
}

/**
 * {@link commonIdentity} of a client at an address. It replaces the one that is known, unless it is 0 or 127.0.0.1, which tell others
 * nothing.
 *
 * @param address as a number, or as `'10.0.0.1'`.
 */
export function clientIdentity(address: number | string, known: Partial<Identity> = {}): Identity {
  const operation = 'sys.clientIdentity'
  const { ip, port, pid, utime } = filled(operation, known)
  return identityOf(native.clientIdentity(addressOf(operation, address), ip, port, pid, utime))
}

/** {@link clientIdentity} of a server, which listens at a port, 0 to 65535, if none is known. */
export function serverIdentity(address: number | string, listening: number, known: Partial<Identity> = {}): Identity {
  const operation = 'sys.serverIdentity'
  const { ip, port, pid, utime } = filled(operation, known)
  return identityOf(native.serverIdentity(addressOf(operation, address), listening, ip, port, pid, utime))
}

/**
 * How an identity fits a pattern: `'exact'` in all four fields; `'special'` where the pattern is 0 or the same; `'no'` otherwise. Only
 * zeros of the pattern fit everything.
 *
 * @throws SysError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`.
 */
export function matchIdentity(identity: Identity, pattern: Identity): Match {
  const { ip, port, pid, utime } = checked('sys.matchIdentity', 'identity', identity)
  const other = checked('sys.matchIdentity', 'pattern', pattern)
  return native.matchIdentity(ip, port, pid, utime, other.ip, other.port, other.pid, other.utime)
}

/**
 * Whether an identity is of a later process than `other`, at the same address and port: it began later, or in the same second with a
 * number that is 1 to 16383 ahead, modulo 32768.
 *
 * @throws SysError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`.
 */
export function isNewer(identity: Identity, other: Identity): boolean {
  const { ip, port, pid, utime } = checked('sys.isNewer', 'identity', identity)
  const old = checked('sys.isNewer', 'other', other)
  return native.isNewer(ip, port, pid, utime, old.ip, old.port, old.pid, old.utime)
}

/** What is known, and 0 for what is not. */
function filled(operation: string, known: Partial<Identity>): Identity {
  checkObject(operation, 'known', known)
  const { ip = 0, port = 0, pid = 0, utime = 0 } = known
  return { ip, port, pid, utime }
}

function checked(operation: string, name: string, identity: Identity): Identity {
  checkObject(operation, name, identity)
  return identity
}

function addressOf(operation: string, address: number | string): number {
  if (typeof address !== 'string') return address
  if (!isIPv4(address)) throw refusal(operation, 'ip', 'an IPv4 address or its number', address)
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0)
}

function identityOf(packed: Packed): Identity {
  const words = typeof packed === 'number' ? boundary.scratch : packed
  return {
    ip: words[0] as number,
    port: words[1] as number,
    pid: words[2] as number,
    utime: (words[3] as number) | 0,
  }
}
