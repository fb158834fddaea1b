// Errors speak of what was called, by the names of the documentation, whatever export is behind it.
import * as oneShot from 'ferrule/regex'
import { BytesRegex, BytesRegexSet, Regex, RegexError, RegexSet } from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

const text = new Regex('(?<a>a)')
const bytes = new BytesRegex('(?<a>a)')
const set = new RegexSet(['a'])
const bytesSet = new BytesRegexSet(['a'])

/** What the types do not allow. */
const bad = 5 as never
const long = 'a'.repeat(10_000)
const drained = async (matches: AsyncIterable<unknown>): Promise<unknown> => {
  for await (const match of matches) return match
  return undefined
}

async function failureOf(work: () => unknown): Promise<RegexError> {
  try {
    await work()
  } catch (error) {
    expect(error).toBeInstanceOf(RegexError)
    return error as RegexError
  }
  throw new Error('nothing failed')
}

type Case = [operation: string, argument: string, work: () => unknown]

const ofClass = (name: string, regex: Regex): Case[] => [
  [`${name}.isMatch`, 'haystack', () => regex.isMatch(bad)],
  [`${name}.isMatchAsync`, 'haystack', () => regex.isMatchAsync(bad)],
  [`${name}.find`, 'haystack', () => regex.find(bad)],
  [`${name}.findAsync`, 'haystack', () => regex.findAsync(bad)],
  [`${name}.captures`, 'haystack', () => regex.captures(bad)],
  [`${name}.capturesAsync`, 'haystack', () => regex.capturesAsync(bad)],
  [`${name}.matches`, 'haystack', () => regex.matches(bad)],
  [`${name}.matchesAsync`, 'haystack', () => regex.matchesAsync(bad)],
  [`${name}.capturesAll`, 'haystack', () => regex.capturesAll(bad)],
  [`${name}.capturesAllAsync`, 'haystack', () => regex.capturesAllAsync(bad)],
  [`${name}.count`, 'haystack', () => regex.count(bad)],
  [`${name}.countAsync`, 'haystack', () => regex.countAsync(bad)],
  [`${name}.replace`, 'haystack', () => regex.replace(bad, bad)],
  [`${name}.replaceAsync`, 'haystack', () => regex.replaceAsync(bad, bad)],
  [`${name}.replaceAll`, 'haystack', () => regex.replaceAll(bad, bad)],
  [`${name}.replaceAllAsync`, 'haystack', () => regex.replaceAllAsync(bad, bad)],
  [`${name}.replaceN`, 'haystack', () => regex.replaceN(bad, 1, bad)],
  [`${name}.replaceN`, 'limit', () => regex.replaceN(bad, -1, bad)],
  [`${name}.replaceNAsync`, 'haystack', () => regex.replaceNAsync(bad, 1, bad)],
  [`${name}.replaceNAsync`, 'limit', () => regex.replaceNAsync(bad, -1, bad)],
  ...(['replace', 'replaceAsync', 'replaceAll', 'replaceAllAsync'] as const).map((method): Case => [
    `${name}.${method}`,
    'haystack',
    () => regex[method](bad, () => bad),
  ]),
  ...(['replaceN', 'replaceNAsync'] as const).map((method): Case => [
    `${name}.${method}`,
    'haystack',
    () => regex[method](bad, 1, () => bad),
  ]),
  [`${name}.split`, 'haystack', () => regex.split(bad)],
  [`${name}.splitAsync`, 'haystack', () => regex.splitAsync(bad)],
  [`${name}.splitN`, 'haystack', () => regex.splitN(bad, 1)],
  [`${name}.splitN`, 'limit', () => regex.splitN(bad, -1)],
  [`${name}.splitNAsync`, 'haystack', () => regex.splitNAsync(bad, 1)],
  [`${name}.splitNAsync`, 'limit', () => regex.splitNAsync(bad, -1)],
]

const ofSet = (name: string, regexes: RegexSet): Case[] => [
  [`${name}.isMatch`, 'haystack', () => regexes.isMatch(bad)],
  [`${name}.isMatchAsync`, 'haystack', () => regexes.isMatchAsync(bad)],
  [`${name}.matches`, 'haystack', () => regexes.matches(bad)],
  [`${name}.matchesAsync`, 'haystack', () => regexes.matchesAsync(bad)],
]

