// A crate with very many items: what the generator takes for it grows with their number, not with its square, and what it
// writes still parses. The short form has 2,000 items, the full form 20,000.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../docs/markdown.js'
import { syntaxErrors } from './emit-ts-package.js'

const full = process.env['FERRULE_TEST'] === 'full'
const modules = full ? 200 : 20
/** Per command: measured are 16 s and 1.3 GB for `generate` in the full form, 3 s and 250 MB in the short one. */
const mostCpuSeconds = full ? 30 : 10
const mostMegabytes = full ? 2048 : 512
const commandMs = full ? 900_000 : 120_000

const scratch = mkdtempSync(join(tmpdir(), 'ferrule-large-'))
const crate = join(scratch, 'large')
const out = join(scratch, 'package')
const spec = join(out, 'src', 'large', 'large.wrapper_spec')
const meter = join(scratch, 'meter.cjs')
const readings = join(scratch, 'readings.json')

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

/** 100 items in each module: ten classes with eight members, ten functions, five constants, five enums. */
function moduleText(module: number): string {
  const lines: string[] = []
  for (let at = 0; at < 10; at += 1) {
    const type = `Thing${module}X${at}`
    lines.push(
      `/// Number ${at}; its text has \`*/\`, \`\${a}\` and a \\\\ in it.`,
      `pub struct ${type} { value: u32 }`,
      `impl ${type} {`,
      `    /// Makes one.`,
      `    pub fn new(value: u32) -> Self { Self { value } }`,
      ...Array.from(
        { length: 7 },
        (_, method) =>
          `    /// Adds ${method}.\n    pub fn plus_${method}(&self, text: &str, more: Option<u32>) -> Result<u32, std::num::ParseIntError> { Ok(self.value + more.unwrap_or(${method}) + text.parse::<u32>()?) }`,
      ),
      `}`,
      `/// Makes one of a module.`,
      `pub fn make_${module}_${at}(value: u32) -> ${type} { ${type}::new(value) }`,
    )
  }
  for (let at = 0; at < 5; at += 1) {
    lines.push(
      `/// The most of a kind.\npub const MOST_${module}_${at}: u32 = ${at};`,
      `/// One of three.\n#[derive(Clone, Copy)]\npub enum Kind${module}X${at} { First, Second, Third }`,
    )
  }
  return `${lines.join('\n')}\n`
}

beforeAll(() => {
  mkdirSync(join(crate, 'src'), { recursive: true })
  mkdirSync(join(out, 'src', 'large'), { recursive: true })
  writeFileSync(
    join(crate, 'Cargo.toml'),
    '[package]\nname = "large"\nversion = "1.0.0"\nedition = "2021"\n\n[workspace]\n',
  )
  const names = Array.from({ length: modules }, (_, module) => `part${module}`)
  for (const [module, name] of names.entries()) writeFileSync(join(crate, 'src', `${name}.rs`), moduleText(module))
  writeFileSync(join(crate, 'src', 'lib.rs'), names.map((name) => `/// A part.\npub mod ${name};\n`).join(''))
  writeFileSync(
    meter,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(readings)}, JSON.stringify(process.resourceUsage())))`,
  )
})

/** Runs a command and holds it to its share of the machine; processor time, because others may use the machine too. */
function ferrule(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', meter, join(root, 'dist', 'wrap', 'cli.js'), ...args],
    {
      cwd: scratch,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: commandMs,
      env: { ...process.env, FERRULE_CACHE: join(scratch, 'cache') },
    },
  )
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
  const used = JSON.parse(readFileSync(readings, 'utf8')) as NodeJS.ResourceUsage
  expect((used.userCPUTime + used.systemCPUTime) / 1e6, 'seconds of processor time').toBeLessThan(mostCpuSeconds)
  expect(used.maxRSS / 1024, 'megabytes').toBeLessThan(mostMegabytes)
  return stdout
}

describe(`a crate with ${modules * 100} items`, () => {
  it(
    'is proposed as a whole',
    () => {
      const report = JSON.parse(ferrule('scan', crate, '--json', '--out', spec)) as { items: number; leftOut: object }
      expect(report.leftOut).toEqual({})
      // Enums are no items that are called.
      expect(report.items).toBe(modules * 95)
    },
    commandMs,
  )

  it(
    'agrees with its spec',
    () => {
      const { findings } = JSON.parse(ferrule('verify', out, '--json')) as { findings: unknown[] }
      expect(findings).toEqual([])
    },
    commandMs,
  )

  it(
    'becomes a package whose files parse',
    () => {
      const { write } = JSON.parse(ferrule('generate', out, '--json')) as { write: string[] }
      const sources = write.filter((path) => /\.m?ts$/.test(path))
      expect(sources).toEqual(expect.arrayContaining(['src/large/index.ts', 'src/large/native.ts']))
      for (const path of sources) {
        expect(syntaxErrors(path, readFileSync(join(out, path), 'utf8')), path).toEqual([])
      }
      const glue = readFileSync(join(out, 'src', 'large', 'glue.rs'), 'utf8')
      expect(glue.match(/plus_6/g)?.length).toBeGreaterThanOrEqual(modules * 10)
    },
    commandMs,
  )
})
