import { diagnostics } from 'ferrule'
import { Regex, RegexError, replaceAll, findAll, count } from 'ferrule/regex'
import { afterEach, describe, expect, it } from 'vitest'

// Each search of this pattern looks to the end of the text before it settles on one letter: going over all matches takes
// minutes. One search takes a millisecond.
const quadratic = new Regex('.*[^A-Z]|[A-Z]')
const HARD = 'A'.repeat(1_000_000)

const timeout = expect.objectContaining({ code: 'ERR_TIMEOUT' }) as RegexError

/** Every way to go over all matches, sync. */
const sync: Record<string, (timeoutMs: number) => unknown> = {
  count: (timeoutMs) => quadratic.count(HARD, { timeoutMs }),
  matches: (timeoutMs) => [...quadratic.matches(HARD, { timeoutMs })],
  capturesAll: (timeoutMs) => [...quadratic.capturesAll(HARD, { timeoutMs })],
  replaceAll: (timeoutMs) => quadratic.replaceAll(HARD, '', { timeoutMs }),
  'replaceAll with a function': (timeoutMs) => quadratic.replaceAll(HARD, () => '', { timeoutMs }),
  replaceN: (timeoutMs) => quadratic.replaceN(HARD, 999_999, '', { timeoutMs }),
  split: (timeoutMs) => quadratic.split(HARD, { timeoutMs }),
  splitN: (timeoutMs) => quadratic.splitN(HARD, 999_999, { timeoutMs }),
  'one-shot count': (timeoutMs) => count(quadratic.pattern, HARD, { timeoutMs }),
  'one-shot findAll': (timeoutMs) => findAll(quadratic.pattern, HARD, { timeoutMs }),
  'one-shot replaceAll': (timeoutMs) => replaceAll(quadratic.pattern, HARD, () => '', { timeoutMs }),
}

async function all(iterator: AsyncIterable<unknown>): Promise<unknown[]> {
  const found = []
  for await (const match of iterator) found.push(match)
  return found
}

/** The same from the pool. */
const fromPool: Record<string, (options: { timeoutMs?: number; signal?: AbortSignal }) => Promise<unknown>> = {
  countAsync: (options) => quadratic.countAsync(HARD, options),
  matchesAsync: (options) => all(quadratic.matchesAsync(HARD, options)),
  capturesAllAsync: (options) => all(quadratic.capturesAllAsync(HARD, options)),
  replaceAllAsync: (options) => quadratic.replaceAllAsync(HARD, '', options),
  'replaceAllAsync with a function': (options) => quadratic.replaceAllAsync(HARD, () => '', options),
  replaceNAsync: (options) => quadratic.replaceNAsync(HARD, 999_999, '', options),
  splitAsync: (options) => quadratic.splitAsync(HARD, options),
  splitNAsync: (options) => quadratic.splitNAsync(HARD, 999_999, options),
}

const matchesBefore = diagnostics().handles['Matches'] ?? 0

afterEach(() => {
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
  expect(diagnostics().handles['Matches'] ?? 0).toBe(matchesBefore)
})

