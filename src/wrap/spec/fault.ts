import type { Place } from './spec.js'

/** One thing wrong with a spec. */
export interface Fault {
  readonly place: Place
  /** What was found and what was expected. */
  readonly message: string
  /** What to do: the nearest spelling, the way to write it. */
  readonly hint?: string
}
