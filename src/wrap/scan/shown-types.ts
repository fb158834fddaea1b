/** Result types that the spec does not name, written by what they show: iterators, texts, bytes. */
import type { TypeItem } from '../model/model.js'
import type { Bound, RustSignature, RustType } from '../model/rust-type.js'
import { findNamed } from '../rules/map-path.js'
import type { World } from '../rules/mapping.js'
import { isPrimitive, path, primitive, reference, rewrite, some, str, type PathType } from '../rules/rust-types.js'
import { implementsTrait, iteratorItem, lifetimeCount, type CrateView } from './crate-view.js'

/** The result with each such type replaced. `resolve` writes an iterator's items as a spec has them. */
export function shownResult(
  type: RustType,
  signature: RustSignature,
  view: CrateView,
  world: World,
  resolve: (type: RustType) => RustType,
): RustType {
  return rewrite(type, (part) => {
    if (part.kind !== 'path') return part
    const std = standardItem(part)
    if (std !== undefined) return iterator(std, OWNING.has(part.path))
    const item = view.types.get(part.path)
    if (item === undefined || findNamed(part, world) !== undefined) return part
    const of = lifetimeCount(item) > 0 && borrows(signature) ? iteratorItem(item, part) : undefined
    if (of !== undefined) return iterator(resolve(of))
    if (mayBeNamed(part, world)) return part
    if (implementsTrait(item, 'std::fmt::Display') && !implementsTrait(item, 'std::error::Error')) {
      return implementing({ trait: 'std::fmt::Display', args: [], bindings: [] })
    }
    const target = derefTarget(item)
    if (target?.kind === 'slice' && part.args.some((arg) => isPrimitive(arg, 'u8'))) {
      return implementing({
        trait: 'std::ops::Deref',
        args: [],
        bindings: [{ name: 'Target', type: { kind: 'slice', of: primitive('u8') } }],
      })
    }
    return part
  })
}

/** `Zoned<Z>`, when `Zoned<Utc>` is a class: what the caller chooses for `Z` says which it is. */
const mayBeNamed = (type: PathType, world: World): boolean =>
  some(type, (part) => part.kind === 'generic') &&
  Array.from(world.named.values()).some(({ rustType }) => rustType.kind === 'path' && rustType.path === type.path)

const derefTarget = (item: TypeItem): RustType | undefined =>
  item.impls.find((impl) => impl.trait === 'std::ops::Deref')?.associated.find((one) => one.name === 'Target')?.type

const implementing = (bound: Bound): RustType => ({ kind: 'impl', bounds: [bound] })

const iterator = (item: RustType, ends = false): RustType =>
  implementing({
    trait: ends ? 'std::iter::ExactSizeIterator' : 'std::iter::Iterator',
    args: [],
    bindings: [{ name: 'Item', type: item }],
  })

/** Iterators of the standard library over what they own. */
const OWNING = new Set(
  ['vec', 'hash_set', 'btree_set'].map((name) =>
    name === 'vec' ? 'std::vec::IntoIter' : `std::collections::${name}::IntoIter`,
  ),
)

/** An iterator over what the caller lends ends. */
const borrows = (signature: RustSignature): boolean =>
  signature.receiver === 'ref' ||
  signature.receiver === 'value' ||
  signature.params.some((param) => some(param.type, (part) => part.kind === 'ref'))

/** Iterators of the standard library over text. */
const OVER_TEXT = new Set(
  [
    'Split',
    'SplitN',
    'RSplit',
    'RSplitN',
    'SplitTerminator',
    'SplitInclusive',
    'Lines',
    'SplitWhitespace',
    'SplitAsciiWhitespace',
    'Matches',
  ].map((name) => `std::str::${name}`),
)

/** What an iterator of the standard library gives. */
function standardItem(type: PathType): RustType | undefined {
  const [first, second] = type.args
  if (OVER_TEXT.has(type.path)) return reference(str)
  switch (type.path) {
    case 'std::str::Chars':
      return primitive('char')
    case 'std::str::CharIndices':
      return { kind: 'tuple', items: [primitive('usize'), primitive('char')] }
    case 'std::str::Bytes':
      return primitive('u8')
    case 'std::slice::Iter':
    case 'std::collections::hash_set::Iter':
    case 'std::collections::btree_set::Iter':
    case 'std::collections::vec_deque::Iter':
    case 'std::option::Iter':
      return first === undefined ? undefined : reference(first)
    case 'std::collections::hash_map::Keys':
    case 'std::collections::btree_map::Keys':
      return first === undefined ? undefined : reference(first)
    case 'std::collections::hash_map::Values':
    case 'std::collections::btree_map::Values':
      return second === undefined ? undefined : reference(second)
    case 'std::collections::hash_map::Iter':
    case 'std::collections::btree_map::Iter':
      return first === undefined || second === undefined
        ? undefined
        : { kind: 'tuple', items: [reference(first), reference(second)] }
    case 'std::vec::IntoIter':
    case 'std::collections::hash_set::IntoIter':
    case 'std::collections::btree_set::IntoIter':
      return first
    case 'std::slice::Chunks':
    case 'std::slice::ChunksExact':
    case 'std::slice::Windows':
      return first === undefined ? undefined : reference(path('std::vec::Vec', first))
    default:
      return undefined
  }
}
