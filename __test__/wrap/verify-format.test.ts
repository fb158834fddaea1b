import { expect, test } from 'vitest'
import { formatFindings, verify } from '../../src/wrap/verify/verify.js'
import { readSpec, renamed, replaced, signed, specText, withCallable } from './fixtures/verify/drift.js'
import { meteo } from './fixtures/verify/meteo.js'

test('findings read as file, line, column and kind, then both sides and what to do', () => {
  const changed = signed('meteo::Station::reading', '(&self, index: u32) -> Option<meteo::Reading>')(meteo)
  expect(formatFindings(verify(readSpec(specText), changed), 'meteo.wrapper_spec')).toBe(
    [
      'meteo.wrapper_spec:46:127  parameter-type  Station.reading: `meteo::Station::reading`: parameter `index` is `u32`, not `usize`',
      '    spec   fn reading(&self, index: usize) -> Option<meteo::Reading>',
      '    crate  fn reading(&self, index: u32) -> Option<meteo::Reading>',
      '    do     set `rust: "(&self, index: u32) -> Option<meteo::Reading>"` and the types that follow from it  (--fix does it)',
      '1 mismatch, 1 can be fixed with --fix',
      '',
    ].join('\n'),
  )
})

test('warnings are called so and counted apart', () => {
  const changed = withCallable('meteo::scan', (one) => ({ ...one, deprecated: {} }))(meteo)
  const text = formatFindings(verify(readSpec(specText), changed), 'meteo.wrapper_spec')
  expect(text).toContain('  warning deprecated  scan: `meteo::scan`: is deprecated\n')
  expect(text.endsWith('\n0 mismatches, 1 warning\n')).toBe(true)
})

test('nothing found prints nothing', () => {
  expect(formatFindings([], 'meteo.wrapper_spec')).toBe('')
})

test('findings come in the order of the file, whatever the order of the checks', () => {
  const changed = renamed('meteo::celsius', 'celcius')(signed('meteo::Station::new', '() -> Self')(meteo))
  const text = replaced(
    '{ name: ABSOLUTE_ZERO, rust: "meteo::ABSOLUTE_ZERO", type: f64 }',
    '{ name: ABSOLUTE_ZERO, rust: "meteo::ABSOLUTE_ZERO", type: f32 }',
  )
  const findings = verify(readSpec(text), changed)
  expect(findings.map((finding) => finding.item)).toEqual(['celsius', 'Station.new', 'ABSOLUTE_ZERO'])
  const lines = findings.map((finding) => finding.place.line)
  expect(lines).toEqual([...lines].sort((left, right) => left - right))
})

test('entries with `skip` are not compared', () => {
  const changed = signed('meteo::Station::strongest', '(self) -> meteo::Wind')(meteo)
  const text = replaced('rust_method: strongest,', 'rust_method: strongest, skip: "not for us",')
  expect(verify(readSpec(text), changed)).toEqual([])
})

test('a deprecation that the entry tells itself is not told again', () => {
  const changed = withCallable('meteo::scan', (one) => ({ ...one, deprecated: {} }))(meteo)
  const text = replaced('{ name: scan,', '{ name: scan, doc: "Deprecated: use mean.",')
  expect(verify(readSpec(text), changed)).toEqual([])
})

test('verifying changes neither the spec nor the model', () => {
  const spec = readSpec(specText)
  const before = JSON.stringify([spec, meteo])
  verify(spec, meteo)
  expect(JSON.stringify([spec, meteo])).toBe(before)
})
