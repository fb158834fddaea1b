/**
 * README of fst, its one example.
 *
 * Not written: the fuzzy query, as automatons of the caller's choice have no class beside `AlwaysMatch`, and streams of keys none
 * that walks them.
 */
import assert from 'node:assert/strict'
import { FstError, Set } from 'fst-node'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

// A convenient way to create sets in memory; the keys have to be sorted.
const keys = ['fa', 'fo', 'fob', 'focus', 'foo', 'food', 'foul']
const set = Set.fromIter(keys.map(bytes))
assert.equal(set.len(), keys.length)
assert.deepEqual(
  keys.map((key) => set.contains(bytes(key))),
  keys.map(() => true),
)
assert.equal(set.contains(bytes('fool')), false)
assert.throws(() => Set.fromIter([...keys].reverse().map(bytes)), FstError)
