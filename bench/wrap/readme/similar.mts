/**
 * README of similar, its one example, by `diffLines`: `TextDiff` comes out as a record of its getters.
 */
import assert from 'node:assert/strict'
import { type ChangeTag, diffLines } from 'similar-node'

const changes = diffLines(
  'myers',
  'Hello World\nThis is the second line.\nThis is the third.',
  'Hallo Welt\nThis is the second line.\nThis is life.\nMoar and more',
)
const signs: Record<ChangeTag, string> = { delete: '-', insert: '+', equal: ' ' }
assert.deepEqual(
  changes.map(([tag, line]) => signs[tag] + line),
  [
    '-Hello World\n',
    '+Hallo Welt\n',
    ' This is the second line.\n',
    '-This is the third.',
    '+This is life.\n',
    '+Moar and more',
  ],
)
