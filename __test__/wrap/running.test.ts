// Methods after which an object works by itself, or does so no more.
import { describe, expect, it } from 'vitest'
import { emitGlue } from '../../src/wrap/generate/rust.js'
import { buildPackage } from '../../src/wrap/ir/build.js'
import { contractItems } from '../../src/wrap/ir/contract.js'
import type { MethodEntry, Spec } from '../../src/wrap/spec/spec.js'
import { handle, method, specOf } from './glue-fixture.js'
import { packageOf } from './glue-kitchen.js'

const withMethod = (returns: string, signature: string, more: Partial<MethodEntry>): Spec =>
  specOf('a', 'a', {
    handles: [handle('Ticker', 'a::Ticker')],
    methods: [method('Ticker.start', 'start', {}, returns, signature, more)],
  })

describe('running', () => {
  it('tells the environment once the call has succeeded, and crosses as nothing', () => {
    const pkg = packageOf(
      withMethod('void', '(&self) -> std::result::Result<(), std::fmt::Error>', { running: 'begins' }),
    )
    expect(contractItems(pkg)).toEqual(['tickerStart(ticker: handle Ticker) -> void'])
    const glue = emitGlue(pkg)
    expect(glue).toContain('scope: &::ferrule_node::Scope, this: ::ferrule_node::This<Ticker>')
    expect(glue).toMatch(/start\(&this\.0\)[^?;]*\?; scope\.running\(this\.handle\); ::std::result::Result::Ok\(\(\)\)/)
  })

  it('tells it that an object has stopped', () => {
    expect(emitGlue(packageOf(withMethod('void', '(&self)', { running: 'ends' })))).toContain(
      'start(&this.0); scope.stopped(this.handle);',
    )
  })

  it.each([
    ['another thread', 'void', '(&self)', { async: 'blocking' as const }],
    ['a result', 'u32', '(&self) -> u32', {}],
    ['an object that is had alone', 'void', '(&mut self)', { exclusive: true }],
  ])('is refused for %s', (_, returns, signature, more) => {
    const { faults } = buildPackage(withMethod(returns, signature, { running: 'begins', ...more }))
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('`running` is for a method')])
  })
})
