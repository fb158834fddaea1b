/** A model as the scanner looks at it: by path, aliases followed, iterators known by what they give. */
import type { CrateModel, TraitItem, TypeItem } from '../model/model.js'
import type { GenericParameter, RustType } from '../model/rust-type.js'
import { path, rewrite, substitute } from '../rules/rust-types.js'

export interface CrateView {
  readonly model: CrateModel
  readonly types: ReadonlyMap<string, TypeItem>
  readonly traits: ReadonlyMap<string, TraitItem>
}

export const viewOf = (model: CrateModel): CrateView => ({
  model,
  types: new Map(model.types.map((item) => [item.path, item])),
  traits: new Map(model.traits.map((item) => [item.path, item])),
})

/** The parameters that are types or constants: what must be filled in. */
export const typeParameters = (generics: readonly GenericParameter[]): readonly GenericParameter[] =>
  generics.filter((parameter) => parameter.kind !== 'lifetime')

export const lifetimeCount = (item: TypeItem): number =>
  item.generics.filter((parameter) => parameter.kind === 'lifetime').length

/** The type of an item without type parameters; lifetimes are left to the compiler. */
export const plainType = (item: TypeItem, args: readonly RustType[] = []): RustType => ({
  ...path(item.path, ...args),
  lifetimes: Array.from({ length: lifetimeCount(item) }, () => "'_"),
})

/** Aliases replaced by what they stand for, to the end; defaults of type parameters filled in. */
export function resolveAliases(type: RustType, view: CrateView, depth = 0): RustType {
  if (depth > MOST_ALIASES) return type
  return rewrite(type, (part) => {
    const at = standardAlias(part)
    const item = at.kind === 'path' ? view.types.get(at.path) : undefined
    if (at.kind !== 'path' || item === undefined) return at
    const parameters = typeParameters(item.generics)
    const args = withDefaults(at.args, parameters, view)
    if (item.kind !== 'alias' || item.aliasOf === undefined) return args === at.args ? at : { ...at, args }
    const by = new Map(parameters.map((parameter, place) => [parameter.name, args[place] ?? parameterType(parameter)]))
    return resolveAliases(substitute(item.aliasOf, by), view, depth + 1)
  })
}

/** `io::Result<T>` and `fmt::Result`. */
function standardAlias(type: RustType): RustType {
  if (type.kind !== 'path') return type
  if (type.path === 'std::io::Result') return path('std::result::Result', ...type.args, path('std::io::Error'))
  if (type.path === 'std::fmt::Result')
    return path('std::result::Result', { kind: 'tuple', items: [] }, path('std::fmt::Error'))
  return type
}

/** Aliases of aliases: more than a crate has, so that a circle ends. */
const MOST_ALIASES = 16

const parameterType = (parameter: GenericParameter): RustType => ({ kind: 'generic', name: parameter.name })

function withDefaults(
  args: readonly RustType[],
  parameters: readonly GenericParameter[],
  view: CrateView,
): readonly RustType[] {
  if (args.length >= parameters.length) return args
  const all = [...args]
  for (const parameter of parameters.slice(args.length)) {
    if (parameter.default === undefined) return args
    const before = new Map(
      parameters.slice(0, all.length).map((other, place) => [other.name, all[place] ?? parameterType(other)]),
    )
    all.push(resolveAliases(substitute(parameter.default, before), view))
  }
  return all
}

/** What the parameters of `pattern` are in `type`; undefined when it is another type. */
export function match(
  pattern: RustType,
  type: RustType,
  names: ReadonlySet<string>,
): ReadonlyMap<string, RustType> | undefined {
  const found = new Map<string, RustType>()
  return matchInto(pattern, type, names, found) ? found : undefined
}

function matchInto(
  pattern: RustType,
  type: RustType,
  names: ReadonlySet<string>,
  found: Map<string, RustType>,
): boolean {
  if (pattern.kind === 'generic' && names.has(pattern.name)) {
    const known = found.get(pattern.name)
    if (known !== undefined) return JSON.stringify(known) === JSON.stringify(type)
    found.set(pattern.name, type)
    return true
  }
  const all = (a: readonly RustType[], b: readonly RustType[]): boolean =>
    a.length === b.length && a.every((item, place) => matchInto(item, b[place] ?? item, names, found))
  switch (pattern.kind) {
    case 'path':
      return type.kind === 'path' && type.path === pattern.path && all(pattern.args, type.args)
    case 'ref':
    case 'pointer':
      return type.kind === pattern.kind && type.mutable === pattern.mutable && all([pattern.to], [type.to])
    case 'slice':
      return type.kind === 'slice' && all([pattern.of], [type.of])
    case 'array':
      return type.kind === 'array' && type.length === pattern.length && all([pattern.of], [type.of])
    case 'tuple':
      return type.kind === 'tuple' && all(pattern.items, type.items)
    default:
      return JSON.stringify(pattern) === JSON.stringify(type)
  }
}

/** Whether the type implements a trait, by the impls that are written. */
export const implementsTrait = (item: TypeItem, trait: string): boolean =>
  item.impls.some((impl) => impl.trait === trait && impl.for.kind !== 'ref')

/** What an iterator type gives; undefined for types that are none. */
export function iteratorItem(item: TypeItem, type: RustType): RustType | undefined {
  const impl = item.impls.find((one) => one.trait === 'std::iter::Iterator' && one.for.kind === 'path')
  const of = impl?.associated.find((one) => one.name === 'Item')?.type
  if (impl === undefined || of === undefined) return undefined
  const names = new Set([...item.generics, ...impl.generics].map((parameter) => parameter.name))
  const by = match(impl.for, type, names)
  return by === undefined ? undefined : substitute(withLifetimes(of, lifetimesOf(impl.for, type)), by)
}

/** What the lifetimes of an impl block are called in the type at hand. */
export function lifetimesOf(pattern: RustType | undefined, type: RustType | undefined): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  if (pattern?.kind !== 'path' || type?.kind !== 'path') return names
  for (const [place, lifetime] of pattern.lifetimes.entries()) {
    if (lifetime !== "'_" && lifetime !== "'static") names.set(lifetime, type.lifetimes[place] ?? "'_")
  }
  return names
}

/** The type with other names for its lifetimes. */
export function withLifetimes(type: RustType, names: ReadonlyMap<string, string>): RustType {
  if (Array.from(names).every(([from, to]) => from === to)) return type
  const one = (lifetime: string): string => names.get(lifetime) ?? lifetime
  return rewrite(type, (part) => {
    if (part.kind === 'path') return { ...part, lifetimes: part.lifetimes.map(one) }
    return part.kind === 'ref' && part.lifetime !== undefined ? { ...part, lifetime: one(part.lifetime) } : part
  })
}
