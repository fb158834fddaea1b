/** Generic types with their parameters filled in, as the crate itself uses them. */
import type { Callable, TypeItem } from '../model/model.js'
import type { GenericParameter, RustType } from '../model/rust-type.js'
import { lastName, path, rewrite, some, substitute, typeKey, type PathType } from '../rules/rust-types.js'
import { choicesFor } from './choices.js'
import { lifetimeCount, match, plainType, resolveAliases, typeParameters, type CrateView } from './crate-view.js'
import { everyCallable } from './error-types.js'
import { capitalized } from './names.js'
import { resolveProjections } from './projections.js'

export interface Instance {
  readonly type: RustType
  /** The crate's own name for it. */
  readonly alias?: string
  /** What tells it from the other instances: `F64`. */
  readonly suffix: string
}

/** More classes of one generic type than these help nobody. */
const MOST_INSTANCES = 6
/** An alias is a use that was meant to be found. */
const ALIAS_WEIGHT = 1000

interface Use {
  readonly type: PathType
  readonly count: number
}

type Uses = ReadonlyMap<string, Map<string, Use>>

/** By the path of the generic type, the most used first. Types that nothing decides have none. */
export function findInstances(view: CrateView): ReadonlyMap<string, readonly Instance[]> {
  // Those of a dependency are its own affair.
  const generic = view.model.types.filter((item) => isGeneric(item) && item.foreign === undefined)
  const uses: Uses = new Map(generic.map((item) => [item.path, new Map<string, Use>()]))
  noteWritten(view, uses)
  for (const item of generic) {
    const type = resolveAliases(path(item.path), view)
    note(type, ALIAS_WEIGHT, uses, view)
    for (const one of byBounds(item, uses.get(item.path)?.size === 0, view)) note(one, 1, uses, view)
  }
  noteInside(view, uses)
  return new Map(generic.map((item) => [item.path, instancesOf(item, uses, view)]))
}

export const isGeneric = (item: TypeItem): boolean =>
  item.kind !== 'alias' &&
  item.kind !== 'union' &&
  typeParameters(item.generics).length > 0 &&
  lifetimeCount(item) === 0

/** A class for `LocalResult<DateTime<Utc>>` is worth having; one for numbers spelled in types is not. */
const DEEPEST = 2

const depthOf = (type: RustType): number =>
  type.kind === 'path' && type.args.length > 0 ? 1 + Math.max(...type.args.map(depthOf)) : 0

function instancesOf(item: TypeItem, uses: Uses, view: CrateView): readonly Instance[] {
  const aliases = aliasesOf(item, view)
  return mostUsed(item.path, uses).map((type) => {
    const key = typeKey(type)
    const alias = aliases.find((one) => typeKey(one.type) === key)?.name
    const suffix = type.args.map((arg) => capitalized(nameOf(arg))).join('')
    return { type, suffix, ...(alias === undefined ? {} : { alias }) }
  })
}

const mostUsed = (itemPath: string, uses: Uses): readonly PathType[] =>
  Array.from(uses.get(itemPath)?.values() ?? [])
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_INSTANCES)
    .map(({ type }) => type)

/** Counts every complete use inside a type. */
function note(type: RustType, weight: number, uses: Uses, view: CrateView): void {
  some(type, (part) => {
    if (part.kind !== 'path') return false
    const known = uses.get(part.path)
    const item = known === undefined ? undefined : view.types.get(part.path)
    if (known === undefined || item === undefined || !isConcrete(part, item, view)) return false
    const used = path(part.path, ...part.args)
    const key = typeKey(used)
    known.set(key, { type: used, count: (known.get(key)?.count ?? 0) + weight })
    return false
  })
}

/** What the crate writes down: aliases, signatures, impls, fields. */
function noteWritten(view: CrateView, uses: Uses): void {
  const one = (type: RustType, weight = 1): void => {
    note(resolveAliases(type, view), weight, uses, view)
  }
  for (const alias of view.model.types) {
    if (alias.kind === 'alias' && alias.aliasOf !== undefined) one(alias.aliasOf, ALIAS_WEIGHT)
  }
  for (const callable of everyCallable(view)) {
    for (const param of callable.signature.params) one(param.type)
    one(callable.signature.returns)
    if (callable.implFor !== undefined) one(callable.implFor)
  }
  for (const item of view.model.types) {
    for (const impl of item.impls) {
      one(impl.for)
      for (const arg of impl.args) one(arg)
    }
    for (const field of item.fields) one(field.type)
  }
}

/** Instances that the members of other types lead to: `MappedLocalTime<DateTime<Utc>>`. */
const ROUNDS = 2

