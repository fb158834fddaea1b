// The boundary's crates as they travel inside the npm package: complete without the workspace they come from.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const stage = mkdtempSync(join(tmpdir(), 'ferrule-crates-'))

beforeAll(async () => {
  const scripts = (await import(pathToFileURL(join(root, 'scripts', 'boundary-crates.mjs')).href)) as {
    stageBoundaryCrates: (stage: string) => void
  }
  scripts.stageBoundaryCrates(stage)
})

afterAll(() => {
  rmSync(stage, { recursive: true, force: true })
})

describe('the boundary’s crates in the npm package', () => {
  it.each(['core', 'node'])('%s takes nothing from a workspace', (crate) => {
    expect(readFileSync(join(stage, 'crates', crate, 'Cargo.toml'), 'utf8')).not.toContain('workspace')
  })

  it('node finds core beside it', () => {
    const args = ['metadata', '--no-deps', '--offline', '--format-version', '1']
    const { status, stdout, stderr } = spawnSync(
      'cargo',
      [...args, '--manifest-path', join(stage, 'crates', 'node', 'Cargo.toml')],
      { encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const { packages } = JSON.parse(stdout) as {
      packages: { dependencies: { name: string; path?: string }[] }[]
    }
    const core = packages[0]?.dependencies.find(({ name }) => name === 'ferrule-core')
    expect(core?.path).toBe(join(stage, 'crates', 'core'))
  })

  it('have the dependencies of the repository, the tests’ own left out', () => {
    const manifest = readFileSync(join(stage, 'crates', 'core', 'Cargo.toml'), 'utf8')
    const workspace = readFileSync(join(root, 'Cargo.toml'), 'utf8')
    const tokio = workspace.split('\n').find((line) => line.startsWith('tokio = '))
    expect(tokio).toBeDefined()
    expect(manifest).toContain(tokio)
    expect(manifest).not.toContain('proptest')
    expect(manifest).not.toContain('loom =')
  })
})
