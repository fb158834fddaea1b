import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Application, npmApplication, repository, runsHere, tool } from './installed.js'

describe.runIf(runsHere)('the published declarations', () => {
  let application: Application

  beforeAll(async () => {
    application = await npmApplication('types')
  })
  afterAll(() => {
    application.remove()
  })

  function configure(compilerOptions: object, files: string[]): void {
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
          noEmit: true,
          types: ['node'],
          typeRoots: [join(repository, 'node_modules', '@types')],
          ...compilerOptions,
        },
        files,
      }),
    )
  }

  const compilers = {
    'TypeScript 5.9': tool('typescript', 'bin/tsc'),
    'TypeScript 7': tool('typescript-7', 'bin/tsc'),
  }

  it.each(Object.entries(compilers))('satisfy a strict consumer of both module kinds in %s', async (_, compiler) => {
    configure({ module: 'nodenext', moduleResolution: 'nodenext' }, ['consumer.mts', 'consumer.cts'])
    expect(await application.node([compiler, '--project', 'types'])).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('are found by a CommonJS project that resolves the old way, without exports', async () => {
    configure({ module: 'commonjs', moduleResolution: 'node10' }, ['consumer.cts'])
    const outcome = await application.node([compilers['TypeScript 5.9'], '--project', 'types'])
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
