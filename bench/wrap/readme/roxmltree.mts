/** README of roxmltree, its one example. */
import assert from 'node:assert/strict'
import { Document } from 'roxmltree-node'

// Find element by id.
const document = Document.parse("<rect id='rect1'/>")
const element = [...document.descendants()].find((node) => node.attribute('id') === 'rect1')
assert.ok(element?.hasTagName('rect'))
