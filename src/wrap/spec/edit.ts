/** Changes to a spec's text that leave its comments and its layout alone. */

/** The sections, as the file spells them. */
export type SectionName =
  | 'wrapper_lib'
  | 'crate'
  | 'handle_types'
  | 'records'
  | 'enums'
  | 'errors'
  | 'callbacks'
  | 'instances'
  | 'functions'
  | 'methods'
  | 'constants'

/** What an edit is about. */
export interface EditTarget {
  readonly section: SectionName
  /** The item's name; of `errors` its `rust_type`; empty for `wrapper_lib` and `crate`. */
  readonly name: string
  /** Of a method its handle, of a function or constant its owner. */
  readonly of?: string
}

export type SpecValue = string | number | boolean | null | readonly SpecValue[] | { readonly [key: string]: SpecValue }

export type SpecEdit =
  /** Sets a key as the file spells it: `['rejected']`, `['params', 0, 'type']`. Added when absent. */
  | {
      readonly kind: 'set'
      readonly target: EditTarget
      readonly path: readonly (string | number)[]
      readonly value: SpecValue
    }
  /** Takes a key away; nothing happens when it is absent. */
  | { readonly kind: 'remove'; readonly target: EditTarget; readonly path: readonly (string | number)[] }
  /** Takes the whole item away. */
  | { readonly kind: 'drop'; readonly target: EditTarget }
