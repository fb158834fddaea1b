/** Generic types with their parameters filled in, as the crate itself uses them. */
import { lastName } from '../model/paths.js'
import type { Callable, TypeItem } from '../model/model.js'
import type { GenericParameter, RustType } from '../model/rust-type.js'
import { path, rewrite, some, substitute, typeKey, type PathType } from '../rules/rust-types.js'
import { printType } from '../model/text.js'
import { choicesFor, isHarmless } from './choices.js'
import { lifetimeCount, match, plainType, resolveAliases, typeParameters, type CrateView } from './crate-view.js'
import { callablesOf } from './error-types.js'
import { capitalized } from './names.js'
import { resolveProjections } from './projections.js'
import { ALIAS_WEIGHT, Uses, type Use } from './uses.js'

export interface Instance {
  readonly type: RustType
  /** The crate's own name for it. */
  readonly alias?: string
  /** What tells it from the other instances: `F64`. */
  readonly suffix: string
  /** Where the crate says so, in words. */
  readonly found: string
}

/** By the path of the generic type, the most used first. Types that nothing decides have none. */
export function findInstances(view: CrateView): ReadonlyMap<string, readonly Instance[]> {
  const generic = view.model.types.filter((item) => isGeneric(item))
  const usual = new Map<string, RustType>()
  const uses = new Uses(generic, view)
  noteWritten(view, uses)
  // Those of a dependency are its own affair, unless this crate uses them.
  for (const item of generic.filter(({ foreign }) => foreign === undefined)) {
    const byDefaults = resolveAliases(path(item.path), view)
    uses.note(byDefaults, ALIAS_WEIGHT, 'the defaults of its parameters')
    const found = canBeMade(item) ? byBounds(item, uses.isEmpty(item.path), view) : []
    usual.set(item.path, found[0]?.type ?? byDefaults)
    for (const one of found) uses.note(one.type, ALIAS_WEIGHT, one.found)
  }
  noteInside(view, uses)
  return new Map(generic.map((item) => [item.path, instancesOf(item, usual.get(item.path), uses, view)]))
}

export const isGeneric = (item: TypeItem): boolean =>
  item.kind !== 'alias' && item.kind !== 'union' && typeParameters(item.generics).length > 0

function instancesOf(item: TypeItem, usual: RustType | undefined, uses: Uses, view: CrateView): readonly Instance[] {
  const aliases = [
    // The usual one has the type's own name.
    ...(usual?.kind === 'path' ? [{ name: item.name, type: usual }, ...genericAliases(item, usual, view)] : []),
    ...aliasesOf(item, view),
  ]
  return uses.mostUsed(item.path).map(({ type, found }) => {
    const key = typeKey(type)
    const alias = aliases.find((one) => typeKey(one.type) === key)?.name
    const suffix = type.args.map((arg) => capitalized(nameOf(arg))).join('')
    return { type, suffix, found, ...(alias === undefined ? {} : { alias }) }
  })
}

/** Whether its values begin with it; others are reached through those that make them. */
const canBeMade = (item: TypeItem): boolean =>
  item.methods.some((method) => method.signature.receiver === undefined) ||
  (item.isPlain && item.fields.length > 0) ||
  item.variants.length > 0 ||
  item.impls.some((impl) => MAKING.has(impl.trait))

const MAKING = new Set(['std::default::Default', 'std::str::FromStr', 'std::iter::FromIterator'])

/** What the crate writes down: aliases, signatures, impls, fields. */
function noteWritten(view: CrateView, uses: Uses): void {
  const one = (type: RustType, found: string, weight = 1): void => {
    uses.note(resolveProjections(resolveAliases(type, view), view), weight, found)
  }
  for (const alias of view.model.types) {
    if (alias.kind === 'alias' && alias.aliasOf !== undefined && alias.foreign === undefined)
      one(alias.aliasOf, `the alias ${alias.path}`, ALIAS_WEIGHT)
  }
  const local = view.model.types.filter(({ foreign }) => foreign === undefined)
  for (const callable of [...view.model.functions, ...local.flatMap(callablesOf)]) {
    for (const param of callable.signature.params) one(param.type, `an argument of ${callable.path}`)
    one(callable.signature.returns, `the result of ${callable.path}`)
    if (callable.implFor !== undefined) one(callable.implFor, `the impl block of ${callable.path}`)
  }
  for (const item of local) {
    for (const impl of item.impls) {
      const found = `an impl of ${impl.trait}`
      one(impl.for, found)
      for (const arg of impl.args) one(arg, found)
    }
    for (const field of item.fields) one(field.type, `the field ${item.path}::${field.name}`)
  }
}

/** Instances that the members of other types lead to: `MappedLocalTime<DateTime<Utc>>`. */
const ROUNDS = 2

function noteInside(view: CrateView, uses: Uses): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found: { type: RustType; place: string }[] = []
    for (const item of view.model.types) {
      if (item.kind === 'alias' || lifetimeCount(item) > 0 || item.foreign !== undefined) continue
      const types = isGeneric(item) ? uses.mostUsed(item.path).map((use) => use.type) : [plainType(item)]
      for (const type of types) {
        for (const callable of membersOf(item)) {
          const place = `${callable.path} of ${printType(type)}`
          found.push(...typesOf(callable, item, type, view).map((of) => ({ type: of, place })))
        }
      }
    }
    for (const { type, place } of found) uses.note(type, 1, place)
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
function byBounds(item: TypeItem, isUnknown: boolean, view: CrateView): readonly Use[] {
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
  return [
    { type, found: 'what the bounds of its parameters allow' },
    ...genericAliases(item, type, view).map((alias) => ({ type: alias.type, found: `the alias ${alias.path}` })),
  ]
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
function genericAliases(
  item: TypeItem,
  type: PathType,
  view: CrateView,
): readonly { name: string; path: string; type: PathType }[] {
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
    return filled.kind === 'path'
      ? [{ name: alias.name, path: alias.path, type: path(filled.path, ...filled.args) }]
      : []
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
