import { build } from 'esbuild'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Application, npmApplication, runsHere } from './installed.js'

describe.runIf(runsHere)('ferrule inside a bundle', () => {
  let application: Application

  beforeAll(async () => {
    application = await npmApplication('esm.mjs')
  })
  afterAll(() => {
    application.remove()
  })

  // Only JavaScript goes into a bundle; the binary stays in its package, which is deployed beside it.
  it.each([
    { format: 'cjs', file: 'bundle.cjs' },
    { format: 'esm', file: 'bundle.mjs' },
  ] as const)('runs as $format, with no shim and no external package named', async ({ format, file }) => {
    const entry = join(application.folder, 'entry.mjs')
    const result = await build({
      stdin: {
        // No top-level await, which the CommonJS format cannot express.
        contents: `
          import { isFerruleError } from 'ferrule'
          import { Regex } from 'ferrule/regex'
          const re = new Regex('[0-9]+')
          let recognised
          try { new Regex('(') } catch (error) { recognised = isFerruleError(error) }
          re.isMatchAsync('x1').then((async) => console.log(JSON.stringify({ sync: re.isMatch('x1'), async, recognised })))
        `,
        resolveDir: application.folder,
        sourcefile: entry,
      },
      absWorkingDir: application.folder,
      bundle: true,
      platform: 'node',
      target: 'node20.20',
      format,
      outfile: join(application.folder, file),
      logLevel: 'silent',
    })
    expect(result.warnings).toEqual([])
    const outcome = await application.node([file])
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(outcome.stdout)).toEqual({ sync: true, async: true, recognised: true })
  })
})
