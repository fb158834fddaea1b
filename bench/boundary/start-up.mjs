/** What `import 'ferrule/regex'` and a first match add to a process, over one that does nothing. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { shuffled } from '../measure/random.mjs'

const SCRIPTS = ['bare', 'regex'].map((name) => ({
  name,
  path: fileURLToPath(new URL(`start/${name}.mjs`, import.meta.url)),
}))

const BUILT = fileURLToPath(new URL('../../dist/regex/index.mjs', import.meta.url))

/**
 * Starts both in random order, `pairs` times.
 *
 * @returns {{ startInside: number[], startWhole: number[] }} milliseconds over bare Node, one figure per pair; none before a build
 */
export function measureStartUp(pairs) {
  if (!existsSync(BUILT)) return { startInside: [], startWhole: [] }
  // The first start of each reads the disk; every later one finds its files in memory.
  for (const script of SCRIPTS) start(script)
  const startInside = []
  const startWhole = []
  for (let pair = 0; pair < pairs; pair++) {
    const figures = {}
    for (const script of shuffled(SCRIPTS, Math.random)) figures[script.name] = start(script)
    startInside.push(figures.regex.inside - figures.bare.inside)
    startWhole.push(figures.regex.whole - figures.bare.whole)
  }
  return { startInside, startWhole }
}

function start({ path }) {
  const before = performance.now()
  const inside = Number(execFileSync(process.execPath, [path], { encoding: 'utf8' }))
  return { inside, whole: performance.now() - before }
}
