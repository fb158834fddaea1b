import { diagnostics } from 'ferrule'
import {
  captures,
  capturesAll,
  clearPatternCache,
  count,
  escape,
  find,
  findAll,
  isMatch,
  patternCacheSize,
  Regex,
  replace,
  replaceAll,
  split,
  splitN,
} from 'ferrule/regex'
import { beforeEach, describe, expect, it } from 'vitest'

beforeEach(clearPatternCache)

describe('the one-shot functions', () => {
  it('do what the methods do', () => {
    expect(isMatch(String.raw`\d+`, 'test 123')).toBe(true)
    expect(isMatch(String.raw`\d+`, 'test')).toBe(false)
    expect(find(String.raw`\d+`, '😀 123')).toStrictEqual({ start: 3, end: 6, text: '123' })
    expect(find('x', 'y')).toBeNull()
    expect(findAll('a|b', 'abc').map(({ text }) => text)).toEqual(['a', 'b'])
    expect(captures('(?<k>a)(b)?', 'xa')?.groups).toEqual(['a', 'a', null])
    expect(captures('(?<k>a)(b)?', 'xa')?.named['k']).toBe('a')
    expect(captures('x', 'y')).toBeNull()
    expect(capturesAll('(.)=', 'a=b=').map(({ groups }) => groups[1])).toEqual(['a', 'b'])
    expect(count('a', 'banana')).toBe(3)
    expect(replace('a', 'banana', 'o')).toBe('bonana')
    expect(replaceAll('(a)', 'banana', '<$1>')).toBe('b<a>n<a>n<a>')
    expect(replaceAll('a', 'banana', ({ start }) => String(start))).toBe('b1n3n5')
    expect(replace('a', 'banana', ({ text }) => text.toUpperCase())).toBe('bAnana')
    expect(replaceAll('x', 'banana', () => '')).toBe('banana')
    expect(split(',', 'a,b')).toEqual(['a', 'b'])
    expect(splitN(',', 'a,b,c', 2)).toEqual(['a', 'b,c'])
    expect(splitN(',', 'a,b,c', 0)).toEqual([])
    expect(isMatch('(?i)A', 'a')).toBe(true)
  })

  it('let a function use them', () => {
    const result = replaceAll('[a-z]+', 'ab cd', ({ text }) => {
      for (let index = 0; index < 100; index++) isMatch(`${text}${String(index)}`, text)
      return replaceAll('[ac]', text, 'x')
    })
    expect(result).toBe('xb xd')
  })

  it('must be given text by a function', () => {
    expect(() => replaceAll('a', 'a', () => 1 as unknown as string)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', name: 'RegexError' }),
    )
  })

  it('keep patterns, up to 64 of them, and forget them when told', () => {
    expect(patternCacheSize()).toBe(0)
    isMatch('a', 'a')
    isMatch('a', 'b')
    find('b', 'b')
    expect(patternCacheSize()).toBe(2)
    for (let index = 0; index < 200; index++) isMatch(`p${String(index)}`, '')
    expect(patternCacheSize()).toBe(64)
    expect(diagnostics().handles['PatternCache']).toBe(1)
    clearPatternCache()
    expect(patternCacheSize()).toBe(0)
    expect(diagnostics().handles['PatternCache'] ?? 0).toBe(0)
    expect(isMatch('a', 'a')).toBe(true)
  })

  it('do not keep what does not compile', () => {
    expect(() => isMatch('(', '')).toThrow(expect.objectContaining({ code: 'ERR_REGEX_SYNTAX' }))
    expect(patternCacheSize()).toBe(0)
  })

  it('compile a pattern once', () => {
    const pattern = String.raw`(\w{1,20}){10}`
    const time = (work: () => void): number => {
      const started = performance.now()
      work()
      return performance.now() - started
    }
    const first = time(() => isMatch(pattern, ''))
    const again = Math.min(...Array.from({ length: 10 }, () => time(() => isMatch(pattern, ''))))
    expect(again).toBeLessThan(first / 10)
  })
})

describe('escape', () => {
  it('makes a pattern that matches exactly that text', () => {
    expect(escape('1+1=2?')).toBe(String.raw`1\+1=2\?`)
    const odd = String.raw`a.b*c[d](e){f}|^$\-#& ~` + '\n😀'
    expect(new Regex(`^${escape(odd)}$`).isMatch(odd)).toBe(true)
    expect(new Regex(escape(odd)).find(`x${odd}`)).toEqual({ start: 1, end: 1 + odd.length, text: odd })
  })
})
