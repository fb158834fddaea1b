// ferrule's own systems are generated from their specs: each spec agrees with its engine, and what is committed is what it generates.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../src/wrap/spec/parse.js'

const root = dirname(createRequire(import.meta.url).resolve('ferrule/package.json'))

function ferrule(...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/wrap/cli.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, text: stdout + stderr }
}

const systems = readdirSync(join(root, 'crates')).filter((name) =>
  readdirSync(join(root, 'src')).some((folder) => folder === name),
)

/** Errors whose variants a macro writes out of a table: what is declared has no list of them to read here. */
const MADE_BY_MACRO = new Set(['fs Error', 'http ClientError'])

it('are all looked at', () => {
  expect(systems).toEqual(['concurrency', 'fs', 'hash', 'http', 'regex', 'sql'])
})

describe.each(systems)('the spec of %s', (system) => {
  const specPath = `src/${system}/${system}.wrapper_spec`

  it('agrees with the engine: names, parameters, types, ownership, errors', { timeout: 480_000 }, () => {
    expect(ferrule('verify', specPath)).toMatchObject({ status: 0 })
  })

  it('generates the glue and the binding that are committed', { timeout: 60_000 }, () => {
    expect(ferrule('generate', '--check', specPath)).toMatchObject({ status: 0 })
  })

  it('gives every variant of the engine’s errors a code, but the one for a call that was stopped', () => {
    const { spec } = parseSpec(readFileSync(join(root, specPath), 'utf8'), specPath)
    const described = (spec?.errors ?? []).map(({ rustType }) => rustType.split('::').slice(-2))
    const folder = join(root, 'crates', system, 'src')
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.rs'))
      .map((path) => readFileSync(join(folder, path), 'utf8'))
    const names = [...new Set(described.map(([name]) => name))]
    expect(names.length).toBeGreaterThan(0)
    for (const name of names.filter((name) => !MADE_BY_MACRO.has(`${system} ${name ?? ''}`))) {
      const declared = new RegExp(String.raw`^pub enum ${name ?? ''} \{.*?^\}`, 'ms')
      const declaration = sources.flatMap((source) => declared.exec(source)?.[0] ?? [])
      expect(declaration, name).toHaveLength(1)
      const variants = [...(declaration[0] ?? '').matchAll(/^ {4}(\w+)\b/gm)].map(([, variant]) => variant ?? '')
      const coded = described.filter(([owner]) => owner === name).map(([, variant]) => variant)
      // Why a call was stopped, its token knows: ERR_ABORTED, ERR_TIMEOUT.
      expect(coded.sort(), name).toEqual(variants.filter((variant) => variant !== 'Stopped').sort())
    }
  })
})
