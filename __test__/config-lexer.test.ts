import { randomInt } from 'node:crypto'
import { ConfigError, Lexer, type Mark, type Text } from 'ferrule/config'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)

function errorOf(run: () => unknown): ConfigError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return error as ConfigError
  }
  throw new Error('nothing was thrown')
}

const MOST = 2n ** 63n - 1n
const MARKS: readonly Mark[] = [';', ':', '{', '}']
const KINDS = ['word', 'string', 'unsigned', 'integer', 'between', 'expect', 'accept'] as const

/** The lexer once more: what is left of a text, and regular expressions. */
class Second {
  readonly #text: string
  #rest: string

  constructor(text: string) {
    this.#text = text
    this.#rest = text
    this.#skip()
  }

  get place(): [line: number, column: number] {
    const lines = this.#text.slice(0, this.#text.length - this.#rest.length).split('\n')
    return [lines.length, Buffer.byteLength(lines.at(-1) ?? '') + 1]
  }

  get isAtEnd(): boolean {
    return this.#rest === ''
  }

  /** What is read, or none if it is refused. */
  read(kind: (typeof KINDS)[number], mark: Mark): unknown {
    switch (kind) {
      case 'word':
        return this.#take(/^(?:\[[\w.:-]*\]|[\w.-]+)/, (word) => (word.length > 63 ? undefined : word))
      case 'string':
        return this.#take(/^[^\s;"][^\s;]*/, String)
      case 'unsigned':
        return this.#integer(/^\d+(?!\w)/, 0n, MOST)
      case 'integer':
        return this.#integer(/^-?\d+(?!\w)/, -MOST - 1n, MOST)
      case 'between': {
        const value = this.#integer(/^-?\d+(?!\w)/, 1n, 65535n)
        return value === undefined ? undefined : Number(value)
      }
      case 'expect':
        return this.#mark(mark) ? 'passed' : undefined
      case 'accept':
        return this.#mark(mark)
    }
  }

  #integer(pattern: RegExp, min: bigint, max: bigint): bigint | undefined {
    return this.#take(pattern, (digits) => {
      const value = BigInt(digits)
      return value < min || value > max ? undefined : value
    })
  }

  #mark(mark: Mark): boolean {
    return this.#rest.startsWith(mark) && this.#take(/^./, String) !== undefined
  }

  #take<T>(pattern: RegExp, made: (token: string) => T | undefined): T | undefined {
    const token = pattern.exec(this.#rest)?.[0]
    const value = token === undefined ? undefined : made(token)
    if (token === undefined || value === undefined) return undefined
    this.#rest = this.#rest.slice(token.length)
    this.#skip()
    return value
  }

  #skip(): void {
    this.#rest = this.#rest.replace(/^(?:\s|#[^\n]*)*/, '')
  }
}

function read(lexer: Lexer, kind: (typeof KINDS)[number], mark: Mark): unknown {
  if (kind === 'expect') {
    lexer.expect(mark)
    return 'passed'
  }
  if (kind === 'between') return lexer.between(1, 65535)
  return kind === 'accept' ? lexer.accept(mark) : lexer[kind]()
}

