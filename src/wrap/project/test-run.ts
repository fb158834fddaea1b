/** Runs a package's tests and reads what vitest reports. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import type { Io } from '../commands/io.js'
import { toolCommand } from '../tools/npm-tools.js'
import { machineFault } from '../tools/machine-fault.js'
import { lastLines, runProcess } from '../tools/process.js'

export interface TestRun {
  readonly passed: number
  readonly failed: number
  /** Passed, by test file without its extension. */
  readonly byFile: Readonly<Record<string, number>>
  readonly failures: readonly { readonly file: string; readonly test: string; readonly message: string }[]
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[] | null
    }[]
  }[]
}

export async function runTests(folder: string, io: Io): Promise<TestRun> {
  const vitest = toolCommand('vitest', 'vitest', folder, io.cwd)
  const scratch = mkdtempSync(join(tmpdir(), 'ferrule-test-'))
  const report = join(scratch, 'report.json')
  try {
    const { stdout, stderr } = await runProcess(
      process.execPath,
      [vitest, 'run', '--root', folder, '--reporter=json', `--outputFile=${report}`],
      { cwd: folder, env: io.env, signal: io.signal },
    )
    if (!existsSync(report)) {
      throw noReport(`${stdout}${stderr}`)
    }
    return summarise(parseReport(readFileSync(report, 'utf8'), `${stdout}${stderr}`))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** What a full disk cut short is no report. */
function parseReport(text: string, output: string): VitestReport {
  try {
    return JSON.parse(text) as VitestReport
  } catch {
    throw noReport(output)
  }
}

const noReport = (output: string): CommandError =>
  machineFault('vitest', output) ??
  new CommandError(exitCodes.tool, `vitest wrote no report:\n${lastLines(output, 20)}`)

function summarise(report: VitestReport): TestRun {
  const byFile: Record<string, number> = {}
  const failures: { file: string; test: string; message: string }[] = []
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = basename(name).replace(/\.test\.[cm]?[jt]s$/, '')
    byFile[file] = assertionResults.filter((result) => result.status === 'passed').length
    const failed = assertionResults.filter((result) => result.status === 'failed')
    for (const { fullName, failureMessages } of failed) {
      failures.push({ file, test: fullName, message: failureMessages?.[0] ?? '' })
    }
    // A file that cannot be loaded has no tests and fails as a whole.
    if (status === 'failed' && failed.length === 0) failures.push({ file, test: '(the file)', message: message ?? '' })
  }
  return { passed: report.numPassedTests, failed: failures.length, byFile, failures }
}

/** The failures as a person reads them: none is left away, each is cut to its first lines. */
export function failureText(run: TestRun): string {
  return run.failures
    .map(({ file, test, message }) => {
      const lines = message.split('\n').slice(0, 6)
      return [`✘ ${file}: ${test}`, ...lines.map((line) => `    ${line}`)].join('\n')
    })
    .join('\n')
}
