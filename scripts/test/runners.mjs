// Each runner runs one kind of test, shows its output and returns what it counted. A runner that executed nothing has
// failed: a suite that silently became empty must not look like one that passed.
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { anyLinkerEnvironment } from '../build/cross-toolchain.mjs'
import { at, binOf, readJson, root } from '../project.mjs'

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, seconds: number, notes: string[] }} Result */

/** Gives a runner its name and time, and turns "nothing ran" and "it broke down" into failures. */
export async function timed(name, runner) {
  console.log(`\n=== ${name} ===`)
  const started = performance.now()
  /** @type {Result} */
  const result = { name, passed: 0, failed: 0, skipped: 0, seconds: 0, notes: [] }
  try {
    Object.assign(result, await runner())
  } catch (error) {
    result.failed += 1
    result.notes.push(error.message)
  }
  if (result.passed + result.failed === 0) {
    result.failed = 1
    result.notes.push('executed no test at all')
  }
  result.seconds = (performance.now() - started) / 1000
  for (const note of result.notes) console.log(`${name}: ${note}`)
  return result
}

/** The crates' own tests. */
export function cargoTests() {
  // The release profile without its link-time optimisation, which would double the time to build and changes nothing
  // that a test sees; with overflow checks, which the shipped build has not.
  const profile = { lto: '"off"', 'codegen-units': 16, 'debug-assertions': true }
  const settings = Object.entries(profile).flatMap(([key, value]) => ['--config', `profile.release.${key}=${value}`])
  return libtest(['test', '--workspace', '--release', '--locked', '--no-fail-fast', ...settings])
}

/** The concurrent parts of the core under every interleaving `loom` can find. */
export function loomModels() {
  return libtest(
    [
      'test',
      '--package',
      'ferrule-core',
      '--release',
      '--locked',
      '--no-fail-fast',
      '--test',
      'loom*',
      '--target-dir',
      at('target', 'loom'),
    ],
    { RUSTFLAGS: '--cfg ferrule_loom' },
  )
}

/** The TypeScript side, and the addon through it. */
export async function vitest() {
  const report = at('target', 'vitest.json')
  rmSync(report, { force: true })
  const { code } = await tee(process.execPath, [
    binOf('vitest'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  if (!existsSync(report)) throw new Error(`ended with exit code ${code} before it wrote its report`)
  return countVitest(readJson(report), code)
}

/** Adds up Vitest's JSON report. */
export function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }, exitCode) {
  // A file that broke before its first test failed, too, though none of its tests did.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = numFailedTests + broken.length
  const notes = broken.map((file) => `${file.name} broke down: ${file.message}`)
  if (exitCode !== 0 && failed === 0) notes.push(`ended with exit code ${exitCode} though no test failed`)
  return {
    passed: numPassedTests,
    failed: exitCode !== 0 ? Math.max(failed, 1) : failed,
    skipped: numPendingTests + numTodoTests,
    notes,
  }
}

async function libtest(args, env = {}) {
  const { code, output } = await tee('cargo', args, { ...anyLinkerEnvironment(), ...env })
  return countLibtest(output, code)
}

/** Adds up the summaries that each of cargo's test binaries ends with. */
export function countLibtest(output, exitCode) {
  const sum = { passed: 0, failed: 0, skipped: 0, notes: [] }
  const summary = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm
  for (const [, passed, failed, ignored] of output.matchAll(summary)) {
    sum.passed += Number(passed)
    sum.failed += Number(failed)
    sum.skipped += Number(ignored)
  }
  if (exitCode !== 0 && sum.failed === 0) {
    sum.failed = 1
    sum.notes.push(`cargo ended with exit code ${exitCode} before every test had run`)
  }
  return sum
}

/** Runs a command with its output both shown and kept (of stdout; cargo's progress goes to stderr). */
function tee(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const chunks = []
    child.stdout.on('data', (chunk) => {
      chunks.push(chunk)
      process.stdout.write(chunk)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, output: Buffer.concat(chunks).toString() })
    })
  })
}
