import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Application, emptyApplication, runsHere, tool } from './installed.js'

describe.runIf(runsHere)('ferrule installed by other package managers', () => {
  let application: Application | undefined

  afterEach(() => {
    application?.remove()
  })

  /** A manifest that takes every package from its tarball; `overrides` is the manager's own way to say so. */
  function writeManifest(app: Application, overrides: (files: Record<string, string>) => object): void {
    const files = Object.fromEntries(Object.entries(app.tarballs).map(([name, path]) => [name, `file:${path}`]))
    writeFileSync(
      join(app.folder, 'package.json'),
      JSON.stringify({
        name: 'application',
        version: '1.0.0',
        private: true,
        dependencies: { ferrule: files['ferrule'] },
        ...overrides(files),
      }),
    )
  }

  it('runs in the linked layout of pnpm, where only direct dependencies are in reach', async () => {
    application = emptyApplication('esm.mjs')
    writeManifest(application, (overrides) => ({ pnpm: { overrides } }))
    const install = ['install', '--offline', '--config.confirmModulesPurge=false']
    const store = ['--store-dir', join(application.folder, 'store')]
    const installed = await application.node([tool('pnpm', 'bin/pnpm.cjs'), ...install, ...store])
    expect(installed.code, installed.stdout + installed.stderr).toBe(0)

    const outcome = await application.node(['esm.mjs'])
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(outcome.stdout)).toMatchObject({ sync: true, async: true, recognised: true })
  })

  it('runs under Yarn Plug’n’Play, where there is no node_modules', async () => {
    application = emptyApplication('esm.mjs', 'commonjs.cjs')
    writeManifest(application, (resolutions) => ({ resolutions }))
    mkdirSync(join(application.folder, 'yarn'))
    writeFileSync(
      join(application.folder, '.yarnrc.yml'),
      [
        'nodeLinker: pnp',
        'enableTelemetry: false',
        'enableNetwork: false',
        'enableImmutableInstalls: false',
        'enableGlobalCache: false',
        // Off by default for a CommonJS application; without it Node alone looks for what an .mjs file imports.
        'pnpEnableEsmLoader: true',
        `globalFolder: ${join(application.folder, 'yarn')}`,
      ].join('\n'),
    )
    writeFileSync(join(application.folder, 'yarn.lock'), '')
    const yarn = tool('@yarnpkg/cli-dist', 'bin/yarn.js')
    const installed = await application.node([yarn, 'install'])
    expect(installed.code, installed.stdout + installed.stderr).toBe(0)

    for (const script of ['esm.mjs', 'commonjs.cjs']) {
      const outcome = await application.node([yarn, 'node', script])
      expect(outcome.code, outcome.stdout + outcome.stderr).toBe(0)
      expect(JSON.parse(outcome.stdout)).toMatchObject({ sync: true, async: true, recognised: true })
    }
  })
})
