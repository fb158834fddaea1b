/** What is known while the members of a package are made. */
import type { Fault } from '../spec/fault.js'
import type { HandleEntry } from '../spec/spec.js'
import type { Names } from './world.js'

export interface Building {
  readonly system: string
  readonly names: Names
  readonly handles: ReadonlyMap<string, HandleEntry>
  readonly faults: Fault[]
}
