// fixtures/rows as a user gets it: scanned, generated, built by the command itself, and loaded.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { RowsApi } from './rows-api.js'

const root = join(import.meta.dirname, '..', '..')
const cli = join(root, 'dist', 'wrap', 'cli.js')
const scratch = join(root, 'target', 'wrap-rows')

export interface Rows {
  readonly api: RowsApi
  /** The package's folder. */
  readonly folder: string
  /** What `verify` says of the spec. */
  readonly verified: string
  /** What the package's own tests end with. */
  readonly tested: string
}

function ferrule(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: scratch,
    encoding: 'utf8',
    // Kept between test runs: the boundary's crates need not be compiled each time.
    env: {
      ...process.env,
      FERRULE_CACHE: join(scratch, 'cache'),
      CARGO_TARGET_DIR: join(root, 'target', 'wrap-test'),
    },
  })
  if (status !== 0) throw new Error(`ferrule ${args.join(' ')} ended with ${String(status)}:\n${stdout}${stderr}`)
  return stdout + stderr
}

/** The whole way, in a build without optimisations. */
export function wrapRows(): Rows {
  const folder = join(scratch, 'package')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  cpSync(join(import.meta.dirname, 'fixtures', 'rows'), join(scratch, 'rows'), { recursive: true })
  ferrule(['scan', './rows', '--out', 'package/src/rows/rows.wrapper_spec'])
  ferrule(['generate', 'package'])
  ferrule(['build', 'package', '--debug'])
  const verified = ferrule(['verify', 'package'])
  const tested = ferrule(['test', 'package'])
  const api = createRequire(join(folder, 'package.json'))(join(folder, 'dist', 'index.js')) as RowsApi
  return { api, folder, verified, tested }
}

/** The code of the error that a call throws. */
export function codeOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    return (error as { code?: string }).code ?? `no code: ${String(error)}`
  }
  return 'nothing thrown'
}

/** The code of the error that a promise rejects with. */
export async function rejectionOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call()
  } catch (error) {
    const { code, name } = error as { code?: unknown; name: string }
    return typeof code === 'string' ? code : name
  }
  return 'nothing thrown'
}
