/** How a spec is described: the one source of the parser's checks, the JSON schema and docs/spec.md. */
import type { SectionName } from './edit.js'

/** What a key's value is. The words are those docs/spec.md uses. */
export type Kind = ScalarKind | Choice | List | Texts | Nested

export type ScalarKind =
  /** An identifier of TypeScript. */
  | 'name'
  /** A field: a name, or the place in a tuple. */
  | 'field'
  /** A field, or one of a field's fields: `report.position`. */
  | 'member'
  /** A text of one line. */
  | 'text'
  /** Any text, lines and all. */
  | 'prose'
  | 'flag'
  /** A type text of the boundary; `result` may be `void` too. */
  | 'type'
  | 'result'
  | 'rust-type'
  | 'rust-path'
  | 'rust-signature'
  /** `ERR_SOMETHING`. */
  | 'code'

/** One of these words; `true` and `false` are the flags. */
export interface Choice {
  readonly choice: readonly string[]
}

export interface List {
  readonly listOf: Kind
}

/** Texts under names of the author's choice. */
export interface Texts {
  readonly texts: true
}

/** A mapping with keys of its own. A bare text stands for the mapping with only `short` set. */
export interface Nested {
  readonly keys: readonly KeyDescription[]
  readonly short?: string
  /** In one or two words, for messages: `a parameter`. */
  readonly called: string
}

export interface KeyDescription {
  readonly key: string
  readonly kind: Kind
  /** One sentence or two, for the docs and the editor. */
  readonly doc: string
  /** As YAML. */
  readonly example: string
  /** Other spellings of the same key. */
  readonly synonyms?: readonly string[]
  readonly required?: boolean
  /** What an absent key means; undefined when absence itself means something. */
  readonly default?: string | boolean | readonly []
  /** The version that brought it. */
  readonly since: string
}

export interface SectionDescription {
  readonly key: SectionName | 'api'
  readonly doc: string
  readonly kind: Kind
  readonly example: string
  readonly required?: boolean
  readonly since: string
}

export const isChoice = (kind: Kind): kind is Choice => typeof kind === 'object' && 'choice' in kind
export const isList = (kind: Kind): kind is List => typeof kind === 'object' && 'listOf' in kind
export const isTexts = (kind: Kind): kind is Texts => typeof kind === 'object' && 'texts' in kind
export const isNested = (kind: Kind): kind is Nested => typeof kind === 'object' && 'keys' in kind
