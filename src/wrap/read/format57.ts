/**
 * rustdoc's JSON, format version 57 (rustc 1.95), as far as it is used here. Tagged unions are objects with one key. See
 * https://docs.rs/rustdoc-types/0.57 for all of it.
 */
import { ReadError } from './read-error.js'

export const FORMAT_VERSION = 57

export interface Rustdoc {
  readonly root: number
  readonly crate_version: string | null
  readonly index: Readonly<Record<string, JsonItem>>
  readonly paths: Readonly<Record<string, JsonSummary>>
  readonly external_crates: Readonly<Record<string, { readonly name: string }>>
  readonly format_version: number
}

/** Where an item is defined, of this crate or another. */
export interface JsonSummary {
  readonly crate_id: number
  readonly path: readonly string[]
  readonly kind: string
}

export interface JsonItem {
  readonly id: number
  readonly crate_id: number
  readonly name: string | null
  readonly span: { readonly filename: string; readonly begin: readonly [number, number] } | null
  readonly visibility: unknown
  readonly docs: string | null
  readonly attrs: readonly unknown[]
  readonly deprecation: { readonly since: string | null; readonly note: string | null } | null
  readonly inner: JsonInner
}

export interface JsonInner {
  readonly module?: { readonly items: readonly number[]; readonly is_stripped: boolean }
  readonly extern_crate?: { readonly name: string; readonly rename: string | null }
  readonly use?: {
    readonly source: string
    readonly name: string
    readonly id: number | null
    readonly is_glob: boolean
  }
  readonly struct?: JsonStruct
  readonly union?: {
    readonly generics: JsonGenerics
    readonly has_stripped_fields: boolean
    readonly fields: readonly number[]
    readonly impls: readonly number[]
  }
  readonly enum?: {
    readonly generics: JsonGenerics
    readonly has_stripped_variants: boolean
    readonly variants: readonly number[]
    readonly impls: readonly number[]
  }
  readonly variant?: {
    readonly kind: 'plain' | JsonFields
    readonly discriminant: { readonly expr: string; readonly value: string } | null
  }
  readonly struct_field?: JsonType
  readonly function?: JsonFunction
  readonly trait?: JsonTrait
  readonly impl?: JsonImpl
  readonly type_alias?: { readonly type: JsonType; readonly generics: JsonGenerics }
  readonly constant?: {
    readonly type: JsonType
    readonly const: { readonly expr: string; readonly value: string | null }
  }
  readonly static?: { readonly type: JsonType; readonly is_mutable: boolean; readonly expr: string }
  readonly assoc_const?: { readonly type: JsonType; readonly value: string | null }
  readonly assoc_type?: {
    readonly generics: JsonGenerics
    readonly bounds: readonly JsonBound[]
    readonly type: JsonType | null
  }
}

/** Of tuple structs and variants, a field that is private or hidden is `null`. */
export interface JsonFields {
  readonly tuple?: readonly (number | null)[]
  readonly plain?: { readonly fields: readonly number[]; readonly has_stripped_fields: boolean }
  readonly struct?: { readonly fields: readonly number[]; readonly has_stripped_fields: boolean }
}

export interface JsonStruct {
  readonly kind: 'unit' | JsonFields
  readonly generics: JsonGenerics
  readonly impls: readonly number[]
}

export interface JsonFunction {
  readonly sig: JsonSignature
  readonly generics: JsonGenerics
  readonly header: { readonly is_const: boolean; readonly is_unsafe: boolean; readonly is_async: boolean }
  readonly has_body: boolean
}

export interface JsonSignature {
  readonly inputs: readonly (readonly [string, JsonType])[]
  readonly output: JsonType | null
}

export interface JsonTrait {
  readonly items: readonly number[]
  readonly generics: JsonGenerics
  readonly bounds: readonly JsonBound[]
  readonly implementations: readonly number[]
}

export interface JsonImpl {
  readonly generics: JsonGenerics
  readonly trait: JsonPath | null
  readonly for: JsonType
  readonly items: readonly number[]
  readonly is_negative: boolean
  readonly is_synthetic: boolean
  readonly blanket_impl: JsonType | null
}

export interface JsonPath {
  readonly path: string
  readonly id: number
  readonly args: JsonArguments | null
}

export interface JsonArguments {
  readonly angle_bracketed?: {
    readonly args: readonly (
      'infer' | { readonly lifetime?: string; readonly type?: JsonType; readonly const?: { readonly expr: string } }
    )[]
    readonly constraints: readonly {
      readonly name: string
      readonly binding: {
        readonly equality?: { readonly type?: JsonType; readonly constant?: { readonly expr: string } }
        readonly constraint?: readonly JsonBound[]
      }
    }[]
  }
  readonly parenthesized?: { readonly inputs: readonly JsonType[]; readonly output: JsonType | null }
}

export type JsonType = 'infer' | JsonTypeForm

export interface JsonTypeForm {
  readonly resolved_path?: JsonPath
  readonly dyn_trait?: {
    readonly traits: readonly { readonly trait: JsonPath; readonly generic_params: readonly JsonParameter[] }[]
    readonly lifetime: string | null
  }
  readonly generic?: string
  readonly primitive?: string
  readonly function_pointer?: { readonly sig: JsonSignature; readonly generic_params: readonly JsonParameter[] }
  readonly tuple?: readonly JsonType[]
  readonly slice?: JsonType
  readonly array?: { readonly type: JsonType; readonly len: string }
  readonly impl_trait?: readonly JsonBound[]
  readonly raw_pointer?: { readonly is_mutable: boolean; readonly type: JsonType }
  readonly borrowed_ref?: { readonly lifetime: string | null; readonly is_mutable: boolean; readonly type: JsonType }
  readonly qualified_path?: {
    readonly name: string
    readonly self_type: JsonType
    readonly trait: JsonPath | null
  }
}

export interface JsonBound {
  readonly trait_bound?: {
    readonly trait: JsonPath
    readonly generic_params: readonly JsonParameter[]
    readonly modifier: string
  }
  readonly outlives?: string
  /** `use<'a, T>`: what is captured. */
  readonly use?: readonly unknown[]
}

export interface JsonParameter {
  readonly name: string
  readonly kind: {
    readonly lifetime?: { readonly outlives: readonly string[] }
    readonly type?: {
      readonly bounds: readonly JsonBound[]
      readonly default: JsonType | null
      readonly is_synthetic: boolean
    }
    readonly const?: { readonly type: JsonType; readonly default: string | null }
  }
}

export interface JsonGenerics {
  readonly params: readonly JsonParameter[]
  readonly where_predicates: readonly {
    readonly bound_predicate?: {
      readonly type: JsonType
      readonly bounds: readonly JsonBound[]
      readonly generic_params: readonly JsonParameter[]
    }
    readonly lifetime_predicate?: { readonly lifetime: string; readonly outlives: readonly string[] }
  }[]
}

/** Takes what rustdoc wrote. Throws `ReadError` when it is another version of the format. */
export function parseRustdoc(text: string): Rustdoc {
  const found = JSON.parse(text) as Rustdoc
  if (found.format_version !== FORMAT_VERSION) {
    throw new ReadError(
      'ERR_WRAP_RUSTDOC_FORMAT',
      `this rustdoc writes format version ${found.format_version}; version ${FORMAT_VERSION} can be read`,
      'Read the crate with rustc 1.95: `rustup toolchain install 1.95`, then set RUSTUP_TOOLCHAIN=1.95. Only the author of a package needs it.',
    )
  }
  return found
}
