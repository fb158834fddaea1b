import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import {
  EditError,
  editSpec,
  writeSpec,
  type EditTarget,
  type SpecEdit,
  type SpecValue,
} from '../../src/wrap/spec/write.js'

const SPEC = `# The head.
wrapper_lib: { name: demo, version: "0.1.0",   rust_crate: demo, rust_crate_version: "1" } # old

functions: # all of them
  # About one.
  - { name: one,  rust_fn: 'demo::one', params: [{ name: a, type: u8 }, { name: b, type: text }] } # tail one

  - name: two # named
    rust_fn: "demo::two" # by path
    rejected: |-
      E0277
      in two lines

    # Before the parameters.
    params:
      - { name: a, type: u8 }
      # Between.
      - name: b
        type: text
  # About three.
  - name: three
    rust_fn: "demo::three"
    examples: []
# The end.
`

const of = (name: string): EditTarget => ({ section: 'functions', name })
const set = (target: EditTarget, path: (string | number)[], value: SpecValue): SpecEdit => ({
  kind: 'set',
  target,
  path,
  value,
})
const remove = (target: EditTarget, path: (string | number)[]): SpecEdit => ({ kind: 'remove', target, path })

/** What an edit changed, as lines taken away and put in. */
function changes(before: string, edits: SpecEdit[]): string[] {
  const after = editSpec(before, edits)
  expect(parseSpec(after, 'demo.wrapper_spec').faults).toEqual([])
  const [old, now] = [before.split('\n'), after.split('\n')]
  let head = 0
  while (head < old.length && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  return [
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+${line}`),
  ]
}

describe('setting a key', () => {
  it('changes only its value, between braces', () => {
    expect(changes(SPEC, [set({ section: 'wrapper_lib', name: '' }, ['rust_crate_version'], '1.0.27')])).toEqual([
      '-wrapper_lib: { name: demo, version: "0.1.0",   rust_crate: demo, rust_crate_version: "1" } # old',
      '+wrapper_lib: { name: demo, version: "0.1.0",   rust_crate: demo, rust_crate_version: "1.0.27" } # old',
    ])
  })

  it('changes only its value, on a line of its own', () => {
    expect(changes(SPEC, [set(of('two'), ['rust_fn'], 'demo::second')])).toEqual([
      '-    rust_fn: "demo::two" # by path',
      '+    rust_fn: "demo::second" # by path',
    ])
  })

  it('adds one between braces', () => {
    expect(changes(SPEC, [set(of('one'), ['rejected'], 'E0277: `a: b` is "bad"')])).toEqual([
      "-  - { name: one,  rust_fn: 'demo::one', params: [{ name: a, type: u8 }, { name: b, type: text }] } # tail one",
      `+  - { name: one,  rust_fn: 'demo::one', params: [{ name: a, type: u8 }, { name: b, type: text }], rejected: 'E0277: \`a: b\` is "bad"' } # tail one`,
    ])
  })

  it('adds one behind the last line of an item', () => {
    expect(changes(SPEC, [set(of('two'), ['async'], 'blocking')])).toEqual(['+    async: blocking'])
    expect(changes(SPEC, [set(of('three'), ['rejected'], 'one\ntwo')])).toEqual([
      '+    rejected: |-',
      '+      one',
      '+      two',
    ])
  })

  it('replaces lines of text by a line, and a list by another', () => {
    expect(changes(SPEC, [set(of('two'), ['rejected'], 'E0308')])).toEqual([
      '-    rejected: |-',
      '-      E0277',
      '-      in two lines',
      '+    rejected: E0308',
    ])
    expect(changes(SPEC, [set(of('two'), ['params'], [{ name: 'c', type: 'u32?' }])])).toEqual([
      '-    params:',
      '-      - { name: a, type: u8 }',
      '-      # Between.',
      '-      - name: b',
      '-        type: text',
      '+    params: [{ name: c, type: "u32?" }]',
    ])
  })

  it('reaches into lists', () => {
    expect(changes(SPEC, [set(of('one'), ['params', 1, 'type'], 'bytes')])).toEqual([
      "-  - { name: one,  rust_fn: 'demo::one', params: [{ name: a, type: u8 }, { name: b, type: text }] } # tail one",
      "+  - { name: one,  rust_fn: 'demo::one', params: [{ name: a, type: u8 }, { name: b, type: bytes }] } # tail one",
    ])
    expect(changes(SPEC, [set(of('two'), ['params', 1, 'type'], 'u8?')])).toEqual([
      '-        type: text',
      '+        type: "u8?"',
    ])
  })
})

describe('taking away', () => {
  it('a key between braces takes its comma with it', () => {
    expect(changes(SPEC, [remove(of('one'), ['rust_fn']), set(of('one'), ['rust_fn'], 'demo::one')])).toHaveLength(2)
    expect(editSpec(SPEC, [remove(of('one'), ['params'])])).toContain(
      "  - { name: one,  rust_fn: 'demo::one' } # tail one\n",
    )
    expect(editSpec(SPEC, [remove(of('one'), ['name'])])).toContain("  - { rust_fn: 'demo::one', params:")
  })

  it('a key on lines of its own takes them with it', () => {
    expect(changes(SPEC, [remove(of('two'), ['rejected'])])).toEqual([
      '-    rejected: |-',
      '-      E0277',
      '-      in two lines',
    ])
  })

  it('the key behind the dash leaves the dash', () => {
    expect(editSpec(SPEC, [remove(of('two'), ['name'])])).toContain('  - rust_fn: "demo::two" # by path\n')
  })

  it('a key that is not there changes nothing', () => {
    expect(editSpec(SPEC, [remove(of('one'), ['rejected']), remove(of('one'), ['examples', 3, 'gives'])])).toBe(SPEC)
  })

  it('an element of a list', () => {
    expect(changes(SPEC, [remove(of('two'), ['params', 1])])).toEqual(['-      - name: b', '-        type: text'])
    expect(editSpec(SPEC, [remove(of('one'), ['params', 0])])).toContain('params: [{ name: b, type: text }]')
    expect(editSpec(SPEC, [remove(of('one'), ['params', 0]), remove(of('one'), ['params', 0])])).toContain('params: []')
  })

  it('a whole item', () => {
    expect(changes(SPEC, [{ kind: 'drop', target: of('three') }])).toEqual([
      '-  - name: three',
      '-    rust_fn: "demo::three"',
      '-    examples: []',
    ])
    const none = editSpec(
      SPEC,
      ['one', 'two', 'three'].map((name) => ({ kind: 'drop', target: of(name) })),
    )
    expect(parseSpec(none, 'demo.wrapper_spec').spec?.functions).toEqual([])
    expect(none).toContain('# About one.\n')
    expect(none).toContain('# The end.\n')
  })
})

