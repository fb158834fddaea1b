/**
 * Compiles the glue and leaves out what does not compile, within the budget: the loop around `judge`. At most three rounds; in
 * each the spec is told, the package is made anew from it, and the compiler is asked again.
 */
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { classLines, glueLines } from '../generate/rust.js'
import type { Package } from '../ir/ir.js'
import { editSpec } from '../spec/write.js'
import type { Rejection } from './budget.js'
import type { CargoOutput, CompilerError } from './cargo-messages.js'
import { judge } from './heal.js'
import { countEntries } from './items.js'

/** One state of the package: what the compiler is asked about. */
export interface Attempt {
  readonly specText: string
  readonly package: Package
  /** As it is on disk, formatted: the compiler's lines are lines of it. */
  readonly glue: string
  readonly gluePath: string
}

export interface Checked<A extends Attempt> {
  readonly attempt: A
  readonly rejections: readonly Rejection[]
  /** Rust types that the spec had to be proposed without, as classes. */
  readonly unkept: readonly string[]
  readonly rounds: number
}

const mostRounds = 3
/** More classes than these that cannot be kept are no corner of a crate any more. */
const mostUnkept = 16

/** Makes the package without classes of these Rust types: they are records or arrays then. */
export type Without<A> = (unkept: readonly string[]) => Promise<A>

/**
 * @param without For a spec that nobody wrote: it is proposed anew, so nothing that depends on such a class is lost.
 * @param compile Asks the compiler about what is on disk.
 * @param remake Makes the package from a changed spec and puts it on disk.
 * @throws CommandError `generator` when leaving out is no way.
 */
export async function checkAndHeal<A extends Attempt>(
  first: A,
  compile: () => Promise<CargoOutput>,
  remake: (specText: string) => Promise<A>,
  without?: Without<A>,
): Promise<Checked<A>> {
  let begun = first
  let attempt = first
  const rejections: Rejection[] = []
  const unkept: string[] = []
  for (let round = 1; ; round += 1) {
    const { errors } = await compile()
    const { all, skipped } = countEntries(begun.package.spec)
    const lines = { items: glueLines(attempt.glue), classes: classLines(attempt.glue) }
    const verdict = judge(errors, attempt.package, attempt.gluePath, lines, all - skipped, { rejections })
    if (verdict.kind === 'heal' && verdict.unkept.length > 0 && without !== undefined && unkept.length < mostUnkept) {
      // Another proposal, to be judged from the beginning.
      unkept.push(...verdict.unkept.map(({ item }) => rustTypeOf(begun.package, item.label)))
      begun = attempt = await without(unkept)
      rejections.length = 0
      round = 0
      continue
    }
    if (verdict.kind === 'clean') {
      assertAllAccounted(begun.package, attempt.package, rejections)
      return { attempt, rejections, unkept, rounds: round }
    }
    if (verdict.kind === 'fault') throw generatorFault(verdict.faults, verdict.errors)
    if (round === mostRounds) {
      throw generatorFault([`after ${mostRounds} rounds of leaving out, the glue still does not compile`], errors)
    }
    rejections.push(...verdict.rejections)
    attempt = await remake(editSpec(attempt.specText, [...verdict.edits]))
  }
}

/** Every item that was to be emitted is emitted or recorded as rejected; anything else would be a loss nobody hears of. */
function assertAllAccounted(before: Package, after: Package, rejections: readonly Rejection[]): void {
  const expected = before.exports.length
  const kept = new Set(after.exports.map(({ name }) => name))
  const lost = before.exports.filter(({ name }) => !kept.has(name))
  if (after.exports.length + lost.length === expected && lost.length === rejections.filter(isCallable).length) return
  throw new CommandError(
    exitCodes.generator,
    `${expected} items were to be emitted, ${after.exports.length} are and ${rejections.length} are recorded as rejected: ` +
      lost.map(({ name }) => name).join(', '),
    { wayOut: 'this is a fault of the generator; please report it with the spec' },
  )
}

const rustTypeOf = (p: Package, name: string): string =>
  p.classes.find((shape) => shape.name === name)?.entry.rustType ?? name

/** Classes are rejected, too. */
export const isCallable = ({ item }: Rejection): boolean =>
  item.target.section !== 'handle_types' && item.target.section !== 'instances'

function generatorFault(faults: readonly string[], errors: readonly CompilerError[]): CommandError {
  const shown = errors.slice(0, 5).map((error) => error.rendered.trimEnd())
  const rest = errors.length > shown.length ? [`… and ${errors.length - shown.length} errors more`] : []
  return new CommandError(
    exitCodes.generator,
    ['the generated glue does not compile:', ...faults.map((fault) => `  ${fault}`), '', ...shown, ...rest].join('\n'),
    {
      wayOut:
        'this is a fault of the generator; please report it with the spec. `skip: "reason"` leaves an item out meanwhile',
      details: { faults, errors: errors.map(({ code, message, file, line }) => ({ code, message, file, line })) },
    },
  )
}
