/**
 * A spec against the crate's real API, before anything compiles. Nothing is read and nothing is written: the same spec and the
 * same model give the same findings in the same order.
 */
import type { CrateModel } from '../model/model.js'
import { classEntries } from '../spec/class-entries.js'
import type { Spec } from '../spec/spec.js'
import { checkCallables } from './check-callables.js'
import { checkConstant } from './check-constants.js'
import { checkCrate, checkCrateName } from './check-crate.js'
import { checkClass } from './check-classes.js'
import { checkError } from './check-types.js'
import { checkEnum, checkRecord } from './check-values.js'
import { createContext } from './context.js'
import { atPlace, type Finding } from './finding.js'

export type { Finding, FindingKind } from './finding.js'
export { formatFindings } from './format.js'

/**
 * Every disagreement, in the order of the file. Entries with `skip` are not compared. A type that is gone is reported at its
 * own entry, and not again at what stands on it. Only `lang: rust` has a crate to compare with.
 */
export function verify(spec: Spec, model: CrateModel): Finding[] {
  if (spec.lib.lang !== 'rust') return []
  const context = createContext(spec, model)
  const otherCrate = checkCrateName(context)
  if (otherCrate !== undefined) return [otherCrate]
  const isKept = (entry: { readonly skip?: string }): boolean => entry.skip === undefined
  const findings = [
    ...checkCrate(context),
    // Types first: they note which are missing.
    ...classEntries(spec)
      .filter(isKept)
      .flatMap((entry) => checkClass(context, entry)),
    ...spec.records.filter(isKept).flatMap((entry) => checkRecord(context, entry)),
    ...spec.enums.filter(isKept).flatMap((entry) => checkEnum(context, entry)),
    ...spec.errors.filter(isKept).flatMap((entry) => checkError(context, entry)),
    ...checkCallables(context),
    ...spec.constants.filter(isKept).flatMap((entry) => checkConstant(context, entry)),
  ]
  return findings.sort(atPlace)
}
