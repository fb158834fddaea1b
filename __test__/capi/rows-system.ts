import { isUtf8 } from 'node:buffer'
import * as sys from 'ferrule/sys'
import { row, type Random, type Row } from './rows.js'

type Kind = 'i32' | 'i64' | 'u64'
const RANGES: Record<Kind, readonly [bigint, bigint]> = {
  i32: [-(2n ** 31n), 2n ** 31n - 1n],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
}

/** A decimal number that its type has room for, or `undefined`. */
function number(kind: Kind, text: string | undefined): bigint | undefined {
  if (text === undefined || !(kind === 'u64' ? /^\+?\d+$/ : /^[+-]?\d+$/).test(text)) return undefined
  const value = BigInt(text.replace('+', ''))
  const [least, greatest] = RANGES[kind]
  return value < least || value > greatest ? undefined : value
}
const saturated = (value: bigint): bigint => {
  const [least, greatest] = RANGES.i64
  return value < least ? least : value > greatest ? greatest : value
}
const words = (text: string): string[] => text.split(/[ \t\n\f\r]+/).filter((word) => word !== '')

// proc(5): the fields behind the state.
const times = (count: number, kind: Kind): Kind[] => Array.from({ length: count }, () => kind)
const STAT: readonly Kind[] = [
  ...times(5, 'i32'),
  ...times(7, 'u64'),
  ...times(6, 'i64'),
  ...times(2, 'u64'),
  'i64',
  ...times(13, 'u64'),
  ...times(2, 'i32'),
  ...times(3, 'u64'),
]
const NUMBERS = [
  '0',
  '7',
  '-1',
  '+5',
  '2147483647',
  '2147483648',
  '9223372036854775807',
  '18446744073709551615',
  '0x1',
  'kB',
  '',
]

const statLine = (random: Random): readonly [Buffer] => {
  const value = (kind: Kind): string => {
    if (random.below(400) === 0) return random.pick(NUMBERS)
    const [least, greatest] = RANGES[kind]
    return `${least + (BigInt.asUintN(64, random.i64()) % (greatest - least + 1n))}`
  }
  const name = random.below(4) === 0 ? random.bytes(300) : random.text([' ', '(', ')', 'S 1', 'a', 'node', '\n'], 6)
  const rest = [random.pick(['S', 'R', 'Zx']), ...STAT.map(value), ...random.list(2, () => 'more')]
  const blank = random.pick([' ', '  ', '\t', '\n'])
  return [Buffer.concat([Buffer.from(`${value('i32')} (`), name, Buffer.from(`) ${rest.join(blank)}\n`)])]
}

function stat(line: Buffer): string {
  const [open, close] = [line.indexOf('('), line.lastIndexOf(')')]
  const [before, after] = [line.subarray(0, Math.max(open, 0)), line.subarray(close + 1)]
  if (open < 0 || close < open || !isUtf8(before) || !isUtf8(after)) return '-1'
  const pid = number('i32', words(before.toString())[0])
  const [state, ...fields] = words(after.toString())
  const values = STAT.map((kind, index) => number(kind, fields[index]))
  if (pid === undefined || state === undefined || values.includes(undefined)) return '-1'
  const name = line.subarray(open, close + 1).subarray(0, 255)
  const end = name.indexOf(0)
  const comm = (end < 0 ? name : name.subarray(0, end)).toString('hex')
  return ['0', pid, Buffer.from(state).readInt8(0), comm, ...values].join(' ')
}

const pagesOf = (random: Random): readonly [Buffer, number, bigint] => {
  const word = (): string => (random.below(12) === 0 ? random.pick(NUMBERS) : `${random.u32()}`)
  const text = random.list(8, word).join(random.pick([' ', '  ', '\t', '\n']))
  return [Buffer.from(text), random.below(9), random.below(20) === 0 ? 0n : BigInt(1 + random.below(9000))]
}

function statm(text: Buffer, fields: number, page: bigint): string {
  const values = Array.from({ length: 7 }, () => 0n)
  if (fields <= 0 || fields > 7 || page <= 0n || !isUtf8(text)) return ['-1', ...values].join(' ')
  const found = words(text.toString())
  for (let index = 0; index < fields; index += 1) {
    const pages = number('i64', found[index])
    if (pages === undefined) return ['-1', ...values].join(' ')
    values[index] = saturated(pages * page)
  }
  return ['0', ...values].join(' ')
}

const KEYS = ['MemFree:', 'Cached:', 'SwapTotal:', 'SwapFree:']

const memoryText = (random: Random): readonly [Buffer] => {
  const line = (key: string): string => {
    const number = random.below(12) === 0 ? random.pick(NUMBERS) : `${random.u32()}`
    return `${random.pick(['', '', ' '])}${key}${random.pick([' ', '\t  '])}${number} ${random.below(12) === 0 ? 'KB' : 'kB'}${random.pick(['', '\r', ' x'])}\n`
  }
  return [Buffer.from([...KEYS, ...random.list(4, () => random.pick([...KEYS, 'MemTotal:']))].map(line).join(''))]
}

function memory(text: Buffer): string {
  const found = new Map<string, bigint>()
  for (const line of text.toString().split('\n')) {
    const [key = '', value, unit] = words(line)
    const kilobytes = number('i64', value)
    if (KEYS.includes(key) && kilobytes !== undefined && unit === 'kB') found.set(key, saturated(kilobytes * 1024n))
  }
  return found.size < KEYS.length ? '-1' : ['0', ...KEYS.map((key) => found.get(key)), 15].join(' ')
}

