/**
 * The README of chrono sends to its documentation: "Date and Time" of its front page. The value `Utc` is had from a time of it:
 * a unit struct has no constructor.
 */
import assert from 'node:assert/strict'
import { type DateTimeUtc, FixedOffset, Local, NaiveDate, TimeDelta, Utc, weekdayNumberFromMonday } from 'chrono-node'

const some = <T,>(value: T | null): T => {
  assert.notEqual(value, null)
  return value as T
}
const same = (found: DateTimeUtc, claimed: DateTimeUtc): void => {
  assert.equal(found.compare(claimed), 0, `${found.toRfc3339()} is not ${claimed.toRfc3339()}`)
}
const date = (year: number, month: number, day: number): NaiveDate => some(NaiveDate.fromYmdOpt(year, month, day))

// The current time, of UTC and of here.
const milliseconds = Date.now()
assert.ok(Math.abs(Utc.now().timestampMillis() - milliseconds) < 60_000)
assert.ok(Math.abs(Local.now().timestampMillis() - milliseconds) < 60_000)

// Your own date and time.
const utc = Utc.now().timezone()
const time = utc.withYmdAndHms(2014, 7, 8, 9, 10, 11).unwrap()
assert.equal(time.toRfc3339(), '2014-07-08T09:10:11+00:00')
same(time, some(date(2014, 7, 8).andHmsOpt(9, 10, 11)).andUtc())
// July 8 is the 189th day of the year 2014, and Tuesday in its ISO week 28.
same(time, some(some(NaiveDate.fromYoOpt(2014, 189)).andHmsOpt(9, 10, 11)).andUtc())
same(time, some(some(NaiveDate.fromIsoywdOpt(2014, 28, 'tue')).andHmsOpt(9, 10, 11)).andUtc())

const exact = some(date(2014, 7, 8).andHmsMilliOpt(9, 10, 11, 12)).andUtc()
same(exact, some(date(2014, 7, 8).andHmsMicroOpt(9, 10, 11, 12_000)).andUtc())
same(exact, some(date(2014, 7, 8).andHmsNanoOpt(9, 10, 11, 12_000_000)).andUtc())

// Dynamic verification.
const evening = utc.withYmdAndHms(2014, 7, 8, 21, 15, 33).single()
same(some(evening), some(date(2014, 7, 8).andHmsOpt(21, 15, 33)).andUtc())
assert.equal(utc.withYmdAndHms(2014, 7, 8, 80, 15, 33).single(), null)
assert.equal(utc.withYmdAndHms(2014, 7, 38, 21, 15, 33).single(), null)

// Properties, and what changes them.
const japan = some(FixedOffset.eastOpt(9 * 3600))
const there = japan.fromLocalDatetime(some(date(2014, 11, 28).andHmsNanoOpt(21, 45, 59, 324_310_806))).unwrap()
assert.deepEqual([there.year(), there.month(), there.day()], [2014, 11, 28])
assert.deepEqual([there.month0(), there.day0()], [10, 27])
assert.deepEqual([there.hour(), there.minute(), there.second()], [21, 45, 59])
assert.equal(there.weekday(), 'fri')
assert.equal(weekdayNumberFromMonday(there.weekday()), 5)
assert.equal(there.ordinal(), 332)
assert.equal(there.numDaysFromCe(), 735_565)
assert.equal(there.offset().fix().localMinusUtc(), 9 * 3600)
assert.ok(there.timezone().equals(japan))
const atHome = some(date(2014, 11, 28).andHmsNanoOpt(12, 45, 59, 324_310_806)).andUtc()
same(there.withTimezoneUtc(utc), atHome)
assert.equal(some(there.withDay(29)).weekday(), 'sat')
assert.equal(there.withDay(32), null)
assert.equal(some(there.withYear(-300)).numDaysFromCe(), -109_606)

// Arithmetic.
const first = utc.withYmdAndHms(2014, 11, 14, 8, 9, 10).unwrap()
const second = utc.withYmdAndHms(2014, 11, 14, 10, 9, 8).unwrap()
assert.ok(first.signedDurationSinceUtc(second).equals(some(TimeDelta.trySeconds(-2 * 3600 + 2))))
assert.ok(second.signedDurationSinceUtc(first).equals(some(TimeDelta.trySeconds(2 * 3600 - 2))))
const epoch = utc.withYmdAndHms(1970, 1, 1, 0, 0, 0).unwrap()
const billion = some(TimeDelta.trySeconds(1_000_000_000))
assert.equal(epoch.addTimeDelta(billion).toRfc3339(), '2001-09-09T01:46:40+00:00')
assert.equal(epoch.subTimeDelta(billion).toRfc3339(), '1938-04-24T22:13:20+00:00')
