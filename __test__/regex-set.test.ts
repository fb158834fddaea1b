import { BytesRegexSet, RegexSet } from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('RegexSet', () => {
  const set = new RegexSet(['[0-9]', '[a-z]+', '[A-Z]', 'é'])

  it('says which patterns match, ascending', async () => {
    expect(set.matches('a1')).toEqual([0, 1])
    expect(set.matches('Éé')).toEqual([3])
    expect(set.matches('?')).toEqual([])
    expect(await set.matchesAsync('A1')).toEqual([0, 2])
  })

  it('says whether any matches', async () => {
    expect(set.isMatch('?1')).toBe(true)
    expect(set.isMatch('?')).toBe(false)
    expect(await set.isMatchAsync('?1')).toBe(true)
    expect(await set.isMatchAsync('?')).toBe(false)
  })

  it('knows its patterns', () => {
    expect(set.size).toBe(4)
    expect(set.patterns).toEqual(['[0-9]', '[a-z]+', '[A-Z]', 'é'])
    expect(set.flags).toBe('u')
  })

  it('may be empty and then matches nothing', () => {
    const empty = new RegexSet([])
    expect(empty.isMatch('')).toBe(false)
    expect(empty.matches('anything')).toEqual([])
  })

  it('takes more patterns than the scratch array has room for', () => {
    const many = new RegexSet(Array.from({ length: 1_500 }, (_, index) => `x|${String(index)}`))
    expect(many.matches('x')).toEqual(Array.from({ length: 1_500 }, (_, index) => index))
  })

  it('takes flags for all patterns', () => {
    expect(new RegexSet(['a', 'b'], { flags: 'i' }).matches('B')).toEqual([1])
  })

  it('names the pattern at fault', () => {
    expect(() => new RegexSet(['a', 'é[', 'b'])).toThrow(
      expect.objectContaining({
        code: 'ERR_REGEX_SYNTAX',
        details: expect.objectContaining({ index: 1, start: 1, end: 2, detail: 'unclosed character class' }) as object,
      }),
    )
    expect(() => new RegexSet(['a', 7 as unknown as string])).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', message: expect.stringContaining('[1]') as string }),
    )
    expect(() => new RegexSet('ab' as unknown as string[])).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
    )
  })

  it('holds all patterns to one size limit', () => {
    const large = ['a{500}', 'b{500}', 'c{500}']
    for (const pattern of large) expect(new RegexSet([pattern], { sizeLimit: 20_000 }).size).toBe(1)
    expect(() => new RegexSet(large, { sizeLimit: 20_000 })).toThrow(
      expect.objectContaining({ code: 'ERR_REGEX_TOO_BIG', details: { limit: 20_000 } }),
    )
  })
})

describe('BytesRegexSet', () => {
  it('does the same over bytes', async () => {
    const set = new BytesRegexSet(['[0-9]', String.raw`(?-u:\xFF)`])
    expect(set.matches(Uint8Array.of(0x31, 0xff))).toEqual([0, 1])
    expect(set.isMatch(bytesOf('abc'))).toBe(false)
    expect(await set.matchesAsync(Uint8Array.of(0xff))).toEqual([1])
    expect(await set.isMatchAsync(bytesOf('1'))).toBe(true)
  })
})
