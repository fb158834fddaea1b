// Generic functions and types of a crate as such crates are written: what the scanner makes of them without being told.
import { describe, expect, it } from 'vitest'
import type { Callable, TypeItem } from '../../src/wrap/model/model.js'
import { parseSignature, parseType } from '../../src/wrap/model/text.js'
import { scan } from '../../src/wrap/scan/scan.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import { writeSpec } from '../../src/wrap/spec/write.js'
import { verify } from '../../src/wrap/verify/verify.js'
import { bounds, demoCrate, generics, impl, struct as demoStruct, trait } from './fixtures/demo-model.js'

const callable = (path: string, signature: string, more: Partial<Callable> = {}): Callable => ({
  path,
  name: path.slice(path.lastIndexOf('::') + 2),
  docs: '',
  signature: parseSignature(signature),
  isConst: false,
  implGenerics: [],
  ...more,
})

/** `demo::Graph<N>` with the methods of one impl block. */
const struct = (
  name: string,
  parameters: string,
  methods: readonly (readonly [name: string, signature: string, of?: string | undefined, block?: string])[],
  more: Partial<TypeItem> = {},
): TypeItem =>
  demoStruct(name, {
    generics: generics(parameters),
    methods: methods.map(([method, signature, of, block]) =>
      callable(`demo::${name}::${method}`, signature, {
        implFor: parseType(of ?? whole(name, parameters)),
        implGenerics: generics(block ?? parameters),
      }),
    ),
    ...more,
  })

const whole = (name: string, parameters: string): string => {
  const names = generics(parameters).map((parameter) => parameter.name)
  return `demo::${name}${names.length === 0 ? '' : `<${names.join(', ')}>`}`
}

const alias = (name: string, parameters: string, of: string): TypeItem =>
  struct(name, parameters, [], { kind: 'alias', aliasOf: parseType(of) })

/** Graphs, directed or not, that only references of can be walked; a map of another shape besides. */
const demo = demoCrate({
  functions: [
    callable('demo::count', '<G: demo::Walk>(graph: G) -> usize'),
    callable('demo::start', '<G: demo::Walk>(graph: G) -> Option<<G as demo::Base>::Id>'),
    callable('demo::same', '<G: demo::Walk, H: demo::Walk>(one: G, other: H) -> bool'),
    callable('demo::tree', '<G: demo::Walk>(graph: G) -> demo::Tree<<G as demo::Base>::Id>'),
    callable('demo::weigh', '<G: demo::Walk, K: demo::Weight>(graph: G, of: impl FnMut(u32) -> K) -> K'),
    callable('demo::label', '<T: demo::Label + ?Sized>(text: &T) -> <T as demo::Label>::Owned'),
    callable('demo::anything', '<T: demo::Nobody>(of: T)'),
  ],
  types: [
    struct(
      'Graph',
      'N, E, K: demo::Kind',
      [
        ['new', '() -> Self'],
        ['nodes', '(&self) -> usize'],
        ['add', '(&mut self, node: N) -> u32'],
        ['reversed', '(&self) -> Self', 'demo::Graph<N, E, demo::Directed>', 'N, E'],
      ],
      {
        impls: [
          impl('demo::Base', 'demo::Graph<N, E, K>', 'N, E, K: demo::Kind', { Id: 'u32' }),
          impl('demo::Walk', '&demo::Graph<N, E, K>', 'N, E, K: demo::Kind'),
        ],
      },
    ),
    struct('Grid', 'N: demo::Cell', [['new', '() -> Self']], {
      impls: [
        {
          ...impl('demo::To', 'demo::Grid<N>', 'N: demo::Cell, T: demo::Label'),
          args: [parseType('demo::Tree<T>')],
          methods: [callable('demo::Grid::to', '(&self) -> demo::Tree<T>', { trait: 'demo::To' })],
        },
        impl('demo::Base', 'demo::Grid<N>', 'N: demo::Cell', { Id: '(u32, u32)' }),
        impl('demo::Walk', '&demo::Grid<N>', 'N: demo::Cell'),
      ],
    }),
    struct('Tree', 'I', [['root', '(&self) -> I', undefined, 'I: Clone']]),
    struct('Search', 'I', [
      ['new', '() -> Self'],
      ['run', '<G: demo::Walk + demo::Base<Id = I>>(&mut self, graph: G) -> bool'],
    ]),
    struct('Directed', '', [], { impls: [impl('demo::Kind', 'demo::Directed')] }),
    struct('Undirected', '', [], { impls: [impl('demo::Kind', 'demo::Undirected')] }),
    struct('Bag', 'V', [
      ['new', '() -> Self'],
      ['sorted', '(&self) -> Vec<V>', undefined, 'V: Ord + Clone'],
      ['sum', '(&self) -> V', undefined, 'V: std::ops::Add<Output = V> + Copy'],
    ]),
    alias('Bottles', '', 'demo::Bag<f64>'),
    alias('Words', '', 'demo::Bag<String>'),
    alias('UnGraph', 'N, E', 'demo::Graph<N, E, demo::Undirected>'),
    struct('Tag', '', [], { foreign: 'other', mentioned: true }),
    struct('Plan', '', [['of', '(&self) -> other::Array<demo::Tag>']]),
  ],
  traits: [
    trait('Base', {
      associated: [{ name: 'Id', bounds: [] }],
      elsewhere: [impl('demo::Base', '&G', 'G: demo::Base', { Id: '<G as demo::Base>::Id' })],
      implementors: ['demo::Graph', 'demo::Grid'],
    }),
    trait('Walk', { supertraits: bounds('demo::Base'), implementors: ['demo::Graph', 'demo::Grid'] }),
    trait('Kind', { implementors: ['demo::Directed', 'demo::Undirected'] }),
    trait('Cell', {
      supertraits: bounds('Copy'),
      elsewhere: [impl('demo::Cell', 'T', 'T: Copy + Ord')],
      implementors: ['T'],
    }),
    trait('Weight', {
      implementors: ['f32', 'f64', 'u16', 'u32'],
      elsewhere: ['f32', 'f64', 'u16', 'u32'].map((of) => impl('demo::Weight', of)),
    }),
    trait('Label', {
      associated: [{ name: 'Owned', bounds: [] }],
      implementors: ['str'],
      elsewhere: [impl('demo::Label', 'str', '', { Owned: 'String' })],
    }),
    trait('Nobody'),
    trait('To', { generics: generics('T'), implementors: ['demo::Grid'] }),
  ],
  constants: [],
  others: [],
})

