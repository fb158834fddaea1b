// ferrule/sql is generated from its spec: the spec agrees with the engine, and what is committed is what it generates.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { parseSpec } from '../src/wrap/spec/parse.js'

const root = dirname(createRequire(import.meta.url).resolve('ferrule/package.json'))
const specPath = 'src/sql/sql.wrapper_spec'

function ferrule(...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/wrap/cli.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, text: stdout + stderr }
}

it('agrees with the engine: names, parameters, types, ownership, errors', { timeout: 240_000 }, () => {
  expect(ferrule('verify', specPath)).toMatchObject({ status: 0 })
})

it('generates the glue and the binding that are committed', { timeout: 60_000 }, () => {
  expect(ferrule('generate', '--check', specPath)).toMatchObject({ status: 0 })
})

it('gives every variant of the engine’s error a code, but the one for a call that was stopped', () => {
  const { spec } = parseSpec(readFileSync(join(root, specPath)), specPath)
  const described = (spec?.errors ?? []).map(({ rustType }) => rustType.replace(/^.*::/, ''))
  const source = readFileSync(join(root, 'crates/sql/src/error.rs'), 'utf8')
  const declaration = /^pub enum Error \{.*?^\}/ms.exec(source)?.[0] ?? ''
  const variants = [...declaration.matchAll(/^ {4}(\w+)\b/gm)].map(([, variant]) => variant)
  expect(variants.length).toBeGreaterThan(5)
  // Why a call was stopped, its token knows: ERR_ABORTED, ERR_TIMEOUT.
  expect([...described, 'Stopped'].sort()).toEqual(variants.sort())
})
