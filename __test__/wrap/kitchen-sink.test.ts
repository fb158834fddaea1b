// The kitchen sink from Node: every row of the rule table, through every door.
import { beforeAll, describe, it } from 'vitest'
import { cookSink, type Cooked } from './kitchen/cook.js'
import { FORMS, runRow } from './kitchen/row.js'
import { ROWS } from './kitchen/rows/index.js'

let cooked: Cooked
beforeAll(async () => {
  cooked = await cookSink()
}, 600_000)

const FORM_NAMES = { sync: 'on the JavaScript thread', task: 'as tasks on the pool', door: 'through the Sync doors' }

describe.each(Object.entries(ROWS))('%s', (_, row) => {
  it.each(FORMS.map((form) => [FORM_NAMES[form], form] as const))('%s', async (_name, form) => {
    await runRow(row, cooked.sink, form)
  })
})
