/** `ferrule scan`, `verify` and `generate` as a user runs them: each a process, with a spec as the one before wrote it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CRATE, READINGS } from './generator/bounds.mjs'

const CLI = fileURLToPath(new URL('../dist/wrap/cli.js', import.meta.url))
const TIME_CHILDREN = fileURLToPath(new URL('generator/time-children.cjs', import.meta.url))

/** @returns the results as `bench/results/generator.json` holds them */
export function benchGenerator({ rounds }, onRound) {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run \`npm run build\` first`)
  const scratch = mkdtempSync(join(tmpdir(), 'ferrule-bench-'))
  const figures = []
  try {
    // Resolved and downloaded once: what the network takes is no figure.
    ferrule(scratch, 'scan', `${CRATE.name}@${CRATE.version}`)
    for (let round = 1; round <= rounds; round++) {
      figures.push(measureRound(scratch))
      onRound(round, rounds)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  return {
    name: 'generator',
    plan: { rounds },
    how: `${CRATE.name} ${CRATE.version}; in a round the crate is compiled and read anew, each command a process of its own.`,
    contenders: {},
    rows: [],
    comparisons: [],
    readings: READINGS.map(({ reading, title }) => ({ reading, title, rounds: figures.map((one) => one[reading]) })),
  }
}

/** One round, in milliseconds by reading. */
function measureRound(scratch) {
  forgetCrate(scratch)
  const folder = join(scratch, 'package')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const spec = join(folder, `${CRATE.name}.wrapper_spec`)
  const scan = ferrule(scratch, 'scan', `${CRATE.name}@${CRATE.version}`, '--out', spec)
  const verify = ferrule(scratch, 'verify', folder)
  const generate = ferrule(scratch, 'generate', folder)
  const unchanged = ferrule(scratch, 'generate', folder)
  if (!/^(\d+) files, \1 unchanged$/m.test(unchanged.stderr)) throw new Error(`not unchanged: ${unchanged.stderr}`)
  const beyond = scan.ms - scan.rustdoc
  return {
    rustdoc: scan.rustdoc,
    scan: beyond,
    verify: verify.ms,
    generate: generate.ms,
    all: beyond + verify.ms + generate.ms,
    unchanged: unchanged.ms,
  }
}

/** Leaves what cargo resolved, and nothing of what was compiled or read. */
function forgetCrate(scratch) {
  const cache = join(scratch, 'cache')
  rmSync(join(cache, 'models'), { recursive: true, force: true })
  for (const project of readdirSync(join(cache, 'read'))) {
    rmSync(join(cache, 'read', project, 'target'), { recursive: true, force: true })
  }
}

function ferrule(scratch, ...args) {
  const children = join(scratch, 'children.jsonl')
  writeFileSync(children, '')
  const started = performance.now()
  const { status, stderr, error } = spawnSync(process.execPath, ['--require', TIME_CHILDREN, CLI, ...args], {
    cwd: scratch,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, FERRULE_CACHE: join(scratch, 'cache'), FERRULE_BENCH_CHILDREN: children },
  })
  const ms = performance.now() - started
  if (status !== 0) throw new Error(`ferrule ${args.join(' ')} failed: ${error?.message ?? stderr}`)
  return { ms, stderr, rustdoc: rustdocIn(readFileSync(children, 'utf8')) }
}

function rustdocIn(lines) {
  const children = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  return children.filter(({ args }) => args[0] === 'rustdoc').reduce((sum, { ms }) => sum + ms, 0)
}
