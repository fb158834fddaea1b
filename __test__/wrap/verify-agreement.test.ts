import { expect, test } from 'vitest'
import { verify } from '../../src/wrap/verify/verify.js'
import { readSpec, specText } from './fixtures/verify/drift.js'
import { meteo } from './fixtures/verify/meteo.js'

test('a spec that agrees with its crate gives no finding', () => {
  expect(verify(readSpec(specText), meteo)).toEqual([])
})
