// node scripts/header.mjs [--check]
//
// Writes crates/capi/include/ferrule.h, the header of the C library, by what its sources declare; or with --check fails on any
// difference.
import { readFileSync } from 'node:fs'
import { at, place, read } from './project.mjs'

const path = at('crates', 'capi', 'include', 'ferrule.h')
const text = `${read('cargo', ['run', '--quiet', '--locked', '--package', 'ferrule-capi', '--example', 'header'])}\n`
if (!process.argv.includes('--check')) {
  place(path, text)
} else if (readFileSync(path, 'utf8') !== text) {
  console.error(`${path} is not what the sources declare; run \`node scripts/header.mjs\` and read the difference`)
  process.exitCode = 1
}
