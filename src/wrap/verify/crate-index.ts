/** A model by its paths: what verify looks things up in. */
import type { Callable, ConstantItem, CrateModel, TraitItem, TypeItem } from '../model/model.js'

export interface CrateIndex {
  readonly model: CrateModel
  readonly types: ReadonlyMap<string, TypeItem>
  readonly functions: ReadonlyMap<string, Callable>
  readonly constants: ReadonlyMap<string, ConstantItem>
  readonly traits: ReadonlyMap<string, TraitItem>
}

export const indexCrate = (model: CrateModel): CrateIndex => ({
  model,
  types: byPath(model.types),
  functions: byPath(model.functions),
  constants: byPath(model.constants),
  traits: byPath(model.traits),
})

const byPath = <Item extends { readonly path: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.path, item]))

/** The type a path names, aliases followed; `undefined` for one the crate does not have. */
export function findType(index: CrateIndex, path: string): TypeItem | undefined {
  const seen = new Set<string>()
  let item = index.types.get(path)
  while (item?.kind === 'alias' && item.aliasOf?.kind === 'path' && !seen.has(item.path)) {
    seen.add(item.path)
    const target = index.types.get(item.aliasOf.path)
    if (target === undefined) return item
    item = target
  }
  return item
}

/** Whether the crate should have the path: not one of the standard library or of a dependency that the spec names. */
export function isOwnPath(path: string, dependencies: Readonly<Record<string, string>>): boolean {
  const [root = ''] = path.split('::')
  if (!path.includes('::') || STANDARD.has(root)) return false
  return !Object.keys(dependencies).some((name) => name.replaceAll('-', '_') === root)
}

const STANDARD = new Set(['std', 'core', 'alloc'])

/** Every function and method, those of traits' impls included: what a missing one may be called now. */
export function ownCallables(type: TypeItem): readonly Callable[] {
  return [...type.methods, ...type.impls.flatMap((impl) => impl.methods)]
}
