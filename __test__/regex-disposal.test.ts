import { diagnostics } from 'ferrule'
import type { RegexError } from 'ferrule/regex'
import { BytesRegex, BytesRegexSet, clearPatternCache, isMatch, Regex, RegexSet } from 'ferrule/regex'
import { expect, it } from 'vitest'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const closed = expect.objectContaining({ code: 'ERR_HANDLE_CLOSED', name: 'RegexError' }) as RegexError

/** Everything of `diagnostics()` that a finished piece of work must give back. */
function held(): object {
  const { handles, callsInFlight, abandoned, callbacks, nativeBytes } = diagnostics()
  const live = Object.entries(handles).filter(([, count]) => count > 0)
  return { live, callsInFlight, abandoned, callbacks, nativeBytes }
}

it('refuses a disposed object, at every method, and takes a second dispose', async () => {
  const regex = new Regex('(a)')
  expect(regex.isDisposed).toBe(false)
  regex.dispose()
  regex.dispose()
  expect(regex.isDisposed).toBe(true)
  for (const work of [
    () => regex.isMatch('a'),
    () => regex.isMatch('a', 0),
    () => regex.find('a'),
    () => regex.captures('a'),
    () => [...regex.matches('a')],
    () => [...regex.capturesAll('a')],
    () => regex.count('a'),
    () => regex.replaceAll('a', ''),
    () => regex.replaceAll('a', () => ''),
    () => regex.split('a'),
    () => regex.groupNames,
  ]) {
    expect(work).toThrow(closed)
  }
  for (const call of [
    regex.isMatchAsync('a'),
    regex.findAsync('a'),
    regex.capturesAsync('a'),
    regex.countAsync('a'),
    regex.replaceAllAsync('a', ''),
    regex.replaceAllAsync('a', () => ''),
    regex.splitAsync('a'),
    regex.matchesAsync('a').next(),
  ]) {
    await expect(call).rejects.toThrow(closed)
  }
  const set = new RegexSet(['a'])
  set.dispose()
  expect(() => set.matches('a')).toThrow(closed)
  await expect(set.isMatchAsync('a')).rejects.toThrow(closed)
  // What needs no native side is still there.
  expect(regex.pattern).toBe('(a)')
})

it('gives back everything by Symbol.dispose', () => {
  const before = held()
  const regex = new Regex('a')
  const iterator = regex.matches('a'.repeat(10_000))
  iterator.next()
  const objects: Disposable[] = [new BytesRegex('a'), new RegexSet(['a']), new BytesRegexSet(['a']), iterator, regex]
  expect(held()).not.toEqual(before)
  for (const object of objects) object[Symbol.dispose]()
  expect(held()).toEqual(before)
})

it('closes what was made from a pattern with it', () => {
  const before = held()
  const regex = new Regex('a')
  const iterators = [1, 2, 3].map(() => regex.matches('a'.repeat(10_000)))
  for (const iterator of iterators) iterator.next()
  expect(diagnostics().handles['Matches']).toBe(3)
  regex.dispose()
  expect(held()).toEqual(before)
})

it('lets a call in flight finish on a disposed pattern', async () => {
  const regex = new Regex('a')
  const counted = regex.countAsync('a'.repeat(200_000))
  regex.dispose()
  expect(await counted).toBe(200_000)
  await expect(regex.countAsync('a')).rejects.toThrow(closed)
})

it('ends a replacement whose pattern its function disposes', async () => {
  const text = 'a'.repeat(10_000)
  const sync = new Regex('a')
  expect(() =>
    sync.replaceAll(text, () => {
      sync.dispose()
      return ''
    }),
  ).toThrow(closed)
  const fromPool = new Regex('a')
  const replaced = fromPool.replaceAllAsync('a'.repeat(100_000), () => {
    fromPool.dispose()
    return ''
  })
  await expect(replaced).rejects.toThrow(closed)
})

it('leaves nothing behind, whatever was done', async () => {
  clearPatternCache()
  const round = async (): Promise<void> => {
    const regex = new Regex('(?<x>a)b')
    const text = 'ab '.repeat(3_000)
    regex.isMatch(text)
    regex.captures(text)?.named['x']?.toString()
    expect([...regex.matches(text)]).toHaveLength(3_000)
    for (const match of regex.capturesAll(text)) if (match.start > 100) break
    for await (const match of regex.matchesAsync(text)) if (match.start > 100) break
    await regex.replaceAllAsync(text, async ({ text }) => Promise.resolve(text))
    await regex.replaceAllAsync(text, () => Promise.reject(new Error('no'))).catch(() => 0)
    await regex.countAsync(text, { signal: AbortSignal.abort() }).catch(() => 0)
    await regex.splitAsync(text)
    isMatch('a', 'a')
    regex.dispose()
    const bytes = new BytesRegex('a')
    await bytes.countAsync(bytesOf(text))
    bytes.dispose()
    const set = new RegexSet(['a', 'b'])
    await set.matchesAsync(text)
    set.dispose()
    clearPatternCache()
  }
  await round()
  const before = held()
  for (let index = 0; index < 20; index++) await round()
  expect(held()).toEqual(before)
})

it('tells V8 what patterns hold', () => {
  const before = diagnostics().nativeBytes
  const regex = new Regex(String.raw`\w{100}`)
  expect(diagnostics().nativeBytes - before).toBeGreaterThan(100_000)
  regex.dispose()
  expect(diagnostics().nativeBytes).toBe(before)
})
