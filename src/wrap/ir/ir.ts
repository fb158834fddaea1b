/**
 * What the emitters print: a spec whose types are mapped and whose names are decided. Everything here is decided once, so that
 * glue, binding, public API, tests and docs cannot disagree.
 *
 * How a mapping crosses, between glue and native.ts; contract.ts has the same as the contract's text:
 *
 * - handle: its number, in and out. A handle that a member consumes is taken as an exclusive one.
 * - record: an array of its fields, in their order.
 * - enum without data: the variant's text. Enum with data: an array, the variant's text first, its fields behind.
 * - ordering: -1, 0 or 1. duration: milliseconds. date: a Date. char: a string of one code point.
 * - map: an array of pairs. Set, slice, array, iterator: an array.
 * - iterator of a class: its items in batches, with whether there are no more.
 * - option: null. result: the ok side, or an error thrown. A chain (`chains`): undefined.
 */
import type { RustType } from '../model/rust-type.js'
import type { Mapping } from '../rules/mapping.js'
import type { Streaming } from '../rules/later.js'
import type { Sinks } from '../rules/sinks.js'
import type { Checkpoint } from '../rules/checkpoint.js'
import type { Keeping } from '../rules/pairs.js'
import type { Pull } from './pulls.js'
import type { EnumEntry, ErrorEntry, HandleEntry, RecordEntry, Spec } from '../spec/spec.js'

export interface Package {
  readonly spec: Spec
  /** The system's name in Rust and in operations: `rustDecimal`. */
  readonly system: string
  /** `RustDecimalError`. */
  readonly errorClass: string
  /** The code of an error without one of its own: `ERR_RUST_DECIMAL`. */
  readonly errorCode: string
  readonly classes: readonly ClassIr[]
  readonly records: readonly ShapeIr<RecordEntry>[]
  readonly enums: readonly EnumIr[]
  readonly errors: readonly ErrorEntry[]
  /** Functions and constants that belong to no class. */
  readonly members: readonly MemberIr[]
  /** Every native export, in the order of the contract. */
  readonly exports: readonly ExportIr[]
}

export interface ClassIr {
  /** In TypeScript: `Version`. */
  readonly name: string
  readonly entry: HandleEntry
  readonly rustType: RustType
  /** Some member consumes it: the glue keeps it in an `Option`. */
  readonly consumable: boolean
  /** It borrows from this class's object and lives in one cell with it. */
  readonly parent?: string
  /** Its objects are iterators: how far they read ahead. */
  readonly ahead?: 'freely' | 'rewinding' | 'never'
  readonly members: readonly MemberIr[]
}

export interface ShapeIr<Entry> {
  readonly name: string
  readonly entry: Entry
  readonly rustType: RustType
  readonly fields: readonly FieldIr[]
}

export interface FieldIr {
  readonly name: string
  readonly rust: string
  readonly mapping: Mapping
  /** The crate's words; a package from a spec alone has none. */
  readonly docs?: string
}

export interface EnumIr {
  readonly name: string
  readonly entry: EnumEntry
  readonly rustType: RustType
  readonly variants: readonly {
    /** The text in TypeScript. */
    readonly name: string
    /** The variant in Rust. */
    readonly rust: string
    readonly shape: 'unit' | 'tuple' | 'struct'
    readonly fields: readonly FieldIr[]
    /** As a field's. */
    readonly docs?: string
  }[]
  /** Whether it is a discriminated union and crosses as a tuple: a variant carries data, and has a tag. */
  readonly carriesData: boolean
  /** Whether the JavaScript type of a value says which variant it is. */
  readonly untagged?: boolean
}

/** One function of the addon. */
export interface ExportIr {
  /** `versionParse`; an async one also gives `versionParseSync`. */
  readonly name: string
  readonly call: RustCall
  /** As JavaScript passes them, the object first: `self` has mapping kind `handle`. */
  readonly params: readonly ParameterIr[]
  /** The crate's arguments that the call writes into: `params` and `returns` are without them. */
  readonly sinks?: Sinks
  /** Where the crate asks whether to go on; `params` is without it. */
  readonly checkpoint?: Checkpoint
  readonly returns: Mapping
  readonly runs: 'here' | 'pool' | 'lane'
  /** The parameter whose object the result ends with. */
  readonly parent?: string
  /** It gives a stream; `returns` is one item. A second export, `versionTagsNext`, pulls. */
  readonly stream?: Streaming
  /** Gives objects that borrow: what stays alive for them. */
  readonly keeps?: Keeping
  /** Reads items of an iterator. */
  readonly pulls?: Pull
  /** Whether its object works by itself from this call on, or until it. */
  readonly running?: 'begins' | 'ends'
  /** Where the spec says it, for messages. */
  readonly place: { readonly line: number; readonly column: number }
  readonly docs: string
  readonly required: boolean
}

/** What the glue writes to reach the crate. */
export type RustCall =
  /** `::semver::Version::parse(…)`; a generic function may need its arguments named: `turbofish`. */
  | {
      readonly kind: 'function'
      /** `semver::Version::parse`; with `owner` only the name, `parse`. */
      readonly path: string
      readonly turbofish: readonly RustType[]
      /** An associated function of this type: `<Owner>::parse`. */
      readonly owner?: RustType
      /** … of this trait: `<Owner as Trait>::from_str`. */
      readonly trait?: RustType
    }
  /** `<Type>::method(self, …)` or `<Type as Trait>::method(self, …)`. */
  | {
      readonly kind: 'method'
      readonly type: RustType
      readonly trait?: RustType
      /** `type` is what the class's own type derefs to. */
      readonly derefs?: true
      readonly method: string
      readonly receiver: 'ref' | 'mut' | 'value'
      /** By value: takes the object out of its handle, or a clone of it. */
      readonly consumes: boolean
      /** `&mut self -> &mut Self`: nothing crosses back, the public method returns `this`. */
      readonly chains: boolean
    }
  /** `semver::Version::MAX`; with `owner` only the name. */
  | { readonly kind: 'constant'; readonly path: string; readonly owner?: RustType }
  | { readonly kind: 'field'; readonly type: RustType; readonly field: string }

export interface ParameterIr {
  readonly name: string
  readonly mapping: Mapping
  /** The object the method is called on. */
  readonly isSelf: boolean
  /** It stands for an argument that the call writes into: how long that is, or what it holds at first. */
  readonly writes?: 'length' | 'value'
}

/** What a user sees: a method, a function, a constant. */
export interface MemberIr {
  readonly name: string
  readonly kind: 'constructor' | 'method' | 'iterator' | 'static' | 'getter' | 'function' | 'constant'
  readonly export: ExportIr
  readonly docs: string
  readonly deprecated?: string
  /** As errors name it: `semver.Version.parse`. */
  readonly operation: string
}
