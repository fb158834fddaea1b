import { describe, expect, it } from 'vitest'
import { scan } from '../../src/wrap/scan/scan.js'
import { callable, implOf, meteo, trait } from './fixtures/verify/meteo.js'
import { withType, type Change } from './fixtures/verify/drift.js'

/** `Series<T>` is a class for `String` alone; it displays, and `Station` makes one of whatever zone it is given. */
const shows: Change = (model) => {
  const changed = withType('meteo::Series', { impls: [implOf('std::fmt::Display', 'meteo::Series<T>')] })(model)
  const station = changed.types.find((type) => type.path === 'meteo::Station')
  const series = callable('meteo::Station::series', '<Z: meteo::Zone>(&self, zone: &Z) -> meteo::Series<Z>')
  const zones = ['String', 'meteo::Log']
  return withType('meteo::Station', { methods: [...(station?.methods ?? []), series] })({
    ...changed,
    traits: [...changed.traits, trait('meteo::Zone', zones)],
  })
}

describe('a result that displays, and whose parameter the caller chooses', () => {
  const spec = scan(shows(meteo))
  const returnsOf = (name: string): string | undefined => spec.methods.find((item) => item.name === name)?.returns

  it('is the class that the chosen type makes of it', () => {
    expect(returnsOf('series')).toBe('handle Series')
  })

  it('is what it displays where there is no such class', () => {
    expect(returnsOf('seriesLog')).toBe('text')
  })
})
