/** Every section of a spec with every key: the one source of the parser, the JSON schema and docs/spec.md. */
import type { SectionDescription } from './describe.js'
import { CRATE, LIBRARY } from './library-sections.js'
import { CONSTANT, FUNCTION, METHOD } from './member-sections.js'
import { CALLBACK, ENUM, ERROR, HANDLE, INSTANCE, RECORD } from './type-sections.js'

const since = '0.1'

export const SECTIONS: readonly SectionDescription[] = [
  {
    key: 'wrapper_lib',
    kind: LIBRARY,
    doc: 'What is wrapped and what the package is called.',
    example: '{ name: semver, version: "0.1.0", lang: rust, rust_crate: semver, rust_crate_version: "1.0.27" }',
    required: true,
    since,
  },
  {
    key: 'crate',
    kind: CRATE,
    doc: 'How the crate is built.',
    example: '{ features: [serde], default_features: false }',
    since,
  },
  {
    key: 'api',
    kind: { choice: ['generated', 'handwritten'] },
    doc: "Whether `index.ts` is generated (the default) or somebody's own work.",
    example: 'handwritten',
    since,
  },
  {
    key: 'handle_types',
    kind: { listOf: HANDLE },
    doc: 'Classes over objects that live in Rust.',
    example: '{ name: Version, rust_type: "semver::Version", clone: true }',
    since,
  },
  {
    key: 'instances',
    kind: { listOf: INSTANCE },
    doc: 'Generic types made concrete, under names of their own: a class each. Their types may name other instances.',
    example: '{ name: StringGraph, rust_type: "petgraph::Graph<String, f64>" }',
    since,
  },
  {
    key: 'records',
    kind: { listOf: RECORD },
    doc: 'Plain data that crosses by value, as an object.',
    example: '{ name: Point, rust_type: "geo::Point", fields: [{ name: x, type: f64 }, { name: y, type: f64 }] }',
    since,
  },
  {
    key: 'enums',
    kind: { listOf: ENUM },
    doc: 'String unions, or discriminated unions when a variant carries data.',
    example: '{ name: Weekday, rust_type: "chrono::Weekday", variants: [mon, tue] }',
    since,
  },
  {
    key: 'errors',
    kind: { listOf: ERROR },
    doc: 'Rust error types, or single variants of them, and what JavaScript sees.',
    example: '{ rust_type: "semver::Error", code: ERR_SEMVER }',
    since,
  },
  {
    key: 'callbacks',
    kind: { listOf: CALLBACK },
    doc: 'Functions that Rust calls, under a name.',
    example: '{ name: OnProgress, params: [u32], policy: queued }',
    since,
  },
  {
    key: 'functions',
    kind: { listOf: FUNCTION },
    doc: 'Functions of the module, and static members of classes.',
    example:
      '{ name: parse, owner: Version, rust_fn: "semver::Version::parse", params: [{ name: text, type: text }], return: handle Version }',
    since,
  },
  {
    key: 'methods',
    kind: { listOf: METHOD },
    doc: 'Methods of handle types.',
    example:
      '{ handle: Version, name: toString, rust_method: to_string, trait: "std::string::ToString", return: text }',
    since,
  },
  {
    key: 'constants',
    kind: { listOf: CONSTANT },
    doc: 'Values that never change.',
    example: '{ name: MAX, owner: Decimal, rust: "rust_decimal::Decimal::MAX", type: handle Decimal }',
    since,
  },
]
