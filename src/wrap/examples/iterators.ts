/** Objects that iterate, where an example reads their items. */
import { fromMapping, type Known } from './known.js'
import type { Here } from './session.js'
import { giveUp, tight, value, type Value } from './value.js'

/** Methods of an iterator that take it by reference: the others use it up, or a copy of it where it is `Copy`. */
const BY_REFERENCE: ReadonlySet<string> = new Set([
  ...['next', 'nth', 'by_ref', 'size_hint', 'all', 'any', 'find', 'find_map', 'position', 'try_fold', 'try_for_each'],
])

/**
 * The value as an iterator when it is an object of a class that iterates.
 *
 * @param method What is called of it; none where a loop reads it.
 */
export function asIterator(here: Here, of: Value, method?: string): Value {
  if (of.known.kind !== 'handle') return of
  const index = here.session.api.classes.get(of.known.name)
  const reads = index?.ir.members.find(({ kind }) => kind === 'iterator')?.export.pulls
  if (index === undefined || reads === undefined || reads.error !== undefined) return of
  const known: Known = { kind: 'iterator', of: fromMapping(reads.item) }
  const isCopied = index.isCopy && of.isPlace && !(method !== undefined && BY_REFERENCE.has(method))
  if (!isCopied) return { ...of, known }
  const clone = index.callables.get('clone')?.[0] ?? giveUp('a copy of an iterator')
  return value(`${tight(of)}.${clone.name}()`, known)
}
