/**
 * The README example of a wrapped crate, written against its package: `readme/<crate>.mts`. It is type-checked under `strict`
 * against the types that the package ships, and run; its assertions are the results that the README claims.
 *
 * `node bench/wrap/readme.mjs <crate> <folder of the package>` runs one by itself.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url))
const EXAMPLES = fileURLToPath(new URL('readme/', import.meta.url))
const TSC = join(REPOSITORY, 'node_modules/typescript/bin/tsc')
const MINUTES = 60_000

/** A paragraph of an example's first comment says behind these words what is not in it. */
const MISSING = 'Not written: '

/**
 * @param {string} crate
 * @param {string} packageFolder
 * @returns {{ ok: boolean, missing?: string, failure?: string } | undefined} `undefined` when no example is written.
 */
export function runReadme(crate, packageFolder) {
  const source = join(EXAMPLES, `${crate}.mts`)
  if (!existsSync(source)) return undefined
  const missing = notWritten(readFileSync(source, 'utf8'))
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-readme-'))
  try {
    const failure = checkAndRun(crate, source, packageFolder, folder)
    return {
      ok: failure === undefined,
      ...(missing === undefined ? {} : { missing }),
      ...(failure === undefined ? {} : { failure }),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Why it fails; nothing when it passes. */
function checkAndRun(crate, source, packageFolder, folder) {
  const { name } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  symlinkSync(resolve(packageFolder), join(modules, name), 'junction')
  cpSync(source, join(folder, `${crate}.mts`))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [`${crate}.mts`] }))
  const compiled = spawnSync(process.execPath, [TSC, '--project', folder], { encoding: 'utf8', timeout: 10 * MINUTES })
  if (compiled.status !== 0) return `does not type-check: ${compiled.error?.message ?? compiled.stdout.trim()}`
  const run = spawnSync(process.execPath, [join(folder, `${crate}.mjs`)], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 2 * MINUTES,
  })
  return run.status === 0 ? undefined : (run.error?.message ?? thrown(run.stderr) ?? `ended by ${run.signal}`)
}

/** What Node prints of an error that nobody caught, from the error on. */
function thrown(stderr) {
  const lines = stderr.trim().split('\n')
  const from = lines.findIndex((line) => line.includes('Error'))
  return lines.slice(Math.max(0, from), from + 8).join('\n') || undefined
}

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: 'es2022',
  lib: ['es2022', 'esnext.disposable'],
  module: 'nodenext',
  types: ['node'],
  typeRoots: [join(REPOSITORY, 'node_modules/@types')],
}

/** The paragraph of the first comment that begins with `Not written:`. */
function notWritten(text) {
  const paragraphs = text
    .slice(0, text.indexOf('*/'))
    .split('\n')
    .map((line) => line.trim().replace('/**', '').replace('*', '').trim())
    .join('\n')
    .split('\n\n')
    .map((paragraph) => paragraph.replaceAll('\n', ' ').trim())
  return paragraphs.find((paragraph) => paragraph.startsWith(MISSING))?.slice(MISSING.length)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [crate = '', packageFolder = ''] = process.argv.slice(2)
  const result = runReadme(crate, packageFolder)
  console.log(result ?? `no example is written for ${crate}`)
  if (result?.ok !== true) process.exitCode = 1
}
