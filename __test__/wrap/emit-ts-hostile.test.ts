import { describe, expect, it } from 'vitest'
import type { MemberSketch } from './emit-ts-package.js'
import {
  classOf,
  filesOf,
  handle,
  list,
  map,
  member,
  number,
  packageOf,
  syntaxErrors,
  text,
  typeErrors,
} from './emit-ts-package.js'

const CONTROLS = '\u0000\u0007\u001b\u0085\u200b\u202e\u2066\u2028\u2029\ufeff\ud800'
const HOSTILE_DOCS = [
  'ends */ here',
  '/* opens',
  '@param fake {string}',
  '{@link Fake}',
  '`unclosed',
  '${template} `tick` "quote" \'single\' \\ backslash',
  `controls ${CONTROLS} end`,
  '```rust\nlet x = "*/";\n```',
  '~~~\nnever closed */',
  '[`Foo`](crate::Foo*/) [x]: */',
  '</script><script>alert(1)</script>',
  '*\\/ \u002a\u002f */*/',
  '',
].join('\n\n')

const UNWANTED =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/

/** Reserved in TypeScript or JavaScript, or used by the generated files themselves. */
const HOSTILE_NAMES = [
  ...['delete', 'default', 'class', 'new', 'function', 'await', 'yield', 'let', 'static', 'enum', 'eval', 'arguments'],
  ...[
    'native',
    'boundary',
    'adopt',
    'maybe',
    'numberOf',
    'checkedArray',
    'convertedArray',
    'names',
    'contract',
    'constants',
    'require',
    'exports',
  ],
  ...['undefined', 'NaN', 'globalThis', 'call', 'options', 'item', 'value', 'fn', 'type', 'of', 'async', 'module'],
]

const functions = (sketches: readonly MemberSketch[]) => sketches.map((sketch) => member('semver', undefined, sketch))

describe('hostile documentation', () => {
  const p = packageOf({
    system: 'semver',
    classes: [
      classOf('semver', 'Version', HOSTILE_DOCS, [
        { kind: 'static', name: 'parse', params: [['text', text]], returns: handle('Version'), docs: HOSTILE_DOCS },
        { kind: 'getter', name: 'major', returns: number('u64'), docs: HOSTILE_DOCS, deprecated: HOSTILE_DOCS },
      ]),
    ],
    members: functions([{ kind: 'function', name: 'run', docs: `*/ export const injected = 1 /* ${HOSTILE_DOCS}` }]),
  })

  it('stays inside its comments', () => {
    expect(typeErrors(p)).toEqual([])
    expect(filesOf(p).get('index.ts')).not.toMatch(/^export const injected/m)
  })

  it('leaves no invisible or direction-changing character behind', () => {
    for (const [name, content] of filesOf(p)) expect(content, name).not.toMatch(UNWANTED)
  })

  it('cannot forge a tag', () => {
    expect(filesOf(p).get('index.ts')).not.toMatch(/^\s*\* @param fake/m)
  })
})

