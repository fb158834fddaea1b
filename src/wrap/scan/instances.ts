/** Generic types with their parameters filled in, as the crate itself uses them. */
import { lastName } from '../model/paths.js'
import type { Callable, TypeItem } from '../model/model.js'
import type { GenericParameter, RustType } from '../model/rust-type.js'
import { path, rewrite, some, substitute, typeKey, type PathType } from '../rules/rust-types.js'
import { choicesFor, isHarmless } from './choices.js'
import { lifetimeCount, match, plainType, resolveAliases, typeParameters, type CrateView } from './crate-view.js'
import { callablesOf } from './error-types.js'
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
  const generic = view.model.types.filter((item) => isGeneric(item))
  const usual = new Map<string, RustType>()
  const uses: Uses = new Map(generic.map((item) => [item.path, new Map<string, Use>()]))
  noteWritten(view, uses)
  // Those of a dependency are its own affair, unless this crate uses them.
  for (const item of generic.filter(({ foreign }) => foreign === undefined)) {
    const byDefaults = resolveAliases(path(item.path), view)
    note(byDefaults, ALIAS_WEIGHT, uses, view)
    const found = canBeMade(item) ? byBounds(item, uses.get(item.path)?.size === 0, view) : []
    usual.set(item.path, found[0] ?? byDefaults)
    for (const one of found) note(one, ALIAS_WEIGHT, uses, view)
  }
  noteInside(view, uses)
  return new Map(generic.map((item) => [item.path, instancesOf(item, usual.get(item.path), uses, view)]))
}

export const isGeneric = (item: TypeItem): boolean =>
  item.kind !== 'alias' && item.kind !== 'union' && typeParameters(item.generics).length > 0

/** A class for `LocalResult<DateTime<Utc>>` is worth having; one for numbers spelled in types is not. */
const DEEPEST = 2

/** Types of the standard library are known to everybody. */
const depthOf = (type: RustType): number => {
  if (type.kind !== 'path' || type.args.length === 0) return 0
  return (type.path.startsWith('std::') ? 0 : 1) + Math.max(...type.args.map(depthOf))
}

