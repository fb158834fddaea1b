/** The usual Rust type of a boundary type: for entries that do not say the crate's own. */
import type { RustType } from '../model/rust-type.js'
import type { Direction } from '../rules/mapping.js'
import type { BoundaryType } from '../spec/type-text.js'

const primitive = (name: string): RustType => ({ kind: 'primitive', name })
const path = (name: string, ...args: RustType[]): RustType => ({
  kind: 'path',
  path: name,
  lifetimes: [],
  args,
  bindings: [],
})
const reference = (to: RustType, mutable = false): RustType => ({ kind: 'ref', mutable, to })

const SIMPLE = new Map<string, RustType>([
  ['boolean', primitive('bool')],
  ['void', { kind: 'tuple', items: [] }],
  ['duration', path('std::time::Duration')],
  ['milliseconds', path('std::time::Duration')],
  ['date', path('std::time::SystemTime')],
  ['json', path('serde_json::Value')],
  ['ordering', path('std::cmp::Ordering')],
  ['bigint64', primitive('i64')],
  ['biguint64', primitive('u64')],
])

/**
 * `text` is `&str` as an argument and anything that prints as a result; lists are slices as arguments and vectors as results.
 *
 * @param types the spec's named types.
 */
export function usualType(
  type: BoundaryType,
  direction: Direction,
  types: ReadonlyMap<string, RustType>,
): RustType | undefined {
  const inner = (of: BoundaryType): RustType | undefined => usualType(of, direction, types)
  switch (type.kind) {
    case 'simple':
      if (type.name === 'text') return direction === 'in' ? reference(primitive('str')) : displayed
      if (type.name === 'bytes') {
        return direction === 'in'
          ? reference({ kind: 'slice', of: primitive('u8') })
          : path('std::vec::Vec', primitive('u8'))
      }
      return (
        SIMPLE.get(type.name) ??
        (type.name.startsWith('NonZero') ? path(`std::num::${type.name}`) : primitive(type.name))
      )
    case 'option': {
      const of = inner(type.of)
      return of && path('std::option::Option', of)
    }
    case 'list': {
      const of = inner(type.of)
      if (of === undefined) return undefined
      return direction === 'in' ? reference({ kind: 'slice', of }) : path('std::vec::Vec', of)
    }
    case 'tuple': {
      const items = type.items.map(inner).filter((item) => item !== undefined)
      return items.length === type.items.length ? { kind: 'tuple', items } : undefined
    }
    case 'map': {
      const [key, value] = [inner(type.key), inner(type.value)]
      return key && value && path('std::collections::HashMap', key, value)
    }
    case 'handle': {
      const named = types.get(type.name)
      if (named === undefined || direction === 'out') return named
      return reference(named, type.exclusive)
    }
    case 'record':
    case 'enum':
      return types.get(type.name)
    case 'strings':
    case 'callback':
    case 'function':
      return undefined
  }
}

/** Whatever its Rust type: its text is wanted. */
const displayed: RustType = { kind: 'impl', bounds: [{ trait: 'std::fmt::Display', args: [], bindings: [] }] }

/** What a getter gives: lent or owned, its text and its bytes are copied. */
export function getterType(type: BoundaryType, types: ReadonlyMap<string, RustType>): RustType | undefined {
  if (type.kind === 'simple' && type.name === 'bytes') return reference({ kind: 'slice', of: primitive('u8') })
  if (type.kind !== 'option') return usualType(type, 'out', types)
  const of = getterType(type.of, types)
  return of && path('std::option::Option', of)
}

/** The Rust type of a record's field, owned: what a value is made of. */
export function fieldType(type: BoundaryType, types: ReadonlyMap<string, RustType>): RustType | undefined {
  switch (type.kind) {
    case 'simple':
      return type.name === 'text' ? path('std::string::String') : usualType(type, 'out', types)
    case 'option':
    case 'list': {
      const of = fieldType(type.of, types)
      return of && path(type.kind === 'option' ? 'std::option::Option' : 'std::vec::Vec', of)
    }
    case 'tuple': {
      const items = type.items.map((item) => fieldType(item, types)).filter((item) => item !== undefined)
      return items.length === type.items.length ? { kind: 'tuple', items } : undefined
    }
    default:
      return usualType(type, 'out', types)
  }
}
