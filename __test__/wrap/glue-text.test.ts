// What the glue's text promises: absolute paths, items that stand alone, markers, the same text for the same spec.
import { describe, expect, it } from 'vitest'
import { buildPackage } from '../../src/wrap/ir/build.js'
import { contractItems } from '../../src/wrap/ir/contract.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import { emitGlue, glueLines, gluePart } from '../../src/wrap/generate/rust.js'
import { identifier, literal, snake } from '../../src/wrap/generate/rust/text.js'
import { fn, handle, method, semver, specOf } from './glue-fixture.js'
import { kitchenSpec, packageOf } from './glue-kitchen.js'

const glue = emitGlue(packageOf(semver()))

/** Names of Rust's prelude and of the glue that a class of the crate may also have. */
const LOANED = [
  'Option',
  'Some',
  'None',
  'Result',
  'Ok',
  'Err',
  'String',
  'Vec',
  'Box',
  'System',
  'BoundaryError',
  'New',
]

/** Words outside of comments and strings. */
function words(text: string): { word: string; before: string }[] {
  const code = text
    .split('\n')
    .filter((line) => !line.trim().startsWith('//'))
    .join('\n')
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
  return Array.from(code.matchAll(/\b[A-Za-z_]\w*/g), (found) => ({
    word: found[0],
    before: code.slice(Math.max(0, found.index - 2), found.index),
  }))
}

