/** Every section of a spec with every key: the one source of the parser, the JSON schema and docs/spec.md. */
import type { KeyDescription, Nested, SectionDescription } from './describe.js'
import { CALLABLE_KEYS, FIELDS, ITEM_KEYS, NAME, RUST_TYPE } from './item-keys.js'

const since = '0.1'

const LIBRARY: Nested = {
  called: 'the library',
  keys: [
    {
      key: 'name',
      kind: 'text',
      doc: "The system's name: lower case letters, digits and `_`. Names of files, errors and exports come from it.",
      example: 'rust_decimal',
      required: true,
      since,
    },
    { key: 'version', kind: 'text', doc: "The package's own version.", example: '"0.1.0"', required: true, since },
    {
      key: 'lang',
      kind: { choice: ['rust', 'c', 'cpp'] },
      doc: 'What is wrapped: a Rust crate, a C library loaded at run time, or C++. Nothing is generated for `c` and `cpp` yet.',
      example: 'rust',
      default: 'rust',
      since,
    },
    {
      key: 'rust_crate',
      kind: 'text',
      doc: "The crate's name on the registry. Needed for `lang: rust`.",
      example: 'rust_decimal',
      since,
    },
    {
      key: 'rust_crate_version',
      kind: 'text',
      doc: "The crate's version. Needed for `lang: rust`, unless there is a `path`.",
      example: '"1.42.1"',
      since,
    },
    {
      key: 'path',
      kind: 'text',
      doc: "The crate's folder, relative to the spec, in place of the registry.",
      example: '"../engine"',
      since,
    },
    {
      key: 'library',
      kind: 'text',
      doc: 'The library to load, for `lang: c` and `cpp`.',
      example: 'libsqlite3.so.0',
      since,
    },
    { key: 'header', kind: 'text', doc: 'Its header, for `lang: c` and `cpp`.', example: 'sqlite3.h', since },
  ],
}

const CRATE: Nested = {
  called: 'the crate',
  keys: [
    {
      key: 'features',
      kind: { listOf: 'text' },
      doc: 'Features of the crate that are on.',
      example: '[maths, serde]',
      default: [],
      since,
    },
    {
      key: 'default_features',
      kind: 'flag',
      doc: "Whether the crate's default features are on.",
      example: 'false',
      default: true,
      since,
    },
    {
      key: 'dependencies',
      kind: { texts: true },
      doc: 'Further crates the glue needs, with their versions.',
      example: '{ serde_json: "1" }',
      since,
    },
    {
      key: 'rust_version',
      kind: 'text',
      doc: 'The oldest Rust that builds the package.',
      example: '"1.85"',
      since,
    },
    {
      key: 'license',
      kind: 'text',
      doc: "The wrapped crate's licence, carried into the package.",
      example: '"MIT OR Apache-2.0"',
      since,
    },
  ],
}

/** What a class is, whatever its entry. */
const CLASS_KEYS: readonly KeyDescription[] = [
  {
    key: 'share',
    kind: 'flag',
    doc: 'Several threads may use one object at the same time.',
    example: 'true',
    default: false,
    since,
  },
  {
    key: 'bound',
    kind: 'flag',
    doc: 'The type is not `Send` or not `Sync`: its objects stay on the JavaScript thread.',
    example: 'true',
    default: false,
    since,
  },
  {
    key: 'clone',
    kind: 'flag',
    doc: 'The type is `Clone`: taking an object by value takes a copy. Otherwise it is used up.',
    example: 'true',
    default: false,
    since,
  },
  {
    key: 'native_bytes',
    kind: 'text',
    doc: 'The method `(&self) -> usize` of the type that says how many bytes an object holds outside of JavaScript: the garbage collector is told.',
    example: 'memory_usage',
    since,
  },
]

const HANDLE: Nested = {
  called: 'a handle type',
  keys: [
    NAME,
    RUST_TYPE,
    {
      key: 'parent',
      kind: 'name',
      doc: 'The handle type it borrows from: an object of it keeps its parent alive.',
      example: 'Document',
      since,
    },
    ...CLASS_KEYS,
    {
      key: 'drop_fn',
      kind: 'text',
      doc: 'The function that frees an object, for `lang: c` and `cpp`.',
      example: 'sqlite3_close',
      since,
    },
    ...ITEM_KEYS,
  ],
}

const RECORD: Nested = {
  called: 'a record',
  keys: [
    NAME,
    RUST_TYPE,
    { ...FIELDS, required: true },
    {
      key: 'by',
      kind: { choice: ['field', 'getter'] },
      doc: 'Whether the fields are public fields in Rust or calls without arguments. A record by getters only comes out.',
      example: 'getter',
      default: 'field',
      since,
    },
    ...ITEM_KEYS,
  ],
}

const VARIANT: Nested = {
  called: 'a variant',
  short: 'name',
  keys: [
    { key: 'name', kind: 'text', doc: 'The string in TypeScript.', example: 'monday', required: true, since },
    {
      key: 'rust',
      kind: 'text',
      doc: 'The variant in Rust. Default: the name with a capital first letter.',
      example: 'Monday',
      since,
    },
    FIELDS,
  ],
}

