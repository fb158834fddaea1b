// npm run generate [-- --check]
//
// Writes what follows from the specs of ferrule's own systems, or with --check fails on any difference. Expects a built dist/.
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { at, run } from './project.mjs'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const specs = readdirSync(at('src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(at('src', name)).map((file) => at('src', name, file)))
  .filter((path) => path.endsWith('.wrapper_spec'))

const check = values.check ? ['--check'] : []
for (const spec of specs) run(process.execPath, [at('dist', 'wrap', 'cli.js'), 'generate', ...check, spec])
