// What traits give a type, from a crate's source to calls from Node: fixtures/rows through the command, then used.
import { beforeAll, describe, expect, it } from 'vitest'
import { futureTests } from './rows-futures.js'
import { jsonTests } from './rows-json.js'
import { keptTests } from './rows-kept.js'
import { wrapRows, type Rows } from './rows-package.js'
import { streamTests } from './rows-streams.js'
import { traitTests } from './rows-traits.js'

let rows: Rows

beforeAll(() => {
  rows = wrapRows()
}, 600_000)

describe('the package', () => {
  it('agrees with the crate, and its own tests pass', () => {
    expect(rows.verified).toContain('agrees with rows 0.3.0')
    expect(rows.tested).toContain(' 0 fail')
  })
})

traitTests(() => rows)
futureTests(() => rows)
streamTests(() => rows)
jsonTests(() => rows)
keptTests(() => rows)
