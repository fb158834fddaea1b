/** The keys of what is called or read: functions, methods and constants. */
import type { KeyDescription, Nested } from './describe.js'
import { CALLABLE_KEYS, ITEM_KEYS, NAME } from './item-keys.js'

const since = '0.1'

const OWNER: KeyDescription = {
  key: 'owner',
  kind: 'name',
  doc: 'The handle type whose static member it is. Absent: the module exports it.',
  example: 'Version',
  since,
}

export const FUNCTION: Nested = {
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

export const METHOD: Nested = {
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
    {
      key: 'running',
      kind: { choice: ['begins', 'ends'] },
      doc: 'When the call has succeeded, the object works by itself (`begins`: it holds the event loop until it is disposed, and can be unrefed) or does so no more (`ends`). The method runs on the JavaScript thread and returns nothing.',
      example: 'begins',
      since,
    },
    ...CALLABLE_KEYS,
    ...ITEM_KEYS,
  ],
}

export const CONSTANT: Nested = {
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
