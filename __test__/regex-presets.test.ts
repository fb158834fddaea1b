import { isEmail, isHexColor, isIpv4, isPhoneUs, isUrl, presets, Regex } from 'ferrule/regex'
import { describe, expect, it } from 'vitest'

const validators = {
  email: {
    is: isEmail,
    right: ['a@b.co', 'first.last+tag@mail.example.org', "o'hara@example.ie", `${'a'.repeat(64)}@b.co`],
    wrong: [
      'a@b',
      'missing@domain',
      'plain',
      '@b.co',
      'a@',
      'a..b@c.de',
      '.a@b.co',
      'a@-b.co',
      'a@b.c0',
      'a b@c.de',
    ].concat('a@b.co\n', ' a@b.co', `${'a'.repeat(65)}@b.co`, `a@${'b'.repeat(64)}.co`, ''),
  },
  url: {
    is: isUrl,
    right: ['http://example.com', 'https://example.com:8080/a?b=c#d', 'https://127.0.0.1/', 'http://[::1]/x'],
    wrong: ['ftp://example.com', 'example.com', 'http://', 'https:// a.b', 'not a url', 'http://a.b\n', ''],
  },
  ipv4: {
    is: isIpv4,
    right: ['0.0.0.0', '127.0.0.1', '192.168.0.1', '255.255.255.255'],
    // 256.1.1.1 is accepted by many a pattern; it is no address.
    wrong: ['256.1.1.1', '1.1.1.256', '01.2.3.4', '1.2.3', '1.2.3.4.5', 'not.an.ip', '1.2.3.4\n', ' 1.2.3.4', ''],
  },
  phoneUs: {
    is: isPhoneUs,
    right: ['212-555-0123', '(212) 555-0123', '+1 212 555 0123', '2125550123', '1.212.555.0123'],
    wrong: ['112-555-0123', '212-155-0123', '911-555-0123', '555-0123', '212-555-01234', 'x212-555-0123', ''],
  },
  hexColor: {
    is: isHexColor,
    right: ['#fff', '#FFFF', '#09aFbC', '#0099ff80'],
    wrong: ['fff', '#ff', '#fffff', '#ggg', '#fff ', '#fffffff', ''],
  },
} as const

describe.each(Object.entries(validators))('%s', (name, { is, right, wrong }) => {
  const preset = new Regex(presets[name as keyof typeof presets])

  it.each(right)('is right: %j', (text) => {
    expect(is(text)).toBe(true)
  })

  it.each(wrong)('is wrong: %j', (text) => {
    expect(is(text)).toBe(false)
  })

  it('is found in a longer text by the pattern', () => {
    for (const text of right) expect(preset.find(`see ${text} there`)?.text).toBe(text)
  })
})

it('finds candidates, which the validators then judge', () => {
  const text = 'from 10.0.0.1 to 256.1.1.1 and 192.168.1.77.'
  expect([...new Regex(presets.ipv4).matches(text)].map((match) => match.text)).toEqual(['10.0.0.1', '192.168.1.77'])
})

it('cannot be changed', () => {
  expect(Object.isFrozen(presets)).toBe(true)
  expect(Object.keys(presets)).toEqual(['email', 'url', 'ipv4', 'phoneUs', 'hexColor'])
})
