/**
 * README of rust_decimal, "Usage". `dec!(1.23)` is `Decimal.parse('1.23')`: macros exist at compile time only.
 *
 * Not written: serde and rkyv, features that are off by default.
 */
import assert from 'node:assert/strict'
import { Decimal } from 'rust-decimal-node'

const dec = (text: string): Decimal => Decimal.parse(text)
const same = (found: Decimal, claimed: Decimal): void => {
  assert.ok(found.equals(claimed), `${found.toString()} is not ${claimed.toString()}`)
}

const number = dec('-1.23').add(dec('3.45'))
same(number, dec('2.22'))
assert.equal(number.toString(), '2.22')

// An integer followed by the decimal points.
assert.equal(new Decimal(202, 2).toString(), '2.02')
// From a 128 bit integer.
assert.equal(Decimal.fromI128WithScale(5_897_932_384_626_433_832n, 2).toString(), '58979323846264338.32')
// From a string, in another base, in scientific notation.
assert.equal(dec('2.02').toString(), '2.02')
assert.equal(Decimal.fromStrRadix('ffff', 16).toString(), '65535')
assert.equal(Decimal.fromScientific('9.7e-7').toString(), '0.00000097')
// By the `Into` trait.
assert.equal(Decimal.fromI32(3).toString(), '3')
// From the raw representation.
const pi = Decimal.fromParts(1_102_470_952, 185_874_565, 1_703_060_790, false, 28)
assert.equal(pi.toString(), '3.1415926535897932384626433832')

const amount = dec('25.12')
const taxPercentage = dec('0.085')
const total = amount.add(amount.mul(taxPercentage).roundDp(2))
same(total, dec('27.26'))
same(dec('1.23'), new Decimal(123, 2))
