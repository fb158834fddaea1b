/** A crate's scan, made once per model: the proposal, the package's pages and the report all ask for it. */
import type { CrateModel } from '../model/model.js'
import { scan } from '../scan/scan.js'
import type { SpecDraft } from '../spec/draft.js'

const withPairs = new WeakMap<CrateModel, SpecDraft>()
const withoutPairs = new WeakMap<CrateModel, SpecDraft>()

/** `scan(model, { pairs })`; the model does not change, and the draft must not be changed. */
export function scanned(model: CrateModel, pairs: boolean): SpecDraft {
  const drafts = pairs ? withPairs : withoutPairs
  const draft = drafts.get(model) ?? scan(model, { pairs })
  drafts.set(model, draft)
  return draft
}
