import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rulesPage } from '../../src/wrap/rules/docs.js'
import { REFUSALS } from '../../src/wrap/rules/refusals.js'
import { RULES } from '../../src/wrap/rules/table.js'

it('docs/rules.md is what the tables say', () => {
  expect(readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')).toBe(rulesPage())
})

it('no two rules share a name', () => {
  const names = [...RULES, ...REFUSALS].map((rule) => rule.name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