const ENUM: Nested = {
  called: 'an enum',
  keys: [
    NAME,
    RUST_TYPE,
    {
      key: 'variants',
      kind: { listOf: VARIANT },
      doc: 'The variants, in order. One without data may be its name alone.',
      example: '[monday, { name: other, rust: Other, fields: [{ name: "0", type: text }] }]',
      required: true,
      since,
    },
    {
      key: 'non_exhaustive',
      kind: 'flag',
      doc: 'The crate may add variants: a result can be one that the spec does not know.',
      example: 'true',
      default: false,
      since,
    },
    ...ITEM_KEYS,
  ],
}

const ERROR: Nested = {
  called: 'an error',
  keys: [
    { ...RUST_TYPE, doc: 'The error type, or one variant of it.', example: '"semver::Error"' },
    { key: 'code', kind: 'code', doc: "The error's `code`.", example: 'ERR_SEMVER', required: true, since },
    {
      key: 'fields',
      kind: { listOf: 'field' },
      doc: 'Fields of the Rust error that become `details`.',
      example: '[position]',
      default: [],
      since,
    },
    ...ITEM_KEYS,
  ],
}

const CALLBACK: Nested = {
  called: 'a callback',
  keys: [
    NAME,
    {
      key: 'params',
      kind: { listOf: 'type' },
      doc: 'What the function is called with.',
      example: '[text, u32]',
      default: [],
      since,
    },
    { key: 'return', kind: 'result', doc: 'What it answers.', example: 'boolean', default: 'void', since },
    {
      key: 'policy',
      kind: { choice: ['sync', 'blocking', 'queued'] },
      doc: 'Called at once on the JavaScript thread, from another thread that waits for the answer, or later without one.',
      example: 'queued',
      default: 'sync',
      since,
    },
    ...ITEM_KEYS,
  ],
}

const INSTANCE: Nested = {
  called: 'an instance',
  keys: [{ ...NAME, example: 'StringGraph' }, RUST_TYPE, ...CLASS_KEYS, ...ITEM_KEYS],
}

const OWNER: KeyDescription = {
  key: 'owner',
  kind: 'name',
  doc: 'The handle type whose static member it is. Absent: the module exports it.',
  example: 'Version',
  since,
}

const FUNCTION: Nested = {
  called: 'a function',
  keys: [
    { ...NAME, example: 'parse' },
    {
      key: 'rust_fn',
      synonyms: ['cpp_fn', 'c_fn'],
      kind: 'rust-path',
      doc: 'The function in the wrapped crate, by its public path.',
      example: '"semver::Version::parse"',
      required: true,
      since,
    },
    OWNER,
    {
      key: 'is_constructor',
      kind: 'flag',
      doc: 'The one that `new` calls. It needs an `owner`.',
      example: 'true',
      default: false,
      since,
    },
    ...CALLABLE_KEYS,
    ...ITEM_KEYS,
  ],
}

const METHOD: Nested = {
  called: 'a method',
  keys: [
    {
      key: 'handle',
      kind: 'name',
      doc: 'The handle type it is a method of.',
      example: 'Version',
      required: true,
      since,
    },
    { ...NAME, example: 'comparePrecedence' },
    {
      key: 'rust_method',
      synonyms: ['cpp_method', 'c_method'],
      kind: 'rust-path',
      doc: 'The method in the wrapped crate, by its name.',
      example: 'cmp_precedence',
      required: true,
      since,
    },
    {
      key: 'trait',
      kind: 'rust-type',
      doc: "The trait it is a method of, when it is not the type's own.",
      example: '"std::ops::Add"',
      since,
    },
    {
      key: 'exclusive',
      kind: 'flag',
      doc: 'It takes its object alone (`&mut self`).',
      example: 'true',
      default: false,
      since,
    },
    {
      key: 'chains',
      kind: 'flag',
      doc: 'It gives its own object back, so that calls chain.',
      example: 'true',
      default: false,
      since,
    },
    {
      key: 'is_field',
      kind: 'flag',
      doc: '`rust_method` names a public field; the method gives a copy of it.',
      example: 'true',
      default: false,
      since,
    },
    {
      key: 'self',
      kind: 'name',
      doc: "The name of the object among the native export's parameters. Default: the handle's name, uncapitalised.",
      example: 'regex',
      since,
    },
    {
      key: 'deref',
      kind: 'rust-type',
      doc: "The type that the handle's type derefs to, when it is a method of that.",
      example: '"table::Rows"',
      since,
    },
    ...CALLABLE_KEYS,
    ...ITEM_KEYS,
  ],
}

const CONSTANT: Nested = {
  called: 'a constant',
  keys: [
    { ...NAME, example: 'MAX' },
    {
      key: 'rust',
      kind: 'rust-path',
      doc: 'The constant in the wrapped crate, by its public path.',
      example: '"rust_decimal::Decimal::MAX"',
      required: true,
      since,
    },
    { key: 'type', kind: 'type', doc: 'What crosses.', example: 'handle Decimal', required: true, since },
    OWNER,
    ...ITEM_KEYS,
  ],
}

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
