/** A crate's scan, made once per model: the proposal, the package's pages and the report all ask for it. */
import type { CrateModel } from '../model/model.js'
import { scan } from '../scan/scan.js'
import type { Pairs } from '../scan/subjects.js'
import type { SpecDraft } from '../spec/draft.js'

const scans = new WeakMap<CrateModel, Map<Pairs, SpecDraft>>()

/** `scan(model, { pairs })`; the model does not change, and the draft must not be changed. */
export function scanned(model: CrateModel, pairs: Pairs): SpecDraft {
  const drafts = scans.get(model) ?? new Map<Pairs, SpecDraft>()
  const all = drafts.get('all')
  const draft = drafts.get(pairs) ?? (all !== undefined && !hasPairs(all) ? all : scan(model, { pairs }))
  scans.set(model, drafts.set(pairs, draft))
  return draft
}

const hasPairs = ({ handles, instances }: SpecDraft): boolean =>
  [...handles, ...instances].some(({ rustType }) => rustType.includes("<'"))