const replacements: Case[] = (['replace', 'replaceAsync', 'replaceAll', 'replaceAllAsync'] as const).flatMap(
  (method): Case[] => [
    [`Regex.${method}`, 'replacement', () => text[method]('a', bad)],
    [`Regex.${method}`, 'replacement', () => text[method]('a', () => bad)],
  ],
)

const options: Case[] = [
  ['Regex.isMatchAsync', 'options.from', () => text.isMatchAsync('a', { from: -1 })],
  ['Regex.findAsync', 'options.from', () => text.findAsync('a', { from: -1 })],
  ['Regex.matches', 'options.from', () => [...text.matches('a', { from: -1 })]],
  ['Regex.capturesAll', 'options.from', () => [...text.capturesAll('a', { from: -1 })]],
  ['Regex.matchesAsync', 'options.from', () => drained(text.matchesAsync('a', { from: -1 }))],
  ['BytesRegex.capturesAllAsync', 'options.from', () => drained(bytes.capturesAllAsync(Buffer.of(), { from: -1 }))],
  ['Regex.isMatch', 'from', () => text.isMatch('a', -1)],
  ['BytesRegex.isMatch', 'from', () => bytes.isMatch(Buffer.of(), -1)],
  ['Regex.find', 'from', () => text.find('a', null as never)],
  ['Regex.captures', 'from', () => text.captures('a', 0.5)],
  ['Regex.count', 'options.timeoutMs', () => text.count('a', { timeoutMs: -1 })],
  ['Regex.countAsync', 'options.timeoutMs', () => text.countAsync('a', { timeoutMs: -1 })],
  ['Regex.matches', 'options.timeoutMs', () => [...text.matches(long, { timeoutMs: -1 })]],
  ['Regex.splitN', 'options', () => text.splitN('a', 1, bad)],
  ['Regex', 'options.sizeLimit', () => new Regex('a', { sizeLimit: -1 })],
  ['BytesRegex', 'options.flags', () => new BytesRegex('a', { flags: 'g' })],
  ['RegexSet', 'options.multiLine', () => new RegexSet(['a'], { multiLine: bad })],
  ['Regex', 'pattern', () => new Regex(bad)],
  ['BytesRegexSet', 'patterns', () => new BytesRegexSet([bad])],
]

const functions: Case[] = [
  ...(['isMatch', 'find', 'findAll', 'captures', 'capturesAll', 'count', 'split'] as const).flatMap((name): Case[] => [
    [name, 'pattern', () => oneShot[name](bad, 'a')],
    [name, 'text', () => oneShot[name]('a', bad)],
  ]),
  ...(['replace', 'replaceAll'] as const).flatMap((name): Case[] => [
    [name, 'pattern', () => oneShot[name](bad, 'a', 'a')],
    [name, 'text', () => oneShot[name]('a', bad, () => 'a')],
    [name, 'replacement', () => oneShot[name]('a', 'a', bad)],
    [name, 'replacement', () => oneShot[name]('a', 'a', () => bad)],
  ]),
  ['splitN', 'limit', () => oneShot.splitN('a', 'a', -1)],
  ['splitN', 'text', () => oneShot.splitN('a', bad, 1)],
  ['findAll', 'options', () => oneShot.findAll('a', 'a', bad)],
  ['count', 'options.timeoutMs', () => oneShot.count('a', 'a', { timeoutMs: -1 })],
  ...(['escape', 'isEmail', 'isUrl', 'isIpv4', 'isPhoneUs', 'isHexColor'] as const).map((name): Case => [
    name,
    'text',
    () => oneShot[name](bad),
  ]),
]

const classes: [name: string, object: object, cases: Case[]][] = [
  ['Regex', text, ofClass('Regex', text)],
  ['BytesRegex', bytes, ofClass('BytesRegex', bytes as unknown as Regex)],
  ['RegexSet', set, ofSet('RegexSet', set)],
  ['BytesRegexSet', bytesSet, ofSet('BytesRegexSet', bytesSet as unknown as RegexSet)],
]

