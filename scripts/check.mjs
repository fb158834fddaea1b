// npm run check
//
// Everything that can be wrong with the sources without running them: format and lint of both languages, types, and
// derived files that no longer match what they derive from. Expects a built dist/, because tests import the package as
// its users do.
import { anyLinkerEnvironment } from './build/cross-toolchain.mjs'
import { at, binOf, run } from './project.mjs'

const node = (script, ...args) => [process.execPath, [script, ...args]]

/** @type {{ name: string, command: [string, string[]] }[]} */
const checks = [
  { name: 'format: TypeScript', command: node(binOf('prettier'), '--check', '--log-level', 'warn', '.') },
  { name: 'format: Rust', command: ['cargo', ['fmt', '--all', '--check']] },
  { name: 'types', command: node(binOf('typescript', 'tsc'), '--project', 'tsconfig.json') },
  { name: 'lint: TypeScript', command: node(binOf('eslint'), '--max-warnings', '0', '.') },
  {
    name: 'lint: Rust',
    command: ['cargo', ['clippy', '--workspace', '--all-targets', '--locked', '--quiet', '--', '-D', 'warnings']],
  },
  { name: 'drift: contracts', command: node(at('scripts', 'contract.mjs'), '--check') },
  { name: 'drift: generated systems', command: node(at('scripts', 'generate.mjs'), '--check') },
  { name: 'drift: header of the C library', command: node(at('scripts', 'header.mjs'), '--check') },
  { name: 'drift: platform packages', command: node(at('scripts', 'platform-packages.mjs'), '--check') },
  { name: 'drift: third-party licences', command: node(at('scripts', 'licenses.mjs'), '--check') },
]

/** Runs every check, also after one has failed, and returns how many passed and the names of those that failed. */
export function runChecks() {
  const failed = []
  for (const { name, command } of checks) {
    const started = performance.now()
    try {
      run(...command, { env: anyLinkerEnvironment() })
      console.log(`ok      ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
    } catch (error) {
      failed.push(name)
      console.log(`FAILED  ${name}: ${error.message}`)
    }
  }
  return { passed: checks.length - failed.length, failed }
}

if (process.argv[1] === at('scripts', 'check.mjs')) {
  if (runChecks().failed.length > 0) process.exitCode = 1
}