it('several edits are made in their order', () => {
  const edits = [
    set(of('one'), ['doc'], 'first'),
    set(of('three'), ['doc'], 'third'),
    set(of('one'), ['doc'], 'last'),
    set(of('one'), ['since'], '0.2.0'),
  ]
  const { spec } = parseSpec(editSpec(SPEC, edits), 'demo.wrapper_spec')
  expect(spec?.functions.map(({ doc }) => doc)).toEqual(['last', undefined, 'third'])
  expect(spec?.functions[0]?.since).toBe('0.2.0')
})

it('an item that was edited can be dropped, and not edited after that', () => {
  const drop: SpecEdit = { kind: 'drop', target: of('three') }
  expect(editSpec(SPEC, [set(of('three'), ['doc'], 'x'), drop])).toBe(editSpec(SPEC, [drop]))
  expect(() => editSpec(SPEC, [drop, set(of('three'), ['doc'], 'x')])).toThrow('the spec has no functions item `three`')
})

it('methods are found by their handle, functions by their owner, errors by their type', () => {
  const text = `wrapper_lib: { name: demo, version: "0.1.0", rust_crate: demo, rust_crate_version: "1" }
handle_types: [{ name: A, rust_type: "demo::A" }, { name: B, rust_type: "demo::B" }]
errors: [{ rust_type: "demo::E", code: ERR_E }]
functions:
  - { name: parse, owner: A, rust_fn: "demo::A::parse" }
  - { name: parse, owner: B, rust_fn: "demo::B::parse" }
methods:
  - { handle: A, name: size, rust_method: len }
  - { handle: B, name: size, rust_method: len }
`
  const { spec } = parseSpec(
    editSpec(text, [
      set({ section: 'functions', name: 'parse', of: 'B' }, ['doc'], 'b'),
      set({ section: 'methods', name: 'size', of: 'B' }, ['doc'], 'b'),
      set({ section: 'errors', name: 'demo::E' }, ['code'], 'ERR_F'),
    ]),
    'demo.wrapper_spec',
  )
  expect([spec?.functions.map(({ doc }) => doc), spec?.methods.map(({ doc }) => doc)]).toEqual([
    [undefined, 'b'],
    [undefined, 'b'],
  ])
  expect(spec?.errors[0]?.code).toBe('ERR_F')
})

it('what is not there cannot be edited, and the error says what', () => {
  const attempt = (edit: SpecEdit) => () => editSpec(SPEC, [edit])
  expect(attempt(set(of('four'), ['doc'], 'x'))).toThrow(new EditError('the spec has no functions item `four`'))
  expect(attempt(set({ section: 'methods', name: 'one', of: 'A' }, ['doc'], 'x'))).toThrow('methods item `A.one`')
  expect(attempt(set(of('one'), ['params', 7, 'type'], 'x'))).toThrow('functions item `one` has no params.7')
  expect(attempt({ kind: 'drop', target: { section: 'crate', name: '' } })).toThrow('the spec has no crate')
  expect(() => editSpec('a: [', [set(of('one'), ['doc'], 'x')])).toThrow(
    'the spec cannot be edited: the [ that opens here',
  )
})

it('a mark on every item and taking it away again gives the same bytes, in either layout', () => {
  const file = join(import.meta.dirname, '../../src/regex/regex.wrapper_spec')
  const original = readFileSync(file, 'utf8')
  const { spec } = parseSpec(original, file)
  if (spec === undefined) throw new Error('regex has faults')
  const targets: EditTarget[] = [
    ...spec.handles.map(({ name }): EditTarget => ({ section: 'handle_types', name })),
    ...spec.errors.map(({ rustType }): EditTarget => ({ section: 'errors', name: rustType })),
    ...spec.functions.map(({ name }): EditTarget => ({ section: 'functions', name })),
    ...spec.methods.map(({ name, handle }): EditTarget => ({ section: 'methods', name, of: handle })),
  ]
  for (const text of [original, writeSpec({ ...spec, leftOut: [] })]) {
    const reason = 'E0277: `Rc<str>` cannot be sent\n  --> src/glue.rs:1:1'
    const marked = editSpec(
      text,
      targets.map((target) => set(target, ['rejected'], reason)),
    )
    const { spec: again } = parseSpec(marked, file)
    const items = [
      ...(again?.handles ?? []),
      ...(again?.errors ?? []),
      ...(again?.functions ?? []),
      ...(again?.methods ?? []),
    ]
    expect(items.map(({ rejected }) => rejected)).toEqual(targets.map(() => reason))
    const cleared = editSpec(
      marked,
      targets.map((target) => remove(target, ['rejected'])),
    )
    expect(cleared).toBe(text)
  }
})
