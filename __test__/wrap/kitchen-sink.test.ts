// The kitchen sink from Node: every row of the rule table, through every door; in Workers, which may be terminated at any moment;
// with every value JavaScript has; and panics wherever code of a crate runs. The package is compiled once.
import { beforeAll, describe, expect, it } from 'vitest'
import { breakerTests, contents } from './kitchen/breakers.js'
import { cookSink, crateFolder, type Cooked } from './kitchen/cook.js'
import { namesTests } from './kitchen/names-tests.js'
import { PANICS } from './kitchen/panics.js'
import { FORMS, runRow, type Form } from './kitchen/row.js'
import { ROWS } from './kitchen/rows/index.js'
import { bundleProcess, runProcess } from './kitchen/run-process.js'

const crateBefore = contents(crateFolder)
let cooked: Cooked
beforeAll(async () => {
  cooked = await cookSink()
  await bundleProcess()
}, 600_000)

const FORM_NAMES: Readonly<Record<Form, string>> = {
  sync: 'on the JavaScript thread',
  task: 'as tasks on the pool',
  door: 'through the Sync doors',
  stopped: 'as tasks that are stopped before they run',
}

describe.each(Object.entries(ROWS))('%s', (_, row) => {
  it.each(FORMS.map((form) => [FORM_NAMES[form], form] as const))('%s', async (_name, form) => {
    await runRow(row, cooked.sink, form)
  })

  it('leaves the JavaScript thread, or says why not', () => {
    const withTask = (row.gives ?? []).filter(([name]) => `${name}Task` in cooked.sink)
    expect(withTask).toHaveLength(row.stays === undefined ? (row.gives ?? []).length : 0)
  })
})

namesTests(() => cooked)
breakerTests(() => cooked, crateBefore)

describe('in a Worker', () => {
  it('every row does the same, and the process ends by itself', async () => {
    const { facts, ...ended } = await runProcess('rows', true)
    const results = facts.map((line) => JSON.parse(line) as { rule: string; form: string; failure: string | null })
    expect(results.filter(({ failure }) => failure !== null)).toEqual([])
    expect(results).toHaveLength(Object.keys(ROWS).length * FORMS.length)
    expect(ended).toEqual({ code: 0, signal: null, stderr: '' })
  })

  it('that is terminated with calls of a row in flight, nothing else ends', async () => {
    const ended = await runProcess('terminate', false)
    const rows = Object.keys(ROWS)
    expect(ended).toEqual({
      code: 0,
      signal: null,
      facts: [...rows.map((row) => `${row}: ended with 1`), `alive: ${String(rows.length)} rows`],
      stderr: '',
    })
  })
})

it.each(['on the main thread', 'in a Worker'])(
  'any value for any argument is refused by a typed error, %s',
  async (place) => {
    const ended = await runProcess('sweep', place === 'in a Worker')
    const facts = ['typed: true', 'most are refused: true', 'alive: 1.5']
    expect(ended).toEqual({ code: 0, signal: null, facts, stderr: '' })
  },
)

const FACTS: Readonly<Record<string, readonly string[]>> = {
  futures: ['dropped by its signal; by its deadline: ERR_TIMEOUT', 'Sync door: ERR_PANIC', 'leaving'],
}

describe('a panic', () => {
  for (const [probe, { behaviour }] of Object.entries(PANICS)) {
    it.each(['on the main thread', 'in a Worker'])(`${behaviour}, %s`, async (place) => {
      const { facts, ...ended } = await runProcess(probe, place === 'in a Worker')
      expect(ended).toEqual({ code: 0, signal: null, stderr: '' })
      expect(facts).toEqual(FACTS[probe] ?? ['done'])
    })
  }
})
