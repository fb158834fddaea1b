/**
 * Iterators as results: arrays where they end, else read when they are asked for. What has something to walk ends with it; what
 * is made of numbers alone may never.
 */
import type { RustSignature, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { refuse } from './context.js'
import { findNamed } from './map-path.js'
import type { Mapping, Refusal, World } from './mapping.js'
import type { Keeping } from './pairs.js'
import { some } from './rust-types.js'

export type LazyMapping = Extract<Mapping, { readonly kind: 'list' }>

/** The result with its iterator left as one; any other result as it is. */
export function lazily(m: Mapping): Mapping {
  if (m.kind === 'result') return { ...m, of: lazily(m.of) }
  return m.kind === 'list' && m.rule === 'iterator-finite' ? { ...m, lazy: true, rule: 'iterator-lazy' } : m
}

/** The iterator that a result is, or has when nothing is thrown. */
export function lazyOf(m: Mapping): LazyMapping | undefined {
  const of = m.kind === 'result' ? m.of : m
  return of.kind === 'list' && of.lazy === true ? of : undefined
}

/** Whether an iterator among the results has nothing to walk, and nothing else says that it ends. */
export function mayNotEnd(signature: RustSignature, params: readonly Mapping[]): boolean {
  if (signature.receiver !== undefined || !params.every(isSmall)) return false
  const returned = okSide(signature.returns)
  return returned.kind === 'impl' && !returned.bounds.some(({ trait }) => ENDING.has(trait))
}

const ENDING = new Set(['std::iter::ExactSizeIterator', 'std::iter::DoubleEndedIterator'])

/** What holds nothing to walk. */
const isSmall = (m: Mapping): boolean =>
  ['boolean', 'number', 'bigint', 'duration', 'date', 'ordering', 'enum'].includes(m.kind) ||
  (m.kind === 'option' && isSmall(m.of))

const okSide = (type: RustType): RustType =>
  type.kind === 'path' && type.path === 'std::result::Result' ? (type.args[0] ?? type) : type

/** What has to stay alive for an iterator without a name: everything that it may borrow from. */
export function lazyKeeping(
  signature: RustSignature,
  params: readonly Mapping[],
  world: World,
  canBeKept: (m: Mapping) => boolean,
): Keeping | Refusal | undefined {
  const kept: number[] = []
  for (const [place, param] of signature.params.entries()) {
    const mapping = params[place]
    if (mapping === undefined || !some(param.type, borrows)) continue
    if (!canBeKept(mapping)) {
      return refuse(
        'view-owner',
        `the iterator may borrow from ${param.name}, and ${printType(param.type)} cannot be kept`,
      )
    }
    kept.push(place)
  }
  if (signature.receiver === 'mut') return refuse('view-owner', 'the iterator changes its object while it is read')
  const object = signature.receiver === 'ref'
  const self = world.self?.kind === 'path' ? findNamed(world.self, world) : undefined
  if (
    object &&
    (self?.kind !== 'handle' || self.iterates === true || (self.borrows !== true && self.clone === false))
  ) {
    return refuse('view-owner', 'the iterator may borrow from its object, which has no copy to keep')
  }
  if (!object && kept.length === 0) return undefined
  const shape = { name: '', shared: false, result: false, optional: false, list: false, lent: false }
  return { ...shape, object, params: kept }
}

const borrows = (part: RustType): boolean =>
  part.kind === 'ref' ||
  part.kind === 'impl' ||
  part.kind === 'generic' ||
  (part.kind === 'path' && part.lifetimes.some((lifetime) => lifetime !== "'static"))
