// docs/wrap.md is a tutorial: its commands are run one after the other, as a reader would, and what it shows is compared.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { exitCodeTable } from '../../src/wrap/commands/exit-codes.js'
import { blocksOf, pages, root, tableBelow } from '../docs/markdown.js'

const page = pages().find(({ path }) => path === 'docs/wrap.md')
if (page === undefined) throw new Error('docs/wrap.md is missing')
const steps = blocksOf(page).filter(({ attributes }) => attributes['tutorial'] !== undefined)
/** Of the crate that the page shows: a later one may have other items. */
const version = /rust_decimal (\d+\.\d+\.\d+):/.exec(page.text)?.[1]

const scratch = mkdtempSync(join(tmpdir(), 'ferrule-tutorial-'))
const env = {
  ...process.env,
  FERRULE_CACHE: join(scratch, 'cache'),
  // Kept between test runs: the boundary's crates need not be compiled each time.
  CARGO_TARGET_DIR: join(root, 'target', 'wrap-test'),
}
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

function node(args: readonly string[]): { status: number | null; output: string; stdout: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: scratch, env, encoding: 'utf8' })
  return { status, output: stdout + stderr, stdout }
}

/** Counts, sizes, times and the columns they stand in differ from run to run. */
const masked = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('✔'))
    .map((line) => line.replaceAll(/[\d.]+/g, '#').replaceAll(/\s+/g, ' '))

describe('the tutorial of ferrule wrap', () => {
  let last = ''

  it.each(steps.map((block) => ({ title: `${block.page}:${block.line} (${block.language})`, block })))(
    '$title',
    ({ block: { language, code } }) => {
      if (language === 'sh') {
        for (const command of code.split('\n')) {
          const [npx, ferrule, ...args] = command.split(' ')
          expect([npx, ferrule]).toEqual(['npx', 'ferrule'])
          const pinned = args.map((arg) => (arg === 'rust_decimal' ? `${arg}@${version ?? ''}` : arg))
          const { status, output } = node([join(root, 'dist', 'wrap', 'cli.js'), ...pinned])
          expect({ command, status, output }).toEqual({ command, status: 0, output })
          last = output
        }
      } else if (language === 'text') {
        expect(masked(last)).toEqual(masked(code))
      } else {
        mkdirSync(join(scratch, 'node_modules'))
        symlinkSync(join(scratch, 'rust-decimal-node'), join(scratch, 'node_modules', 'rust-decimal-node'))
        const { status, stdout } = node(['-e', code])
        const shown = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, said]) => said)
        expect(stdout.trim().split('\n')).toEqual(shown)
        expect(status).toBe(0)
      }
    },
    20 * 60_000,
  )

  it('begins with the command that README.md shows', () => {
    const readme = pages().find(({ path }) => path === 'README.md')
    const shown = readme === undefined ? [] : blocksOf(readme).filter(({ attributes }) => 'tutorial' in attributes)
    expect(shown.map(({ code }) => code)).toEqual([steps[0]?.code])
  })

  it('shows the exit codes as they are', () => {
    expect(tableBelow(page, 'Exit codes')).toEqual(exitCodeTable.map(({ code, meaning }) => [String(code), meaning]))
  })
})
