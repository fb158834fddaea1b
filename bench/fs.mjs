/** ferrule/fs against node:fs/promises and fast-glob, in rounds of fresh processes over the same files. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CONTENDERS } from './fs/contenders.mjs'
import { COMPARISONS, ROWS } from './fs/rows.mjs'
import { makeFiles } from './fs/files.mjs'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'

const ROUND = fileURLToPath(new URL('fs/round.mjs', import.meta.url))

/** @returns the results as `bench/results/fs.json` holds them */
export async function benchFs({ rounds, batchMs }, onRound) {
  // Every turn is a whole pass over the files, some of them seconds long.
  const plan = { rounds, batchMs, cycles: 3 }
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-bench-fs-'))
  try {
    makeFiles(folder)
    process.env.FERRULE_BENCH_FILES = folder
    const measured = await runRounds(ROUND, plan, onRound)
    const costs = measured.map((round) => round.costs)
    const results = resultsOf(costs, ROWS, ({ contenders }) => Object.keys(contenders), COMPARISONS)
    return { name: 'fs', plan, contenders: CONTENDERS, ...results }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
