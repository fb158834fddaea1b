/** Objects that iterate, where an example reads their items. */
import { fromMapping } from './known.js'
import type { Here } from './session.js'
import type { Value } from './value.js'

/** The value as an iterator when it is an object of a class that iterates. */
export function asIterator(here: Here, of: Value): Value {
  if (of.known.kind !== 'handle') return of
  const index = here.session.api.classes.get(of.known.name)
  const reads = index?.ir.members.find(({ kind }) => kind === 'iterator')?.export.pulls
  if (reads === undefined || reads.error !== undefined) return of
  return { ...of, known: { kind: 'iterator', of: fromMapping(reads.item) } }
}
