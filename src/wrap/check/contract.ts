/** What a built addon promises, asked in a process of its own: a binary that crashes must not take the command with it. */
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { lastLines, runProcess } from '../tools/process.js'

export interface AddonContract {
  readonly apiVersion: number
  readonly digest: string
  readonly items: readonly string[]
}

/** An addon's `attach` takes a copy's hooks, of which none is called here. */
const script = `
const [binary, system] = process.argv.slice(1)
const { apiVersion, digest, items } = require(binary).attach([]).open(system)
process.stdout.write(JSON.stringify({ apiVersion, digest, items }))
`

export async function readContract(
  binary: string,
  system: string,
  context: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<AddonContract> {
  const { status, stdout, stderr } = await runProcess(process.execPath, ['-e', script, binary, system], context)
  if (status !== 0) {
    throw new CommandError(
      exitCodes.generator,
      `the built addon cannot be opened (${binary}):\n${lastLines(stderr, 12)}`,
      { wayOut: 'this is a fault of the generator; please report it with the spec' },
    )
  }
  return JSON.parse(stdout) as AddonContract
}

/** Where binary and TypeScript half differ, in words; none when they agree. */
export function contractDifferences(expected: readonly string[], found: readonly string[]): readonly string[] {
  const missing = expected.filter((item) => !found.includes(item)).map((item) => `TypeScript expects ${item}`)
  const extra = found.filter((item) => !expected.includes(item)).map((item) => `the binary has     ${item}`)
  if (missing.length + extra.length > 0) return [...missing, ...extra]
  return expected.every((item, index) => item === found[index]) ? [] : ['the same items in another order']
}
