/**
 * README of strsim, its first example.
 *
 * Not written: the second, `generic_levenshtein(&[1, 2, 3], …)`, whose caller chooses the type of the lists.
 */
import assert from 'node:assert/strict'
import {
  damerauLevenshtein,
  hamming,
  jaro,
  jaroWinkler,
  levenshtein,
  normalizedDamerauLevenshtein,
  normalizedLevenshtein,
  osaDistance,
  sorensenDice,
  StrsimError,
} from 'strsim-node'

const close = (found: number, claimed: number): void => {
  assert.ok(Math.abs(found - claimed) < 0.001, `${found} is not ${claimed}`)
}

assert.equal(hamming('hamming', 'hammers'), 3)
assert.throws(() => hamming('ham', 'hammers'), StrsimError)
assert.equal(levenshtein('kitten', 'sitting'), 3)
close(normalizedLevenshtein('kitten', 'sitting'), 0.571)
assert.equal(osaDistance('ac', 'cba'), 3)
assert.equal(damerauLevenshtein('ac', 'cba'), 2)
close(normalizedDamerauLevenshtein('levenshtein', 'löwenbräu'), 0.272)
close(jaro('Friedrich Nietzsche', 'Jean-Paul Sartre'), 0.392)
// The README says 0.911 still; the crate's own documentation and tests say this.
close(jaroWinkler('cheeseburger', 'cheese fries'), 0.866)
assert.equal(sorensenDice('web applications', 'applications of the web'), 0.7878787878787878)
