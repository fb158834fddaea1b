import { FerruleError, isFerruleError } from 'ferrule'
import {
  BytesRegex,
  escape,
  findAll,
  isEmail,
  isMatch,
  Regex,
  RegexError,
  RegexSet,
  type RegexOptions,
} from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

function caught(work: () => unknown): RegexError {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(RegexError)
    expect(error).toBeInstanceOf(FerruleError)
    return error as RegexError
  }
  throw new Error('nothing was thrown')
}

describe('a pattern that is not in the language', () => {
  it('is refused with the fault and its place in UTF-16 units', () => {
    const error = caught(() => new Regex('😀é[z-a]'))
    expect(error.code).toBe('ERR_REGEX_SYNTAX')
    expect(error.name).toBe('RegexError')
    expect(error.details).toMatchObject({ start: 4, end: 7, index: 0 })
    expect(error.details['detail']).toMatch(/^invalid character class range/)
    expect(error.message).toContain('[z-a]')
    expect(isFerruleError(error, 'ERR_REGEX_SYNTAX')).toBe(true)
  })

  it.each(['(', '[invalid', 'a{2,1}', '*', String.raw`\8`, '(?<a>x)(?<a>y)', '(?=look)', String.raw`(a)\1`, '(?z)'])(
    'is refused: %s',
    (pattern) => {
      for (const work of [
        () => new Regex(pattern),
        () => new BytesRegex(pattern),
        () => new RegexSet([pattern]),
        () => isMatch(pattern, ''),
      ]) {
        expect(caught(work).code).toBe('ERR_REGEX_SYNTAX')
      }
    },
  )
})

describe('limits', () => {
  it('hold the compiled size', () => {
    expect(new Regex('a{1000}').isMatch('a'.repeat(1_000))).toBe(true)
    const error = caught(() => new Regex('a{1000}', { sizeLimit: 10_000 }))
    expect(error).toMatchObject({ code: 'ERR_REGEX_TOO_BIG', details: { limit: 10_000 } })
    expect(caught(() => new Regex(String.raw`\w{1000}{1000}`)).code).toBe('ERR_REGEX_TOO_BIG')
  })

  it('hold the nesting', () => {
    const nested = '('.repeat(300) + ')'.repeat(300)
    expect(caught(() => new Regex(nested)).code).toBe('ERR_REGEX_SYNTAX')
    expect(new Regex(nested, { nestLimit: 600 }).isMatch('')).toBe(true)
    expect(caught(() => new Regex('a', { nestLimit: 5_000 }))).toMatchObject({
      code: 'ERR_OUT_OF_RANGE',
      details: { nestLimit: 5_000, max: 1_000 },
    })
  })

  it('leave searches right when the automaton has hardly any room', () => {
    const text = 'abcdefgh '.repeat(1_000)
    const pattern = '[a-d]+[e-h]+'
    expect(new Regex(pattern, { dfaSizeLimit: 0 }).count(text)).toBe(new Regex(pattern).count(text))
  })
})

describe('flags', () => {
  const cases: [RegexOptions, pattern: string, text: string, flags: string][] = [
    [{ flags: 'i' }, 'straße', 'STRAßE', 'iu'],
    [{ caseInsensitive: true }, 'a', 'A', 'iu'],
    [{ flags: 'm' }, '^b$', 'a\nb\nc', 'mu'],
    [{ multiLine: true, crlf: true }, '^b$', 'a\r\nb\r\nc', 'muR'],
    [{ flags: 'mR' }, '^b$', 'a\r\nb\r\nc', 'muR'],
    [{ flags: 's' }, 'a.b', 'a\nb', 'su'],
    [{ dotMatchesNewLine: true }, 'a.b', 'a\nb', 'su'],
    [{ flags: 'x' }, 'a b # comment', 'ab', 'xu'],
    [{ ignoreWhitespace: true }, 'a b', 'ab', 'xu'],
    [{ octal: true }, String.raw`\101`, 'A', 'u'],
    [{ multiLine: true, lineTerminator: 0x3b }, '^b$', 'a;b;c', 'mu'],
    [{ flags: 'u' }, String.raw`^\w$`, 'é', 'u'],
  ]

  it.each(cases)('%o: %s matches %j', (options, pattern, text, flags) => {
    const regex = new Regex(pattern, options)
    expect(regex.isMatch(text)).toBe(true)
    expect(regex.flags).toBe(flags)
    const without = ((): boolean => {
      try {
        return new Regex(pattern).isMatch(text)
      } catch {
        return false
      }
    })()
    expect(without).toBe(flags === 'u' && options.octal !== true)
  })

  it('swap greed', () => {
    expect(new Regex('a+').find('aaa')?.text).toBe('aaa')
    expect(new Regex('a+', { flags: 'U' }).find('aaa')?.text).toBe('a')
    expect(new Regex('a+?', { swapGreed: true }).find('aaa')?.text).toBe('aaa')
  })

  it('leave Unicode on unless told otherwise', () => {
    expect(new Regex(String.raw`\d`).isMatch('٣')).toBe(true)
    expect(new Regex(String.raw`\d`, { unicode: false }).isMatch('٣')).toBe(false)
    expect(new Regex(String.raw`\d`, { unicode: false }).flags).toBe('')
    expect(caught(() => new Regex('.', { unicode: false })).code).toBe('ERR_REGEX_SYNTAX')
  })

  it('go by the name where a letter says otherwise', () => {
    expect(new Regex('a', { flags: 'i', caseInsensitive: false }).isMatch('A')).toBe(false)
  })

  it.each([
    [{ flags: 'g' }, 'ERR_OUT_OF_RANGE', '"g"'],
    [{ flags: 'iy' }, 'ERR_OUT_OF_RANGE', '"y"'],
    [{ flags: 7 }, 'ERR_INVALID_ARG_TYPE', 'options.flags'],
    [{ multiLine: 'yes' }, 'ERR_INVALID_ARG_TYPE', 'options.multiLine'],
    [{ octal: 1 }, 'ERR_INVALID_ARG_TYPE', 'octal'],
    [{ lineTerminator: 256 }, 'ERR_OUT_OF_RANGE', 'lineTerminator'],
    [{ sizeLimit: -1 }, 'ERR_OUT_OF_RANGE', 'sizeLimit'],
    [{ dfaSizeLimit: 0.5 }, 'ERR_OUT_OF_RANGE', 'dfaSizeLimit'],
    [{ nestLimit: '3' }, 'ERR_INVALID_ARG_TYPE', 'nestLimit'],
    ['i', 'ERR_INVALID_ARG_TYPE', 'options'],
    [null, 'ERR_INVALID_ARG_TYPE', 'options'],
  ])('are refused: %o', (options, code, named) => {
    for (const work of [
      () => new Regex('a', options as RegexOptions),
      () => new BytesRegex('a', options as RegexOptions),
      () => new RegexSet(['a'], options as RegexOptions),
    ]) {
      const error = caught(work)
      expect(error.code).toBe(code)
      expect(error.message).toContain(named)
    }
  })
})

