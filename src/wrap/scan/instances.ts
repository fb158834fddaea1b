/** Generic types with their parameters filled in, as the crate itself uses them. */
import { lastName } from '../model/paths.js'
import type { Callable, TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { path, rewrite, some, substitute, typeKey } from '../rules/rust-types.js'
import { printType } from '../model/text.js'
import { choicesFor, following, isLent } from './choices.js'
import {
  iteratorItem,
  lifetimeCount,
  match,
  plainType,
  resolveAliases,
  typeParameters,
  type CrateView,
} from './crate-view.js'
import { callablesOf } from './error-types.js'
import { capitalized } from './names.js'
import { resolveProjections } from './implementations.js'
import { byBounds, byMethods, canBeMade, canBeWritten, genericAliases, isDecidedByMethods } from './stand-ins.js'
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
  const take = (item: TypeItem, found: readonly Use[]): void => {
    const [first] = found
    if (first !== undefined && !usual.has(item.path)) usual.set(item.path, first.type)
    for (const one of found) uses.note(one.type, ALIAS_WEIGHT, one.found)
  }
  noteWritten(view, uses)
  // Those of a dependency are its own affair, unless this crate uses them.
  const local = generic.filter(({ foreign }) => foreign === undefined)
  for (const item of local) {
    const byDefaults = resolveAliases(path(item.path), view)
    if (uses.note(byDefaults, ALIAS_WEIGHT, 'the defaults of its parameters')) usual.set(item.path, byDefaults)
    if (canBeMade(item) && !isDecidedByMethods(item)) take(item, byBounds(item, uses.isEmpty(item.path), view))
  }
  noteInside(view, uses)
  const classes = richestFirst(generic, uses)
  for (const item of local) if (uses.isEmpty(item.path)) take(item, byMethods(item, classes, view))
  noteChosen(classes, view, uses)
  noteItems(generic, view, uses)
  for (const item of local) {
    if (uses.isEmpty(item.path) && (canBeMade(item) || canBeWritten(item))) take(item, byBounds(item, true, view))
  }
  noteInside(view, uses)
  return new Map(generic.map((item) => [item.path, instancesOf(item, usual.get(item.path), uses, view)]))
}

/** What may stand for a parameter that any class with some traits can be. */
const richestFirst = (generic: readonly TypeItem[], uses: Uses): readonly RustType[] =>
  [...generic]
    .filter((item) => lifetimeCount(item) === 0)
    .sort((a, b) => b.methods.length - a.methods.length)
    .flatMap((item) => uses.mostUsed(item.path).map(({ type }) => type))

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
      if (item.kind === 'alias' || item.foreign !== undefined) continue
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

/** What functions take and give that work with any class that has some traits: `Dominators<NodeIndex>`. */
function noteChosen(classes: readonly RustType[], view: CrateView, uses: Uses): void {
  for (const { path: place, signature } of view.model.functions) {
    for (const parameter of signature.generics) {
      if (parameter.kind !== 'type' || !parameter.bounds.some((bound) => view.traits.has(bound.trait))) continue
      const lent = isLent(parameter.name, signature)
      for (const type of choicesFor(parameter, view, { classes, lent })) {
        const by = new Map([...following(parameter, type, view), [parameter.name, type]])
        const found = `${place} with ${printType(type)}`
        for (const of of [signature.returns, ...signature.params.map((param) => param.type)])
          uses.note(resolveProjections(resolveAliases(substitute(of, by), view), view), 1, found)
      }
    }
  }
}

/** What the crate's iterators give: `EdgeReference<'_, f64>` of `Edges<'_, f64>`. */
function noteItems(generic: readonly TypeItem[], view: CrateView, uses: Uses): void {
  for (const item of generic) {
    for (const { type } of uses.mostUsed(item.path)) {
      const of = iteratorItem(item, type)
      if (of !== undefined)
        uses.note(resolveProjections(resolveAliases(of, view), view), 1, `an item of ${printType(type)}`)
    }
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
