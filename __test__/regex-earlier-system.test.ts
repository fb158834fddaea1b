import { find, isEmail, isIpv4, isMatch, isUrl, Regex, replace, split } from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

// What an earlier system of this kind promised, behaviour by behaviour, in our terms. Where it promised what was wrong or
// hid a failure (a bad pattern that "does not match", an address 256.1.1.1), the right behaviour is asserted instead.

describe('basics', () => {
  it('compiles a valid pattern', () => {
    expect(new Regex(String.raw`\d+`).isDisposed).toBe(false)
  })
  it('matches digits in a text', () => {
    expect(new Regex(String.raw`\d+`).isMatch('test 123')).toBe(true)
  })
  it('matches nothing where nothing is', () => {
    expect(new Regex(String.raw`\d+`).isMatch('test')).toBe(false)
  })
})

describe('finding', () => {
  it('finds the first match', () => {
    expect(new Regex(String.raw`\d+`).find('abc 123 def 456')?.text).toBe('123')
  })
  it('finds all matches in order', () => {
    expect([...new Regex(String.raw`\d+`).matches('1 two 2 three 3')].map(({ text }) => text)).toEqual(['1', '2', '3'])
  })
  it('says null where nothing is found: an empty text would be a match', () => {
    expect(new Regex(String.raw`\d+`).find('none')).toBeNull()
  })
})

describe('captures', () => {
  it('gives the whole and its groups', () => {
    expect(new Regex(String.raw`(\d+)-(\d+)`).captures('10-20')?.groups).toEqual(['10-20', '10', '20'])
  })
  it('says null without a match', () => {
    expect(new Regex(String.raw`(\d+)-(\d+)`).captures('none')).toBeNull()
  })
})

describe('replacing', () => {
  it('replaces the first', () => {
    expect(new Regex(String.raw`\d+`).replace('a1 b2', 'X')).toBe('aX b2')
  })
  it('replaces all', () => {
    expect(new Regex(String.raw`\d+`).replaceAll('a1 b2', 'X')).toBe('aX bX')
  })
  it('returns the input without a match', () => {
    expect(new Regex(String.raw`\d+`).replaceAll('none', 'X')).toBe('none')
  })
})

describe('splitting', () => {
  it('splits by white space', () => {
    expect(new Regex(String.raw`\s+`).split('one two   three')).toEqual(['one', 'two', 'three'])
  })
  it('splits by digits', () => {
    expect(new Regex(String.raw`\d+`).split('a1b22c')).toEqual(['a', 'b', 'c'])
  })
})

describe('one-shot functions', () => {
  it('match or do not', () => {
    expect(isMatch(String.raw`\d+`, 'a1')).toBe(true)
    expect(isMatch(String.raw`\d+`, 'a')).toBe(false)
  })
  it('find', () => {
    expect(find(String.raw`\d+`, 'a12')?.text).toBe('12')
  })
  it('replace', () => {
    expect(replace(String.raw`\d+`, 'a1 b2', 'X')).toBe('aX b2')
  })
  it('split', () => {
    expect(split(',', 'a,b,c')).toEqual(['a', 'b', 'c'])
  })
})

describe('validators', () => {
  it('know e-mail addresses', () => {
    expect(['user@example.com', 'a.b+c@d.org'].map(isEmail)).toEqual([true, true])
    expect(['invalid', 'missing@domain'].map(isEmail)).toEqual([false, false])
  })
  it('know URLs', () => {
    expect(['http://example.com', 'https://example.com/path'].map(isUrl)).toEqual([true, true])
    expect(['ftp://example.com', 'plain text'].map(isUrl)).toEqual([false, false])
  })
  it('know IPv4 addresses, of which 256.1.1.1 is none', () => {
    expect(['192.168.1.1', '256.1.1.1', 'not.an.ip'].map(isIpv4)).toEqual([true, false, false])
  })
})

describe('more of the language', () => {
  it('has word boundaries', () => {
    const word = new Regex(String.raw`\bcat\b`)
    expect([word.isMatch('the cat sat'), word.isMatch('concatenate')]).toEqual([true, false])
  })
  it('has optional parts', () => {
    const optional = new Regex('^colou?r$')
    expect(['color', 'colour', 'colouur'].map((text) => optional.isMatch(text))).toEqual([true, true, false])
  })
  it('has alternation', () => {
    const animal = new Regex('^(?:cat|dog)$')
    expect(['cat', 'dog', 'bird'].map((text) => animal.isMatch(text))).toEqual([true, true, false])
  })
})

describe('errors', () => {
  it('refuses a bad pattern instead of making one that is not valid', () => {
    expect(() => new Regex('[invalid')).toThrow(expect.objectContaining({ code: 'ERR_REGEX_SYNTAX' }))
  })
  it('refuses a bad pattern in a one-shot function instead of matching nothing', () => {
    expect(() => isMatch('[invalid', 'text')).toThrow(expect.objectContaining({ code: 'ERR_REGEX_SYNTAX' }))
  })
})
