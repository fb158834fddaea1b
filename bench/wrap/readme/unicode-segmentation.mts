/** README of unicode-segmentation, its one example. */
import assert from 'node:assert/strict'
import { graphemes, splitWordBounds, unicodeWords } from 'unicode-segmentation-node'

// A letter and its marks are one grapheme, a carriage return with its line feed is one too.
const text = 'a\u0310e\u0301o\u0308\u0332\r\n'
assert.deepEqual([...graphemes(text, true)], ['a\u0310', 'e\u0301', 'o\u0308\u0332', '\r\n'])

const words = [...unicodeWords('The quick ("brown") fox can\'t jump 32.3 feet, right?')]
assert.deepEqual(words, ['The', 'quick', 'brown', 'fox', "can't", 'jump', '32.3', 'feet', 'right'])

const parts = [...splitWordBounds('The quick ("brown")  fox')]
assert.deepEqual(parts, ['The', ' ', 'quick', ' ', '(', '"', 'brown', '"', ')', '  ', 'fox'])
