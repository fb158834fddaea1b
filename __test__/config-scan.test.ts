import { randomInt } from 'node:crypto'
import {
  ConfigError,
  integer,
  integerOrMinusOne,
  signedInteger,
  skipBlanks,
  skipSpace,
  stringLength,
  wordLength,
  type Integer,
  type Skipped,
} from 'ferrule/config'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)

const MOST = 2n ** 63n - 1n
const LEAST = -(2n ** 63n)

/** The primitives by regular expressions over one character for each byte. */
const second = {
  behind: (text: string): string => /^[ \t]*(.*)$/s.exec(text)?.[1] ?? '',
  skipSpace(text: string, line: number): Skipped {
    const skipped = /^(?:[ \t\r\n]|#[^\n]*)*/.exec(text)?.[0] ?? ''
    const feeds = skipped.split('\n').length - 1
    return { advance: skipped.length, line: Math.min(line + feeds, 2 ** 31 - 1), next: byteAt(text, skipped.length) }
  },
  skipBlanks(text: string, line: number): Skipped {
    const advance = text.length - second.behind(text).length
    return { advance, line, next: byteAt(text, advance) }
  },
  wordLength: (text: string): number =>
    /^(?:\[[A-Za-z0-9._:-]*\]?|[A-Za-z0-9._-]*)/.exec(second.behind(text))?.[0].length ?? 0,
  stringLength: (text: string): number =>
    // eslint-disable-next-line no-control-regex -- what ends a string are blanks and control characters
    /^(?:"|[^\x00-\x20;"][^\x00-\x20;]*)?/.exec(second.behind(text))?.[0].length ?? 0,
  integer(text: string, none: bigint, signed: boolean): Integer {
    const written = (signed ? /^-?[0-9]+/ : /^[0-9]+/).exec(second.behind(text))?.[0] ?? ''
    if (written === '') return { value: none, consumed: 0 }
    const value = BigInt(written)
    return { value: value > MOST ? MOST : value < LEAST ? LEAST : value, consumed: written.length }
  },
}

const byteAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : 0)

/** All of a text's primitives, as one text. */
function shown(bytes: Buffer, line: number): string {
  const parts = [skipSpace(bytes, line), skipBlanks(bytes, line), wordLength(bytes), stringLength(bytes)]
  return JSON.stringify([...parts, integer(bytes), integerOrMinusOne(bytes), signedInteger(bytes)], withBigints)
}

function shownSecond(bytes: Buffer, line: number): string {
  const text = bytes.toString('latin1')
  const parts = [second.skipSpace(text, line), second.skipBlanks(text, line), second.wordLength(text)]
  const integers = [
    second.integer(text, 0n, false),
    second.integer(text, -1n, false),
    second.integer(text, LEAST, true),
  ]
  return JSON.stringify([...parts, second.stringLength(text), ...integers], withBigints)
}

const withBigints = (_key: string, part: unknown): unknown => (typeof part === 'bigint' ? `${part}n` : part)

function compare(bytes: Buffer, line = 1): void {
  const [got, wanted] = [shown(bytes, line), shownSecond(bytes, line)]
  if (got !== wanted) expect(`${bytes.toString('hex')}: ${got}`).toBe(`${bytes.toString('hex')}: ${wanted}`)
}

describe('the primitives', () => {
  it('are what a second implementation says of every text of up to two bytes', () => {
    compare(Buffer.alloc(0))
    for (let first = 0; first < 256; first += 1) {
      compare(Buffer.of(first))
      for (let other = 0; other < 256; other += 1) compare(Buffer.of(first, other))
    }
  })

  it('are so of every text of three and four telling characters', () => {
    const telling = Array.from('a1 -[]:;#"\n')
    const texts = (length: number): string[] =>
      length === 0 ? [''] : texts(length - 1).flatMap((text) => telling.map((letter) => text + letter))
    for (let length = 3; length <= 4; length += 1) for (const text of texts(length)) compare(Buffer.from(text))
  })

  it('are so of any bytes, and of digits of any number', () => {
    console.log('seed', seed)
    const telling = Buffer.from('  \t\r\n##;:{}[[]]""--009az.-_\x00\x0b\x7f\x80\xff', 'latin1')
    for (let round = 0; round < 5000; round += 1) {
      const bytes = Buffer.from(Array.from({ length: next(40) }, () => pick(telling)))
      compare(bytes, next(2 ** 32) | 0)
      const digits = Array.from({ length: next(30) }, () => String(next(10))).join('')
      compare(
        Buffer.from(
          `${['', ' ', '\t-', '-', '+'][next(5)] ?? ''}${'0'.repeat(next(3))}${digits}${['', 'x', ' ', '.'][next(4)] ?? ''}`,
        ),
      )
    }
    for (const edge of [MOST - 1n, MOST, MOST + 1n, LEAST + 1n, LEAST, LEAST - 1n, 10n ** 24n - 1n, -(10n ** 40n)]) {
      compare(Buffer.from(` ${edge};`))
    }
  })

  function pick(telling: Buffer): number {
    return next(8) === 0 ? next(256) : (telling[next(telling.length)] as number)
  }

  it('do what was seen of the original', () => {
    expect(skipSpace(Buffer.from('#a\0b\nX'))).toEqual({ advance: 5, line: 2, next: 'X'.charCodeAt(0) })
    expect(skipSpace('\x0bX')).toEqual({ advance: 0, line: 1, next: 0x0b })
    expect(stringLength('я')).toBe(2)
    expect(stringLength('\x7f')).toBe(1)
    expect(integer('9223372036854775808')).toEqual({ value: MOST, consumed: 19 })
    expect(integer('9'.repeat(24))).toEqual({ value: MOST, consumed: 24 })
    expect(signedInteger('-9223372036854775809')).toEqual({ value: LEAST, consumed: 20 })
    expect(signedInteger('x')).toEqual({ value: LEAST, consumed: 0 })
    expect(wordLength('[::1')).toBe(4)
    expect(stringLength('"quoted"')).toBe(1)
    expect(skipSpace('\n\n', 2 ** 31 - 1).line).toBe(2 ** 31 - 1)
  })

  it('refuse what is no text by name', () => {
    const calls = { skipSpace, skipBlanks, wordLength, stringLength, integer, integerOrMinusOne, signedInteger }
    const transferred = new Uint8Array(4)
    structuredClone(transferred, { transfer: [transferred.buffer] })
    for (const [name, call] of Object.entries(calls)) {
      const refused = (run: () => unknown, code: string): void => {
        expect(run).toThrow(ConfigError)
        expect(run).toThrow(expect.objectContaining({ code, operation: `config.${name}` }) as Error)
      }
      for (const text of [undefined, null, 7, [], {}, new ArrayBuffer(1), new Int8Array(1)]) {
        refused(() => call(text as never), 'ERR_INVALID_ARG_TYPE')
      }
      refused(() => call(transferred), 'ERR_BUFFER_DETACHED')
    }
    for (const line of [1.5, 2 ** 31, NaN]) {
      expect(() => skipSpace('', line)).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }) as Error)
    }
  })
})
