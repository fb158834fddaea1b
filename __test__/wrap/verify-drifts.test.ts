import { expect, test } from 'vitest'
import { verify } from '../../src/wrap/verify/verify.js'
import { lineOf, readSpec } from './fixtures/verify/drift.js'
import { drifts, sides } from './fixtures/verify/drifts.js'
import { meteo } from './fixtures/verify/meteo.js'

test.each(drifts.map((drift) => [drift.title, drift] as const))('finds the one thing: %s', (_title, drift) => {
  const { model, text } = sides(drift)
  const findings = verify(readSpec(text), model(meteo))
  const expected = [{ kind: drift.kind, on: drift.on }, ...(drift.also ?? [])]
  expect(findings.map(({ kind, place }) => ({ kind, line: place.line }))).toEqual(
    expected.map(({ kind, on }) => ({ kind, line: lineOf(text, on) })),
  )
  const [finding] = findings
  expect(`${finding?.message ?? ''}; ${finding?.change ?? ''}`).toContain(drift.says)
  expect(finding?.fix !== undefined).toBe(drift.fixed)
  expect(finding?.severity).toBe(drift.kind === 'deprecated' ? 'warning' : 'error')
})

test('there are at least forty drifts, and every kind of finding has one', () => {
  expect(drifts.length).toBeGreaterThanOrEqual(40)
  expect([...new Set(drifts.map((drift) => drift.kind))].sort()).toEqual([
    'arity',
    'async',
    'constant-type',
    'crate-name',
    'deprecated',
    'error-type',
    'feature',
    'field-missing',
    'field-type',
    'generic',
    'kind-changed',
    'missing',
    'mutability',
    'not-send',
    'not-static',
    'ownership',
    'parameter-type',
    'return',
    'type-missing',
    'unsafe',
    'variant-missing',
    'version',
    'visibility',
  ])
})
