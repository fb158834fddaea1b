/** Where a spec and the crate it names disagree. */
import type { SpecEdit } from '../spec/edit.js'
import type { Place } from '../spec/spec.js'

export type FindingKind =
  /** The crate has no such function, method or constant: gone, renamed, private or hidden. */
  | 'missing'
  | 'type-missing'
  | 'field-missing'
  | 'variant-missing'
  /** There, but not public. */
  | 'visibility'
  /** Not there with the features the crate was read with. */
  | 'feature'
  | 'arity'
  | 'parameter-type'
  | 'field-type'
  | 'constant-type'
  /** `&` against `&mut`. */
  | 'mutability'
  /** By reference against by value. */
  | 'ownership'
  | 'return'
  | 'error-type'
  /** Type parameters: their number, their bounds, a concrete type that became one. */
  | 'generic'
  | 'not-static'
  /** Stays on its thread, and the spec has it elsewhere. */
  | 'not-send'
  | 'async'
  | 'unsafe'
  /** A struct that is an enum now, a record that cannot be written down any more. */
  | 'kind-changed'
  | 'deprecated'
  | 'version'
  | 'crate-name'

export interface Finding {
  readonly place: Place
  /** The item, as the spec names it: `Version.parse`, `escape`, `crate`. */
  readonly item: string
  readonly kind: FindingKind
  /** Warnings do not stop generation. */
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** What the spec says. */
  readonly expected: string
  /** What the crate has: its real signature, its type, nothing. */
  readonly found: string
  /** The change to make, in words. */
  readonly change: string
  /** The same as edits, all of them together, where only one change is possible. */
  readonly fix?: readonly SpecEdit[]
}

export const atPlace = (left: Finding, right: Finding): number =>
  left.place.line - right.place.line ||
  left.place.column - right.place.column ||
  compareText(left.item, right.item) ||
  compareText(left.kind, right.kind) ||
  compareText(left.message, right.message)

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
