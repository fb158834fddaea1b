/** From a crate to a package, step by step: what `ferrule wrap` does. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { platformTriple } from '../../boundary/platform.js'
import { checkAndHeal, isCallable, type Checked } from '../check/check.js'
import { cargoCheck } from '../check/cargo.js'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import type { Io } from '../commands/io.js'
import type { Progress } from '../commands/progress.js'
import { contractItems } from '../ir/contract.js'
import type { CrateModel } from '../model/model.js'
import { tally } from '../tally.js'
import { formatFindings, verify } from '../verify/verify.js'
import type { Pairs } from '../scan/subjects.js'
import type { Spec } from '../spec/spec.js'
import { binaryPath, buildAddon, buildTypeScript, holdToContract } from './build.js'
import { readModel, type CrateRequest } from './crate.js'
import { specPathOf } from './find.js'
import { makeAttempt, type PackageAttempt, type SpecSource } from './attempt.js'
import { leftOutOf, packageNameOf } from './info.js'
import { packAll, type Tarball } from './pack.js'
import { proposeSpec } from './propose.js'
import { pathOf } from './scanned.js'
import { rejectedOf, type WrapReport } from './report.js'
import { specOf } from './spec.js'
import { openStaging, seedStaging, type Staging } from './staging.js'
import { failureText, runTests } from './test-run.js'
import { hostTarget } from './target.js'
import { provideTools } from './tools.js'
import { recordPath } from './record.js'
import { planWrite, refuseForeign } from './write.js'

export interface WrapOptions {
  readonly request: CrateRequest
  /** The package's folder; default by the crate's name, in the current one. */
  readonly out: (model: CrateModel) => string
  readonly io: Io
  readonly progress: Progress
}

export async function wrapCrate({ request, out, io, progress }: WrapOptions): Promise<WrapReport> {
  const model = await progress.step('crate', async (say) => {
    const read = await readModel(request, io)
    say(`${read.packageName} ${read.version}: ${countCallables(read)} callables, ${countImpls(read)} trait impls`)
    return read
  })
  const folder = out(model)
  const staging = openStaging(folder)
  try {
    return await makePackage(model, request, folder, staging, io, progress)
  } finally {
    staging.release()
  }
}

async function makePackage(
  model: CrateModel,
  request: CrateRequest,
  folder: string,
  staging: Staging,
  io: Io,
  progress: Progress,
): Promise<WrapReport> {
  const system = model.packageName.replaceAll('-', '_')
  const specPath = specPathOf(system)
  const isThere = existsSync(join(folder, specPath))
  seedStaging(staging.folder, folder)

  const propose = (pairs: Pairs, unkept: readonly string[] = []): string =>
    proposeSpec(model, request, dirname(join(folder, specPath)), { pairs, unkept: new Set(unkept) })
  const sourceOf = (text: string): SpecSource => ({ text, spec: specOf(text, join(folder, specPath)) })
  const takeSpec = (text: string): Promise<SpecSource> =>
    progress.step('spec', (say) => {
      const source = sourceOf(text)
      const { spec } = source
      const items = spec.functions.length + spec.methods.length + spec.constants.length
      say(`${basename(specPath)}: ${items} items, ${leftOutOf(spec, model).length} left out (reasons inside)`)
      const findings = verify(spec, model).filter((finding) => finding.severity === 'error')
      if (findings.length > 0) refuseFindings(findings, join(folder, specPath), isThere, progress)
      return source
    })

  const remake = (source: SpecSource): Promise<PackageAttempt> =>
    makeAttempt({ folder: staging.folder, destination: folder, specPath }, source, model, !isThere, io)
  const place = { folder: staging.folder, targetFolder: targetFolder(folder, staging.folder) }
  const check = (source: SpecSource, pairs?: Pairs): Promise<Checked<PackageAttempt>> =>
    progress.step('checked', async (say) => {
      await provideTools(staging.folder, io)
      const first = await remake(source)
      const result = await checkAndHeal(
        first,
        () => cargoCheck({ ...place, env: io.env, signal: io.signal }),
        (text) => remake(sourceOf(text)),
        // A proposal is made anew without the class; a spec that somebody wrote has it rejected.
        pairs && ((unkept) => remake(sourceOf(propose(pairs, unkept.map(pathOf))))),
      )
      const kept = result.attempt.package.exports.length
      const rejected = result.rejections.filter(isCallable).length
      say(`${kept} of ${kept + rejected} compile`)
      return result
    })
  // What else the compiler may find in types that borrow: fewer are classes then.
  const checkProposed = async (pairs: Pairs, before?: string): Promise<Checked<PackageAttempt>> => {
    const text = propose(pairs)
    const fewer = FEWER[pairs]
    if (text === before && fewer !== undefined) return checkProposed(fewer, before)
    if (before !== undefined) progress.note(NOTES[pairs](model.packageName))
    return takeSpec(text)
      .then((source) => check(source, pairs))
      .catch((error: unknown) => {
        if (fewer === undefined || !isGeneratorFault(error) || propose('none') === text) throw error
        return checkProposed(fewer, text)
      })
  }
  const checked = isThere
    ? await check(await takeSpec(readFileSync(join(folder, specPath), 'utf8')))
    : await checkProposed('all')
  const { package: p } = checked.attempt
  for (const type of checked.unkept) {
    progress.note(`${type} cannot be kept with what it borrows from: its objects become records or arrays.`)
  }

  await progress.step('built', async (say) => {
    const addon = await buildAddon(place, hostTarget(io.env), true, io)
    await holdToContract(addon.path, p.system, contractItems(p), io)
    await buildTypeScript(staging.folder, io)
    say(`release, ${addon.megabytes.toFixed(1)} MB`)
  })
  const tests = await progress.step('tested', async (say) => {
    const run = await runTests(staging.folder, io)
    const { examples = 0 } = run.byFile
    say(
      run.failures.length === 0
        ? `${examples} documentation examples, ${run.passed - examples} other tests`
        : `${run.failures.length} of ${run.failures.length + run.passed} tests fail`,
    )
    return run
  })
  const tarballs = await progress.step('package', async (say) => {
    const packed = await packAll(staging.folder, staging.folder, io)
    say(packed.map(({ path }) => basename(path)).join(' + '))
    return packed
  })
  install(staging, folder, checked.attempt, specPath, tarballs)
  if (tests.failures.length > 0) progress.note(failureText(tests))
  return {
    crate: model.packageName,
    version: model.version,
    package: packageNameOf(model),
    folder,
    callables: countCallables(model),
    items: p.exports.length,
    leftOut: Object.fromEntries(tally(leftOutOf(p.spec, model).map(({ rule }) => rule))),
    rejected: rejectedOf(checked.rejections),
    examples: {
      translated: checked.attempt.examples.translated,
      untranslated: Object.fromEntries(checked.attempt.examples.untranslated),
    },
    tests: { passed: tests.passed, failed: tests.failed, failures: tests.failures },
    tarballs: tarballs.map(({ path }) => join(folder, basename(path))),
    steps: progress.steps,
  }
}

