/** What the translator knows of a value's type: enough to choose a method and a comparison, and nothing that was guessed. */
import type { Mapping } from '../rules/mapping.js'

export type Known =
  /** Not settled yet: the inside of `None`, the items of `vec![]`. */
  | { readonly kind: 'open' }
  | { readonly kind: 'void' | 'boolean' | 'text' | 'bytes' | 'duration' | 'date' | 'ordering' }
  /** `integer` and `float` are literals without a suffix. */
  | { readonly kind: 'number'; readonly name: string }
  | { readonly kind: 'bigint'; readonly name: string }
  | { readonly kind: 'option'; readonly of: Known }
  /** Thrown by its code, or kept in a variable as an outcome. */
  | { readonly kind: 'result'; readonly of: Known; readonly kept: boolean }
  | { readonly kind: 'tuple'; readonly items: readonly Known[] }
  /** `sorted` is false where the order is the hash's. */
  | { readonly kind: 'list'; readonly of: Known; readonly sorted: boolean }
  | { readonly kind: 'iterator'; readonly of: Known }
  | { readonly kind: 'map'; readonly key: Known; readonly value: Known }
  | { readonly kind: 'handle' | 'record' | 'enum'; readonly name: string }
  | { readonly kind: 'callback'; readonly params: readonly Known[]; readonly returns: Known }

export const open: Known = { kind: 'open' }
export const text: Known = { kind: 'text' }
export const boolean: Known = { kind: 'boolean' }
export const usize: Known = { kind: 'number', name: 'usize' }
export const list = (of: Known): Known => ({ kind: 'list', of, sorted: true })
export const option = (of: Known): Known => ({ kind: 'option', of })
export const number = (name: string): Known => ({ kind: 'number', name })

const unsorted: ReadonlySet<string> = new Set(['std::collections::HashSet', 'std::collections::BinaryHeap'])

export function fromMapping(m: Mapping): Known {
  switch (m.kind) {
    case 'number':
      return number(m.name.startsWith('NonZero') ? m.name.slice('NonZero'.length).toLowerCase() : m.name)
    case 'option':
      return option(fromMapping(m.of))
    case 'result':
      return { kind: 'result', of: fromMapping(m.of), kept: false }
    case 'tuple':
      return { kind: 'tuple', items: m.items.map(fromMapping) }
    case 'list':
      if (m.rule.startsWith('iterator')) return { kind: 'iterator', of: fromMapping(m.of) }
      return { kind: 'list', of: fromMapping(m.of), sorted: !(m.rust.kind === 'path' && unsorted.has(m.rust.path)) }
    case 'map':
      return { kind: 'map', key: fromMapping(m.key), value: fromMapping(m.value) }
    case 'callback':
      return { kind: 'callback', params: m.params.map(fromMapping), returns: fromMapping(m.returns) }
    case 'handle':
    case 'record':
    case 'enum':
      return { kind: m.kind, name: m.name }
    case 'bigint':
      return { kind: 'bigint', name: m.name }
    case 'json':
      return open
    default:
      return { kind: m.kind }
  }
}

export const isFloat = (known: Known): boolean =>
  known.kind === 'number' && (known.name === 'f32' || known.name === 'f64' || known.name === 'float')

/** Whether a literal's type may still become another. */
export function isSettled(known: Known): boolean {
  switch (known.kind) {
    case 'open':
      return false
    case 'number':
      return known.name !== 'integer' && known.name !== 'float'
    case 'option':
    case 'result':
    case 'list':
    case 'iterator':
      return isSettled(known.of)
    case 'tuple':
      return known.items.every(isSettled)
    case 'map':
      return isSettled(known.key) && isSettled(known.value)
    default:
      return true
  }
}

/** What both are, or undefined when they cannot be the same type. */
export function unify(a: Known, b: Known): Known | undefined {
  if (a.kind === 'open') return b
  if (b.kind === 'open') return a
  if (a.kind === 'number' && b.kind === 'number') return unifyNumbers(a.name, b.name)
  if (a.kind === 'iterator' && b.kind === 'iterator') return within(a.of, b.of, (of) => ({ kind: 'iterator', of }))
  if (a.kind === 'option' && b.kind === 'option') return within(a.of, b.of, option)
  if (a.kind === 'result' && b.kind === 'result') {
    return within(a.of, b.of, (of) => ({ kind: 'result', of, kept: a.kept }))
  }
  if (a.kind === 'list' && b.kind === 'list') {
    return within(a.of, b.of, (of) => ({ kind: 'list', of, sorted: a.sorted && b.sorted }))
  }
  if (a.kind === 'map' && b.kind === 'map') {
    return within(a.key, b.key, (key) => within(a.value, b.value, (value) => ({ kind: 'map', key, value })))
  }
  if (a.kind === 'tuple' && b.kind === 'tuple') return unifyTuples(a.items, b.items)
  if ('name' in a && 'name' in b) return a.kind === b.kind && a.name === b.name ? a : undefined
  return a.kind === b.kind ? a : undefined
}

function within(a: Known, b: Known, make: (known: Known) => Known | undefined): Known | undefined {
  const inner = unify(a, b)
  return inner === undefined ? undefined : make(inner)
}

function unifyTuples(a: readonly Known[], b: readonly Known[]): Known | undefined {
  if (a.length !== b.length) return undefined
  const items: Known[] = []
  for (const [at, item] of a.entries()) {
    const both = unify(item, b[at] ?? open)
    if (both === undefined) return undefined
    items.push(both)
  }
  return { kind: 'tuple', items }
}

function unifyNumbers(a: string, b: string): Known | undefined {
  if (a === b) return number(a)
  const isFloatName = (name: string): boolean => name === 'f32' || name === 'f64'
  if (a === 'integer' && b !== 'float') return isFloatName(b) ? undefined : number(b)
  if (b === 'integer' && a !== 'float') return isFloatName(a) ? undefined : number(a)
  if (a === 'float') return isFloatName(b) ? number(b) : undefined
  if (b === 'float') return isFloatName(a) ? number(a) : undefined
  return undefined
}
