import { diagnostics } from 'ferrule'
import { escapeTemplate, Regex, RegexError } from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

const date = new Regex(String.raw`(?<year>\d{4})-(?<month>\d{2})`)
const LONG = 'ab '.repeat(20_000)

const handles = (type: string): number => diagnostics().handles[type] ?? 0

describe('a template', () => {
  it('replaces the first match, the first few, or all', async () => {
    const a = new Regex('a')
    expect(a.replace('banana', 'o')).toBe('bonana')
    expect(a.replaceN('banana', 2, 'o')).toBe('bonona')
    expect(a.replaceAll('banana', 'o')).toBe('bonono')
    expect(await a.replaceAsync('banana', 'o')).toBe('bonana')
    expect(await a.replaceNAsync('banana', 2, 'o')).toBe('bonona')
    expect(await a.replaceAllAsync('banana', 'o')).toBe('bonono')
  })

  it('replaces nothing when no match is asked for', async () => {
    expect(new Regex('a').replaceN('banana', 0, 'o')).toBe('banana')
    expect(new Regex('a').replaceN('banana', 0, () => 'o')).toBe('banana')
    expect(await new Regex('a').replaceNAsync('banana', 0, 'o')).toBe('banana')
    expect(await new Regex('a').replaceNAsync('banana', 0, () => 'o')).toBe('banana')
  })

  it('leaves a text without a match as it is', async () => {
    expect(date.replaceAll('no date, 😀', 'x')).toBe('no date, 😀')
    expect(await date.replaceAllAsync('no date, 😀', 'x')).toBe('no date, 😀')
  })

  it('names groups by number and by name', () => {
    expect(date.replaceAll('2026-11, 2027-01', '$2/$1')).toBe('11/2026, 01/2027')
    expect(date.replaceAll('2026-11', '$month/$year')).toBe('11/2026')
    expect(date.replaceAll('2026-11', '${month}_${1}!')).toBe('11_2026!')
    expect(date.replaceAll('2026-11', '$$1 $0')).toBe('$1 2026-11')
  })

  it('takes a group that took no part as the empty text', () => {
    expect(new Regex('(a)|(b)').replaceAll('ab', '[$1$2]')).toBe('[a][b]')
  })

  it('is refused when it names a group that is not there', async () => {
    const error = expect.objectContaining({ code: 'ERR_REGEX_GROUP', details: { reference: 'day' } }) as RegexError
    expect(() => date.replaceAll('2026-11', '$day')).toThrow(error)
    expect(() => date.replaceAll('nothing to replace', '$day')).toThrow(error)
    await expect(date.replaceAllAsync('2026-11', '$day')).rejects.toThrow(error)
    expect(() => date.replaceAll('2026-11', '$3')).toThrow(expect.objectContaining({ details: { reference: '3' } }))
    // The longest name counts, as in the `regex` crate: there is no group `year_`.
    expect(() => date.replaceAll('2026-11', '$year_')).toThrow(RegexError)
  })

  it('stands for itself once escaped', () => {
    expect(date.replaceAll('2026-11', escapeTemplate('$year $$ ${1}'))).toBe('$year $$ ${1}')
  })

  it('takes empty matches between characters, never within a surrogate pair', () => {
    expect(new Regex('').replaceAll('a😀', '-')).toBe('-a-😀-')
  })
})

describe('a function', () => {
  it('gets each match with its groups and gives its replacement', async () => {
    const change = ({ text, start, named }: { text: string; start: number; named: Record<string, string | null> }) =>
      `<${String(start)}:${text.length}:${String(named['month'])}>`
    const expected = '😀<2:7:11>, <11:7:01>'
    expect(date.replaceAll('😀2026-11, 2027-01', change)).toBe(expected)
    expect(await date.replaceAllAsync('😀2026-11, 2027-01', change)).toBe(expected)
    expect(date.replace('2026-11 2027-01', ({ groups }) => groups.join('|'))).toBe('2026-11|2026|11 2027-01')
    expect(date.replaceN('1111-11 2222-22 3333-33', 2, () => 'x')).toBe('x x 3333-33')
  })

  it('gives text in which $ means nothing', () => {
    expect(date.replaceAll('2026-11', () => '$1 $year $$')).toBe('$1 $year $$')
  })

  it('may use the same pattern and others, as every match is known before it is called', () => {
    const result = new Regex('[a-z]+').replaceAll('ab cd', ({ text }) => new Regex('[ac]').replaceAll(text, 'x'))
    expect(result).toBe('xb xd')
  })

  it('sees a long text in the same way', async () => {
    const upper = new Regex('a(b)')
    const expected = LONG.replaceAll('ab', 'AB')
    expect(upper.replaceAll(LONG, ({ text }) => text.toUpperCase())).toBe(expected)
    expect(await upper.replaceAllAsync(LONG, ({ text }) => text.toUpperCase())).toBe(expected)
    expect(upper.replaceN(LONG, 5_000, () => '')).toBe(' '.repeat(5_000) + LONG.slice(15_000))
  })

  it('stops the work by throwing, and the very thing thrown arrives', async () => {
    const before = handles('Matches')
    const thrown = { any: 'thing' }
    const fail = (): string => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is asserted
      throw thrown
    }
    for (const text of ['2026-11', '2026-11 '.repeat(10_000)]) {
      let caught: unknown
      try {
        date.replaceAll(text, fail)
      } catch (error) {
        caught = error
      }
      expect(caught).toBe(thrown)
      expect(await date.replaceAllAsync(text, fail).catch((error: unknown) => error)).toBe(thrown)
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what is asserted
      const reject = (): Promise<string> => Promise.reject(thrown)
      expect(await date.replaceAllAsync(text, reject).catch((error: unknown) => error)).toBe(thrown)
    }
    expect(handles('Matches')).toBe(before)
  })

  it('must give text', async () => {
    const wrong = (): string => 7 as unknown as string
    const error = expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', name: 'RegexError' }) as RegexError
    expect(() => date.replaceAll('2026-11', wrong)).toThrow(error)
    await expect(date.replaceAllAsync('2026-11', wrong)).rejects.toThrow(error)
    await expect(date.replaceAllAsync('2026-11', () => Promise.resolve(wrong()))).rejects.toThrow(error)
    // A promise is no text where nobody can wait for it.
    expect(() => date.replaceAll('2026-11', () => Promise.resolve('') as unknown as string)).toThrow(error)
  })

  it('may be async on the pool; matches are replaced one after the other', async () => {
    let running = 0
    let most = 0
    const result = await date.replaceAllAsync('2026-11, 2027-01, 2028-02', async ({ named }) => {
      most = Math.max(most, ++running)
      await new Promise(setImmediate)
      running--
      return String(named['year'])
    })
    expect(result).toBe('2026, 2027, 2028')
    expect(most).toBe(1)
  })

  it('leaves the event loop its turns', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const busy = (): string => {
      const end = performance.now() + 0.05
      while (performance.now() < end);
      return ''
    }
    await new Regex('a').replaceAllAsync('a'.repeat(2_000), busy)
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(3)
  })
})
