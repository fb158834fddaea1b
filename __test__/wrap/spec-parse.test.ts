import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import type { Spec } from '../../src/wrap/spec/spec.js'

const root = join(import.meta.dirname, '../..')

function parsed(text: string | Uint8Array): Spec {
  const { spec, faults } = parseSpec(text, 'demo.wrapper_spec')
  expect(faults).toEqual([])
  if (spec === undefined) throw new Error('no faults and no spec')
  return spec
}

const LIBRARY = 'wrapper_lib: { name: demo, version: "0.1.0", rust_crate: demo, rust_crate_version: "1" }\n'

describe('the short form', () => {
  const text = `wrapper_lib: { name: regex, version: "0.1.0", lang: rust, rust_crate: regex, rust_crate_version: "1.13" }
handle_types:
  - { name: Regex, rust_type: "regex::Regex" }
functions:
  - { name: escape, rust_fn: "regex::escape", params: [{ name: text, type: text }], return: text }
methods:
  - { handle: Regex, name: isMatch, rust_method: is_match, params: [{ name: text, type: text }], return: bool }
`

  it('gives entries with their places and defaults', () => {
    const spec = parsed(text)
    expect(spec.lib).toEqual({
      place: { line: 1, column: 14 },
      name: 'regex',
      version: '0.1.0',
      lang: 'rust',
      rustCrate: 'regex',
      rustCrateVersion: '1.13',
    })
    expect(spec.crate).toMatchObject({ features: [], defaultFeatures: true, dependencies: {} })
    expect(spec.api).toBe('generated')
    expect(spec.handles).toEqual([
      {
        place: { line: 3, column: 5 },
        name: 'Regex',
        rustType: 'regex::Regex',
        required: false,
        share: false,
        bound: false,
        clone: false,
      },
    ])
    expect(spec.methods[0]).toMatchObject({
      place: { line: 7, column: 5 },
      handle: 'Regex',
      rustMethod: 'is_match',
      params: [{ place: { line: 7, column: 69 }, name: 'text', type: 'text' }],
      returns: 'bool',
      async: false,
      sync: true,
      exclusive: false,
      examples: [],
    })
    expect(spec.functions[0]).not.toHaveProperty('rust')
  })

  it('reads the keys of C++ as the same keys', () => {
    const other = text
      .replace('rust_type', 'cpp_type')
      .replace('rust_fn', 'cpp_fn')
      .replace('rust_method', 'cpp_method')
      .replace('"regex::Regex" }', '"regex::Regex", drop_fn: free_regex }')
    const spec = parsed(other)
    expect(spec.handles[0]).toMatchObject({ rustType: 'regex::Regex', dropFn: 'free_regex' })
    expect(spec.functions[0]?.rustFn).toBe('regex::escape')
    expect(spec.methods[0]?.rustMethod).toBe('is_match')
  })

  it('means the same in lines and in braces, with Windows line ends and with a byte order mark', () => {
    const block = `\ufeffwrapper_lib:
  name: demo
  version: "0.1.0"
  rust_crate: demo
  rust_crate_version: 1
functions:
  - name: one
    rust_fn: demo::one
    return: text
`
    const flow = `${LIBRARY}functions: [{ name: one, rust_fn: "demo::one", return: text }]\n`
    const withoutPlaces = (spec: Spec): unknown =>
      JSON.parse(JSON.stringify(spec, (key, value: unknown) => (key === 'place' ? undefined : value)))
    expect(withoutPlaces(parsed(block.replaceAll('\n', '\r\n')))).toEqual(withoutPlaces(parsed(flow)))
    expect(withoutPlaces(parsed(Buffer.from(block)))).toEqual(withoutPlaces(parsed(flow)))
  })
})

describe('the spec of regex', () => {
  it('has no faults', () => {
    const spec = parsed(readFileSync(join(root, 'src/regex/regex.wrapper_spec')))
    expect(spec.api).toBe('handwritten')
    expect([spec.handles.length, spec.errors.length, spec.functions.length, spec.methods.length]).toEqual([
      7, 7, 14, 44,
    ])
    expect(spec.methods.find(({ name }) => name === 'replaceTask')).toMatchObject({
      self: 'regex',
      async: 'blocking',
      returns: 'text?',
    })
    expect(spec.methods.find(({ name }) => name === 'countTask')?.checkpoint).toBe('checkpoint')
    expect(spec.functions.find(({ name }) => name === 'matchesNew')?.parent).toBe('regex')
    expect(spec.handles.find(({ name }) => name === 'RegexSet')?.nativeBytes).toBe('memory_usage')
  })
})

