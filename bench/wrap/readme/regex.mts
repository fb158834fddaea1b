/** README of regex: each of its examples. */
import assert from 'node:assert/strict'
import { BytesRegex, Regex, RegexSet } from 'regex-node'

const named = new Regex(String.raw`(?x)
(?P<year>\d{4})  # the year
-
(?P<month>\d{2}) # the month
-
(?P<day>\d{2})   # the day
`)
const captures = named.captures('2010-03-14')
assert.equal(captures?.name('year')?.asStr, '2010')
assert.equal(captures.name('month')?.asStr, '03')
assert.equal(captures.name('day')?.asStr, '14')

const re = new Regex(String.raw`(\d{4})-(\d{2})-(\d{2})`)
const haystack = 'On 2010-03-14, foo happened. On 2014-10-14, bar happened.'
const dates = [...re.capturesIter(haystack)].map((found) => [1, 2, 3].map((group) => found.get(group)?.asStr))
assert.deepEqual(dates, [
  ['2010', '03', '14'],
  ['2014', '10', '14'],
])

// Avoid re-compiling regexes, especially in a loop.
const compiled = new Regex('...')
const helper = (text: string): boolean => compiled.isMatch(text)
assert.equal(helper('abc'), true)
assert.equal(helper('ac'), false)

// Matching on bytes.
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))
const strings = new BytesRegex(String.raw`(?-u)(?<cstr>[^\x00]+)\x00`)
const found = [...strings.capturesIter(bytes('foo\xFFbar\x00baz\x00'))].map((one) => one.name('cstr')?.asBytes)
assert.deepEqual(
  found.map((one) => [...(one ?? [])]),
  [[...bytes('foo\xFFbar')], [...bytes('baz')]],
)

// Match multiple regular expressions simultaneously.
const set = new RegexSet([String.raw`\w+`, String.raw`\d+`, String.raw`\pL+`, 'foo', 'bar', 'barfoo', 'foobar'])
const matches = set.matches('foobar')
assert.deepEqual([...matches.iter()], [0, 2, 3, 4, 6])
assert.equal(matches.matched(5), false)
assert.equal(matches.matched(6), true)
