// What a spec can say beyond the signature: a checkpoint, packed numbers, bytes held, and what a result ends with.
import { describe, expect, it } from 'vitest'
import { emitGlue } from '../../src/wrap/generate/rust.js'
import { emitIndex, emitNative } from '../../src/wrap/generate/typescript.js'
import { buildPackage } from '../../src/wrap/ir/build.js'
import { contractItems } from '../../src/wrap/ir/contract.js'
import type { Spec } from '../../src/wrap/spec/spec.js'
import { fn, handle, method, specOf } from './glue-fixture.js'
import { packageOf } from './glue-kitchen.js'

const GOES_ON = 'ask: &dyn Fn() -> std::result::Result<(), a::Stop>'
const RESULT = 'std::result::Result<std::vec::Vec<u32>, std::fmt::Error>'

const withFunction = (signature: string, more: object, returns = 'u32[]'): Spec =>
  specOf('a', 'a', { functions: [{ ...fn('go', 'a::go', { text: 'text' }, returns, signature), ...more }] })

const faultsOf = (spec: Spec): string[] => buildPackage(spec).faults.map(({ message }) => message)

describe('a checkpoint', () => {
  const stoppable = { async: 'blocking' as const, checkpoint: 'ask' }

  it('is passed by the glue and crosses as nothing', () => {
    const pkg = packageOf(withFunction(`(text: &str, ${GOES_ON}) -> ${RESULT}`, stoppable))
    expect(contractItems(pkg)).toEqual(['async go(text: text) -> u32[]', 'timed goSync(text: text) -> u32[]'])
    expect(emitGlue(pkg)).toContain('::a::go(text, &|| token.check().map_err(|_| ::std::default::Default::default()))')
  })

  it('stands where the crate has it, by reference or by value', () => {
    const first = withFunction(`(${GOES_ON}, text: &str) -> ${RESULT}`, stoppable)
    expect(emitGlue(packageOf(first))).toContain('::a::go(&|| token.check()')
    const owned = `(text: &str, ask: impl FnMut() -> std::result::Result<(), a::Stop>) -> ${RESULT}`
    expect(emitGlue(packageOf(withFunction(owned, stoppable)))).toContain('::a::go(text, || token.check()')
  })

  it('holds the token where the crate keeps it', () => {
    const kept = `(text: &str, ask: impl Fn() -> std::result::Result<(), a::Stop> + Send + 'static) -> ${RESULT}`
    expect(emitGlue(packageOf(withFunction(kept, stoppable)))).toContain(
      '::a::go(text, { let token = ::std::clone::Clone::clone(token); move || token.check()',
    )
  })

  it.each([
    ['no parameter of that name', `(text: &str) -> ${RESULT}`, stoppable, '`checkpoint: ask` is no parameter'],
    [
      'a closure that takes something',
      `(text: &str, ask: &dyn Fn(u32) -> std::result::Result<(), a::Stop>) -> ${RESULT}`,
      stoppable,
      'is no closure that takes nothing',
    ],
    [
      'a closure that gives no result',
      `(text: &str, ask: &dyn Fn() -> bool) -> ${RESULT}`,
      stoppable,
      'is no closure that takes nothing',
    ],
    [
      'a function that cannot fail',
      `(text: &str, ${GOES_ON}) -> std::vec::Vec<u32>`,
      stoppable,
      'must give a `Result`',
    ],
    [
      'a call on the JavaScript thread',
      `(text: &str, ${GOES_ON}) -> ${RESULT}`,
      { checkpoint: 'ask' },
      'needs `async: blocking`',
    ],
  ])('is refused for %s', (_, signature, more, message) => {
    expect(faultsOf(withFunction(signature, more))).toEqual([expect.stringContaining(message)])
  })
})

describe('packed numbers', () => {
  const packed = packageOf(withFunction(`(text: &str) -> std::option::Option<[u32; 2]>`, {}, 'packed u32[]?'))

  it('cross as one block and are typed arrays for users', () => {
    expect(contractItems(packed)).toEqual(['go(text: text) -> packed u32[]?'])
    expect(emitGlue(packed)).toContain('::ferrule_node::Packed(value)')
    expect(emitNative(packed)).toContain('go: (text: string) => Packed | null')
    expect(emitIndex(packed)).toContain('Uint32Array | null')
    expect(emitIndex(packed)).toContain('unpacked(item)')
  })

  it('are only what u32 can be', () => {
    const wide = withFunction('(text: &str) -> std::vec::Vec<u64>', {}, 'packed u64[]')
    expect(faultsOf(wide)).toEqual([expect.stringContaining('`packed u64[]` is said')])
  })
})

it('tells the garbage collector what an object holds, and ends an object with its parent', () => {
  const pkg = packageOf(
    specOf('a', 'a', {
      handles: [{ ...handle('Tree', 'a::Tree'), nativeBytes: 'size_in_bytes' }, handle('Walk', 'a::Walk')],
      functions: [
        {
          ...fn('walk', 'a::walk', { tree: 'handle Tree' }, 'handle Walk', '(tree: &a::Tree) -> a::Walk'),
          parent: 'tree',
        },
      ],
      methods: [method('Tree.again', 'again', {}, 'handle Walk', '(&self) -> a::Walk')],
    }),
  )
  const glue = emitGlue(pkg)
  expect(glue).toContain('<::a::Tree>::size_in_bytes(&self.0)')
  expect(glue).toContain('fn walk(tree: ::ferrule_node::This<Tree>)')
  expect(glue).toContain('::ferrule_node::New::child_of(tree.handle, Walk(')
  expect(glue).toContain('fn tree_again(this: &Tree) -> ::ferrule_node::New<Walk> {\n    ::ferrule_node::New::of(')
})
