/**
 * When leaving items out stops being honest. A crate has a few corners that only the compiler knows; many failures, or many
 * of one kind, are a fault of the generator, and a package without those items would hide it.
 */
import { tally } from '../tally.js'
import type { CompilerError } from './cargo-messages.js'
import type { Rejectable } from './items.js'

/** An item that does not compile, and why: the first of its errors. */
export interface Rejection {
  readonly item: Rejectable
  readonly error: CompilerError
  /** What the spec will say: `E0308: mismatched types`. */
  readonly reason: string
  /** It would compile, but for a class that is left out. */
  readonly follows?: string
}

/** All of `rejections` is within the budget; else the ways in which it is not, in words. */
export function overBudget(all: readonly Rejection[], itemCount: number): readonly string[] {
  const faults: string[] = []
  for (const { item, reason } of all) {
    if (item.required) faults.push(`${item.label} is required and does not compile: ${reason}`)
  }
  // What follows from a class says nothing of its own.
  const rejections = all.filter(({ follows }) => follows === undefined)
  const allowed = Math.max(3, Math.floor(itemCount * 0.02))
  if (rejections.length > allowed) {
    faults.push(`${rejections.length} of ${itemCount} items do not compile; at most ${allowed} may be left out`)
  }
  for (const [owner, count] of tally(rejections.flatMap(({ item }) => item.owner ?? []))) {
    if (count > 5) faults.push(`${count} items of ${owner} do not compile; at most 5 of one class may be left out`)
  }
  for (const [code, count] of tally(rejections.flatMap(({ error }) => error.code ?? []))) {
    if (count > 10) faults.push(`${count} items fail with ${code}; at most 10 of one code may be left out`)
  }
  return faults
}