describe('timeoutMs', () => {
  it.each(Object.entries(sync))('ends %s', (_, run) => {
    const started = performance.now()
    expect(() => run(50)).toThrow(timeout)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it.each(Object.entries(fromPool))('ends %s', async (_, run) => {
    const started = performance.now()
    await expect(run({ timeoutMs: 50 })).rejects.toThrow(timeout)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('ends with an error of the system, sync and async', async () => {
    expect(() => quadratic.count(HARD, { timeoutMs: 20 })).toThrow(RegexError)
    await expect(quadratic.countAsync(HARD, { timeoutMs: 20 })).rejects.toBeInstanceOf(RegexError)
    await expect(
      quadratic.replaceAllAsync('AAA', () => new Promise(() => 0), { timeoutMs: 20 }),
    ).rejects.toBeInstanceOf(RegexError)
  })

  it('leaves what is done in time alone, Infinity included', async () => {
    const a = new Regex('a')
    expect(a.count('banana', { timeoutMs: 10_000 })).toBe(3)
    expect(a.count('banana', { timeoutMs: Infinity })).toBe(3)
    expect([...a.matches('banana', { timeoutMs: 10_000 })]).toHaveLength(3)
    expect([...a.matches('a'.repeat(10_000), { timeoutMs: 10_000 })]).toHaveLength(10_000)
    expect(a.replaceAll('banana', () => 'o', { timeoutMs: 10_000 })).toBe('bonono')
    expect(await a.replaceAllAsync('banana', () => 'o', { timeoutMs: 10_000 })).toBe('bonono')
    expect(await a.replaceAllAsync('banana', () => 'o', { timeoutMs: Infinity })).toBe('bonono')
    expect(await all(a.matchesAsync('a'.repeat(100_000), { timeoutMs: 10_000 }))).toHaveLength(100_000)
  })

  it('counts the searching of an iteration, not what its caller does in between', () => {
    let count = 0
    for (const match of new Regex('a').matches('a'.repeat(10_000), { timeoutMs: 200 })) {
      if (match.start % 1_000 === 0) {
        const end = performance.now() + 30
        while (performance.now() < end);
      }
      count++
    }
    expect(count).toBe(10_000)
  })

  it('counts the functions of a replacement', () => {
    const slow = (): string => {
      const end = performance.now() + 20
      while (performance.now() < end);
      return ''
    }
    expect(() => new Regex('a').replaceAll('aaaaaaaaaa', slow, { timeoutMs: 50 })).toThrow(timeout)
    expect(() => replaceAll('a', 'aaaaaaaaaa', slow, { timeoutMs: 50 })).toThrow(timeout)
  })

  it.each([NaN, -1, '5', {}])('is refused when it is %s', async (value) => {
    const options = { timeoutMs: value as number }
    const refused = expect.objectContaining({
      code: expect.stringMatching(/^ERR_(OUT_OF_RANGE|INVALID_ARG_TYPE)$/) as string,
      name: 'RegexError',
    }) as RegexError
    expect(() => new Regex('a').count('a', options)).toThrow(refused)
    expect(() => [...new Regex('a').matches('a', options)]).toThrow(refused)
    expect(() => new Regex('a').replaceAll('a', () => '', options)).toThrow(refused)
    await expect(new Regex('a').countAsync('a', options)).rejects.toThrow(refused)
    await expect(new Regex('a').replaceAllAsync('a', () => '', options)).rejects.toThrow(refused)
  })
})

describe('signal', () => {
  it.each(Object.entries(fromPool))('ends %s with its own reason', async (_, run) => {
    const controller = new AbortController()
    const reason = { why: 'enough' }
    const running = run({ signal: controller.signal })
    setTimeout(() => controller.abort(reason), 30)
    expect(await running.catch((error: unknown) => error)).toBe(reason)
  })

  it.each(Object.entries(fromPool))('keeps %s from starting when it fired before', async (_, run) => {
    const reason = new Error('never start')
    const started = performance.now()
    await expect(run({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('is looked at between two calls of a function', async () => {
    const controller = new AbortController()
    let calls = 0
    const replaced = new Regex('a').replaceAllAsync(
      'aaaa',
      () => {
        if (++calls === 2) controller.abort('now')
        return ''
      },
      { signal: controller.signal },
    )
    expect(await replaced.catch((error: unknown) => error)).toBe('now')
    expect(calls).toBe(2)
  })

  it('ends the wait for a promise that a function gave and nobody keeps', async () => {
    const controller = new AbortController()
    const never = new Promise<string>(() => 0)
    const replaced = new Regex('a').replaceAllAsync('a', () => never, { signal: controller.signal })
    setTimeout(() => controller.abort('enough'), 20)
    expect(await replaced.catch((error: unknown) => error)).toBe('enough')
  })

  it('leaves nothing behind on a signal that lives long', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++
      add(...args)
    }
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--
      remove(...args)
    }
    await new Regex('a').replaceAllAsync('aaa', async () => Promise.resolve('b'), { signal })
    await new Regex('a').countAsync('aaa', { signal })
    expect(listeners).toBe(0)
  })

  it('must be a signal', async () => {
    const options = { signal: {} as AbortSignal }
    await expect(new Regex('a').countAsync('a', options)).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', name: 'RegexError' }),
    )
  })
})

describe('a single search', () => {
  it('is linear where a backtracking engine is exponential', () => {
    const started = performance.now()
    expect(new Regex('(a+)+$').isMatch(`${'a'.repeat(100_000)}!`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
