// What is generated goes through real formatters: its text is parsed before it is written, and one text has one form.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'prettier'
import { afterAll, describe, expect, it } from 'vitest'
import { CommandError } from '../../src/wrap/commands/command-error.js'
import { exitCodes } from '../../src/wrap/commands/exit-codes.js'
import { emitIndex, emitNative, emitSupport } from '../../src/wrap/generate/typescript.js'
import { formatFiles } from '../../src/wrap/tools/format.js'
import { root } from '../docs/markdown.js'
import { semverPackage } from './emit-ts-package.js'

const scratch = mkdtempSync(join(tmpdir(), 'ferrule-format-'))
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

const context = { packageFolder: root, cwd: root, signal: new AbortController().signal }
const formatted = (files: Record<string, string>, at = context): Promise<Map<string, string>> =>
  formatFiles(new Map(Object.entries(files)), at)

async function failure(files: Record<string, string>, at = context): Promise<CommandError> {
  const error: unknown = await formatted(files, at).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof CommandError) return error
  return expect.unreachable(`formatting ended with ${String(error)}`)
}

describe('formatting what was generated', () => {
  it('keeps the order of the files, and leaves alone what no formatter is for', async () => {
    const files = await formatted({ 'b.md': '*  b', 'a.ts': 'let a=1;', 'c.rs': 'fn  c(){}', 'd.json': '{"d":[1]}' })
    expect(Array.from(files)).toEqual([
      ['b.md', '*  b'],
      ['a.ts', 'let a = 1\n'],
      ['c.rs', 'fn c() {}\n'],
      ['d.json', '{ "d": [1] }\n'],
    ])
  })

  it('gives the same bytes again, and of its own output too', async () => {
    const sources = {
      'index.ts': emitIndex(semverPackage()),
      'native.ts': emitNative(semverPackage()),
      ...Object.fromEntries(emitSupport(semverPackage())),
    }
    const once = await formatted(sources)
    expect(await formatted(sources)).toEqual(once)
    expect(await formatted(Object.fromEntries(once))).toEqual(once)
  })

  it('prints as Prettier would, by which this repository is checked', async () => {
    const sources = { 'index.ts': emitIndex(semverPackage()), 'native.ts': emitNative(semverPackage()) }
    const options = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 120 }
    const printed = await formatted(sources)
    for (const [path, text] of Object.entries(sources)) expect(printed.get(path)).toBe(await format(text, options))
  })

  it('keeps the order of package.json, and what stands in template literals', async () => {
    const template = 'const a = html`<b>  </b>`\n'
    const files = await formatted({ 'package.json': '{"name":"a","license":"MIT","files":[]}', 'a.ts': template })
    expect(Object.keys(JSON.parse(files.get('package.json') ?? '') as object)).toEqual(['name', 'license', 'files'])
    expect(files.get('a.ts')).toBe(template)
  })

  it.each([
    ['src/a/index.ts', 'class {'],
    ['src/index.mts', 'export { from'],
    ['tsconfig.json', '{ "a": }'],
    ['src/a/glue.rs', 'fn a( {}'],
  ])('a fault in %s ends it with a fault of the generator that names the file', async (path, text) => {
    const error = await failure({ 'good.ts': 'let a = 1', 'good.rs': 'fn a() {}', [path]: text })
    expect(error.exitCode).toBe(exitCodes.generator)
    expect(error.message).toContain(`what was generated for ${path} cannot be parsed`)
    expect(error.message.split('\n').length).toBeGreaterThan(1)
  })

  it('a formatter that does not load is a tool that fails, with the command that gets it', async () => {
    const folder = join(scratch, 'node_modules', 'oxfmt')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "name": "oxfmt", "main": "index.js" }')
    writeFileSync(join(folder, 'index.js'), 'throw new Error("no binary for this platform")')
    const error = await failure({ 'a.ts': 'let a = 1' }, { ...context, packageFolder: scratch })
    expect(error.exitCode).toBe(exitCodes.tool)
    expect(error.message).toContain(`oxfmt in ${folder} cannot be loaded: no binary for this platform`)
    expect(error.wayOut).toMatch(/^npm install --save-dev oxfmt@/)
  })
})
