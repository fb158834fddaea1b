import { describe, expect, it } from 'vitest'
import { testkit, thrownBy } from './testkit/load.js'

const { types, bench, callbacks } = testkit

// Borrowed text is read into chunks of 64 KiB, owned text beyond 32 KiB straight into its own memory; a text that does
// not surely fit is measured first. Lengths around all three are where a mistake would cut or overwrite.
const CHUNK = 64 * 1024
const lengths = [
  ...[0, 1, 2, 3, 127, 128, 250, 251, 252, 253, 254, 255, 256, 257],
  ...[-300, -257, -256, -255, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 255, 256, 257, 300].flatMap((offset) => [
    CHUNK / 2 + offset,
    CHUNK + offset,
    2 * CHUNK + offset,
  ]),
  70_000,
]
const characters = { ASCII: 'a', 'two bytes': 'é', 'three bytes': '€', astral: '😀' }

/** Positions can be told apart, so that a shifted or repeated piece shows. */
function textOf(character: string, length: number): string {
  return Array.from({ length }, (_, at) => (at % 7 === 0 ? String(at % 10) : character)).join('')
}

describe.each(Object.entries(characters))('%s text', (_, character) => {
  it('comes back whole at every length around the edges of the memory it passes through', () => {
    for (const length of lengths) {
      const text = textOf(character, length)
      expect(types.text(text) === text, `borrowed, ${String(length)}`).toBe(true)
      expect(types.string(text) === text, `owned, ${String(length)}`).toBe(true)
      expect(bench.textLength(text)).toBe(Buffer.byteLength(text))
    }
  })

  it('comes back whole from lists whose texts fill one chunk after another', () => {
    for (const first of [CHUNK - 300, CHUNK - 256, CHUNK - 10, CHUNK - 1, CHUNK, CHUNK + 1]) {
      const texts = [first, 0, 1, 300, CHUNK, 5].map((length) => textOf(character, length))
      expect(types.texts(texts)).toEqual(texts)
      const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
      expect(types.slicesAndTexts([], texts)).toEqual([0, bytes])
    }
  })

  it('survives calls nested in a callback', async () => {
    const outer = textOf(character, 30_000)
    const nest = (depth: number): string =>
      callbacks.callText((text) => {
        expect(text).toBe('from rust')
        const inner = textOf(character, 20_000 + depth)
        expect(types.text(inner)).toBe(inner)
        return depth === 0 ? outer : nest(depth - 1)
      })
    expect(nest(50)).toBe(outer)
    expect(await testkit.call('types.textWork', [outer, 3])).toBe(3 * Buffer.byteLength(outer))
  })
})

describe('text that looks like trouble', () => {
  it('keeps a genuine U+FFFD, also beside astral characters', () => {
    for (const text of ['\ufffd', '\ufffd😀\ufffd', '\ufffd'.repeat(30_000), `${'a'.repeat(CHUNK)}\ufffd`]) {
      expect(types.text(text)).toBe(text)
      expect(types.string(text)).toBe(text)
    }
  })

  it('keeps NUL, the byte-order mark and the empty text', () => {
    for (const text of ['', '\0', 'a\0b', '\0'.repeat(1000), '\ufeffa', '\u2028\u2029']) {
      expect(types.text(text)).toBe(text)
      expect(types.string(text)).toBe(text)
    }
  })

  it('does not normalise', () => {
    for (const text of ['e\u0301', '\u00e9', '\u1e9b\u0323']) expect(types.text(text)).toBe(text)
  })

  it('names where a lone surrogate stands, in UTF-16 units', () => {
    for (const [text, index] of [
      ['\ud800', 0],
      ['😀\udc00', 2],
      [`${'é'.repeat(40_000)}\ud83d`, 40_000],
      ['\ufffd\udfff', 1],
    ] as const) {
      for (const take of [types.text, types.string]) {
        const error = thrownBy(() => take(text))
        expect(error.code).toBe('ERR_INVALID_STRING')
        expect(error.message).toContain(`a lone surrogate at index ${String(index)};`)
      }
    }
  })

  it('reads text that JavaScript has glued or cut together', () => {
    let glued = ''
    for (let at = 0; at < 5000; at += 1) glued += String(at) + 'é'
    expect(types.text(glued)).toBe(glued)
    expect(types.text(glued.slice(1000, 9000))).toBe(glued.slice(1000, 9000))
  })
})

describe('text out', () => {
  it('is as long as it was made', () => {
    for (const length of [0, 1, 255, 256, CHUNK - 1, CHUNK, 1_000_000]) {
      expect(types.makeText(length)).toBe('é'.repeat(length))
    }
  })

  it('that JavaScript cannot hold is a typed error, and the next call works', () => {
    const error = thrownBy(() => types.makeText(2 ** 29))
    expect(error.code).toBe('ERR_RESOURCE_EXHAUSTED')
    expect(types.text('still here')).toBe('still here')
  })
})

describe('a character', () => {
  it('is one code point, of whatever length in UTF-8 and UTF-16', () => {
    for (const character of ['a', '\0', '\x7f', 'é', '€', '\ufeff', '\ufffd', '😀', '\u{10ffff}']) {
      expect(types.char(character)).toBe(character)
    }
  })

  it('is not what readers see as one and is several', () => {
    for (const [text, count] of [
      ['', 0],
      ['ab', 2],
      ['e\u0301', 2],
      ['👩‍👩‍👧', 5],
    ] as const) {
      expect(thrownBy(() => types.char(text))).toMatchObject({
        code: 'ERR_OUT_OF_RANGE',
        details: { expected: 'a string of one code point', found: `one of ${String(count)}` },
      })
    }
  })

  it('is not half of one', () => {
    expect(thrownBy(() => types.char('\ud83d'))).toMatchObject({ code: 'ERR_INVALID_STRING' })
  })
})
