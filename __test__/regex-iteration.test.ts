import { diagnostics } from 'ferrule'
import { Regex } from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

/** Long enough that an iteration has a native side. */
const LONG = 'ab '.repeat(20_000)
const word = new Regex('(a)(?<second>b)')

const handles = (type: string): number => diagnostics().handles[type] ?? 0

describe('matches', () => {
  it('gives each match in order, as plain data', () => {
    expect([...new Regex('[0-9]+').matches('1 22 333')]).toStrictEqual([
      { start: 0, end: 1, text: '1' },
      { start: 2, end: 4, text: '22' },
      { start: 5, end: 8, text: '333' },
    ])
    expect([...new Regex('x').matches('1 22 333')]).toEqual([])
  })

  it('keeps what other ways would lose: newlines in matches, empty matches', () => {
    expect([...new Regex('(?s)a.b').matches('a\nb')]).toEqual([{ start: 0, end: 3, text: 'a\nb' }])
    expect([...new Regex('a*').matches('baab')].map(({ start, text }) => [start, text])).toEqual([
      [0, ''],
      [1, 'aa'],
      [4, ''],
    ])
  })

  it('gives the same over a long text, found in batches', () => {
    let at = 0
    for (const { start, end, text } of word.matches(LONG)) {
      if (start !== at || end !== at + 2 || text !== 'ab') expect({ start, end, text }).toEqual({ at })
      at += 3
    }
    expect(at).toBe(60_000)
  })

  it('starts where it is told', () => {
    expect([...new Regex('a').matches('aaa', { from: 2 })]).toEqual([{ start: 2, end: 3, text: 'a' }])
    expect([...word.matches(LONG, { from: 59_990 })].map(({ start }) => start)).toEqual([59_991, 59_994, 59_997])
  })

  it('may be mixed with other calls, one iteration inside another included', () => {
    const pairs: string[] = []
    for (const outer of new Regex('[a-c]').matches('abc')) {
      for (const inner of new Regex('[0-9]').matches('12')) pairs.push(outer.text + inner.text)
    }
    expect(pairs).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2'])
  })

  it('searches no further than it is pulled', () => {
    const before = handles('Matches')
    const iterator = word.matches(LONG)
    expect(handles('Matches')).toBe(before)
    expect(iterator.next()).toEqual({ done: false, value: { start: 0, end: 2, text: 'ab' } })
    expect(handles('Matches')).toBe(before + 1)
    iterator.return()
  })
})

describe('the native side of an iteration', () => {
  it('ends when the iteration ends by itself', () => {
    const before = handles('Matches')
    expect([...word.matches(LONG)]).toHaveLength(20_000)
    expect(handles('Matches')).toBe(before)
  })

  it('ends when a loop is left early, by break or by a throw', () => {
    const before = handles('Matches')
    for (const match of word.matches(LONG)) if (match.start > 0) break
    expect(() => {
      for (const { text } of word.matches(LONG)) throw new Error(text)
    }).toThrow('ab')
    expect(handles('Matches')).toBe(before)
  })

  it('ends by Symbol.dispose, after which the iteration is over', () => {
    const before = handles('Matches')
    const iterator = word.matches(LONG)
    iterator.next()
    expect(handles('Matches')).toBe(before + 1)
    iterator[Symbol.dispose]()
    expect(handles('Matches')).toBe(before)
    expect(iterator.next()).toEqual({ done: true, value: undefined })
  })

  it('ends with its pattern; the iteration then throws at its next batch', () => {
    const regex = new Regex('ab')
    const iterator = regex.matches(LONG)
    iterator.next()
    regex.dispose()
    expect(() => [...iterator]).toThrow(expect.objectContaining({ code: 'ERR_HANDLE_CLOSED' }))
    expect(iterator.next().done).toBe(true)
  })

  it('ends when an async iteration is left early, ends by itself, or is disposed', async () => {
    const before = handles('Matches')
    for await (const match of word.matchesAsync(LONG)) if (match.start > 0) break
    expect(handles('Matches')).toBe(before)
    let count = 0
    for await (const match of word.matchesAsync(LONG)) count += match.text.length
    expect(count).toBe(40_000)
    expect(handles('Matches')).toBe(before)
    const iterator = word.matchesAsync(LONG)
    await iterator.next()
    expect(handles('Matches')).toBe(before + 1)
    await iterator[Symbol.asyncDispose]()
    expect(handles('Matches')).toBe(before)
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })
})

describe('matchesAsync', () => {
  it('gives what matches gives', async () => {
    for (const text of ['ab xab', LONG]) {
      const found = []
      for await (const match of word.matchesAsync(text)) found.push(match)
      expect(found).toEqual([...word.matches(text)])
    }
  })

  it('answers pulls that do not wait for each other in order', async () => {
    const iterator = new Regex('[a-c]').matchesAsync('abc')
    const results = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()])
    expect(results.map(({ value }) => value?.text)).toEqual(['a', 'b', 'c', undefined])
  })

  it('lets the event loop run in between', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    for await (const match of word.matchesAsync('ab '.repeat(300_000))) if (match.start < 0) break
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(3)
  })
})

describe('capturesAll', () => {
  it('gives each match with its groups, short and long, sync and async', async () => {
    for (const text of ['ab xab', LONG]) {
      const expected = [...word.matches(text)].map(({ start }) => [start, ['ab', 'a', 'b'], 'b'])
      const sync = [...word.capturesAll(text)].map(({ start, groups, named }) => [start, groups, named['second']])
      expect(sync).toEqual(expected)
      const fromPool = []
      for await (const { start, groups, named } of word.capturesAllAsync(text)) {
        fromPool.push([start, groups, named['second']])
      }
      expect(fromPool).toEqual(expected)
    }
  })

  it('gives group 0 alone where the pattern has no other', () => {
    expect([...new Regex('a').capturesAll('ba')].map(({ groups, spans }) => [groups, spans])).toEqual([
      [['a'], [[1, 2]]],
    ])
  })

  it('takes matches too large for one batch of the scratch array', () => {
    const many = new Regex('(a)'.repeat(600))
    expect([...many.capturesAll('a'.repeat(6_000))].map(({ start, groups }) => [start, groups.length])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index * 600, 601]),
    )
  })
})
