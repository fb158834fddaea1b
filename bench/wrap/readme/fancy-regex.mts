/**
 * The README of fancy-regex has no example: those of its front page.
 *
 * Not written: `find`, whose caller chooses what is searched; groups of captures, which come out as a record; `split`, whose every
 * part may be an error.
 */
import assert from 'node:assert/strict'
import { Regex } from 'fancy-regex-node'

// Two identical words.
const twice = new Regex(String.raw`^(\w+) (\1)$`)
assert.equal(twice.isMatch('foo foo'), true)
assert.equal(twice.isMatch('foo bar'), false)

// Capturing groups.
const dollars = new Regex(String.raw`(?<!AU)\$(\d+)`)
assert.equal(dollars.captures('AU$10, $20')?.len, 2)
assert.equal(dollars.captures('AU$10'), null)
