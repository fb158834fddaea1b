/** The keys of what is wrapped: the library, and how its crate is built. */
import type { Nested } from './describe.js'

const since = '0.1'

export const LIBRARY: Nested = {
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
      key: 'api_version',
      kind: 'text',
      doc: 'The version of the exports, a whole number from 1, which it is when it is not given. Raised when one of them changes, so that a binary of another one is refused.',
      example: '"2"',
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

export const CRATE: Nested = {
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
