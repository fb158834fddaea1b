/** README of jiff: both of its examples. */
import assert from 'node:assert/strict'
import { Span, Timestamp, ZonedDateTime, ZonedDateTimeArithmetic, ZonedDateTimeRound } from 'jiff-node'

const time = Timestamp.parse('2024-07-11T01:14:00Z')
const later = ZonedDateTimeArithmetic.fromSpan(new Span().months(1).hours(2))
const zoned = time.inTz('America/New_York').checkedAdd(later)
assert.equal(zoned.toString(), '2024-08-10T23:14:00-04:00[America/New_York]')
// Or, if you want an RFC3339 formatted string:
assert.equal(zoned.timestamp().toString(), '2024-08-11T03:14:00Z')

const now = ZonedDateTime.now().round(ZonedDateTimeRound.fromUnit('second'))
assert.equal(now.subsecNanosecond(), 0)
assert.ok(Math.abs(now.timestamp().asMillisecond() - Date.now()) < 60_000)
