// npm run fuzz -- [target] [seconds] [--keep]
//
// Hands a check of crates/fuzz whatever libFuzzer thinks of, starting from its corpus: 60 seconds, or as many as told; every target
// in turn without a name. What is found stays in target/fuzz/<target>; what breaks a check is named crash-… there, and the
// command fails. With --keep what reaches code that the corpus did not is added to it. Expects cargo-fuzz (`cargo install cargo-fuzz`).
import { mkdirSync, readdirSync } from 'node:fs'
import { at, CommandFailed, read, run } from './project.mjs'

const targets = readdirSync(at('crates', 'fuzz', 'corpus')).sort()
const words = process.argv.slice(2).filter((word) => word !== '--keep')
const keep = process.argv.includes('--keep')
const named = words.filter((word) => !/^\d+$/.test(word))
const seconds = words.find((word) => /^\d+$/.test(word)) ?? '60'

/** Sanitizers are no part of the stable compiler; with this it builds them all the same. */
const env = { RUSTC_BOOTSTRAP: '1' }

function fuzz(target, ...options) {
  const place = ['--fuzz-dir', at('crates', 'fuzz', 'targets'), '--target-dir', at('target', 'fuzz', 'build')]
  run('cargo', ['fuzz', 'run', ...place, target, ...options], { env })
}

function fuzzTarget(target) {
  const corpus = at('crates', 'fuzz', 'corpus', target)
  const found = at('target', 'fuzz', target)
  mkdirSync(found, { recursive: true })
  fuzz(
    target,
    found,
    corpus,
    '--',
    `-max_total_time=${seconds}`,
    `-artifact_prefix=${found}/`,
    '-max_len=4096',
    '-print_final_stats=1',
  )
  // By the code an input reaches; how often it does would keep hundreds.
  if (keep) fuzz(target, corpus, found, '--', '-merge=1', '-use_counters=0')
}

try {
  const unknown = named.find((name) => !targets.includes(name))
  if (unknown !== undefined) throw new CommandFailed(`no target is named ${unknown}: ${targets.join(', ')}`)
  try {
    read('cargo', ['fuzz', '--version'])
  } catch {
    throw new CommandFailed('cargo-fuzz is not installed: cargo install cargo-fuzz')
  }
  for (const target of named.length > 0 ? named : targets) fuzzTarget(target)
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error
  console.error(error.message)
  process.exitCode = 1
}
