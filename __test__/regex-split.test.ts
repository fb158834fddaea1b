import { Regex } from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

const comma = new Regex(String.raw`,\s*`)

describe('split', () => {
  it('gives the pieces between matches, empty ones too', async () => {
    for (const [text, pieces] of [
      ['a, b,c', ['a', 'b', 'c']],
      [',a,,b,', ['', 'a', '', 'b', '']],
      ['no separator', ['no separator']],
      ['', ['']],
      ['😀,é', ['😀', 'é']],
    ] as const) {
      expect(comma.split(text)).toEqual(pieces)
      expect(await comma.splitAsync(text)).toEqual(pieces)
    }
  })

  it('leaves groups out and splits between characters where the pattern is empty', () => {
    expect(new Regex('(,)').split('a,b')).toEqual(['a', 'b'])
    expect(new Regex('').split('a😀')).toEqual(['', 'a', '😀', ''])
  })

  it('takes a long text', () => {
    expect(comma.split('ab, '.repeat(50_000))).toHaveLength(50_001)
  })
})

describe('splitN', () => {
  it('gives at most that many pieces, the last with all that remains', async () => {
    expect(comma.splitN('a,b,c', 2)).toEqual(['a', 'b,c'])
    expect(comma.splitN('a,b,c', 1)).toEqual(['a,b,c'])
    expect(comma.splitN('a,b,c', 0)).toEqual([])
    expect(comma.splitN('a,b,c', 9)).toEqual(['a', 'b', 'c'])
    expect(await comma.splitNAsync('a,b,c', 2)).toEqual(['a', 'b,c'])
  })

  it.each([NaN, -1, 1.5, 2 ** 32, null, '2'])('refuses %s as a limit', async (value) => {
    const limit = value as number
    const refused = expect.objectContaining({
      code: expect.stringMatching(/^ERR_(OUT_OF_RANGE|INVALID_ARG_TYPE)$/) as string,
      details: expect.objectContaining({ argument: 'limit' }) as object,
    }) as Error
    expect(() => comma.splitN('a,b', limit)).toThrow(refused)
    expect(() => comma.replaceN('a,b', limit, '')).toThrow(refused)
    await expect(comma.splitNAsync('a,b', limit)).rejects.toThrow(refused)
    await expect(comma.replaceNAsync('a,b', limit, '')).rejects.toThrow(refused)
  })
})