function noteInside(view: CrateView, uses: Uses): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found: RustType[] = []
    for (const item of view.model.types) {
      if (item.kind === 'alias' || lifetimeCount(item) > 0) continue
      const types = isGeneric(item) ? mostUsed(item.path, uses) : [plainType(item)]
      for (const type of types)
        for (const callable of membersOf(item)) found.push(...typesOf(callable, item, type, view))
    }
    for (const type of found) note(type, 1, uses, view)
  }
}

/** Inherent ones, and those of the crate's own traits. */
const membersOf = (item: TypeItem): readonly Callable[] => [
  ...item.methods,
  ...item.impls.flatMap((impl) => (impl.trait.startsWith('std::') ? [] : impl.methods)),
]

/** Parameters and result as seen from one complete type, when they hold another type's parameters. */
function typesOf(callable: Callable, item: TypeItem, type: RustType, view: CrateView): readonly RustType[] {
  const written = [callable.signature.returns, ...callable.signature.params.map((param) => param.type)]
  const open = written.filter((one) => some(one, (part) => part.kind === 'path' && part.args.some(isOpen)))
  if (open.length === 0) return []
  const names = new Set([...item.generics, ...callable.implGenerics].map((parameter) => parameter.name))
  const by = callable.implFor === undefined ? new Map<string, RustType>() : match(callable.implFor, type, names)
  if (by === undefined) return []
  return open.map((one) => {
    const filled = rewrite(substitute(one, by), (part) =>
      part.kind === 'generic' && part.name === 'Self' ? type : part,
    )
    return resolveProjections(resolveAliases(filled, view), view)
  })
}

const isOpen = (type: RustType): boolean => some(type, (part) => part.kind === 'generic' || part.kind === 'projection')

/** What the bounds of the type's own impl blocks allow, one type for each parameter. */
function byBounds(item: TypeItem, isUnknown: boolean, view: CrateView): readonly RustType[] {
  const args = typeParameters(item.generics).map((parameter, place) => {
    const all = { ...parameter, bounds: [...parameter.bounds, ...boundsInImpls(item, place)] }
    if (parameter.kind !== 'type') return undefined
    const streams = all.bounds.some((bound) =>
      ['std::io::Read', 'std::io::Write', 'std::io::BufRead'].includes(bound.trait),
    )
    if (!isUnknown && !streams) return undefined
    return parameter.default ?? choicesFor(all, view)[0]
  })
  const known = args.filter((arg) => arg !== undefined)
  return known.length === args.length ? [path(item.path, ...known)] : []
}

/** The bounds that impl blocks put on the parameter in that place. */
function boundsInImpls(item: TypeItem, place: number): GenericParameter['bounds'] {
  return item.methods.flatMap((method) => {
    const arg = method.implFor?.kind === 'path' ? method.implFor.args[place] : undefined
    if (arg?.kind !== 'generic') return []
    return method.implGenerics.find((parameter) => parameter.name === arg.name)?.bounds ?? []
  })
}

function aliasesOf(item: TypeItem, view: CrateView): readonly { name: string; type: RustType }[] {
  return view.model.types.flatMap((other) => {
    if (other.kind !== 'alias' || other.aliasOf === undefined || typeParameters(other.generics).length > 0) return []
    const of = resolveAliases(other.aliasOf, view)
    return of.kind === 'path' && of.path === item.path ? [{ name: other.name, type: path(of.path, ...of.args) }] : []
  })
}

const nameOf = (type: RustType): string => {
  switch (type.kind) {
    case 'path':
      return lastName(type.path) + type.args.map((arg) => capitalized(nameOf(arg))).join('')
    case 'primitive':
    case 'generic':
      return type.name
    case 'slice':
      return `${nameOf(type.of)}Slice`
    case 'array':
      return `${nameOf(type.of)}Array`
    case 'tuple':
      return type.items.length === 0 ? 'Unit' : type.items.map((part) => capitalized(nameOf(part))).join('')
    default:
      return 'Of'
  }
}

/** All parameters given, by types that anybody can name. */
function isConcrete(type: PathType, item: TypeItem, view: CrateView): boolean {
  if (type.args.length !== typeParameters(item.generics).length || depthOf(type) > DEEPEST) return false
  return !type.args.some((arg) =>
    some(arg, (part) => {
      switch (part.kind) {
        case 'generic':
          // A constant's value stands as a generic.
          return !isNumber(part.name)
        case 'path':
          return part.lifetimes.length > 0 || !(part.path.startsWith('std::') || view.types.has(part.path))
        case 'primitive':
        case 'array':
        case 'tuple':
          return false
        default:
          return true
      }
    }),
  )
}

const isNumber = (text: string): boolean => text !== '' && Number.isInteger(Number(text))
