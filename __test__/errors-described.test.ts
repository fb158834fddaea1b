// What a system says of an error whose type it knows nothing of: generated glue does.
import { describe, expect, it } from 'vitest'
import { testkit, thrownBy } from './testkit/load.js'

const { faults, FaultsError } = testkit

describe('an error of any type', () => {
  it.each([
    ['display', 'in plain words'],
    ['debug', 'Shown'],
    ['neither', 'ferrule_testkit::faults::Mute'],
  ])('is told by what it can do: %s', (telling, text) => {
    const error = thrownBy(() => faults.tell(telling, 'é', 7))
    expect(error).toBeInstanceOf(FaultsError)
    expect(error).toMatchObject({ code: 'ERR_UNSUPPORTED', message: `faults.tell: ${text}` })
  })

  it('has facts, without those that are missing', () => {
    expect(thrownBy(() => faults.tell('display', '😀', 7)).details).toEqual({ letter: '😀', missing: 7 })
    expect(thrownBy(() => faults.tell('display', '😀', null)).details).toEqual({ letter: '😀' })
  })
})
