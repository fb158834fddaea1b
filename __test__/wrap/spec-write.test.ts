import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SpecDraft } from '../../src/wrap/spec/draft.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import type { Spec } from '../../src/wrap/spec/spec.js'
import { writeSpec } from '../../src/wrap/spec/write.js'

const DRAFT: SpecDraft = {
  lib: { name: 'demo', version: '0.1.0', lang: 'rust', rustCrate: 'demo-crate', rustCrateVersion: '1.10' },
  crate: { features: ['std'], defaultFeatures: true, dependencies: { serde_json: '1' } },
  handles: [{ name: 'Version', rustType: 'demo::Version', clone: true, bound: false }],
  records: [{ name: 'Point', rustType: 'demo::Point', fields: [{ name: 'maxX', type: 'f64', rust: 'max_x' }] }],
  enums: [
    {
      name: 'Day',
      rustType: 'demo::Day',
      variants: [
        { name: 'monday', rust: 'Monday', fields: [] },
        { name: 'no', rust: 'No', fields: [{ name: '0', type: 'text', rust: '0' }] },
      ],
    },
  ],
  errors: [{ rustType: 'demo::Error', code: 'ERR_DEMO', fields: [] }],
  callbacks: [],
  instances: [
    { name: 'ByteTree', rustType: 'demo::Tree<u8>', found: 'found: the alias\ndemo::ByteTree', rule: 'instance' },
  ],
  functions: [
    {
      name: 'parse',
      owner: 'Version',
      rustFn: 'demo::Version::parse',
      params: [{ name: 'y', type: '"a" | "b"[]' }],
      returns: 'handle Version',
      rust: '(text: &str) -> Result<demo::Version, demo::Error>',
      rule: 'parse',
      sync: true,
    },
    { name: 'run', rustFn: 'demo::run', params: [], returns: 'void', async: 'lane' },
  ],
  methods: [
    { handle: 'Version', name: 'major', rustMethod: 'major', params: [], returns: 'u64', doc: 'One.\n\n  Two: `*/`' },
  ],
  constants: [],
  leftOut: [
    { path: 'demo::two', rule: 'generic', reason: 'the caller chooses T' },
    { path: 'demo::one', rule: 'generic', reason: 'the caller\nchooses \u202e U' },
    { path: 'demo::three', rule: 'dyn', reason: 'a trait object' },
  ],
}

const TEXT = `# What of demo-crate 1.10 the package offers, and how. Proposed by \`ferrule scan\`; edit it, comments stay.
# \`ferrule verify\` holds it to the crate, \`ferrule generate\` writes everything else from it.

wrapper_lib: { name: demo, version: "0.1.0", lang: rust, rust_crate: "demo-crate", rust_crate_version: "1.10" }

crate: { features: [std], dependencies: { serde_json: "1" } }

handle_types:
  - { name: Version, rust_type: "demo::Version", clone: true }

instances:
  # found: the alias demo::ByteTree
  - { name: ByteTree, rust_type: "demo::Tree<u8>", rule: instance }

records:
  - { name: Point, rust_type: "demo::Point", fields: [{ name: maxX, type: f64 }] }

enums:
  - { name: Day, rust_type: "demo::Day", variants: [monday, { name: "no", fields: [{ name: "0", type: text }] }] }

errors:
  - { rust_type: "demo::Error", code: ERR_DEMO }

functions:
  - name: parse
    rust_fn: "demo::Version::parse"
    owner: Version
    params: [{ name: "y", type: '"a" | "b"[]' }]
    return: handle Version
    rust: "(text: &str) -> Result<demo::Version, demo::Error>"
    rule: parse

  - { name: run, rust_fn: "demo::run", async: true }

methods:
  - handle: Version
    name: major
    rust_method: major
    return: u64
    doc: |-
      One.

        Two: \`*/\`

# Left out: 3, by the rule that is missing or that refused them.
#
# generic (2)
#   demo::one: the caller chooses \\u202e U
#   demo::two: the caller chooses T
#
# dyn (1)
#   demo::three: a trait object
`

const withoutPlaces = (spec: Spec | undefined): unknown =>
  JSON.parse(JSON.stringify(spec, (key, value: unknown) => (key === 'place' ? undefined : value)))

function parsed(text: string): Spec {
  const { spec, faults } = parseSpec(text, 'demo.wrapper_spec')
  expect(faults).toEqual([])
  if (spec === undefined) throw new Error('no faults and no spec')
  return spec
}

it('a draft becomes the text a person would write', () => {
  expect(writeSpec(DRAFT)).toBe(TEXT)
})

it('the text says what the draft said', () => {
  const spec = parsed(TEXT)
  expect(spec.functions[0]).toMatchObject({ ...DRAFT.functions[0], params: [{ name: 'y', type: '"a" | "b"[]' }] })
  expect(spec.functions[1]?.async).toBe('lane')
  expect(spec.methods[0]?.doc).toBe(DRAFT.methods[0]?.doc)
  expect(spec.enums[0]?.variants).toEqual(DRAFT.enums[0]?.variants)
})

describe('writing what was parsed', () => {
  const file = join(import.meta.dirname, '../../src/regex/regex.wrapper_spec')

  it.each([
    ['regex', readFileSync(file, 'utf8')],
    ['the draft', TEXT],
  ])('gives the same spec, and the same text from then on: %s', (_, text) => {
    const spec = parsed(text)
    const written = writeSpec({ ...spec, leftOut: [] })
    expect(withoutPlaces(parsed(written))).toEqual(withoutPlaces(spec))
    expect(writeSpec({ ...parsed(written), leftOut: [] })).toBe(written)
  })
})

describe('whatever a text holds, it comes back as it was', () => {
  it.each([
    'true',
    'no',
    '~',
    '',
    ' leading and trailing ',
    'a: b',
    '# no comment',
    "it's",
    'say "so"',
    `'both' "kinds"`,
    'back\\slash "and quotes"',
    '*/ ${code} `tick`',
    '\u202e\u2066 turned',
    '\u0000\u0007\u007f\u0085\u2028\ufeff',
    'tab\tand\nlines\n',
    '\n\nfirst lines empty',
    'last line has space \nsecond',
    '  indented first\nsecond',
    'one\n\n  two\n# three',
    'windows\r\nlines',
    '---\n...',
    '\ud83d\ude00',
  ])('%j', (doc) => {
    const draft: SpecDraft = {
      ...DRAFT,
      functions: [{ name: 'one', rustFn: 'demo::one', params: [], returns: 'void', doc }],
    }
    const { spec, faults } = parseSpec(writeSpec(draft), 'demo.wrapper_spec')
    if (doc === '') expect(faults.map(({ message }) => message)).toEqual(['`doc` is empty'])
    else expect(spec?.functions[0]?.doc).toBe(doc)
  })
})
