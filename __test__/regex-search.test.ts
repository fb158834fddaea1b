import { Regex } from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

const date = new Regex(String.raw`(?<year>\d{4})-(?<month>\d{2})`)

describe('isMatch', () => {
  it('says whether the pattern matches anywhere', () => {
    expect(date.isMatch('2026-11')).toBe(true)
    expect(date.isMatch('due 2026-11.')).toBe(true)
    expect(date.isMatch('2026')).toBe(false)
    expect(date.isMatch('')).toBe(false)
  })

  it('starts where it is told, with what stands before in sight', () => {
    expect(new Regex('b').isMatch('ab', 1)).toBe(true)
    expect(new Regex('^b').isMatch('ab', 1)).toBe(false)
    expect(new Regex('a').isMatch('ab', 1)).toBe(false)
    expect(new Regex('').isMatch('ab', 2)).toBe(true)
  })

  it('answers the same from the pool', async () => {
    expect(await date.isMatchAsync('2026-11')).toBe(true)
    expect(await date.isMatchAsync('2026')).toBe(false)
    expect(await new Regex('a').isMatchAsync('ab', { from: 1 })).toBe(false)
  })
})

describe('find', () => {
  it('gives the leftmost match as plain data, or null', () => {
    const found = new Regex('a|ab').find('xab')
    expect(found).toStrictEqual({ start: 1, end: 2, text: 'a' })
    expect(new Regex('z').find('xab')).toBeNull()
  })

  it('tells an empty match from none', () => {
    expect(new Regex('a*').find('xaa')).toEqual({ start: 0, end: 0, text: '' })
    expect(new Regex('a+').find('x')).toBeNull()
  })

  it('starts where it is told', () => {
    expect(new Regex('a').find('aba', 1)).toEqual({ start: 2, end: 3, text: 'a' })
    expect(new Regex('a').find('aba', 3)).toBeNull()
  })

  it('refuses a start past the end or inside a surrogate pair', () => {
    expect(() => new Regex('a').find('a', 2)).toThrow(
      expect.objectContaining({ code: 'ERR_OUT_OF_RANGE', details: { position: 2, length: 1 } }),
    )
    expect(() => new Regex('a').find('😀a', 1)).toThrow(
      expect.objectContaining({ code: 'ERR_OUT_OF_RANGE', details: { position: 1 } }),
    )
    expect(() => new Regex('a').find('a', -1)).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }))
    expect(() => new Regex('a').isMatch('a', 0.5)).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }))
  })

  it('answers the same from the pool', async () => {
    expect(await date.findAsync('due 2026-11')).toStrictEqual({ start: 4, end: 11, text: '2026-11' })
    expect(await date.findAsync('due')).toBeNull()
    expect(await new Regex('a').findAsync('aba', { from: 1 })).toEqual({ start: 2, end: 3, text: 'a' })
  })
})

describe('offsets', () => {
  it.each([
    ['ASCII', 'abc 2026-11 x'],
    ['two bytes', 'größe 2026-11 é'],
    ['three bytes', '東京都 2026-11 ✅'],
    ['astral', '😀👩‍👩‍👧 2026-11 🚀'],
    ['all of them', 'aé東😀2026-11😀東éa'],
  ])('count UTF-16 units: %s', async (_, text) => {
    const expected = { start: text.indexOf('2026'), end: text.indexOf('2026') + 7, text: '2026-11' }
    expect(date.find(text)).toEqual(expected)
    expect(await date.findAsync(text)).toEqual(expected)
    expect([...date.matches(text)]).toEqual([expected])
    expect(date.captures(text)?.spans).toEqual([
      [expected.start, expected.end],
      [expected.start, expected.start + 4],
      [expected.start + 5, expected.end],
    ])
  })

  it('never split a surrogate pair', () => {
    expect([...new Regex('').matches('a😀b')].map(({ start }) => start)).toEqual([0, 1, 3, 4])
    expect(new Regex('.').find('😀')).toEqual({ start: 0, end: 2, text: '😀' })
  })

  it('agree with JavaScript over random text', () => {
    let seed = 42
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    const alphabet = ['a', 'b', '1', ' ', 'é', '東', '😀', '\n']
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: random(40) }, () => alphabet[random(alphabet.length)]).join('')
      for (const source of ['[ab]+', '1|😀', '[é東]*b', '(a)|(b)', '😀+']) {
        const expected = [...text.matchAll(new RegExp(source, 'gu'))].filter((match, at, all) => {
          // The one known difference: no empty match right behind another match.
          const before = all[at - 1]
          return match[0] !== '' || before === undefined || before.index + before[0].length !== match.index
        })
        expect([...new Regex(source).matches(text)]).toEqual(
          expected.map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0] })),
        )
      }
    }
  })
})

