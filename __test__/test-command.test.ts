import { pathToFileURL } from 'node:url'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'

interface Counts {
  passed: number
  failed: number
  skipped: number
  notes: string[]
}
interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; message: string; assertionResults: { status: string }[] }[]
}

const repository = dirname(createRequire(import.meta.url).resolve('ferrule/package.json'))
const { countLibtest, countVitest, timed } = (await import(
  pathToFileURL(join(repository, 'scripts', 'test', 'runners.mjs')).href
)) as {
  countLibtest: (output: string, exitCode: number) => Counts
  countVitest: (report: VitestReport, exitCode: number) => Counts
  timed: (name: string, runner: () => unknown) => Promise<Counts>
}

// What makes `npm test` trustworthy: it cannot pass by running less.
describe('a runner', () => {
  const quietly = async (runner: () => unknown): Promise<Counts> => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    try {
      return await timed('example', runner)
    } finally {
      log.mockRestore()
    }
  }

  it('fails when it executed nothing', async () => {
    expect(await quietly(() => ({ passed: 0, failed: 0 }))).toMatchObject({ passed: 0, failed: 1 })
  })

  it('fails when it breaks down', async () => {
    const result = await quietly(() => {
      throw new Error('no compiler')
    })
    expect(result).toMatchObject({ failed: 1, notes: ['no compiler'] })
  })

  it('passes on what it counted', async () => {
    expect(await quietly(() => ({ passed: 3, failed: 0 }))).toMatchObject({ passed: 3, failed: 0 })
  })
})

describe("cargo's output", () => {
  const passing = 'running 2 tests\n\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n'
  const failing = 'test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n'

  it('is added up over all binaries', () => {
    expect(countLibtest(passing + failing, 101)).toMatchObject({ passed: 3, failed: 2, skipped: 1 })
  })

  it('counts as a failure when cargo stopped before a binary could report', () => {
    expect(countLibtest(passing, 101)).toMatchObject({ passed: 2, failed: 1 })
  })
})

describe("Vitest's report", () => {
  const report: VitestReport = {
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [{ name: 'a.test.ts', status: 'passed', message: '', assertionResults: [{ status: 'passed' }] }],
  }

  it('is taken as it is when all is well', () => {
    expect(countVitest(report, 0)).toEqual({ passed: 5, failed: 0, skipped: 1, notes: [] })
  })

  it('counts a file that broke before its first test as one failure', () => {
    const broken = { name: 'b.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] }
    const counts = countVitest({ ...report, testResults: [...report.testResults, broken] }, 1)
    expect(counts).toMatchObject({ passed: 5, failed: 1 })
    expect(counts.notes[0]).toContain('b.test.ts')
  })

  it('counts an error outside of every test as one failure', () => {
    expect(countVitest(report, 1)).toMatchObject({ passed: 5, failed: 1 })
  })
})
