import { describe, expect, it } from 'vitest'
import type { CrateModel } from '../../src/wrap/model/model.js'
import { scan } from '../../src/wrap/scan/scan.js'
import { writeSpec } from '../../src/wrap/spec/write.js'
import { verify } from '../../src/wrap/verify/verify.js'
import { readSpec, withType } from './fixtures/verify/drift.js'
import { callable, meteo, trait } from './fixtures/verify/meteo.js'

/** `Summary::new` takes whatever implements `Zone`. */
const made = (zones: readonly string[]): CrateModel => {
  const summary = meteo.types.find((type) => type.path === 'meteo::Summary')
  const methods = [callable('meteo::Summary::new', '<Z: meteo::Zone>(zone: Z) -> Self'), ...(summary?.methods ?? [])]
  return withType('meteo::Summary', { methods })({ ...meteo, traits: [...meteo.traits, trait('meteo::Zone', zones)] })
}

const makers = (model: CrateModel) =>
  scan(model)
    .functions.filter((item) => item.owner === 'Summary')
    .map((item) => [item.name, item.isConstructor === true])

describe('`new` of what the caller chooses', () => {
  it('is the constructor when there is one way to call it', () => {
    expect(makers(made(['meteo::Log']))).toEqual([['new', true]])
  })

  it('is a static method for each way when there are several', () => {
    const model = made(['meteo::Log', 'meteo::Station'])
    expect(makers(model)).toEqual([
      ['newLog', false],
      ['newStation', false],
    ])
    expect(verify(readSpec(writeSpec(scan(model))), model)).toEqual([])
  })
})