describe('values', () => {
  it('are the text that stands there, whatever YAML makes of it elsewhere', () => {
    const spec = parsed(
      'wrapper_lib: { name: no, version: 1.10, rust_crate: on, rust_crate_version: 0x10 }\ncrate: { features: [yes, null, 1e3] }\n',
    )
    expect(spec.lib).toMatchObject({ name: 'no', version: '1.10', rustCrate: 'on', rustCrateVersion: '0x10' })
    expect(spec.crate.features).toEqual(['yes', 'null', '1e3'])
  })

  it('of `async` say where an item runs', () => {
    const item = (value: string): string =>
      `${LIBRARY}functions:\n  - { name: one, rust_fn: "demo::one", async: ${value} }\n`
    const runs = ['true', 'lane', 'blocking', 'false'].map((value) => parsed(item(value)).functions[0]?.async)
    expect(runs).toEqual(['lane', 'lane', 'blocking', false])
  })

  it('of fields and variants have the usual Rust names unless they say others', () => {
    const spec = parsed(`${LIBRARY}records:
  - { name: Limits, rust_type: "demo::Limits", fields: [{ name: maxSize, type: u32 }, { name: min, type: u32, rust: least }] }
enums:
  - { name: Day, rust_type: "demo::Day", variants: [monday, { name: other, rust: Unknown, fields: [{ name: "0", type: text }] }] }
`)
    expect(spec.records[0]?.fields.map(({ rust }) => rust)).toEqual(['max_size', 'least'])
    expect(spec.enums[0]?.variants).toEqual([
      { name: 'monday', rust: 'Monday', fields: [] },
      { name: 'other', rust: 'Unknown', fields: [{ name: '0', type: 'text', rust: '0' }] },
    ])
  })

  it('with escapes may hold what the file itself may not, in prose', () => {
    const spec = parsed(`${LIBRARY}functions:\n  - { name: one, rust_fn: "demo::one", doc: "*/ \\u202e \\n \`" }\n`)
    expect(spec.functions[0]?.doc).toBe('*/ \u202e \n `')
  })
})

it.each(['c', 'cpp'])('a spec of `lang: %s` is a spec, with types of its own language', (lang) => {
  const spec =
    parsed(`wrapper_lib: { name: demo, version: "0.1.0", lang: ${lang}, library: libdemo.so.1, header: demo.h }
handle_types:
  - { name: Thing, cpp_type: "std::vector<int> *const", drop_fn: demo_free }
functions:
  - { name: open, cpp_fn: demo_open, params: [{ name: path, type: text }], return: handle Thing }
`)
  expect(spec.lib).toMatchObject({ lang, library: 'libdemo.so.1', header: 'demo.h', rustCrate: '' })
  expect(spec.handles[0]?.rustType).toBe('std::vector<int> *const')
})

describe('names', () => {
  it('of an instance are those of a handle type', () => {
    const spec = parsed(`${LIBRARY}instances:
  - { name: StringGraph, rust_type: "demo::Graph<String, f64>" }
methods:
  - { handle: StringGraph, name: clear, rust_method: clear, exclusive: true }
`)
    expect(spec.instances[0]?.name).toBe('StringGraph')
  })

  it('of static members may be the same in two classes', () => {
    const spec = parsed(`${LIBRARY}handle_types:
  - { name: One, rust_type: "demo::One" }
  - { name: Two, rust_type: "demo::Two" }
functions:
  - { name: parse, owner: One, rust_fn: "demo::One::parse", return: handle One }
  - { name: parse, owner: Two, rust_fn: "demo::Two::parse", return: handle Two }
`)
    expect(spec.functions).toHaveLength(2)
  })

  it('are free again when an item is skipped', () => {
    const spec = parsed(`${LIBRARY}functions:
  - { name: one, rust_fn: "demo::one", skip: "the other is better" }
  - { name: one, rust_fn: "demo::other_one" }
`)
    expect(spec.functions).toHaveLength(2)
  })
})