describe('captures', () => {
  it('gives groups, their places and the named ones', () => {
    const found = date.captures('due 2026-11')
    expect(found).toMatchObject({ start: 4, end: 11, text: '2026-11' })
    expect(found?.groups).toEqual(['2026-11', '2026', '11'])
    expect(found?.spans).toEqual([
      [4, 11],
      [4, 8],
      [9, 11],
    ])
    expect(found?.named['year']).toBe('2026')
    expect({ ...found?.named }).toEqual({ year: '2026', month: '11' })
    expect(date.captures('due')).toBeNull()
  })

  it('tells a group that took no part from one that matched nothing', () => {
    const found = new Regex('(?<a>x)|(?<b>y*)').captures('z')
    expect(found?.groups).toEqual(['', null, ''])
    expect(found?.spans).toEqual([[0, 0], null, [0, 0]])
    expect({ ...found?.named }).toEqual({ a: null, b: '' })
  })

  it('keeps named groups apart from what every object has', () => {
    const { named } = new Regex('(?<constructor>a)(?<__proto__>b)').captures('ab') ?? {}
    expect(Object.getPrototypeOf(named)).toBeNull()
    expect(Object.keys(named ?? {})).toEqual(['constructor', '__proto__'])
    expect('toString' in (new Regex('a').captures('a')?.named ?? {})).toBe(false)
  })

  it('stays what it was when other calls follow', () => {
    const first = date.captures('2026-11')
    date.captures('xx 1999-01')
    expect(first?.groups).toEqual(['2026-11', '2026', '11'])
  })

  it('is readable as JSON and takes any number of groups', () => {
    const many = new Regex('(a)'.repeat(600)).captures(`x${'a'.repeat(600)}`)
    expect(many?.groups).toHaveLength(601)
    expect(many?.spans.at(-1)).toEqual([600, 601])
    expect(JSON.parse(JSON.stringify(date.captures('2026-11')))).toEqual({
      ...{ start: 0, end: 7, text: '2026-11', groups: ['2026-11', '2026', '11'] },
      ...{
        spans: [
          [0, 7],
          [0, 4],
          [5, 7],
        ],
        named: { year: '2026', month: '11' },
      },
    })
  })

  it('answers the same from the pool', async () => {
    expect((await date.capturesAsync('due 2026-11'))?.groups).toEqual(['2026-11', '2026', '11'])
    expect(await date.capturesAsync('due')).toBeNull()
    expect((await date.capturesAsync('2026-11 2027-01', { from: 1 }))?.named['year']).toBe('2027')
  })
})

describe('count', () => {
  it('counts what an iteration would give', async () => {
    expect(new Regex('a').count('banana')).toBe(3)
    expect(new Regex('').count('😀')).toBe(2)
    expect(new Regex('x').count('banana')).toBe(0)
    expect(await new Regex('a').countAsync('banana')).toBe(3)
  })
})

describe('what is known of a pattern', () => {
  it('is its source, flags and groups', () => {
    expect(date.pattern).toBe(String.raw`(?<year>\d{4})-(?<month>\d{2})`)
    expect(date.flags).toBe('u')
    expect(date.groupCount).toBe(3)
    expect(date.groupNames).toEqual([null, 'year', 'month'])
    expect(new Regex('(a)(?<n>b)(?:c)').groupNames).toEqual([null, null, 'n'])
    expect(Object.isFrozen(date.groupNames)).toBe(true)
  })
})