describe('a refused argument', () => {
  it.each([...classes.flatMap(([, , cases]) => cases), ...replacements, ...options, ...functions])(
    'of %s is named with it: %s',
    async (name, argument, work) => {
      const operation = `regex.${name}`
      const error = await failureOf(work)
      expect(error.operation).toBe(operation)
      expect(error.details).toMatchObject({ argument })
      // Its place would count what only the export has.
      expect(error.details).not.toHaveProperty('position')
      expect(error.message).toMatch(new RegExp(`^${operation}: argument "${argument}" must be `))
    },
  )

  it.each(classes)('is tried on every method of %s', (name, object, cases) => {
    const common = Object.getPrototypeOf(Object.getPrototypeOf(object)) as object
    const methods = Object.entries(Object.getOwnPropertyDescriptors(common))
      .filter(([method, { value }]) => method !== 'constructor' && typeof value === 'function')
      .map(([method]) => `${name}.${method}`)
    expect(methods.length).toBeGreaterThan(3)
    expect(new Set(cases.map(([tried]) => tried))).toEqual(new Set(methods))
  })
})

describe('an error of the engine', () => {
  it.each<[operation: string, code: string, work: () => unknown]>([
    ['Regex', 'ERR_REGEX_SYNTAX', () => new Regex('(')],
    ['RegexSet', 'ERR_REGEX_SYNTAX', () => new RegexSet(['('])],
    ['findAll', 'ERR_REGEX_SYNTAX', () => oneShot.findAll('(', '')],
    ['replace', 'ERR_REGEX_GROUP', () => oneShot.replace('a', 'a', '$b')],
    ['Regex.replaceN', 'ERR_REGEX_GROUP', () => text.replaceN('a', 1, '$b')],
    ['Regex.replaceAllAsync', 'ERR_REGEX_GROUP', () => text.replaceAllAsync('a', '$b')],
    ['Regex.find', 'ERR_OUT_OF_RANGE', () => text.find('a', 2)],
    ['Regex.capturesAsync', 'ERR_OUT_OF_RANGE', () => text.capturesAsync('a', { from: 2 })],
    ['Regex.matches', 'ERR_OUT_OF_RANGE', () => [...text.matches('a', { from: 2 })]],
    ['Regex.capturesAllAsync', 'ERR_OUT_OF_RANGE', () => drained(text.capturesAllAsync('a', { from: 2 }))],
    ['Regex.capturesAll', 'ERR_TIMEOUT', () => [...text.capturesAll(long, { timeoutMs: 0 })]],
    ['Regex.replaceAll', 'ERR_TIMEOUT', () => text.replaceAll(long, () => 'b', { timeoutMs: 0 })],
    ['Regex.countAsync', 'ERR_TIMEOUT', () => text.countAsync(long.repeat(1_000), { timeoutMs: 0 })],
  ])('names %s: %s', async (name, code, work) => {
    const error = await failureOf(work)
    expect(error).toMatchObject({ operation: `regex.${name}`, code })
    expect(error.message.startsWith(`regex.${name}: `)).toBe(true)
  })
})

describe('a disposed object', () => {
  it.each<[operation: string, work: (regex: Regex) => unknown]>([
    ['isMatch', (regex) => regex.isMatch('a')],
    ['captures', (regex) => regex.captures('a')],
    ['capturesAsync', (regex) => regex.capturesAsync('a')],
    ['groupNames', (regex) => regex.groupNames],
    ['groupCount', (regex) => regex.groupCount],
    ['capturesAll', (regex) => regex.capturesAll('a')],
    ['replaceAll', (regex) => regex.replaceAll('a', () => 'b')],
    ['splitN', (regex) => regex.splitN('a', 1)],
    ['countAsync', (regex) => regex.countAsync('a')],
  ])('is called "this" by %s', async (method, work) => {
    const regex = new Regex('a')
    regex.dispose()
    const error = await failureOf(() => work(regex))
    expect(error).toMatchObject({ code: 'ERR_HANDLE_CLOSED', operation: `regex.Regex.${method}` })
    expect(error.message).toBe(`regex.Regex.${method}: this must be a Regex in use, got one that was disposed`)
  })
})

it('is named by its own call when calls of other methods are in flight or came between', async () => {
  const failures = await Promise.all([
    failureOf(() => text.replaceAllAsync(long, '$b')),
    failureOf(() => text.replaceNAsync(long, 1, '$b')),
    failureOf(() => text.replaceAsync(long, '$b')),
  ])
  expect(failures.map(({ operation }) => operation)).toEqual([
    'regex.Regex.replaceAllAsync',
    'regex.Regex.replaceNAsync',
    'regex.Regex.replaceAsync',
  ])
  const matches = text.matches(long, { timeoutMs: 60_000 })
  matches.next()
  text.split('a')
  const other = await failureOf(() => text.isMatch(bad))
  expect(other.operation).toBe('regex.Regex.isMatch')
  matches.return()
})