describe('a Lexer', () => {
  it('reads what a second one reads, is where that one is, and is not moved by what it refuses', () => {
    console.log('seed', seed)
    const pieces = [
      'word',
      'x-1.y_',
      '[::1]',
      '[::1',
      'é/?',
      '0',
      '-12',
      '70000',
      `${MOST}`,
      `${MOST + 1n}`,
      '12ab',
      '"q"',
    ]
    const between = [' ', '\t', '\n', '\r\n', ' # comment\n', '', ';', ':', '{', '}', 'a'.repeat(64)]
    for (let round = 0; round < 1500; round += 1) {
      const text = Array.from({ length: next(12) }, () => one(pieces) + one(between)).join('')
      using lexer = new Lexer(text)
      const second = new Second(text)
      for (let step = 0; step < 20; step += 1) {
        const [kind, mark] = [one(KINDS), one(MARKS)]
        const wanted = second.read(kind, mark)
        if (wanted === undefined) {
          const { line, column, operation } = errorOf(() => read(lexer, kind, mark))
          expect([line, column, operation], text).toEqual([...second.place, `config.Lexer.${kind}`])
        } else {
          expect(read(lexer, kind, mark), `${kind} of ${text}`).toEqual(wanted)
        }
        expect([lexer.line, lexer.column, lexer.isAtEnd], text).toEqual([...second.place, second.isAtEnd])
      }
    }
  })

  const one = <T>(from: readonly T[]): T => from[next(from.length)] as T

  it('takes bytes, and gives them', () => {
    const text = Buffer.from('a \xe9;', 'latin1')
    const lexer = new Lexer(text)
    text.fill(0)
    expect(lexer.word()).toBe('a')
    expect(errorOf(() => lexer.string())).toMatchObject({
      code: 'ERR_CONFIG_NOT_TEXT',
      details: { line: 1, column: 3, near: '\ufffd;' },
    })
    expect(lexer.stringBytes()).toEqual(Uint8Array.of(0xe9))
    expect(lexer.isAtEnd).toBe(false)
  })

  it('says where, what was expected, what is there, and what stands near it', () => {
    const lexer = new Lexer('one\n  # two\n  three and much more than is shown')
    lexer.word()
    expect(errorOf(() => lexer.integer())).toMatchObject({
      code: 'ERR_CONFIG_EXPECTED',
      message: 'config.Lexer.integer: 3:3: expected an integer, found three, near "three and much more "',
      details: { expected: 'an integer', found: 'three', line: 3, column: 3, near: 'three and much more ' },
    })
    expect(errorOf(() => new Lexer('').word()).details).toMatchObject({
      found: 'the end',
      line: 1,
      column: 1,
      near: '',
    })
    expect(errorOf(() => new Lexer('"a"').string()).details['found']).toBe('a quotation mark')
    expect(errorOf(() => new Lexer('70000').between(1, 65535))).toMatchObject({
      code: 'ERR_CONFIG_OUT_OF_RANGE',
      details: { expected: 'an integer from 1 to 65535', found: '70000' },
    })
    expect(errorOf(() => new Lexer('9223372036854775808').integer()).details['expected']).toBe(
      'an integer from -9223372036854775808 to 9223372036854775807',
    )
    expect(errorOf(() => new Lexer('a'.repeat(64)).word())).toMatchObject({
      code: 'ERR_CONFIG_TOO_LONG',
      details: { length: 64, limit: 63 },
    })
    expect(new Lexer('a'.repeat(63)).word().length).toBe(63)
  })

  it('refuses a text with a NUL, and one beyond 16 MiB', () => {
    expect(errorOf(() => new Lexer('a\nb \0'))).toMatchObject({
      code: 'ERR_CONFIG_NUL',
      operation: 'config.Lexer',
      line: 2,
      column: 3,
    })
    const large = Buffer.alloc((16 << 20) + 1, ' ')
    expect(errorOf(() => new Lexer(large))).toMatchObject({
      code: 'ERR_CONFIG_TOO_LARGE',
      details: { length: (16 << 20) + 1, limit: 16 << 20 },
      line: 0,
    })
    expect(new Lexer(large.subarray(1)).isAtEnd).toBe(true)
  })

  it('refuses what is no text, no mark and no bound by name', () => {
    const refused = (run: () => unknown, code: string, operation: string): void => {
      expect(errorOf(run)).toMatchObject({ code, operation })
    }
    const transferred = new Uint8Array(4)
    structuredClone(transferred, { transfer: [transferred.buffer] })
    for (const text of [undefined, null, 7, [], {}, new ArrayBuffer(1)]) {
      refused(() => new Lexer(text as Text), 'ERR_INVALID_ARG_TYPE', 'config.Lexer')
    }
    refused(() => new Lexer(transferred), 'ERR_BUFFER_DETACHED', 'config.Lexer')
    const lexer = new Lexer('5')
    refused(() => lexer.accept(',' as Mark), 'ERR_OUT_OF_RANGE', 'config.Lexer.accept')
    refused(() => lexer.expect(1 as unknown as Mark), 'ERR_INVALID_ARG_TYPE', 'config.Lexer.expect')
    for (const bound of [1.5, NaN, 2 ** 53]) {
      refused(() => lexer.between(bound, 9), 'ERR_OUT_OF_RANGE', 'config.Lexer.between')
      refused(() => lexer.between(0, bound), 'ERR_OUT_OF_RANGE', 'config.Lexer.between')
    }
    expect(errorOf(() => lexer.between(9, 1)).code).toBe('ERR_CONFIG_OUT_OF_RANGE')
    expect(lexer.between(-(2 ** 53 - 1), 2 ** 53 - 1)).toBe(5)
    lexer.dispose()
    refused(() => lexer.word(), 'ERR_HANDLE_CLOSED', 'config.Lexer.word')
    refused(() => Lexer.prototype.word.call(Object.create(null)), 'ERR_INVALID_ARG_TYPE', 'config.Lexer.word')
  })
})
