// What becomes of compiler errors in generated glue: which item pays, and when none may.
import { describe, expect, it } from 'vitest'
import type { CompilerError } from '../../src/wrap/check/cargo-messages.js'
import { judge, type Verdict } from '../../src/wrap/check/heal.js'
import type { ItemLines } from '../../src/wrap/generate/rust.js'
import { buildPackage } from '../../src/wrap/ir/build.js'
import type { Package } from '../../src/wrap/ir/ir.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'

const glue = 'src/sample/glue.rs'

/** A package of as many functions and methods; export `f<n>` stands in lines 10n+1 to 10n+9. */
function sample(functions: number, methods = 0, required: readonly string[] = []) {
  const text = [
    'wrapper_lib: { name: sample, version: "0.1.0", lang: rust, rust_crate: sample, rust_crate_version: "1" }',
    ...(methods > 0 ? ['handle_types:', '  - { name: Thing, rust_type: "sample::Thing" }'] : []),
    ...(functions > 0 ? ['functions:'] : []),
    ...numbered(functions, 'f').map(
      (name) =>
        `  - { name: ${name}, rust_fn: "sample::${name}", params: [], return: u32, rust: "() -> u32"${
          required.includes(name) ? ', required: true' : ''
        } }`,
    ),
    ...(methods > 0 ? ['methods:'] : []),
    ...numbered(methods, 'm').map(
      (name) =>
        `  - { handle: Thing, name: ${name}, rust_method: ${name}, params: [], return: u32, rust: "(&self) -> u32" }`,
    ),
  ].join('\n')
  const { spec, faults } = parseSpec(text, 'sample.wrapper_spec')
  if (spec === undefined) throw new Error(JSON.stringify(faults))
  const made = buildPackage(spec)
  if (made.package === undefined) throw new Error(JSON.stringify(made.faults))
  return { p: made.package, lines: linesOf(made.package) }
}

const numbered = (count: number, letter: string): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index)}`)

const linesOf = (p: Package): Map<string, ItemLines> =>
  new Map(p.exports.map(({ name }, index) => [name, { start: index * 10 + 1, end: index * 10 + 9 }]))

const errorAt = (line: number | undefined, code: string | undefined = 'E0308', file: string = glue): CompilerError => ({
  code,
  message: 'mismatched types\nand more',
  rendered: 'error: mismatched types',
  file,
  line,
  packageId: 'path+file:///somewhere#0.1.0',
})

function verdict({ p, lines }: ReturnType<typeof sample>, errors: readonly CompilerError[], before?: Verdict): Verdict {
  const rejections = before?.kind === 'heal' ? before.rejections : []
  return judge(errors, p, glue, { items: lines, classes: new Map() }, p.exports.length, { rejections })
}

const faultsOf = (result: Verdict): readonly string[] => (result.kind === 'fault' ? result.faults : [])

/** One error in each of the first exports, each of another code. */
const errorsIn = (count: number, first = 0): CompilerError[] =>
  Array.from({ length: count }, (_, index) => errorAt((first + index) * 10 + 2, `E${String(1000 + first + index)}`))

describe('an error in generated glue', () => {
  it('is no error when there is none', () => {
    expect(verdict(sample(3), [])).toEqual({ kind: 'clean' })
  })

  it('marks exactly the item it stands in, with code and first line of the compiler', () => {
    const result = verdict(sample(4), [errorAt(25)])
    expect(result.kind).toBe('heal')
    expect(result.kind === 'heal' && result.edits).toEqual([
      {
        kind: 'set',
        target: { section: 'functions', name: 'f2' },
        path: ['rejected'],
        value: 'E0308: mismatched types',
      },
    ])
  })

  it('marks an item once, by the first of its errors', () => {
    const result = verdict(sample(4), [errorAt(22, 'E0001'), errorAt(23, 'E0002')])
    expect(result.kind === 'heal' && result.rejections.map(({ reason }) => reason)).toEqual(['E0001: mismatched types'])
  })

  it('finds a method by its class', () => {
    const result = verdict(sample(0, 3), [errorAt(12)])
    expect(result.kind === 'heal' && result.edits[0]?.target).toEqual({ section: 'methods', name: 'm1', of: 'Thing' })
  })

  it('finds an item by the line that registers it', () => {
    const { p, lines } = sample(2)
    lines.set('f1', { start: 11, end: 19, registration: { start: 95, end: 95 } })
    const result = judge([errorAt(95)], p, glue, { items: lines, classes: new Map() }, 2, { rejections: [] })
    expect(result.kind === 'heal' && result.edits[0]?.target.name).toBe('f1')
  })
})

/** A class that borrows in lines 1 to 9; it is made, taken, held in a list, and has two methods. */
function borrowing(required = '') {
  const text = `
wrapper_lib: { name: sample, version: "0.1.0", lang: rust, rust_crate: sample, rust_crate_version: "1" }
handle_types:
  - { name: Owned, rust_type: "sample::Owned", clone: true }
  - { name: Tape, rust_type: "sample::Tape<'t>", clone: true${required} }
