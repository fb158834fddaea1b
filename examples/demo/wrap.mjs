/**
 * The last act of the demo: wraps a crate of the registry while you watch, then uses it.
 *
 * `node examples/demo/wrap.mjs <folder>`: the package appears in that folder, replacing that of an earlier demo.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const CRATE = 'rust_decimal'
const CLI = fileURLToPath(new URL('../../dist/wrap/cli.js', import.meta.url))

const folder = resolve(process.argv[2] ?? '.')
mkdirSync(folder, { recursive: true })
const packageFolder = join(folder, 'rust-decimal-node')
rmSync(packageFolder, { recursive: true, force: true })

console.log(`Now a crate that knows nothing of Node: ferrule wrap ${CRATE}\n`)
const { status } = spawnSync(process.execPath, [CLI, 'wrap', CRATE], {
  cwd: folder,
  stdio: 'inherit',
  // Kept apart from the package, so that the next demo compiles less.
  env: { ...process.env, CARGO_TARGET_DIR: join(folder, 'target') },
})
if (status !== 0) {
  console.error(
    `\nThe crate could not be wrapped (exit code ${status}). The registry of Rust crates has to be reachable.`,
  )
  process.exit(1)
}

const { Decimal } = createRequire(join(folder, 'demo.js'))(packageFolder)
const sum = Decimal.parse('0.1').add(Decimal.parse('0.2'))
console.log(`
0.1 + 0.2 in JavaScript                              ${0.1 + 0.2}
Decimal.parse('0.1').add(Decimal.parse('0.2'))       ${sum}`)
try {
  Decimal.parse('a tenth')
} catch (error) {
  console.log(`Decimal.parse('a tenth')                             ${error.name} ${error.code}: ${error.message}`)
}
