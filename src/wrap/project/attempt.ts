/** One state of a package on disk: a spec, and everything generated from it. */
import { join } from 'node:path'
import type { Attempt } from '../check/check.js'
import type { Io } from '../commands/io.js'
import { buildPackage } from '../ir/build.js'
import type { Package } from '../ir/ir.js'
import type { CrateModel } from '../model/model.js'
import type { Spec } from '../spec/spec.js'
import { editSpec } from '../spec/write.js'
import { skipWhatCannotBe } from './cannot-be.js'
import { inputDigest } from './input.js'
import { generate, gluePath, type Generated } from './generate.js'
import { packageOf, specOf } from './spec.js'
import { planWrite, placeFile, refuseForeign, writeFiles } from './write.js'

export interface AttemptPlace {
  /** Where it is written. */
  readonly folder: string
  /** Where it will end up: what must not be overwritten stands there. */
  readonly destination: string
  /** From the folder. */
  readonly specPath: string
}

/** A spec with its text, which is parsed once however many steps need it. */
export interface SpecSource {
  readonly text: string
  readonly spec: Spec
}

export interface PackageAttempt extends Attempt, Generated {}

/**
 * Generates a package from a spec and writes it.
 *
 * @param isProposed The spec is the scanner's: what cannot be emitted is skipped there with its reason. In a person's spec it is
 *   a fault.
 */
export async function makeAttempt(
  place: AttemptPlace,
  source: SpecSource,
  model: CrateModel,
  isProposed: boolean,
  io: Io,
): Promise<PackageAttempt> {
  const { specText, made } = packageFrom(source, isProposed)
  const generated = await generate(made, model, { packageFolder: place.folder, cwd: io.cwd, signal: io.signal })
  refuseForeign(place.destination, planWrite(place.destination, generated.files))
  writeFiles(place.folder, generated.files, inputDigest(made.spec, Buffer.from(specText)))
  placeFile(join(place.folder, place.specPath), specText)
  return {
    ...generated,
    specText,
    package: made,
    glue: generated.files.get(gluePath(made)) ?? '',
    gluePath: gluePath(made),
  }
}

function packageFrom({ text, spec }: SpecSource, isProposed: boolean): { specText: string; made: Package } {
  const { faults } = buildPackage(spec)
  if (!isProposed || faults.length === 0) return { specText: text, made: packageOf(spec) }
  const specText = editSpec(text, skipWhatCannotBe(spec, faults))
  return { specText, made: packageOf(specOf(specText, spec.file)) }
}
