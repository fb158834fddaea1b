/** The README of humantime has no code: each of the features that it lists. */
import assert from 'node:assert/strict'
import { Duration, formatDuration, formatRfc3339, parseDuration, parseRfc3339, parseRfc3339Weak } from 'humantime-node'

const seconds = 1000
const minutes = 60 * seconds
const days = 24 * 60 * minutes

// Parses durations in free form.
assert.equal(parseDuration('15days 2min 2s'), 15 * days + 2 * minutes + 2 * seconds)
assert.equal(parseDuration('2h 37min'), 9420 * seconds)
assert.equal(Duration.parse('32ms').toString(), '32ms')

// Formats durations in similar form; a year is 365.25 days. A double has no microseconds left beside years.
const years = 365.25 * days
assert.equal(formatDuration(2 * years + 2 * minutes).toString(), '2years 2m')
assert.equal(formatDuration(2 * minutes + 0.012).toString(), '2m 12us')

// Parses and formats timestamps in the format of RFC 3339, and in a weaker one.
const time = new Date('2018-01-01T12:53:00Z')
assert.deepEqual(parseRfc3339('2018-01-01T12:53:00Z'), time)
assert.deepEqual(parseRfc3339Weak('2018-01-01 12:53:00'), time)
assert.equal(formatRfc3339(time).toString(), '2018-01-01T12:53:00Z')
