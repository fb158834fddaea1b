/** The keys of the types that a spec declares. */
import type { KeyDescription, Nested } from './describe.js'
import { FIELDS, ITEM_KEYS, NAME, RUST_TYPE } from './item-keys.js'

const since = '0.1'

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

export const HANDLE: Nested = {
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

export const RECORD: Nested = {
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

export const ENUM: Nested = {
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
    {
      key: 'untagged',
      kind: 'flag',
      doc: 'The variants are told apart by the type of their JavaScript value. Each has one field, of type `boolean`, `f64`, `bigint64`, `text` or `bytes`, or none: that one is `null`.',
      example: 'true',
      default: false,
      since,
    },
    ...ITEM_KEYS,
  ],
}

export const ERROR: Nested = {
  called: 'an error',
  keys: [
    { ...RUST_TYPE, doc: 'The error type, or one variant of it.', example: '"semver::Error"' },
    { key: 'code', kind: 'code', doc: "The error's `code`.", example: 'ERR_SEMVER', required: true, since },
    {
      key: 'fields',
      kind: { listOf: 'member' },
      doc: 'Fields of the Rust error that become `details`; `report.position` is a field of a field.',
      example: '[position, report.hint]',
      default: [],
      since,
    },
    ...ITEM_KEYS,
  ],
}

export const CALLBACK: Nested = {
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

export const INSTANCE: Nested = {
  called: 'an instance',
  keys: [{ ...NAME, example: 'StringGraph' }, RUST_TYPE, ...CLASS_KEYS, ...ITEM_KEYS],
}
