/** What the conversions of the glue are made of. */
import type { RustType } from '../../model/rust-type.js'
import type { Package } from '../../ir/ir.js'

/** A type at the border with the expression that makes the value on the other side. */
export interface Crossing {
  /** The type of the export's parameter or result. */
  readonly type: string
  /** The expression; of type `Result<…, BoundaryError>` when it is fallible. */
  readonly value: string
  readonly fallible: boolean
  /** The value is the very thing that crosses. */
  readonly same: boolean
}

export interface Surroundings {
  readonly pkg: Package
  /** What `Self` is, in a method. */
  readonly self?: RustType
  /** Whether parameters own what they take: for what leaves the JavaScript thread for good. */
  readonly owned: boolean
  /** The export's name, for messages. */
  readonly operation: string
  /** Whether this is a part of an argument: an element, a field. */
  readonly nested: boolean
  /** Whether the call can be stopped: `token` says why it was. */
  readonly stoppable: boolean
  /** The expression of the handle that new objects end with. */
  readonly parent?: string
  /** Whether handles given by value are taken out of their object; and the receiver is. */
  readonly consumesSelf: boolean
}

/** A type that Rust has no way to cross in this place. */
export class CannotCross extends Error {}

export const node = '::ferrule_node'
export const vec = '::std::vec::Vec'
export const option = '::std::option::Option'
export const resultOk = '::std::result::Result::Ok'
export const boundaryError = `${node}::core::error::BoundaryError`
export const code = `${node}::core::error::code`

export const plain = (type: string, value: string): Crossing => ({ type, value, fallible: false, same: true })
export const made = (type: string, value: string, fallible = false): Crossing => ({
  type,
  value,
  fallible,
  same: false,
})

/** The expression with what it may fail with passed on. */
export const tried = (crossing: Crossing): string => (crossing.fallible ? `${crossing.value}?` : crossing.value)

/** A result: an item of an iterator is refused where it stands, not with those that cross beside it. */
export const fitting = (item: Crossing): string =>
  item.fallible ? `${item.value}.and_then(${node}::fitting)` : `${node}::fitting(${item.value})`

/** An error the glue itself makes. */
export const refusal = (codeName: string, message: string): string =>
  `${boundaryError}::new(${code}::${codeName}, ${message})`

/** `expression` mapped over an iterator and collected as the type, or as `Vec<_>`. */
export function collected(iterator: string, item: Crossing, container = `${vec}<_>`): Crossing {
  const mapped = item.same ? iterator : `${iterator}.map(|value| ${item.value})`
  if (!item.fallible) return made('', `${mapped}.collect::<${container}>()`)
  return made('', `${mapped}.collect::<::std::result::Result<${container}, ${boundaryError}>>()`, true)
}

/** An element that is known to be there. */
export function nth<T>(list: readonly T[], at: number): T {
  const found = list[at]
  if (found === undefined) throw new RangeError(`no element ${String(at)}`)
  return found
}
