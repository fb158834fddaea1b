/** The keys that items of several sections share. */
import type { KeyDescription, Nested } from './describe.js'

const since = '0.1'

export const NAME: KeyDescription = {
  key: 'name',
  kind: 'name',
  doc: 'The name in TypeScript.',
  example: 'Version',
  required: true,
  since,
}

export const RUST_TYPE: KeyDescription = {
  key: 'rust_type',
  synonyms: ['cpp_type', 'c_type'],
  kind: 'rust-type',
  doc: 'The type in the wrapped crate, by its public path.',
  example: '"petgraph::Graph<String, f64>"',
  required: true,
  since,
}

/** Every item may have these. */
export const ITEM_KEYS: readonly KeyDescription[] = [
  {
    key: 'doc',
    kind: 'prose',
    doc: "Documentation in place of the crate's own, in Markdown.",
    example: '"A version by the rules of SemVer 2."',
    since,
  },
  {
    key: 'skip',
    kind: 'prose',
    doc: 'Leaves the item out, for this reason. The reason is in the report and in the docs.',
    example: '"needs a window"',
    since,
  },
  {
    key: 'rejected',
    kind: 'prose',
    doc: "Set by the check: the item did not compile, in the compiler's words. Gone when it compiles again.",
    example: '"E0277: Rc<str> cannot be sent between threads safely"',
    since,
  },
  {
    key: 'required',
    kind: 'flag',
    doc: 'The item is never dropped: when it does not compile, the run fails.',
    example: 'true',
    default: false,
    since,
  },
  {
    key: 'since',
    kind: 'text',
    doc: 'The version of the package that brought the item, for its documentation.',
    example: '"0.2.0"',
    since,
  },
  {
    key: 'rule',
    kind: 'text',
    doc: 'Set by the scanner: the rule in docs/rules.md that proposed the item.',
    example: 'display',
    since,
  },
]

/** A parameter, also by its name and type alone. */
const PARAMETER: Nested = {
  called: 'a parameter',
  keys: [
    { key: 'name', kind: 'name', doc: 'Its name in TypeScript.', example: 'text', required: true, since },
    { key: 'type', kind: 'type', doc: 'What crosses.', example: 'text', required: true, since },
  ],
}

const EXAMPLE: Nested = {
  called: 'an example',
  keys: [
    {
      key: 'call',
      kind: 'prose',
      doc: 'An expression of TypeScript over what the package exports.',
      example: '"Version.parse(\'1.2.3\').major"',
      required: true,
      since,
    },
    { key: 'gives', kind: 'prose', doc: 'An expression that equals the result.', example: '"1"', since },
    { key: 'throws', kind: 'code', doc: 'The code of the error it throws instead.', example: 'ERR_SEMVER', since },
  ],
}

/** A field of a record or of a variant. */
export const FIELDS: KeyDescription = {
  key: 'fields',
  kind: {
    listOf: {
      called: 'a field',
      keys: [
        { key: 'name', kind: 'field', doc: 'Its name in TypeScript.', example: 'majorVersion', required: true, since },
        { key: 'type', kind: 'type', doc: 'What crosses.', example: 'u32', required: true, since },
        {
          key: 'rust',
          kind: 'text',
          doc: "The field or getter in Rust. Default: the name in Rust's case.",
          example: 'major_version',
          since,
        },
      ],
    },
  },
  doc: 'The fields, in the order in which they cross.',
  example: '[{ name: x, type: f64 }, { name: y, type: f64 }]',
  default: [],
  since,
}

/** What functions and methods share. */
export const CALLABLE_KEYS: readonly KeyDescription[] = [
  {
    key: 'params',
    kind: { listOf: PARAMETER },
    doc: 'The parameters, without the object a method is called on.',
    example: '[{ name: text, type: text }]',
    default: [],
    since,
  },
  {
    key: 'return',
    kind: 'result',
    doc: 'What crosses back. What a `Result` throws is not part of it.',
    example: 'handle Version',
    default: 'void',
    since,
  },
  {
    key: 'rust',
    kind: 'rust-signature',
    doc: "The crate's own signature, with public paths: what the generated glue is written for. Without it the parameters' usual Rust types are meant.",
    example: '"(&self, other: &Self) -> std::cmp::Ordering"',
    since,
  },
  {
    key: 'async',
    kind: { choice: ['false', 'true', 'lane', 'blocking'] },
    doc: "Where it runs: `false` on the JavaScript thread, `blocking` on a thread of the pool, `true` (or `lane`) on the environment's async thread.",
    example: 'blocking',
    default: 'false',
    since,
  },
  {
    key: 'sync',
    kind: 'flag',
    doc: 'Whether an async item also has its `…Sync` door.',
    example: 'false',
    default: true,
    since,
  },
  {
    key: 'throws',
    kind: 'text',
    doc: 'The Rust error type it throws, where the signature does not say it, or the code.',
    example: '"semver::Error"',
    since,
  },
  {
    key: 'parent',
    kind: 'name',
    doc: 'The parameter (or the handle) that the result borrows from: both are kept together.',
    example: 'regex',
    since,
  },
  {
    key: 'checkpoint',
    kind: 'text',
    doc: 'The parameter of the crate, by its name in `rust`, through which a running call asks whether to go on: a closure without arguments that gives `Result<(), E>`, with an `E` that has a default. Nothing is passed for it: it says no when the call is aborted, or its deadline has passed. Needs `async: blocking`.',
    example: 'checkpoint',
    since,
  },
  {
    key: 'consumes',
    kind: 'flag',
    doc: 'The object is used up: using it again is an error. Otherwise what is taken by value is cloned.',
    example: 'true',
    default: false,
    since,
  },
  {
    key: 'stream',
    kind: 'flag',
    doc: 'The result is pulled item by item through an async iterator.',
    example: 'true',
    default: false,
    since,
  },
  {
    key: 'waits',
    kind: 'flag',
    doc: 'It waits for something outside the process, so it does not hold a thread of the pool.',
    example: 'true',
    default: false,
    since,
  },
  {
    key: 'independent',
    kind: 'flag',
    doc: 'Its calls may run at the same time as others on the same object.',
    example: 'true',
    default: false,
    since,
  },
  {
    key: 'offsets',
    kind: { choice: ['bytes', 'utf16'] },
    doc: 'What numbers that are places in a text count. `utf16` converts them to what JavaScript counts.',
    example: 'utf16',
    since,
  },
  {
    key: 'examples',
    kind: { listOf: EXAMPLE },
    doc: 'Calls with what they give or throw: they become tests and documentation.',
    example: '[{ call: "escape(\'a.b\')", gives: "\'a\\\\\\\\.b\'" }]',
    default: [],
    since,
  },
]
