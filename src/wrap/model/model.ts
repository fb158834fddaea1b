/**
 * A crate's public API as the generator knows it: ours, not rustdoc's, so that another version of that format is one adapter
 * more. Everything is plain data; a model can be kept as JSON.
 */
import type { Bound, GenericParameter, RustSignature, RustType } from './rust-type.js'

export interface CrateModel {
  /** As in paths: `rust_decimal`. */
  readonly name: string
  /** As on the registry: `pulldown-cmark`. */
  readonly packageName: string
  readonly version: string
  readonly license: string
  readonly repository: string
  readonly description: string
  readonly rustVersion?: string
  /** Every feature the crate has, and those this model was read with. */
  readonly features: readonly string[]
  readonly enabledFeatures: readonly string[]
  /** Where its sources are on this machine, for licence files and the like. Never written into anything that is kept. */
  readonly folder?: string
  /** The crate's own front page. */
  readonly docs: string
  readonly functions: readonly Callable[]
  readonly types: readonly TypeItem[]
  readonly traits: readonly TraitItem[]
  readonly constants: readonly ConstantItem[]
  /** Public items that are neither: macros, statics, foreign types; only counted and named in the report. */
  readonly others: readonly { readonly path: string; readonly kind: string }[]
}

/** What every item has. */
export interface ItemFacts {
  /** The shortest public path: `semver::Version`. For members the owner's path and the name. */
  readonly path: string
  readonly docs: string
  readonly deprecated?: { readonly since?: string; readonly note?: string }
  /** Where it stands, for messages: `src/lib.rs:12`. */
  readonly source?: string
}

export interface Callable extends ItemFacts {
  readonly name: string
  readonly signature: RustSignature
  readonly isConst: boolean
  /** What the impl block around it needs, beside the type's own parameters: `impl<T: Display> Wrapper<T>`. */
  readonly implGenerics: readonly GenericParameter[]
  /** The type the impl block is for, with its arguments: `Graph<N, E, Directed>`. Absent for functions. */
  readonly implFor?: RustType
  /** The trait it comes from, when it is a trait's method. */
  readonly trait?: string
}

export interface TypeItem extends ItemFacts {
  readonly name: string
  readonly kind: 'struct' | 'enum' | 'union' | 'alias'
  readonly generics: readonly GenericParameter[]
  readonly nonExhaustive: boolean
  /** Of a struct, in order; tuple structs have `0`, `1`. Undefined when some are hidden and none is public. */
  readonly fields: readonly FieldItem[]
  /** Whether every field is public, so that a value can be written down. */
  readonly isPlain: boolean
  readonly variants: readonly VariantItem[]
  /** What an alias stands for. */
  readonly aliasOf?: RustType
  /** Inherent methods and associated functions, all impl blocks. */
  readonly methods: readonly Callable[]
  readonly constants: readonly ConstantItem[]
  readonly impls: readonly TraitImpl[]
  /** Impls for other types that take this one: `impl From<Decimal> for f64`. */
  readonly outward?: readonly TraitImpl[]
  /** From the auto traits' synthetic impls: `undefined` when it depends on a parameter. */
  readonly send: boolean | undefined
  readonly sync: boolean | undefined
  /** Defined in a dependency that is re-exported: its crate. */
  readonly foreign?: string
  /** Part of the API for nothing but that other items speak of it. */
  readonly mentioned?: boolean
}

export interface FieldItem {
  readonly name: string
  readonly type: RustType
  readonly public: boolean
  readonly docs: string
}

export interface VariantItem {
  readonly name: string
  readonly docs: string
  /** No fields, fields by position, fields by name. */
  readonly shape: 'unit' | 'tuple' | 'struct'
  readonly fields: readonly FieldItem[]
  readonly discriminant?: string
}

export interface ConstantItem extends ItemFacts {
  readonly name: string
  readonly type: RustType
  /** The value as rustdoc prints it, when it does. */
  readonly value?: string
  readonly isStatic: boolean
  /** The type its impl block is for, with its arguments: `DateTime<Utc>`. Absent for those of modules and traits. */
  readonly implFor?: RustType
}

/** `impl Trait<Args> for Type`, not auto. */
export interface TraitImpl {
  /** `std::str::FromStr`, `std::ops::Add`, `serde::Serialize`. */
  readonly trait: string
  readonly args: readonly RustType[]
  /** The type it is for: the type itself or a reference to it, with arguments. */
  readonly for: RustType
  readonly generics: readonly GenericParameter[]
  /** `Output`, `Err`, `Item`, `Target`. */
  readonly associated: readonly { readonly name: string; readonly type: RustType }[]
  /** Those written in the impl; a trait of the crate's own also gives its provided ones. `Self::Err` and the like are resolved. */
  readonly methods: readonly Callable[]
  /** `impl<D: FixedOutput> Digest for D`, kept for traits of the crate's own API only. */
  readonly blanket?: boolean
}

export interface TraitItem extends ItemFacts {
  readonly name: string
  readonly generics: readonly GenericParameter[]
  readonly supertraits: readonly Bound[]
  readonly methods: readonly (Callable & { readonly provided: boolean })[]
  readonly associated?: readonly AssociatedType[]
  readonly constants?: readonly ConstantItem[]
  /** Defined in a dependency that is re-exported: its crate. */
  readonly foreign?: string
  /** Paths of types that implement it, as text where it is no path: `f64`, `Vec<T>`. */
  readonly implementors: readonly string[]
  /** Impls for types that are nobody's: `&str`, `Vec<T>`, `&'a G`, whatever `T` has other traits. Without their methods. */
  readonly elsewhere?: readonly TraitImpl[]
}

/** `type Item: Display = u8;` of a trait. */
export interface AssociatedType {
  readonly name: string
  readonly bounds: readonly Bound[]
  readonly default?: RustType
}
