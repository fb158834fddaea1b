// npm test            every behaviour, probes and soak in a short form
// npm run test:full   everything at full length, and the record of the run in __test__/record-full.md
//
// Sets up what is missing first. The last line is `N passed, N failed`, added up over all runners.
import { at, run } from './project.mjs'
import { setUp, setUpNodeVersions } from './setup.mjs'

const full = process.argv.includes('--full')
// Read by the tests that have a short and a long form.
process.env.FERRULE_TEST = full ? 'full' : 'short'

try {
  setUp()
  setUpNodeVersions()
} catch (error) {
  console.error(error.message)
  console.log('0 passed, 1 failed')
  process.exit(1)
}

// Only now is there anything to import from node_modules.
const { cargoTests, loomModels, timed, vitest } = await import('./test/runners.mjs')
const { runChecks } = await import('./check.mjs')

const results = [
  await timed('build', () => {
    run(process.execPath, [at('scripts', 'build.mjs'), '--check'])
    return { passed: 1 }
  }),
  await timed('source checks', () => {
    const { passed, failed } = runChecks()
    return { passed, failed: failed.length, notes: failed.map((name) => `${name} failed`) }
  }),
  await timed('cargo test', cargoTests),
  await timed('loom', loomModels),
  await timed('vitest', vitest),
]

console.log()
for (const { name, passed, failed, skipped, seconds, notes } of results) {
  const numbers = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  console.log(`${name.padEnd(14)} ${numbers} (${seconds.toFixed(1)} s)`)
  if (failed > 0) for (const note of notes) console.log(`  ${note}`)
}
if (full) {
  const { writeRecord } = await import('./test/record.mjs')
  writeRecord(results)
}

const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
console.log(`${total('passed')} passed, ${total('failed')} failed`)
process.exitCode = total('failed') > 0 ? 1 : 0
