import { describe, expect, test } from 'vitest'
import { editSpec } from '../../src/wrap/spec/write.js'
import { verify } from '../../src/wrap/verify/verify.js'
import { readSpec } from './fixtures/verify/drift.js'
import { drifts, sides } from './fixtures/verify/drifts.js'
import { meteo } from './fixtures/verify/meteo.js'

const fixable = drifts.filter((drift) => drift.fixed)

describe('a fix, applied to the text of the spec, leaves nothing to find', () => {
  test.each(fixable.map((drift) => [drift.title, drift] as const))('%s', (_title, drift) => {
    const { model, text } = sides(drift)
    const changed = model(meteo)
    const edits = verify(readSpec(text), changed).flatMap((finding) => finding.fix ?? [])
    const fixed = editSpec(text, edits)
    expect(fixed).not.toBe(text)
    expect(verify(readSpec(fixed), changed)).toEqual([])
  })
})

test('a fix touches the lines of its entry only', () => {
  for (const drift of fixable) {
    const { model, text } = sides(drift)
    const edits = verify(readSpec(text), model(meteo)).flatMap((finding) => finding.fix ?? [])
    const before = text.split('\n')
    const changed = editSpec(text, edits)
      .split('\n')
      .filter((line, index) => line !== before[index])
    expect(changed, drift.title).toHaveLength(1 + (drift.also?.length ?? 0))
  }
})
