import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Application, npmApplication, readJson, runsHere, tool } from './installed.js'

interface Report {
  numPassedTests: number
  numFailedTests: number
  numTotalTestSuites: number
}

describe.runIf(runsHere)('ferrule in the test suites of its users', () => {
  let application: Application

  beforeAll(async () => {
    application = await npmApplication('vitest-suite', 'jest-suite')
  })
  afterAll(() => {
    application.remove()
  })

  it('runs in Vitest', async () => {
    const report = join(application.folder, 'vitest.json')
    const outcome = await application.node([
      ...[tool('vitest', 'vitest.mjs'), 'run', '--globals', '--root', join(application.folder, 'vitest-suite')],
      ...['--reporter=json', `--outputFile=${report}`],
    ])
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    expect(readJson(report) as Report).toMatchObject({ numPassedTests: 2, numFailedTests: 0 })
  })

  it('runs in Jest, two files in one process, and lets it end by itself', async () => {
    const report = join(application.folder, 'jest.json')
    const outcome = await application.node([
      ...[tool('jest', 'bin/jest.js'), '--runInBand', '--rootDir', join(application.folder, 'jest-suite')],
      ...['--json', `--outputFile=${report}`],
    ])
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(outcome.stderr).not.toContain('did not exit')
    expect(readJson(report) as Report).toMatchObject({ numPassedTests: 4, numFailedTests: 0, numTotalTestSuites: 2 })
  })
})
