// node scripts/spec-docs.mjs [--check]
//
// Writes docs/spec.md and schema/ferrule-spec.schema.json from the one description of specs in src/wrap/spec. With --check it
// writes nothing and fails when one of them is not what it would write.
import { build } from 'esbuild'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { pathToFileURL } from 'node:url'
import { at } from './project.mjs'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

/** The files by path, from the TypeScript that describes them. */
async function published() {
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-spec-docs-'))
  try {
    const outfile = join(folder, 'published.mjs')
    await build({
      entryPoints: [at('src', 'wrap', 'spec', 'published.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'warning',
    })
    const module = await import(pathToFileURL(outfile).href)
    return module.published()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

for (const [path, text] of await published()) {
  const file = at(path)
  const isSame = existsSync(file) && readFileSync(file, 'utf8') === text
  if (isSame) continue
  if (values.check) {
    console.error(`${path} is not what its description says. Run: node scripts/spec-docs.mjs`)
    process.exitCode = 1
  } else {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    console.log(`wrote ${path}`)
  }
}
