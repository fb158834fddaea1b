/** A crate's scan, made once per model: the proposal, the package's pages and the report all ask for it. */
import type { CrateModel } from '../model/model.js'
import { scan } from '../scan/scan.js'
import type { Pairs } from '../scan/subjects.js'
import type { SpecDraft } from '../spec/draft.js'

const scans = new WeakMap<CrateModel, Map<string, SpecDraft>>()

/** `scan(model, { pairs, unkept })`; the model does not change, and the draft must not be changed. */
export function scanned(model: CrateModel, pairs: Pairs, unkept: ReadonlySet<string> = new Set()): SpecDraft {
  const drafts = scans.get(model) ?? new Map<string, SpecDraft>()
  const all = drafts.get('all')
  const key = [pairs, ...[...unkept].sort()].join(' ')
  const draft = drafts.get(key) ?? (all !== undefined && !hasPairs(all) ? all : scan(model, { pairs, unkept }))
  scans.set(model, drafts.set(key, draft))
  return draft
}

const borrowingOf = ({ handles, instances }: SpecDraft): readonly string[] =>
  [...handles, ...instances].map(({ rustType }) => rustType).filter((rustType) => rustType.includes("<'"))

const hasPairs = (draft: SpecDraft): boolean => borrowingOf(draft).length > 0

/** The types that borrow and that the scanner would make classes of, by path. */
export const pairsOf = (model: CrateModel, pairs: Pairs): readonly string[] =>
  borrowingOf(scanned(model, pairs)).map(pathOf)

/** `roxmltree::Node` of `roxmltree::Node<'a, 'input>`. */
export const pathOf = (rustType: string): string => rustType.split('<', 1)[0] ?? rustType
