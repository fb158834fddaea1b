import { randomInt } from 'node:crypto'
import { pageSize, parseMeminfo, parseProcessStat, parseStatm, SysError } from 'ferrule/sys'
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'
import { NAMES, PATTERNS, rangeOf, statByHand } from './sys/proc-reference.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)
const EXACT = 2n ** 53n - 1n

function thrown(call: () => unknown): SysError {
  try {
    call()
  } catch (error) {
    if (error instanceof SysError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** A number that its field has room for, often at an end of the range. */
function numberFor(name: string): bigint {
  const [least, most] = rangeOf(name)
  const [low, high] = PATTERNS.has(name)
    ? [least, most]
    : [least < -EXACT ? -EXACT : least, most > EXACT ? EXACT : most]
  const pick = next(6)
  if (pick === 0) return low
  if (pick === 1) return high
  if (pick === 2) return 0n
  return low + (((BigInt(next(2 ** 32)) << 32n) | BigInt(next(2 ** 32))) % (high - low + 1n))
}

const line = (comm: string, changed: Record<string, string> = {}): string =>
  `${NAMES.map((name, at) => changed[name] ?? (name === 'comm' ? `(${comm})` : name === 'state' ? 'S' : String(at))).join(' ')}\n`

describe('a line of stat', () => {
  it('is read field by field, whatever the numbers and the name', () => {
    console.log('seed', seed)
    const letters = ['a', 'b', ' ', '(', ')', '\n', '\t', '\u00a0', 'é', '🦀', 'S', '1', '-', ') S 1']
    for (let round = 0; round < 3000; round += 1) {
      const comm = Array.from({ length: next(20) }, () => letters[next(letters.length)]).join('')
      const changed = Object.fromEntries(
        NAMES.filter((name) => name !== 'comm' && name !== 'state').map((name) => [name, String(numberFor(name))]),
      )
      const text = line(comm, { ...changed, state: 'RSDZTtWXxKPI'.charAt(next(12)) })
      expect(parseProcessStat(text)).toEqual(statByHand(text))
      expect(parseProcessStat(Buffer.from(text))).toEqual(statByHand(text))
    }
  })

  it('has a name with blanks, parentheses, line ends and bytes that are no text', () => {
    for (const comm of ['tmux: server', '(sd-pam)', 'a) S 1 (b', ') R 1 1', '', ')', '(', 'x\ny', ' ', 'é']) {
      expect(parseProcessStat(line(comm))).toMatchObject({ pid: 0, comm, state: 'S', ppid: 3 })
    }
    const [head = '', tail = ''] = line('#').split('#')
    const bytes = Buffer.concat([Buffer.from(head), Buffer.from([0xff, 0x28, 0xc3]), Buffer.from(tail)])
    expect(parseProcessStat(bytes).comm).toBe('\ufffd(\ufffd')
    const long = 'long '.repeat(5000)
    expect(parseProcessStat(line(long)).comm).toBe(long)
  })

  it('may have more fields than are known, blanks of any kind between them, and a plus before a number', () => {
    const text = line('x', { ppid: '+3' })
    const expected = statByHand(text.replace('+', ''))
    expect(parseProcessStat(`${text.trimEnd()} 42 43 x\n`)).toEqual(expected)
    expect(parseProcessStat(text.replaceAll(' ', ' \t\n '))).toEqual(expected)
    expect(parseProcessStat(text.trimEnd())).toEqual(expected)
  })

  it('is refused at the field that is missing, for every field', () => {
    const words = line('x').trimEnd().split(' ')
    for (let count = 0; count < NAMES.length; count += 1) {
      const error = thrown(() => parseProcessStat(words.slice(0, count).join(' ')))
      // Without a name there is nothing to tell the number from.
      const field = count < 2 ? 'comm' : NAMES[count]
      expect([error.code, error.details]).toEqual(['ERR_SYS_MALFORMED', { field }])
      expect(error.message).toBe(`sys.parseProcessStat: ${field ?? ''} is missing`)
    }
  })

  it('is refused at the field that is no number of its width, for every field', () => {
    for (const name of NAMES) {
      if (name === 'comm' || name === 'state') continue
      const [least, most] = rangeOf(name)
      for (const found of [
        'x',
        '0x1',
        '1.5',
        '1e3',
        '-',
        '+',
        '--1',
        '1_0',
        '٣',
        String(most + 1n),
        String(least - 1n),
      ]) {
        const error = thrown(() => parseProcessStat(line('x', { [name]: found })))
        expect([error.code, error.details]).toEqual(['ERR_SYS_MALFORMED', { field: name, found }])
      }
    }
  })

  it('is refused where a count would be rounded, and is exact to the last bit where it is not', () => {
    for (const name of NAMES) {
      const [least, most] = rangeOf(name)
      if (name === 'comm' || name === 'state' || most < EXACT) continue
      const read = (value: bigint): unknown =>
        (parseProcessStat(line('x', { [name]: String(value) })) as unknown as Record<string, unknown>)[name]
      if (PATTERNS.has(name)) {
        for (const value of [0n, EXACT, EXACT + 1n, most - 1n, most]) expect(read(value)).toBe(value)
        continue
      }
      for (const value of [EXACT, EXACT - 1n, ...(least < 0n ? [-EXACT] : [])]) expect(read(value)).toBe(Number(value))
      for (const value of [EXACT + 1n, most, ...(least < 0n ? [-EXACT - 1n, least] : [])]) {
        const error = thrown(() => read(value))
        expect([error.code, error.details]).toEqual(['ERR_OUT_OF_RANGE', { field: name, found: String(value) }])
      }
    }
  })

  it.each([[undefined], [null], [1], [{}], [[]], [new ArrayBuffer(8)]])('is refused as %s', (value) => {
    expect(thrown(() => parseProcessStat(value as never)).code).toBe('ERR_INVALID_ARG_TYPE')
    expect(thrown(() => parseStatm(value as never)).code).toBe('ERR_INVALID_ARG_TYPE')
    expect(thrown(() => parseMeminfo(value as never)).code).toBe('ERR_INVALID_ARG_TYPE')
  })

  it('is read or refused, whatever the bytes', () => {
    const whole = Buffer.from(line('x) y'))
    for (let round = 0; round < 5000; round += 1) {
      const bytes = Buffer.from(whole.subarray(0, next(whole.length + 1)))
      for (let flips = next(4); flips > 0 && bytes.length > 0; flips -= 1) bytes[next(bytes.length)] = next(256)
      for (const parse of [parseProcessStat, parseStatm, parseMeminfo]) {
        try {
          parse(bytes)
        } catch (error) {
          expect((error as SysError).code).toMatch(/^ERR_SYS_MALFORMED$|^ERR_OUT_OF_RANGE$/)
        }
      }
    }
  })
})

describe('a line of statm', () => {
  it('counts pages, as bytes', () => {
    const of = '1 2 3 4 5 6 7 8'
    const expected = { size: 10, resident: 20, shared: 30, text: 40, lib: 50, data: 60, dt: 70 }
    expect(parseStatm(of, { pageSize: 10 })).toEqual(expected)
    expect(parseStatm(Buffer.from('-1\t+2\n0 4 5 6 7'), { pageSize: 10 })).toMatchObject({
      size: -10,
      resident: 20,
      shared: 0,
    })
    for (let fields = 1; fields <= 7; fields += 1) {
      const some = Object.fromEntries(Object.entries(expected).slice(0, fields))
      expect(parseStatm(of.slice(0, 2 * fields), { fields, pageSize: 10 })).toEqual(some)
    }
    const page = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }))
    expect(pageSize()).toBe(page)
    expect(parseStatm(of).resident).toBe(2 * page)
  })

  it.each([
    ['', {}, 'ERR_SYS_MALFORMED', 'size is missing'],
    ['1 2', { fields: 3 }, 'ERR_SYS_MALFORMED', 'shared is missing'],
    ['10abc', { fields: 1 }, 'ERR_SYS_MALFORMED', 'size must be a number that fits, found "10abc"'],
    ['9223372036854775808', { fields: 1 }, 'ERR_SYS_MALFORMED', 'size must be a number that fits'],
    ['9223372036854775807', { fields: 1 }, 'ERR_OUT_OF_RANGE', 'size must be within 2^53 - 1'],
    ['0 2199023255552', { fields: 2, pageSize: 4096 }, 'ERR_OUT_OF_RANGE', 'found 9007199254740992'],
    ['1', { fields: 0 }, 'ERR_OUT_OF_RANGE', '1 to 7 fields can be asked for, got 0'],
    ['1', { fields: 8 }, 'ERR_OUT_OF_RANGE', '1 to 7 fields can be asked for, got 8'],
    ['1', { fields: -1 }, 'ERR_OUT_OF_RANGE', 'options.fields'],
    ['1', { fields: 1.5 }, 'ERR_OUT_OF_RANGE', 'options.fields'],
    ['1', { pageSize: 0 }, 'ERR_OUT_OF_RANGE', 'a page has at least one byte, got 0'],
    ['1', { pageSize: -4096 }, 'ERR_OUT_OF_RANGE', 'a page has at least one byte, got -4096'],
    ['1', { pageSize: 2 ** 53 }, 'ERR_OUT_OF_RANGE', 'options.pageSize'],
    ['1', { pageSize: '1' }, 'ERR_INVALID_ARG_TYPE', 'options.pageSize'],
    ['1', null, 'ERR_INVALID_ARG_TYPE', 'options'],
  ])('%j with %o is refused', (text, options, code, message) => {
    const error = thrown(() => parseStatm(text, options as never))
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })

  it('is refused when it is no text', () => {
    expect(thrown(() => parseStatm(Buffer.from([0xff]))).message).toContain('the text is no UTF-8')
  })
})

