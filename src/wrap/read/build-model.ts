/** One model from the rustdoc of a crate and of the dependencies it re-exports. */
import type { Callable, ConstantItem, CrateModel, TraitItem, TypeItem } from '../model/model.js'
import { convertConstant, convertFunction } from './callables.js'
import type { KnownTraits } from './impls.js'
import { mentions } from './mentions.js'
import { convertTrait } from './traits.js'
import { convertTypeItem } from './type-items.js'
import { walk, type Reached } from './walk.js'
import type { World } from './world.js'

/** What the rustdoc does not say. */
export type PackageFacts = Pick<
  CrateModel,
  | 'name'
  | 'packageName'
  | 'version'
  | 'license'
  | 'repository'
  | 'description'
  | 'rustVersion'
  | 'features'
  | 'enabledFeatures'
  | 'folder'
>

export interface Built {
  readonly model: CrateModel
  /** Crates the API re-exports from whose rustdoc is missing; with it the model would say more. */
  readonly wanted: ReadonlySet<string>
}

export function buildModel(world: World, facts: PackageFacts): Built {
  const { reached, wanted } = walk(world)
  const traits = convertTraits(world, reached)
  const full = reached.filter((one) => !one.limited)
  const own = {
    functions: full.flatMap((one) => convertFree(world, one)),
    types: full.flatMap((one) => optional(convertTypeItem(world, one, traits))),
    constants: full.flatMap((one) => optional(convertFreeConstant(world, one))),
  }
  const { types, traits: kept } = withMentioned(world, reached, own, traits)
  const model: CrateModel = {
    ...facts,
    docs: world.main.doc.index[String(world.main.doc.root)]?.docs ?? '',
    functions: sorted(own.functions),
    types: sorted(types),
    traits: sorted(kept.map((trait) => withImplementors(trait, types))),
    constants: sorted(own.constants),
    others: full
      .filter(
        (one) =>
          !['function', 'struct', 'enum', 'union', 'type_alias', 'trait', 'constant', 'static'].includes(one.kind),
      )
      .map((one) => ({ path: one.path, kind: one.kind }))
      .sort((one, other) => order(one.path, other.path)),
  }
  return { model, wanted }
}

function convertTraits(world: World, reached: readonly Reached[]): KnownTraits {
  const traits = reached.flatMap((one) =>
    one.item.inner.trait === undefined
      ? []
      : [{ item: convertTrait(world, one, one.item.inner.trait), limited: one.limited }],
  )
  return new Map(traits.map((trait) => [trait.item.path, trait]))
}

function convertFree(world: World, reached: Reached): Callable[] {
  const { source, item, path } = reached
  if (item.inner.function === undefined) {
    return []
  }
  const at = path.lastIndexOf('::')
  const callable = convertFunction({ world, source }, item, item.inner.function, {
    path: path.slice(0, at),
    generics: [],
  })
  return [{ ...callable, path, name: path.slice(at + 2) }]
}

function convertFreeConstant(world: World, reached: Reached): ConstantItem | undefined {
  const { source, item, path } = reached
  const constant = convertConstant({ world, source }, item, path)
  return constant === undefined ? undefined : { ...constant, name: path.slice(path.lastIndexOf('::') + 2) }
}

/**
 * Of crates that came whole, what the API speaks of: the types in its signatures, what those give in turn, and the traits that
 * its types have.
 */
function withMentioned(
  world: World,
  reached: readonly Reached[],
  own: { functions: readonly Callable[]; types: readonly TypeItem[]; constants: readonly ConstantItem[] },
  all: KnownTraits,
): { types: TypeItem[]; traits: TraitItem[] } {
  const types = [...own.types]
  const implemented = new Set(own.types.flatMap((type) => type.impls.map((impl) => impl.trait)))
  const known = [...all.values()]
  const traits = known.filter((one) => !one.limited).map((one) => one.item)
  const waiting = new Map(reached.filter((one) => one.limited).map((one) => [one.path, one]))
  let fresh = mentions([
    own.functions,
    own.constants,
    own.types.map(spokenOf),
    own.types.flatMap((type) => type.impls.flatMap((impl) => impl.methods)),
    traits.map((trait) => trait.methods),
  ])
  while (fresh.size > 0) {
    const found = [...fresh].flatMap((path) => optional(waiting.get(path)))
    const added = found
      .flatMap((one) => optional(convertTypeItem(world, one, all)))
      .map((type) => ({ ...type, mentioned: true }))
    for (const one of found) {
      waiting.delete(one.path)
    }
    types.push(...added)
    fresh = mentions(added.map(spokenOf))
  }
  const others = known.filter((one) => one.limited && implemented.has(one.item.path)).map((one) => one.item)
  return { types, traits: [...traits, ...others] }
}

function spokenOf(type: TypeItem): unknown {
  return [type.fields, type.variants, type.aliasOf, type.methods.map((method) => method.signature)]
}

/** rustdoc lists an implementor with the trait only when both are of one crate. */
function withImplementors(trait: TraitItem, types: readonly TypeItem[]): TraitItem {
  const here = types.filter((type) => type.impls.some((impl) => impl.trait === trait.path)).map((type) => type.path)
  return { ...trait, implementors: [...new Set([...trait.implementors, ...here])].sort() }
}

function sorted<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return [...items].sort((one, other) => order(one.path, other.path))
}

/** By code unit, so that the order is the same everywhere. */
function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function optional<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}
