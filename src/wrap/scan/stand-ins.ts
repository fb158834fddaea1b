/** What stands for the parameters of a generic type when the crate does not say: what their bounds allow. */
import type { TypeItem } from '../model/model.js'
import type { Bound, GenericParameter, RustType } from '../model/rust-type.js'
import { path, primitive, some, string, substitute, type PathType } from '../rules/rust-types.js'
import { choicesFor, following, isLent } from './choices.js'
import { resolveAliases, typeParameters, type CrateView } from './crate-view.js'
import { fulfils } from './implementations.js'
import type { Use } from './uses.js'

/** Whether its values begin with it; others are reached through those that make them. */
export const canBeMade = (item: TypeItem): boolean =>
  item.methods.some((method) => method.signature.receiver === undefined) ||
  item.impls.some((impl) => MAKING.has(impl.trait))

const MAKING = new Set(['std::default::Default', 'std::str::FromStr', 'std::iter::FromIterator'])

/** Whether a value can be written down. */
export const canBeWritten = (item: TypeItem): boolean =>
  (item.isPlain && item.fields.length > 0) || item.variants.length > 0

/** One type for each parameter, and the same for the aliases of the type. */
export function byBounds(item: TypeItem, isUnknown: boolean, view: CrateView): readonly Use[] {
  const streams = typeParameters(item.generics).some((parameter, place) =>
    [...parameter.bounds, ...boundsInImpls(item, place)].some((bound) => STREAMS.has(bound.trait)),
  )
  if (!isUnknown && !streams) return []
  const args = standInsOf(item, view, () => undefined)
  if (args !== undefined) {
    const type = path(item.path, ...args)
    return [
      { type, found: 'what the bounds of its parameters allow' },
      ...genericAliases(item, type, view).map((alias) => ({ type: alias.type, found: `the alias ${alias.path}` })),
    ]
  }
  return byAliases(item, view)
}

const STREAMS = new Set(['std::io::Read', 'std::io::Write', 'std::io::BufRead'])

/** `DiGraphMap<N, E, S = RandomState>`: the alias says what its own bounds do not. */
function byAliases(item: TypeItem, view: CrateView): readonly Use[] {
  return view.model.types.flatMap((alias) => {
    const { aliasOf } = alias
    if (alias.kind !== 'alias' || aliasOf?.kind !== 'path' || aliasOf.path !== item.path) return []
    const defaults = new Map(
      typeParameters(alias.generics).flatMap((parameter) =>
        parameter.default === undefined ? [] : [[parameter.name, parameter.default] as const],
      ),
    )
    const said = aliasOf.args.map((arg) => substitute(arg, defaults))
    const args = standInsOf(item, view, (place) => said[place])
    return args === undefined ? [] : [{ type: path(item.path, ...args), found: `the alias ${alias.path}` }]
  })
}

/** @param said What is known of the parameter in that place; the alias's own parameters in it are open. */
function standInsOf(
  item: TypeItem,
  view: CrateView,
  said: (place: number) => RustType | undefined,
): readonly RustType[] | undefined {
  const parameters = typeParameters(item.generics)
  const by = new Map<string, RustType>()
  let free = 0
  for (const [place, parameter] of parameters.entries()) {
    if (parameter.kind !== 'type') return undefined
    const written = said(place)
    const isSaid = written !== undefined && written.kind !== 'generic'
    const given = isSaid ? written : parameter.default
    const arg = given ?? standIn(parameter, boundsInImpls(item, place), free, view)
    if (arg === undefined) return undefined
    if (given === undefined) free += 1
    by.set(parameter.name, resolveAliases(substitute(arg, by), view))
  }
  const args = [...by.values()]
  // `Option<E>` of an alias speaks of the alias's E, which is the type's in the same place.
  return args.some((arg) => some(arg, (part) => part.kind === 'generic')) ? undefined : args
}

/** `Graph<N, E>` holds what its user likes: names in the first place, numbers behind; else what its traits have. */
function standIn(
  parameter: GenericParameter,
  inImpls: readonly Bound[],
  before: number,
  view: CrateView,
): RustType | undefined {
  const number = primitive('f64')
  const usual = before === 0 ? [string, primitive('u32'), number] : [number, primitive('u32'), string]
  const values = usual.filter(
    (type) => parameter.bounds.every((bound) => fulfils(type, bound, view) === 'yes') && !misses(type, inImpls, view),
  )
  const asked = { ...parameter, bounds: [...parameter.bounds, ...inImpls] }
  const [choice] = asked.bounds.some((bound) => isTelling(bound, view)) ? choicesFor(asked, view) : []
  return choice ?? fewest(values, inImpls, view)
}

/** A bound that says what the type is for: a trait of the crate, a conversion, a stream. */
const isTelling = (bound: Bound, view: CrateView): boolean =>
  view.traits.has(bound.trait) || bound.args.length > 0 || STREAMS.has(bound.trait)

/** A trait of the crate that some of its methods need; or one that says what it is for, such as `Iterator`. */
const misses = (type: RustType, bounds: readonly Bound[], view: CrateView): boolean =>
  bounds.some((bound) => {
    const has = fulfils(type, bound, view)
    return has === 'unknown' || (has === 'no' && view.traits.has(bound.trait))
  })

/** The one that most of the type's methods are for. */
function fewest(types: readonly RustType[], bounds: readonly Bound[], view: CrateView): RustType | undefined {
  const missing = (type: RustType): number => bounds.filter((bound) => fulfils(type, bound, view) === 'no').length
  return [...types].sort((a, b) => missing(a) - missing(b))[0]
}

/** Whether some method asks for something that only one type can have: `run<G: Graph<NodeId = N>>`. */
export function isDecidedByMethods(item: TypeItem): boolean {
  const names = new Set(typeParameters(item.generics).map((parameter) => parameter.name))
  return item.methods.some((method) =>
    method.signature.generics.some((parameter) => parameter.bounds.some((bound) => asksFor(bound, names))),
  )
}

const asksFor = (bound: Bound, names: ReadonlySet<string>): boolean =>
  bound.bindings.some(({ type }) => type.kind === 'generic' && names.has(type.name))

/** The traits that methods need of what they take decide parameters too: `run<G: Graph<NodeId = N>>` of `TarjanScc<N>`. */
export function byMethods(item: TypeItem, classes: readonly RustType[], view: CrateView): readonly Use[] {
  const parameters = typeParameters(item.generics)
  const found: Use[] = []
  for (const method of item.methods) {
    const of = method.implFor
    if (of?.kind !== 'path') continue
    for (const parameter of method.signature.generics) {
      if (!parameter.bounds.some((bound) => bound.bindings.some(({ type }) => type.kind === 'generic'))) continue
      for (const type of choicesFor(parameter, view, { classes, lent: isLent(parameter.name, method.signature) })) {
        const by = following(parameter, type, view)
        const args = of.args.map((arg) => (arg.kind === 'generic' ? by.get(arg.name) : arg))
        const known = args.filter((arg) => arg !== undefined)
        if (known.length === parameters.length && parameters.length > 0)
          found.push({ type: path(item.path, ...known), found: `what ${method.path} needs` })
      }
    }
  }
  return found
}

/** `UnGraph<N, E>` with what stands for the parameters of its type in that type. */
export function genericAliases(
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
