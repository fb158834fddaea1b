/**
 * Rust types as the generator knows them: read from rustdoc, written in specs, mapped by the rules. Paths are the shortest
 * public ones, those of the standard library always by `std::`.
 */
export type RustType =
  /** `u8`, `str`, `bool`, `char`, `f64`; `!` is `never`. */
  | { readonly kind: 'primitive'; readonly name: string }
  /** `std::vec::Vec<u8>`, `semver::Version`, `similar::TextDiff<'old, 'new, str>`. */
  | {
      readonly kind: 'path'
      readonly path: string
      readonly lifetimes: readonly string[]
      readonly args: readonly RustType[]
      readonly bindings: readonly Binding[]
    }
  | { readonly kind: 'ref'; readonly mutable: boolean; readonly lifetime?: string; readonly to: RustType }
  /** `()` has no items. */
  | { readonly kind: 'tuple'; readonly items: readonly RustType[] }
  | { readonly kind: 'slice'; readonly of: RustType }
  /** The length as written: `16`, `N`, `Self::LEN`. */
  | { readonly kind: 'array'; readonly of: RustType; readonly length: string }
  | { readonly kind: 'impl'; readonly bounds: readonly Bound[] }
  | { readonly kind: 'dyn'; readonly bounds: readonly Bound[] }
  /** A type parameter, by name; `Self` is one. A constant given as an argument stands here as written: `3` of `Foo<3>`. */
  | { readonly kind: 'generic'; readonly name: string }
  /** `<T as std::iter::Iterator>::Item`, `Self::Output`. */
  | {
      readonly kind: 'projection'
      readonly of: RustType
      readonly trait?: string
      /** `Rhs` of `<T as std::ops::Add<Rhs>>::Output`; absent when there is none. */
      readonly traitArgs?: readonly RustType[]
      readonly name: string
    }
  | { readonly kind: 'fn'; readonly params: readonly RustType[]; readonly returns: RustType }
  | { readonly kind: 'pointer'; readonly mutable: boolean; readonly to: RustType }

/** `Item = u32` of `Iterator<Item = u32>`. */
export interface Binding {
  readonly name: string
  readonly type: RustType
}

/** One bound: a trait with its arguments, or a lifetime (`'static`), then `trait` is that. */
export interface Bound {
  /** `std::convert::AsRef`, `'static`, `?std::marker::Sized`. A closure is `std::ops::Fn` with one tuple and `Output`. */
  readonly trait: string
  /** `'a` of `Visitor<'a>`; absent when there is none. */
  readonly lifetimes?: readonly string[]
  readonly args: readonly RustType[]
  readonly bindings: readonly Binding[]
}

/** A type parameter with all its bounds, those of `where` clauses included. */
export interface GenericParameter {
  /** `T`, `N`, `'a`; of a `where` clause on another type that type's text: `<T as std::ops::Add>::Output`. */
  readonly name: string
  readonly kind: 'type' | 'const' | 'lifetime'
  readonly bounds: readonly Bound[]
  readonly default?: RustType
  /** Of a constant: `usize` of `const N: usize`. */
  readonly type?: RustType
}

/** How a method takes its object; absent for functions and associated functions. `other` is `self: Rc<Self>` and the like. */
export type Receiver = 'ref' | 'mut' | 'value' | 'other'

/** What a function takes and gives. */
export interface RustSignature {
  readonly receiver?: Receiver
  /** What `self` is when the receiver is `other`: `std::rc::Rc<Self>`. */
  readonly receiverType?: RustType
  readonly generics: readonly GenericParameter[]
  readonly params: readonly { readonly name: string; readonly type: RustType }[]
  /** `()` where nothing is returned; what the future gives when `async`. */
  readonly returns: RustType
  readonly async: boolean
  readonly unsafe: boolean
}