describe('arguments', () => {
  const re = new Regex('a')

  it.each([undefined, null, 7, {}, ['a'], Symbol('a'), Buffer.from('a')])(
    'that are no text are refused: %o',
    (value) => {
      const text = value as string
      for (const work of [
        () => re.isMatch(text),
        () => re.find(text),
        () => re.captures(text),
        () => re.matches(text),
        () => re.capturesAll(text),
        () => re.matchesAsync(text),
        () => re.count(text),
        () => re.replaceAll(text, 'b'),
        () => re.replaceAll(text, () => 'b'),
        () => re.replaceAll('a', text),
        () => re.split(text),
        () => new Regex(text),
        () => isMatch(text, 'a'),
        () => isMatch('a', text),
        () => escape(text),
        () => isEmail(text),
      ]) {
        const error = caught(work)
        expect(error.code).toBe('ERR_INVALID_ARG_TYPE')
        expect(error.operation).toMatch(/^regex\./)
        expect(error.details).toHaveProperty('argument')
      }
    },
  )

  it.each([5, 'i', null])('that are no options are refused: %o', async (value) => {
    const options = value as unknown as object
    for (const work of [
      () => re.matches('a', options),
      () => re.matchesAsync('a', options),
      () => re.capturesAll('a', options),
      () => re.count('a', options),
      () => re.replaceAll('a', 'b', options),
      () => re.replaceAll('a', () => 'b', options),
      () => re.split('a', options),
      () => findAll('a', 'a', options),
    ]) {
      expect(caught(work)).toMatchObject({
        code: expect.stringMatching(/ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)/) as string,
      })
    }
    for (const call of [
      re.isMatchAsync('a', options),
      re.countAsync('a', options),
      re.replaceAllAsync('a', 'b', options),
      re.replaceAllAsync('a', () => 'b', options),
      re.splitAsync('a', options),
    ]) {
      expect(await call.catch((error: unknown) => error)).toBeInstanceOf(RegexError)
    }
  })

  it('that are no text reject a call from the pool', async () => {
    const text = 7 as unknown as string
    for (const call of [
      re.isMatchAsync(text),
      re.findAsync(text),
      re.capturesAsync(text),
      re.countAsync(text),
      re.replaceAllAsync(text, 'b'),
      re.replaceAllAsync(text, () => 'b'),
      re.replaceAllAsync('a', text),
      re.splitAsync(text),
    ]) {
      const error: unknown = await call.catch((error: unknown) => error)
      expect(error).toBeInstanceOf(RegexError)
      expect(error).toHaveProperty('code', 'ERR_INVALID_ARG_TYPE')
    }
  })

  it('with a lone surrogate are refused, never changed', () => {
    const error = caught(() => re.isMatch('a\uD800'))
    expect(error.code).toBe('ERR_INVALID_STRING')
    expect(error.message).toContain('toWellFormed')
    expect(caught(() => [...re.matches('a\uD800')]).code).toBe('ERR_INVALID_STRING')
    expect(caught(() => new Regex('\uDC00')).code).toBe('ERR_INVALID_STRING')
    // A replacement character that is really there is one.
    expect(new Regex('\uFFFD').find('a\uFFFD')).toEqual({ start: 1, end: 2, text: '\uFFFD' })
  })
})
