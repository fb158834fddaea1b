import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Application, npmApplication, repository, runsHere, tool } from './installed.js'

describe.runIf(runsHere)('the published declarations', () => {
  let application: Application

  beforeAll(async () => {
    application = await npmApplication('types')
    writeFileSync(
      join(application.folder, 'types', 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          // Everything that could hide a fault of a declaration is off.
          skipLibCheck: false,
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          // No newer library: what the declarations need beyond it they have to bring.
          target: 'es2022',
          lib: ['es2022'],
          module: 'nodenext',
          moduleResolution: 'nodenext',
          noEmit: true,
          types: ['node'],
          typeRoots: [join(repository, 'node_modules', '@types')],
        },
        files: ['consumer.mts', 'consumer.cts'],
      }),
    )
  })
  afterAll(() => {
    application.remove()
  })

  it.each([
    { compiler: 'TypeScript 5.9', script: tool('typescript', 'bin/tsc') },
    { compiler: 'TypeScript 7', script: tool('typescript-7', 'bin/tsc') },
  ])('satisfy a strict consumer of both module kinds in $compiler', async ({ script }) => {
    const outcome = await application.node([script, '--project', 'types'])
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