const draft = scan(demo)
const found = new Map(draft.instances.map(({ name, rustType, found: where = '' }) => [name, [rustType, where]]))
const calls = draft.functions
  .filter(({ owner }) => owner === undefined)
  .map(({ name, params, returns }) => `${name}(${params.map(({ type }) => type).join(', ')}) -> ${returns}`)
const methodsOf = (name: string): string[] =>
  draft.methods.filter(({ handle }) => handle === name).map((method) => method.name)
const ruleOf = (path: string): string | undefined => draft.leftOut.find((item) => item.path === path)?.rule

describe('instances', () => {
  it('are what the bounds allow, and the same of an alias', () => {
    expect(found.get('Graph')).toEqual([
      'demo::Graph<String, f64, demo::Directed>',
      'found: what the bounds of its parameters allow',
    ])
    expect(found.get('UnGraph')).toEqual([
      'demo::Graph<String, f64, demo::Undirected>',
      'found: the alias demo::UnGraph',
    ])
  })

  it('hold what the crate’s own trait is for, not just anything', () => {
    expect(found.get('Grid')?.[0]).toBe('demo::Grid<u32>')
  })

  it('are what functions give for the classes that they take', () => {
    expect([...found.keys()].filter((name) => name.startsWith('Tree'))).toEqual(['TreeU32', 'TreeU32U32'])
    expect(found.get('TreeU32')).toEqual([
      'demo::Tree<u32>',
      'found: demo::tree with &demo::Graph<String, f64, demo::Directed>',
    ])
  })

  it('are what their methods need', () => {
    expect(found.get('Search')).toEqual(['demo::Search<u32>', 'found: what demo::Search::run needs'])
  })

  it('have the methods of the impl blocks that are for them', () => {
    expect(methodsOf('Graph')).toContain('reversed')
    expect(methodsOf('UnGraph')).not.toContain('reversed')
    // f64 is not Ord, and no texts are added to others by value.
    expect(methodsOf('Bottles')).toEqual(['sum'])
    expect(methodsOf('Words')).toEqual(['sorted'])
  })

  it('are none of types that are only arguments of others', () => {
    expect(ruleOf('demo::Tag')).toBe('type-level')
    expect(draft.handles.map(({ name }) => name)).not.toContain('Tag')
  })

  it('have no methods of a trait whose argument the caller would choose', () => {
    expect(methodsOf('Grid')).not.toContain('to')
    expect(ruleOf('demo::Grid::to')).toBe('trait-generic')
  })

  it('agree with the crate, in the text of a spec too', () => {
    const text = writeSpec(draft)
    expect(text).toContain('  # found: the alias demo::UnGraph\n  - { name: UnGraph,')
    const { spec, faults } = parseSpec(text, 'demo.wrapper_spec')
    expect(faults).toEqual([])
    expect(spec && verify(spec, demo)).toEqual([])
  })
})

describe('a function for whatever has a trait', () => {
  it('is one for each class that has it, which is lent where references have it', () => {
    expect(calls).toContain('countGraph(handle Graph) -> usize')
    expect(calls).toContain('countUnGraph(handle UnGraph) -> usize')
    expect(calls).toContain('countGrid(handle Grid) -> usize')
    const rust = draft.functions.find(({ name }) => name === 'countGrid')?.rust
    expect(rust).toBe('(graph: &demo::Grid<u32>) -> usize')
  })

  it('gives what the class has for the trait', () => {
    expect(calls).toContain('startGraph(handle Graph) -> u32?')
    expect(calls).toContain('startGrid(handle Grid) -> [u32, u32]?')
  })

  it('takes two of one class where the same is asked of both', () => {
    expect(calls.filter((call) => call.startsWith('same'))).toEqual([
      'sameGraph(handle Graph, handle Graph) -> boolean',
      'sameUnGraph(handle UnGraph, handle UnGraph) -> boolean',
      'sameGrid(handle Grid, handle Grid) -> boolean',
    ])
  })

  it('takes the number that JavaScript has where several will do', () => {
    expect(calls).toContain('weighGraph(handle Graph, sync (u32) => f64) -> f64')
  })

  it('is left out when nothing has the trait', () => {
    expect(ruleOf('demo::anything')).toBe('generic')
  })
})
