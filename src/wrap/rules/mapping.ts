/**
 * What a Rust type becomes at the boundary: the meeting point of scanner, verify and emitters. The rules make mappings; a
 * mapping says everything an emitter needs, and nothing about any one item.
 */
import type { RustType } from '../model/rust-type.js'

/** Where a value crosses: into Rust, or out of it. */
export type Direction = 'in' | 'out'

/** A type that crosses. `rust` is the type as the crate's signature has it; `rule` the rule's name in docs/rules.md. */
export type Mapping = MappingKind & { readonly rust: RustType; readonly rule: string }

export type MappingKind =
  | { readonly kind: 'boolean' }
  /** `u8` … `u32`, `i8` … `i32`, `f32`, `f64`, `u64`, `i64`, `usize`, `isize`, NonZero ones by their own name. */
  | { readonly kind: 'number'; readonly name: string }
  /** `i128`, `u128`, and 64 bit by spec. */
  | { readonly kind: 'bigint'; readonly name: string }
  /** `char`, `&str`, `String`, `Cow<str>`, `Box<str>`, `Rc<str>`, `Arc<str>`, paths and OS strings: which, says `rust`. */
  | { readonly kind: 'text' }
  /** `&[u8]`, `Vec<u8>`, `[u8; N]`, `Box<[u8]>`, `Cow<[u8]>`. */
  | { readonly kind: 'bytes'; readonly length?: number }
  | { readonly kind: 'option'; readonly of: Mapping }
  /** The ok side crosses; `error` is thrown. */
  | { readonly kind: 'result'; readonly of: Mapping; readonly error: RustType }
  | { readonly kind: 'void' }
  | { readonly kind: 'tuple'; readonly items: readonly Mapping[] }
  /** `Vec`, slices, sets, arrays, iterators in arguments, finite ones as results. */
  | {
      readonly kind: 'list'
      readonly of: Mapping
      readonly length?: number
      /** As a result: its numbers cross as one block of memory. By spec only. */
      readonly packed?: boolean
      /** As a result: an iterator whose items are made when they are asked for. */
      readonly lazy?: boolean
    }
  /** Keys are text or numbers. */
  | { readonly kind: 'map'; readonly key: Mapping; readonly value: Mapping }
  | { readonly kind: 'duration' }
  | { readonly kind: 'date' }
  /** A class; `by` is how Rust has it. `child`: the object borrows from its owner and is kept with it. */
  | { readonly kind: 'handle'; readonly name: string; readonly by: 'ref' | 'mut' | 'value'; readonly child: boolean }
  | { readonly kind: 'record'; readonly name: string }
  | { readonly kind: 'enum'; readonly name: string }
  /** Whatever JSON says; `rust` is what reads or writes it. */
  | { readonly kind: 'json' }
  /** `Ordering` is `-1 | 0 | 1`. */
  | { readonly kind: 'ordering' }
  | {
      readonly kind: 'callback'
      readonly params: readonly Mapping[]
      readonly returns: Mapping
      readonly policy: 'sync' | 'blocking' | 'queued'
    }

/** Why a type does not cross. `rule` names the missing rule: what the report counts. */
export interface Refusal {
  readonly refused: true
  readonly rule: string
  /** In words, with the type: `the caller chooses T`. */
  readonly reason: string
}

/** A type that the spec names. */
export interface NamedType {
  readonly kind: 'handle' | 'record' | 'enum' | 'error'
  /** In TypeScript. */
  readonly name: string
  readonly rustType: RustType
  /** Of a handle: whether it is `Clone`. `false` refuses what would need a copy; unknown does not. */
  readonly clone?: boolean
  /** Of a handle: it borrows, and lives in one cell with what it borrows from. */
  readonly borrows?: boolean
  /** Of a handle: an iterator, so an object of its own that `next` changes, whatever it borrows. */
  readonly iterates?: boolean
  /** Of a record: made from getters of a type that borrows, so it only comes out. */
  readonly view?: boolean
}

/** What named types are in this spec. */
export interface World {
  /**
   * By public path, `semver::Version`: what a path stands for. Aliases are resolved before. Several instances of one generic
   * type have keys of their own (their printed type); they are found by `rustType`.
   */
  readonly named: ReadonlyMap<string, NamedType>
  /** What `Self` is. */
  readonly self?: RustType
}

export const isRefusal = (value: Mapping | Refusal): value is Refusal => 'refused' in value