function instancesOf(item: TypeItem, usual: RustType | undefined, uses: Uses, view: CrateView): readonly Instance[] {
  const aliases = [
    // The usual one has the type's own name.
    ...(usual?.kind === 'path' ? [{ name: item.name, type: usual }, ...genericAliases(item, usual, view)] : []),
    ...aliasesOf(item, view),
  ]
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

/** Whether its values begin with it; others are reached through those that make them. */
const canBeMade = (item: TypeItem): boolean =>
  item.methods.some((method) => method.signature.receiver === undefined) ||
  (item.isPlain && item.fields.length > 0) ||
  item.variants.length > 0 ||
  item.impls.some((impl) => MAKING.has(impl.trait))

const MAKING = new Set(['std::default::Default', 'std::str::FromStr', 'std::iter::FromIterator'])

/** Counts every complete use inside a type. */
function note(type: RustType, weight: number, uses: Uses, view: CrateView): void {
  some(type, (part) => {
    if (part.kind !== 'path') return false
    const known = uses.get(part.path)
    const item = known === undefined ? undefined : view.types.get(part.path)
    if (known === undefined || item === undefined || !isConcrete(part, item, view)) return false
    const used = { ...part, lifetimes: part.lifetimes.map(() => "'_"), bindings: [] }
    const key = typeKey(used)
    known.set(key, { type: used, count: (known.get(key)?.count ?? 0) + weight })
    return false
  })
}

/** What the crate writes down: aliases, signatures, impls, fields. */
function noteWritten(view: CrateView, uses: Uses): void {
  const one = (type: RustType, weight = 1): void => {
    note(resolveProjections(resolveAliases(type, view), view), weight, uses, view)
  }
  for (const alias of view.model.types) {
    if (alias.kind === 'alias' && alias.aliasOf !== undefined && alias.foreign === undefined)
      one(alias.aliasOf, ALIAS_WEIGHT)
  }
  const local = view.model.types.filter(({ foreign }) => foreign === undefined)
  for (const callable of [...view.model.functions, ...local.flatMap(callablesOf)]) {
    for (const param of callable.signature.params) one(param.type)
    one(callable.signature.returns)
    if (callable.implFor !== undefined) one(callable.implFor)
  }
  for (const item of local) {
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
      if (item.kind === 'alias' || lifetimeCount(item) > 0 || item.foreign !== undefined) continue
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

/** What the bounds of the type's own impl blocks allow, one type for each parameter; and the same for its aliases. */
function byBounds(item: TypeItem, isUnknown: boolean, view: CrateView): readonly RustType[] {
  const parameters = typeParameters(item.generics)
  const args: RustType[] = []
  let streams = false
  let free = 0
  for (const [place, parameter] of parameters.entries()) {
    const all = { ...parameter, bounds: [...parameter.bounds, ...boundsInImpls(item, place)] }
    streams ||= all.bounds.some((bound) => STREAMS.has(bound.trait))
    const arg =
      parameter.kind === 'type'
        ? (parameter.default ?? choicesFor(all, view)[0] ?? anyValue(all, free, view))
        : undefined
    if (arg === undefined) return []
    if (parameter.default === undefined) free += 1
    args.push(resolveAliases(arg, view))
  }
  if (!isUnknown && !streams) return []
  const type = path(item.path, ...args)
  return [type, ...genericAliases(item, type, view).map((alias) => alias.type)]
}

const STREAMS = new Set(['std::io::Read', 'std::io::Write', 'std::io::BufRead'])

/** `Graph<N, E>` holds what its user likes: names in the first place, numbers behind. */
function anyValue(parameter: GenericParameter, before: number, view: CrateView): RustType | undefined {
  const traits = parameter.bounds.flatMap((bound) => [bound, ...(view.traits.get(bound.trait)?.supertraits ?? [])])
  const isCopied = traits.some((bound) => bound.trait === 'std::marker::Copy')
  if (!traits.every((bound) => isHarmless(bound) || (isCopied && view.traits.has(bound.trait)))) return undefined
  if (isCopied) return { kind: 'primitive', name: 'u32' }
  return before === 0 ? path('std::string::String') : { kind: 'primitive', name: 'f64' }
}

/** `UnGraph<N, E>` with what stands for the parameters of its type in that type. */
function genericAliases(item: TypeItem, type: PathType, view: CrateView): readonly { name: string; type: PathType }[] {
  return view.model.types.flatMap((alias) => {
    const { aliasOf } = alias
    if (alias.kind !== 'alias' || aliasOf?.kind !== 'path' || aliasOf.path !== item.path) return []
    const parameters = typeParameters(alias.generics)
    if (parameters.length === 0) return []
    const by = new Map<string, RustType>()
    for (const [place, arg] of aliasOf.args.entries()) {
      const known = type.args[place]
      if (arg.kind === 'generic' && known !== undefined) by.set(arg.name, known)
    }
    const filled = resolveAliases(substitute(aliasOf, by), view)
    return filled.kind === 'path' ? [{ name: alias.name, type: path(filled.path, ...filled.args) }] : []
  })
}

/** The bounds that impl blocks put on the parameter in that place. */
function boundsInImpls(item: TypeItem, place: number): GenericParameter['bounds'] {
  const blocks = [
    ...item.methods.map((method) => ({ of: method.implFor, generics: method.implGenerics })),
    ...item.impls.map((impl) => ({ of: impl.for, generics: impl.generics })),
  ]
  return blocks.flatMap(({ of, generics }) => {
    const arg = of?.kind === 'path' ? of.args[place] : undefined
    if (arg?.kind !== 'generic') return []
    return generics.find((parameter) => parameter.name === arg.name)?.bounds ?? []
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
          return (
            part.lifetimes.length > 0 ||
            part.path === type.path ||
            !(part.path.startsWith('std::') || view.types.has(part.path))
          )
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
