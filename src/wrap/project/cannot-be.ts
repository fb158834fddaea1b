import { entriesOf, type Rejectable } from '../check/items.js'
import type { SpecEdit } from '../spec/edit.js'
import type { Fault } from '../spec/fault.js'
import type { Spec } from '../spec/spec.js'

/**
 * One unsupported item must not refuse a crate: the callable items of a proposed spec that cannot be emitted are skipped with
 * the reason. Faults at anything else stay, and end the command.
 */
export function skipWhatCannotBe(spec: Spec, faults: readonly Fault[]): SpecEdit[] {
  const entries = entriesOf(spec)
  const edits = new Map<string, SpecEdit>()
  for (const { place, message } of faults) {
    // A fault stands at the entry or inside it: the last entry that begins before.
    let nearest: Rejectable | undefined
    for (const entry of entries) {
      if (!isBehind(entry.place, place) && (nearest === undefined || isBehind(entry.place, nearest.place)))
        nearest = entry
    }
    if (nearest === undefined || nearest.required) continue
    edits.set(nearest.label, { kind: 'set', target: nearest.target, path: ['skip'], value: message })
  }
  return [...edits.values()]
}

/** Whether `one` stands behind `other` in the file. */
const isBehind = (one: { line: number; column: number }, other: { line: number; column: number }): boolean =>
  one.line > other.line || (one.line === other.line && one.column > other.column)