describe('a text of meminfo', () => {
  const whole = 'MemTotal: 9 kB\nMemFree:  1 kB\nCached:\t2 kB junk\r\n  SwapTotal: 3 kB\nSwapFree: 4 kB\n'
  const expected = { free: 1024, cached: 2048, swapTotal: 3072, swapFree: 4096 }

  it('has the four wherever they stand, the last of the same name', () => {
    expect(parseMeminfo(whole)).toEqual(expected)
    expect(parseMeminfo(Buffer.from(whole.split('\n').reverse().join('\n')))).toEqual(expected)
    expect(parseMeminfo(`${whole}MemFree: 5 kB\nMemFree: x kB\nSwapCached: 7 kB`)).toEqual({ ...expected, free: 5120 })
  })

  it.each([
    'MemFree:1 kB',
    'MemFree: 1kB',
    'MemFree: 1 KB',
    'MemFree: 1',
    'MemFree: x kB',
    'memfree: 1 kB',
    'MemFree : 1 kB',
  ])('has no line of the form %j', (free) => {
    const error = thrown(() => parseMeminfo(whole.replace('MemFree:  1 kB', free)))
    expect([error.code, error.details]).toEqual(['ERR_SYS_MALFORMED', { field: 'MemFree' }])
  })

  it('misses each of the four by its name', () => {
    for (const field of ['MemFree', 'Cached', 'SwapTotal', 'SwapFree']) {
      expect(thrown(() => parseMeminfo(whole.replace(`${field}:`, 'Other:'))).details).toEqual({ field })
    }
  })

  it('is refused where a number would be rounded', () => {
    const most = (2n ** 53n - 1n) / 1024n
    expect(parseMeminfo(whole.replace('1 kB', `${most} kB`)).free).toBe(Number(most * 1024n))
    for (const found of [most + 1n, 2n ** 63n - 1n]) {
      const error = thrown(() => parseMeminfo(whole.replace(' 1 kB', ` ${found} kB`)))
      expect([error.code, error.details['field']]).toEqual(['ERR_OUT_OF_RANGE', 'MemFree'])
    }
  })
})
