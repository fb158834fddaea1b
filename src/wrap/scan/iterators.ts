/** Types that iterate: which are classes, and what their items are. */
import type { TypeItem } from '../model/model.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import type { World } from '../rules/mapping.js'
import { path, some } from '../rules/rust-types.js'
import { implementsTrait, iteratorItem, typeParameters, type CrateView } from './crate-view.js'
import { decideSignature, specType } from './decide.js'

/** A type with its parameters filled in. */
interface Typed {
  readonly item: TypeItem
  readonly type: RustType
}

export const iterates = ({ item, type }: Typed): boolean => iteratorItem(item, type) !== undefined

/** `fn next(&mut self) -> Option<Item>`, or the same from the other end; undefined where there is none. */
export function pullSignature(
  { item, type }: Typed,
  rustName: 'next' | 'next_back',
  at: { readonly view: CrateView; readonly world: World },
): RustSignature | undefined {
  const of = iteratorItem(item, type)
  if (of === undefined) return undefined
  if (rustName === 'next_back' && !implementsTrait(item, 'std::iter::DoubleEndedIterator')) return undefined
  return {
    receiver: 'mut',
    generics: [],
    params: [],
    returns: path('std::option::Option', specType(of, { view: at.view, world: at.world, self: type })),
    async: false,
    unsafe: false,
  }
}

/**
 * Whether an iterator that borrows may be a class: it has more to it than its items, which otherwise come out as an array. It
 * borrows from what is in memory already, so it ends.
 */
export const canBeClass = ({ item, type }: Typed): boolean =>
  item.methods.length > 0 &&
  !implementsTrait(item, 'std::ops::Drop') &&
  type.kind === 'path' &&
  type.args.length === typeParameters(item.generics).length &&
  !type.args.some((arg) => some(arg, isOpen))

/** What borrows itself, or is the caller's choice. */
const isOpen = (part: RustType): boolean =>
  part.kind === 'ref' || part.kind === 'generic' || (part.kind === 'path' && part.lifetimes.length > 0)

/** Whether its items cross, each kept with what it borrows from. */
export function itemsCross(of: Typed, view: CrateView, world: World): boolean {
  const signature = pullSignature(of, 'next', { view, world })
  return signature !== undefined && !('refused' in decideSignature(signature, { view, world, self: of.type }, true))
}
