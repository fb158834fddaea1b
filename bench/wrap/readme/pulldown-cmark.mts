/**
 * README of pulldown-cmark, its first example.
 *
 * Not written: those that look into an `Event`, which is an object without a way to ask for its kind.
 */
import assert from 'node:assert/strict'
import { Parser, pushHtml } from 'pulldown-cmark-node'

// Create a parser with example Markdown text, and write it to a new buffer.
const parser = new Parser('hello world')
assert.equal(pushHtml([...parser]), '<p>hello world</p>\n')