functions:
  - { name: tape, rust_fn: "sample::tape", params: [{ name: text, type: text }], return: handle Tape, rust: "<'t>(text: &'t str) -> sample::Tape<'t>" }
  - { name: tapes, rust_fn: "sample::tapes", params: [{ name: text, type: text }], return: "handle Tape[]", rust: "<'t>(text: &'t str) -> Vec<sample::Tape<'t>>" }
  - { name: weight, rust_fn: "sample::weight", params: [{ name: tape, type: handle Tape }], return: u32, rust: "(tape: &sample::Tape<'_>) -> u32" }
  - { name: other, rust_fn: "sample::other", params: [], return: u32, rust: "() -> u32" }
methods:
  - { handle: Tape, name: text, rust_method: text, return: text, rust: "(&self) -> &'t str" }
  - { handle: Tape, name: start, rust_method: start, return: handle Tape, rust: "(&self) -> sample::Tape<'t>" }
  - { handle: Owned, name: size, rust_method: size, return: u32, rust: "(&self) -> u32" }
`
  const { spec, faults } = parseSpec(text, 'sample.wrapper_spec')
  const made = spec === undefined ? undefined : buildPackage(spec).package
  if (made === undefined) throw new Error(JSON.stringify(faults))
  return made
}

const classes = new Map([
  ['Tape', { start: 1, end: 9 }],
  ['Owned', { start: 11, end: 19 }],
])

describe('a class that borrows and does not compile', () => {
  const judged = (p: Package, line: number): Verdict =>
    judge([errorAt(line, '')], p, glue, { items: new Map(), classes }, p.exports.length, { rejections: [] })

  it('is marked with what takes or gives its objects, and nothing else is', () => {
    const result = judged(borrowing(), 3)
    if (result.kind !== 'heal') throw new Error(faultsOf(result).join())
    expect(result.unkept.map(({ item }) => item.label)).toEqual(['Tape'])
    expect(result.rejections.map(({ item }) => item.label)).toEqual([
      'Tape',
      'Tape.text',
      'Tape.start',
      'tape',
      'tapes',
      'weight',
    ])
    expect(result.edits[0]).toMatchObject({ target: { section: 'handle_types', name: 'Tape' } })
    expect(result.edits[1]).toMatchObject({ value: expect.stringContaining('Tape is rejected: ') as string })
  })

  it('counts once in the budget, whatever follows from it', () => {
    const p = borrowing()
    const first = judged(p, 3)
    if (first.kind !== 'heal') throw new Error(faultsOf(first).join())
    expect(first.rejections.length).toBeGreaterThan(3)
  })

  it('is a fault when it is required', () => {
    expect(faultsOf(judged(borrowing(', required: true'), 3))).toEqual([
      'Tape is required and does not compile: : mismatched types',
    ])
  })

  it('is a fault when it borrows nothing: such a class is a promise', () => {
    expect(faultsOf(judged(borrowing(), 12))).toEqual([
      `${glue}:12 is part of every package and does not compile: : mismatched types`,
    ])
  })
})

describe('nothing is left out', () => {
  it('when the error stands outside every item', () => {
    expect(faultsOf(verdict(sample(3), [errorAt(500)]))).toEqual([
      `${glue}:500 is part of every package and does not compile: E0308: mismatched types`,
    ])
  })

  it('when the error stands in another file', () => {
    expect(verdict(sample(3), [errorAt(2, 'E0308', 'src/lib.rs')]).kind).toBe('fault')
  })

  it('when the error stands nowhere', () => {
    expect(verdict(sample(3), [errorAt(undefined, undefined)]).kind).toBe('fault')
  })

  it('when the item is required', () => {
    expect(faultsOf(verdict(sample(3, 0, ['f1']), [errorAt(12)]))).toEqual([
      'f1 is required and does not compile: E0308: mismatched types',
    ])
  })

  it('when a structural error comes with one that could be healed', () => {
    expect(verdict(sample(3), [errorAt(2), errorAt(500)]).kind).toBe('fault')
  })
})

describe('the budget', () => {
  it('allows three items of a small package and not four', () => {
    expect(verdict(sample(20), errorsIn(3)).kind).toBe('heal')
    expect(faultsOf(verdict(sample(20), errorsIn(4)))).toEqual([
      '4 of 20 items do not compile; at most 3 may be left out',
    ])
  })

  it('allows 2 % of a large package and not one more', () => {
    expect(verdict(sample(400), errorsIn(8)).kind).toBe('heal')
    expect(faultsOf(verdict(sample(400), errorsIn(9)))).toEqual([
      '9 of 400 items do not compile; at most 8 may be left out',
    ])
  })

  it('allows five items of one class and not six', () => {
    expect(verdict(sample(0, 400), errorsIn(5)).kind).toBe('heal')
    expect(faultsOf(verdict(sample(0, 400), errorsIn(6)))).toEqual([
      '6 items of Thing do not compile; at most 5 of one class may be left out',
    ])
  })

  it('allows a code ten times and not eleven', () => {
    const same = (count: number): CompilerError[] => errorsIn(count).map((error) => ({ ...error, code: 'E0277' }))
    expect(verdict(sample(900), same(10)).kind).toBe('heal')
    expect(faultsOf(verdict(sample(900), same(11)))).toEqual([
      '11 items fail with E0277; at most 10 of one code may be left out',
    ])
  })

  it('is one for all rounds', () => {
    const package20 = sample(20)
    const first = verdict(package20, errorsIn(2))
    expect(verdict(package20, errorsIn(1, 5), first).kind).toBe('heal')
    expect(verdict(package20, errorsIn(2, 5), first).kind).toBe('fault')
  })
})
