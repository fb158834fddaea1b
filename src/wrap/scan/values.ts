/** Types of dependencies that are values somewhere, and those that only stand as arguments of other types. */
import type { TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { inner } from '../rules/rust-types.js'
import { callablesOf } from './error-types.js'
import { resolveAliases, type CrateView } from './crate-view.js'

/** The paths of dependencies' types that something takes or gives: not `U32` of `Array<u8, U32>`. */
export function mentionedValues(view: CrateView): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting: TypeItem[] = view.model.types.filter(({ mentioned }) => mentioned !== true)
  const note = (type: RustType): void => {
    for (const path of valuesIn(resolveAliases(type, view))) {
      const item = view.types.get(path)
      if (item?.mentioned !== true || found.has(path)) continue
      found.add(path)
      waiting.push(item)
    }
  }
  for (const { signature } of view.model.functions) for (const type of typesOf(signature)) note(type)
  for (const { type } of view.model.constants) note(type)
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    for (const { signature } of callablesOf(item)) for (const type of typesOf(signature)) note(type)
    for (const field of item.fields) note(field.type)
    for (const field of item.variants.flatMap((variant) => variant.fields)) note(field.type)
    for (const constant of item.constants) note(constant.type)
    for (const impl of item.impls) {
      // What a conversion is from, what an operator has on its other side.
      if (impl.trait.startsWith('std::'))
        for (const type of [...impl.args, ...impl.associated.map((one) => one.type)]) note(type)
    }
  }
  return found
}

const typesOf = ({ params, returns }: { params: readonly { type: RustType }[]; returns: RustType }): RustType[] => [
  ...params.map(({ type }) => type),
  returns,
]

/** Containers hold values of their arguments; what other types do with theirs is their own affair. */
function valuesIn(type: RustType): readonly string[] {
  if (type.kind === 'projection') return []
  const own = type.kind === 'path' && !type.path.startsWith('std::') ? [type.path] : []
  return own.length > 0 ? own : inner(type).flatMap(valuesIn)
}