describe('hostile names', () => {
  it('of functions, parameters and constants are kept and pass the compiler', () => {
    const p = packageOf({
      system: 'semver',
      classes: [classOf('semver', 'Version', '', [])],
      members: functions([
        ...HOSTILE_NAMES.map((name): MemberSketch => ({
          kind: 'function',
          name,
          params: [
            ...HOSTILE_NAMES.slice(0, 12).map((param): readonly [string, typeof text] => [param, text]),
            ['versions', list(handle('Version'))],
          ],
          returns: list(handle('Version')),
        })),
      ]),
    })
    expect(typeErrors(p)).toEqual([])
    const index = filesOf(p).get('index.ts')
    for (const name of HOSTILE_NAMES) {
      expect(index).toMatch(new RegExp(`(?:export function ${name}\\(| as ${name}[ ,])`))
    }
  })

  it('of classes, records and enums may be those of the language and of the boundary', () => {
    const names = ['Object', 'Map', 'Date', 'Promise', 'Uint8Array', 'Error', 'Symbol', 'Array', 'Function', 'String']
    const more = ['NativeObject', 'CallOptions', 'SyncCallOptions', 'Handle', 'SemverNative', 'Reflect', 'Record']
    const classes = [...names, ...more].map((name) =>
      classOf('semver', name, '', [
        { kind: 'static', name: 'from', params: [['at', map({ kind: 'date' })]], returns: handle(name) },
        { kind: 'method', name: 'all', returns: map({ kind: 'map', key: text, value: handle('Map') }) },
        { kind: 'method', name: 'bytes', runs: 'pool', returns: map({ kind: 'bytes' }) },
      ]),
    )
    expect(typeErrors(packageOf({ system: 'semver', classes }))).toEqual([])
  })

  it('of members, fields and variants are no use of what has the same name', () => {
    const helpers = ['adopt', 'maybe', 'numberOf', 'checkedArray', 'unpacked', 'native', 'boundary']
    const entry = { place: { line: 1, column: 1 }, required: false, rustType: 'x', nonExhaustive: false, variants: [] }
    const rustType = { kind: 'primitive', name: 'x' } as const
    const variants = helpers.map((name) => ({ name, rust: name, shape: 'unit' as const, fields: [] }))
    const fields = helpers.map((name) => ({ name, rust: name, mapping: text }))
    const p = packageOf({
      system: 'semver',
      classes: [
        ...(['method', 'static'] as const).map((kind) =>
          classOf(
            'semver',
            kind === 'method' ? 'Version' : 'VersionReq',
            '',
            helpers.map((name): MemberSketch => ({ kind, name, returns: text })),
          ),
        ),
      ],
      enums: [{ name: 'Choice', entry: { ...entry, name: 'Choice' }, rustType, carriesData: false, variants }],
      records: [{ name: 'Odd', entry: { ...entry, name: 'Odd', fields: [], by: 'field' }, rustType, fields }],
    })
    expect(typeErrors(p)).toEqual([])
  })

  it('of members never take over what every object has', () => {
    const taken = [
      'constructor',
      'dispose',
      'handle',
      'isDisposed',
      'then',
      '__proto__',
      'a name',
      '0',
      'prototype',
      'name',
    ]
    const named = (kind: 'method' | 'static') => taken.map((name): MemberSketch => ({ kind, name, returns: text }))
    const classes = [
      classOf('semver', 'Version', '', named('method')),
      classOf('semver', 'VersionReq', '', named('static')),
    ]
    const p = packageOf({ system: 'semver', classes })
    expect(typeErrors(p)).toEqual([])
    expect(filesOf(p).get('index.ts')).toContain('dispose_(): string')
  })

  it('of members that are those of helpers bring no helper that is not used', () => {
    const members = HOSTILE_NAMES.map((name): MemberSketch => ({ kind: 'method', name, returns: text }))
    expect(typeErrors(packageOf({ system: 'semver', classes: [classOf('semver', 'Version', '', members)] }))).toEqual(
      [],
    )
  })

  it('of variants and fields are quoted where they must be', () => {
    const field = (name: string) => ({ name, rust: name, mapping: text })
    const entry = { place: { line: 1, column: 1 }, required: false, rustType: 'x', nonExhaustive: false, variants: [] }
    const odd = ["it's", 'back\\slash', '`${x}`', 'new\nline', '\u202e', 'kind', 'kind_', '']
    const p = packageOf({
      system: 'semver',
      records: [
        {
          name: 'Odd',
          entry: { ...entry, name: 'Odd', fields: [], by: 'field' },
          rustType: { kind: 'primitive', name: 'x' },
          fields: odd.map(field),
        },
      ],
      enums: [
        {
          name: 'Shape',
          entry: { ...entry, name: 'Shape' },
          rustType: { kind: 'primitive', name: 'x' },
          carriesData: true,
          variants: odd.map((name) => ({ name, rust: name, shape: 'struct' as const, fields: odd.map(field) })),
        },
      ],
      members: functions([
        {
          kind: 'function',
          name: 'each',
          params: [['odd', map({ kind: 'record', name: 'Odd' })]],
          returns: map({ kind: 'enum', name: 'Shape' }),
        },
      ]),
    })
    expect(typeErrors(p)).toEqual([])
  })
})

describe('a package of 20,000 items', () => {
  it('still parses', () => {
    const members = functions(
      Array.from({ length: 20_000 }, (_, at): MemberSketch => ({
        kind: 'function',
        name: `f${at}`,
        params: [['text', text]],
        returns: text,
      })),
    )
    const p = packageOf({ system: 'semver', members })
    for (const [name, content] of filesOf(p)) expect(syntaxErrors(name, content)).toEqual([])
  })
})