/** What is tried when not all types that borrow can be classes. */
const FEWER: Readonly<Record<Pairs, Pairs | undefined>> = { all: 'plain', plain: 'none', none: undefined }

const NOTES: Readonly<Record<Pairs, (crate: string) => string>> = {
  all: (crate) => `Types of ${crate} that borrow are classes.`,
  plain: (crate) => `Instances of generic types of ${crate} that borrow cannot all be classes; they become records.`,
  none: (crate) => `Types of ${crate} that borrow cannot be classes; they become records.`,
}

const isGeneratorFault = (error: unknown): boolean =>
  error instanceof CommandError && error.exitCode === exitCodes.generator

/** In a package that is there cargo's work is worth keeping; a new one takes it along when it is moved to its place. */
const targetFolder = (folder: string, staging: string): string =>
  existsSync(folder) ? join(folder, 'target') : join(staging, 'target')

function install(
  staging: Staging,
  folder: string,
  attempt: PackageAttempt,
  specPath: string,
  tarballs: readonly Tarball[],
): void {
  // Weighed again: somebody may have written into the package meanwhile.
  const plan = planWrite(folder, attempt.files)
  refuseForeign(folder, plan)
  const built = ['Cargo.lock', 'dist', relative(staging.folder, binaryPath(staging.folder, platformTriple()))]
  const packed = tarballs.map(({ path }) => basename(path))
  staging.install({ move: [...plan.write, specPath, recordPath, ...built, ...packed], remove: plan.remove })
}

function refuseFindings(findings: ReturnType<typeof verify>, file: string, isOwn: boolean, progress: Progress): void {
  const text = formatFindings(findings, file)
  if (!isOwn) {
    // The compiler judges what the scanner proposed; this is for those who work on the generator.
    progress.note(text)
    return
  }
  throw new CommandError(exitCodes.findings, text, {
    wayOut: '`ferrule verify --fix` makes the changes that leave no choice',
    details: { findings },
  })
}

export function countCallables(model: CrateModel): number {
  const methods = model.types.reduce((sum, type) => sum + type.methods.length, 0)
  return model.functions.length + methods
}

const countImpls = (model: CrateModel): number => model.types.reduce((sum, type) => sum + type.impls.length, 0)

export const itemsOf = (spec: Spec): number => spec.functions.length + spec.methods.length + spec.constants.length
