// `instances` of a spec, from its text to the package: each is a class, held to the crate like any other.
import { describe, expect, it } from 'vitest'
import { buildPackage } from '../../src/wrap/ir/build.js'
import { parseSignature, parseType, printType } from '../../src/wrap/model/text.js'
import { classEntries } from '../../src/wrap/spec/class-entries.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import type { Spec } from '../../src/wrap/spec/spec.js'
import { verify } from '../../src/wrap/verify/verify.js'
import { demoCrate, struct } from './fixtures/demo-model.js'

const LIBRARY = `wrapper_lib:
  { name: demo, version: "0.1.0", lang: rust, rust_crate: demo, rust_crate_version: "1.0.0" }
`

function specOf(text: string): Spec {
  const { spec, faults } = parseSpec(LIBRARY + text, 'demo.wrapper_spec')
  expect(faults).toEqual([])
  if (spec === undefined) throw new Error('no spec')
  return spec
}

const classesOf = (text: string): string[] => {
  const { package: made, faults } = buildPackage(specOf(text))
  expect(faults).toEqual([])
  return (made?.classes ?? []).map(({ name, rustType }) => `${name} = ${printType(rustType)}`)
}

describe('an instance', () => {
  it('is a class with its members', () => {
    const spec = specOf(`instances:
  - { name: StringGraph, rust_type: "demo::Graph<String>", clone: true, bound: true }
methods:
  - { handle: StringGraph, name: size, rust_method: size, return: u64, rust: "(&self) -> u64" }
`)
    const [shape] = buildPackage(spec).package?.classes ?? []
    expect(shape?.entry).toMatchObject({ name: 'StringGraph', clone: true, bound: true })
    expect(shape?.members.map(({ operation }) => operation)).toEqual(['demo.StringGraph.size'])
  })

  it('may be made of other instances, by their names', () => {
    const text = `instances:
  - { name: Forest, rust_type: "demo::List<Tree>" }
  - { name: Tree, rust_type: "demo::Tree<String>" }
`
    expect(classesOf(text)).toEqual(['Forest = demo::List<demo::Tree<String>>', 'Tree = demo::Tree<String>'])
  })

  it('is one class with the handle type that stands for it', () => {
    const instance = 'instances:\n  - { name: Tree, rust_type: "demo::Tree<u8>" }\n'
    expect(classesOf(`${instance}handle_types:\n  - { name: ByteTree, rust_type: Tree }\n`)).toEqual([
      'ByteTree = demo::Tree<u8>',
    ])
    expect(classesOf(`${instance}handle_types:\n  - { name: Tree, rust_type: "demo::Tree<u8>" }\n`)).toEqual([
      'Tree = demo::Tree<u8>',
    ])
  })

  it('is not made when it is skipped', () => {
    expect(classesOf('instances:\n  - { name: Tree, rust_type: "demo::Tree<u8>", skip: "not yet" }\n')).toEqual([])
  })

  it('leaves whole paths and words inside of words alone', () => {
    const [first] = classEntries(
      specOf(`instances:
  - { name: Map, rust_type: "demo::Map<demo::sub::Tree, Trees>" }
  - { name: Tree, rust_type: "demo::Tree<u8>" }
`),
    )
    expect(first?.rustType).toBe('demo::Map<demo::sub::Tree, Trees>')
  })
})

/** `demo::Graph<N, K: demo::Kind>` beside `demo::Directed: demo::Kind` and `demo::Other`, neither of them `Clone`. */
const demo = demoCrate({
  functions: [],
  types: [
    struct('Directed', {
      impls: [
        { trait: 'demo::Kind', args: [], for: parseType('demo::Directed'), generics: [], associated: [], methods: [] },
      ],
    }),
    struct('Graph', { generics: parseSignature('<N, K: demo::Kind>()').generics, send: false }),
    struct('Other'),
  ],
  traits: [
    {
      path: 'demo::Kind',
      docs: '',
      name: 'Kind',
      generics: [],
      supertraits: [],
      methods: [],
      implementors: ['demo::Directed'],
    },
  ],
  constants: [],
  others: [],
})

const findings = (instance: string): string[] =>
  verify(specOf(`instances:\n  - ${instance}\n`), demo).map(
    ({ place, kind, message }) => `${String(place.line)}:${String(place.column)} ${kind}: ${message}`,
  )

describe('verify holds an instance to the crate', () => {
  const at = '4:5'

  it('and accepts one that the crate can have', () => {
    expect(findings('{ name: G, rust_type: "demo::Graph<String, demo::Directed>", bound: true }')).toEqual([])
  })

  it.each([
    [
      'a type argument less',
      '{ name: G, rust_type: "demo::Graph<String>", bound: true }',
      'generic: `demo::Graph` has the type parameters N, K, and the spec gives 1',
    ],
    [
      'a type that cannot stand for its parameter',
      '{ name: G, rust_type: "demo::Graph<String, demo::Other>", bound: true }',
      'generic: `demo::Other` cannot stand for the type parameter `K` of `demo::Graph`',
    ],
    ['a type that is gone', '{ name: G, rust_type: "demo::Grid<u8>" }', 'type-missing: `demo` has no type `Grid`'],
    [
      'a copy that the type has not',
      '{ name: G, rust_type: "demo::Graph<u8, demo::Directed>", bound: true, clone: true }',
      'ownership: `demo::Graph` is not Clone, and the spec copies it',
    ],
    [
      'threads that the type may not cross',
      '{ name: G, rust_type: "demo::Graph<u8, demo::Directed>" }',
      'not-send: `demo::Graph` is not Send: its values stay on the thread that made them',
    ],
  ])('and finds %s', (_what, instance, finding) => {
    expect(findings(instance)).toEqual([`${at} ${finding}`])
  })
})