describe('the glue', () => {
  it('is looked at word by word', () => {
    expect(words('fn Option(a: ::x::None) "use"\n// use').map(({ word, before }) => before + word)).toEqual([
      'fn',
      'n Option',
      'n(a',
      '::x',
      '::None',
    ])
  })

  it('imports nothing and has no unsafe code', () => {
    for (const text of [glue, emitGlue(packageOf(kitchenSpec()))]) {
      expect(words(text).filter(({ word }) => word === 'use' || word === 'unsafe' || word === 'extern')).toEqual([])
    }
  })

  it('writes every name of the prelude by its path', () => {
    for (const text of [glue, emitGlue(packageOf(kitchenSpec()))]) {
      const loose = words(text).filter(({ word, before }) => LOANED.includes(word) && !before.endsWith('::'))
      // Enum variants of the crate are declared by their own name.
      expect(loose.filter(({ word }) => word !== 'None')).toEqual([])
    }
  })

  it('is the same for the same spec', () => {
    expect(emitGlue(packageOf(semver()))).toBe(glue)
  })

  it('says where each item and its registration stand', () => {
    const lines = glue.split('\n')
    const found = glueLines(glue)
    expect(Array.from(found.keys())).toEqual(packageOf(semver()).exports.map((item) => item.name))
    for (const [name, { start, end, registration }] of found) {
      const text = lines.slice(start - 1, end).join('\n')
      expect(text).toContain('fn ')
      expect(text.trim().endsWith('}')).toBe(true)
      expect(lines.slice((registration?.start ?? 1) - 1, registration?.end).join('\n')).toContain(`"${name}"`)
      expect(gluePart(glue, start + 1)).toEqual({ kind: 'item', name })
      expect(gluePart(glue, registration?.start ?? 1)).toEqual({ kind: 'item', name })
    }
  })

  it('knows the lines of classes from those that belong to all', () => {
    const lines = glue.split('\n')
    const of = (start: string): number => lines.findIndex((line) => line.startsWith(start)) + 1
    expect(gluePart(glue, of('struct Version('))).toEqual({ kind: 'class', name: 'Version' })
    expect(gluePart(glue, of('pub(crate) fn register'))).toBeUndefined()
    expect(gluePart(glue, of('fn failed('))).toBeUndefined()
    expect(gluePart(glue, 1)).toBeUndefined()
  })

  it('compiles an item without looking at any other', () => {
    const spec = semver()
    const all = glueLines(glue)
    const lines = glue.split('\n')
    const less = emitGlue(packageOf({ ...spec, functions: spec.functions.slice(1) }))
    const first = all.get('versionNew')
    const kept = lines.filter((_, at) => {
      const inside = (range?: { start: number; end: number }): boolean =>
        range !== undefined && at + 1 >= range.start && at + 1 <= range.end
      return !inside(first) && !inside(first?.registration)
    })
    const dense = (text: readonly string[]): string[] => text.filter((line) => line.trim() !== '')
    expect(dense(kept)).toEqual(dense(less.split('\n')))
  })

  it('takes names apart that are the glue’s own, reserved in Rust, or equal in snake case', () => {
    const spec = specOf('odd', 'odd', {
      functions: [
        fn('register', 'odd::register', {}, 'void', '() -> ()'),
        fn('failed', 'odd::failed', {}, 'void', '() -> ()'),
        fn('match', 'odd::r#match', { type: 'u8', self: 'u8', this: 'u8' }, 'void', '(a: u8, b: u8, c: u8) -> ()'),
        fn('fooBar', 'odd::a', {}, 'void', '() -> ()'),
        fn('fooBAR', 'odd::b', {}, 'void', '() -> ()'),
      ],
    })
    const names = Array.from(emitGlue(packageOf(spec)).matchAll(/^fn ([\w#]+)\(/gm), ([, name]) => name)
    expect(names).toEqual(['failed', 'failed_silently', 'register_', 'failed_', 'r#match', 'foo_bar', 'foo_bar_'])
    expect(emitGlue(packageOf(spec))).toContain('fn r#match(r#type: u8, self_: u8, this_: u8)')
  })

  it('tells the crate’s types from classes of the same name', () => {
    const spec = specOf('odd', 'odd', {
      handles: [handle('Option', 'odd::Option'), handle('String', 'odd::String')],
      functions: [
        fn(
          'String.parse',
          'odd::String::parse',
          { text: 'text' },
          'handle String?',
          '(text: String) -> Option<odd::String>',
        ),
      ],
      methods: [method('Option.inner', 'inner', {}, 'text', '(&self) -> String')],
    })
    const text = emitGlue(packageOf(spec))
    expect(text).toContain(
      'fn string_parse(text: ::std::string::String) -> ::std::option::Option<::ferrule_node::New<String>>',
    )
    expect(text).toContain('fn option_inner(this: &Option) -> ::std::string::String')
  })
})

describe('Rust text', () => {
  it('writes names as Rust does', () => {
    expect(['cmpPrecedence', 'URLPath', 'toJSON', 'x2Y', 'md5Sum', 'a'].map(snake)).toEqual([
      'cmp_precedence',
      'url_path',
      'to_json',
      'x2_y',
      'md5_sum',
      'a',
    ])
    expect(['type', 'self', 'Self', 'crate', 'gen', 'name'].map(identifier)).toEqual([
      'r#type',
      'self_',
      'Self_',
      'crate_',
      'r#gen',
      'name',
    ])
  })

  it('keeps every text inside its literal', () => {
    expect(literal('a"b\\c\n\u202e\u0000é')).toBe('"a\\"b\\\\c\\u{a}\\u{202e}\\u{0}é"')
  })
})

describe('an untagged enum', () => {
  const scalar = (fields: string): string => `
wrapper_lib: { name: shop, version: "0.1.0", lang: rust, rust_crate: shop, rust_crate_version: "1.0.0" }
enums:
  - { name: Cell, rust_type: "shop::Cell", untagged: true, variants: [${fields}] }
functions:
  - { name: put, rust_fn: "shop::put", params: [{ name: cells, type: "enum Cell[]" }], return: "enum Cell?", rust: "(cells: &[shop::Cell]) -> Option<shop::Cell>" }
`
  const built = (fields: string): ReturnType<typeof buildPackage> => {
    const { spec } = parseSpec(scalar(fields), 'shop.wrapper_spec')
    if (spec === undefined) throw new Error('the spec has faults')
    return buildPackage(spec)
  }
  const whole =
    '{ name: none }, { name: yes, fields: [{ name: "0", type: boolean }] }, { name: number, fields: [{ name: "0", type: f64 }] }, { name: big, fields: [{ name: "0", type: bigint64 }] }, { name: text, fields: [{ name: "0", type: text }] }, { name: bytes, fields: [{ name: "0", type: bytes }] }'

  it('crosses as a scalar, by the type of its value alone', () => {
    const { package: made } = built(whole)
    if (made === undefined) throw new Error('no package')
    expect(contractItems(made)).toEqual(['put(cells: scalar[]) -> scalar?'])
    const text = emitGlue(made)
    expect(text).toContain('::ferrule_node::Scalar::BigInt(value) => ::shop::Cell::Big(value)')
    expect(text).toContain('::shop::Cell::Bytes(value) => ::ferrule_node::Scalar::Bytes(::ferrule_node::Bytes(value))')
  })

  it('needs variants that the type of a value tells apart', () => {
    const messages = (fields: string): string =>
      built(fields)
        .faults.map(({ message }) => message)
        .join()
    expect(messages('{ name: none }, { name: no }')).toContain('two untagged variants are told by Null')
    expect(messages('{ name: small, fields: [{ name: "0", type: u8 }] }')).toContain('needs one field of type')
    expect(messages('{ name: pair, fields: [{ name: "0", type: text }, { name: "1", type: text }] }')).toContain(
      'needs one field of type',
    )
  })
})