function prefix(...args: readonly number[]): string {
  const [pid = 0, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0, room = 0] = args
  const padded = (value: number, width: number): string =>
    value < 0 ? `-${`${-value}`.padStart(width - 1, '0')}` : `${value}`.padStart(width, '0')
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
  const time = `${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}.${padded(microsecond, 6)}`
  const written = `[${pid}][${date} ${time} local] `.slice(0, room - 1)
  return `${written.length} ${written}`
}

type Eight = readonly [number, number, number, number, number, number, number, number]
const identities = (random: Random): Eight => {
  const one = () => [
    random.below(3),
    random.below(3) - 1,
    random.pick([0, 1, 0x3fff, 0x4000, 0x7fff, 0x8000, 0x8001, 0xffff]),
    random.below(4) - 1,
  ]
  const x = one()
  const y =
    random.below(3) === 0
      ? x
      : one().map((value, index) => (random.below(4) === 0 ? value : random.pick([x[index] ?? 0, x[index] ?? 0, 0])))
  return [...x, ...y] as unknown as Eight
}

function matches(...all: Eight): string {
  const [x, y] = [all.slice(0, 4), all.slice(4)]
  if (x.every((value, index) => value === y[index])) return '2'
  return x.every((value, index) => y[index] === 0 || value === y[index]) ? '1' : '0'
}

function newer(...all: Eight): string {
  const [ip, port, pid, utime, otherIp, otherPort, otherPid, otherUtime] = all
  if (ip !== otherIp || port !== otherPort) return '0'
  if (utime !== otherUtime) return utime > otherUtime ? '1' : '0'
  const ahead = (((pid - otherPid) % 0x8000) + 0x8000) % 0x8000
  return ahead >= 1 && ahead <= 0x3fff ? '1' : '0'
}

// Linux's epoll_ctl(2), in the order of special, write, read.
const [ERR, ET] = [0x8, 0x80000000]
const TOLD = [0x2000 | 0x2, 0x4, 0x1]
const asked = (events: number): string => {
  const bits = TOLD.reduce((all, bit, index) => ((events >> index) & 1 ? all | bit : all), ERR)
  return events === 0 ? '0' : `${events & 8 ? bits : bits | ET}`
}
const told = (epoll: number): string =>
  `${TOLD.reduce((all, bits, index) => (epoll & (index === 2 ? bits | ERR : bits) ? all | (1 << index) : all), 0x400)}`

const TIMES = [0, 1, 1.0005, 2_147_483.646, 1e9, Infinity, -Infinity, NaN]
const moments = (random: Random): readonly [number, number] => {
  const moment = (): number => (random.below(4) === 0 ? random.pick(TIMES) : random.u32() / 1000)
  return [moment(), moment()]
}
const wait = (wakeup: number, now: number): string => {
  const seconds = wakeup - now
  const milliseconds = Math.floor(seconds * 1000 + 1)
  return seconds <= 0 ? '0' : `${milliseconds < 2 ** 31 - 1 ? milliseconds : 2 ** 31 - 1}`
}

const sizes = (random: Random): readonly [number, ...number[]] => {
  const ascending = [...new Set([random.u32() >>> 1, ...random.list(8, () => random.below(2000))])].sort(
    (a, b) => a - b,
  )
  return [random.below(2500) - 100, ...ascending]
}
const picked = (hint: number, ...table: readonly number[]): string => {
  const index = hint < 0 ? -1 : table.findIndex((size) => size >= hint)
  return `${index < 0 ? table.length - 1 : index}`
}

const identityOf = ([ip = 0, port = 0, pid = 0, utime = 0]: readonly number[]): sys.Identity => ({
  ip,
  port: port & 0xffff,
  pid,
  utime,
})
const both = (all: Eight): [sys.Identity, sys.Identity] => [identityOf(all.slice(0, 4)), identityOf(all.slice(4))]
const MATCHES: Readonly<Record<sys.Match, string>> = { no: '0', special: '1', exact: '2' }

export const systemRows: readonly Row[] = [
  row('matches_pid', identities, {
    'ferrule/sys': (...all) => MATCHES[sys.matchIdentity(...both(all))],
    'field by field': matches,
  }),
  row('process_id_is_newer', identities, {
    'ferrule/sys': (...all) => `${Number(sys.isNewer(...both(all)))}`,
    'field by field': newer,
  }),
  row('parse_proc_stat_line', statLine, { BigInt: stat }),
  row('parse_statm', pagesOf, { BigInt: statm }),
  row('parse_meminfo_summary', memoryText, { BigInt: memory }),
  row(
    'format_log_prefix',
    (random) => [
      ...Array.from({ length: 8 }, () => (random.below(5) === 0 ? random.i32() : random.below(100))),
      1 + random.below(130),
    ],
    { padStart: prefix },
  ),
  row('net_epoll_conv_flags', (random) => [random.pick([random.below(16), random.i32()])], {
    'ferrule/sys': (flags) => `${sys.toEpoll(flags) | 0}`,
    bits: asked,
  }),
  row('net_epoll_unconv_flags', (random) => [random.i32()], {
    'ferrule/sys': (flags) => `${sys.fromEpoll(flags)}`,
    bits: told,
  }),
  row('net_timers_wait_msec', moments, {
    'ferrule/sys': (wakeup, now) => `${sys.waitMilliseconds(wakeup, now)}`,
    'Math.floor': wait,
  }),
  row('msg_buffers_pick_size_index', sizes, {
    'ferrule/sys': (hint, ...table) => `${sys.pickSize(table, hint < 0 ? undefined : hint)}`,
    findIndex: picked,
  }),
]
