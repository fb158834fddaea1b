/**
 * Objects that borrow: an object of such a class lives in one cell with what it borrows from. A callable that gives one is
 * read for what the result borrows: what its own object borrows already, its object, or arguments, which are kept then.
 */
import type { Bound, GenericParameter, RustSignature, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { refuse } from './context.js'
import { lazyKeeping, lazyOf } from './lazy.js'
import { findNamed } from './map-path.js'
import type { Mapping, NamedType, Refusal, World } from './mapping.js'
import { inner, isPrimitive } from './rust-types.js'

/** What has to stay alive for the objects that a callable gives. */
export interface Keeping {
  /** The class of what is given. */
  readonly name: string
  /** The result borrows from nothing but what its object borrows from. */
  readonly shared: boolean
  /** The object itself is kept. */
  readonly object: boolean
  /** Positions of the arguments that are kept, the object not counted. */
  readonly params: readonly number[]
  readonly result: boolean
  readonly optional: boolean
  readonly list: boolean
  /** Given as a reference: `&'a Document<'input>`. */
  readonly lent: boolean
  readonly error?: RustType
}

/** Whether a handle's type names the lifetimes of what it borrows from: `roxmltree::Node<'a, 'input>`. */
export const isBorrowing = (type: RustType): boolean => ownLifetimes(type).length > 0

const ownLifetimes = (type: RustType | undefined): readonly string[] =>
  type?.kind === 'path' ? type.lifetimes.filter((lifetime) => lifetime !== "'static" && lifetime !== ELIDED) : []

const ELIDED = "'_"

interface Borrowing {
  readonly name: string
  readonly result: boolean
  readonly optional: boolean
  readonly list: boolean
  readonly lent: boolean
  readonly error?: RustType
}

/** What else a call does that gives what borrows. */
export interface Doing {
  /** It writes into what it is given. */
  readonly writes?: boolean
  /** It gives an iterator's next item. */
  readonly pulls?: boolean
}

/** Undefined when nothing that borrows is given; a refusal when that, or what is taken, cannot be. */
export function keepingOf(
  signature: RustSignature,
  params: readonly Mapping[],
  returns: Mapping,
  world: World,
  { writes = false, pulls = false }: Doing = {},
): Keeping | Refusal | undefined {
  const unfit = pulls ? undefined : unfitObjects(signature, params, world)
  if (unfit !== undefined) return unfit
  const lazy = lazyOf(returns)
  if (!holdsBorrowing(returns, world) && lazy === undefined) return undefined
  if (writes) return refuse('view-inside', 'what borrows comes out beside what the call writes into')
  if (signature.async) return refuse('view-inside', 'what borrows cannot come out of a promise')
  if (params.some((param) => param.kind === 'callback')) {
    return refuse('view-inside', 'what borrows is not made by a call that calls back')
  }
  if (lazy !== undefined) {
    if (holdsBorrowing(lazy.of, world))
      return refuse('view-inside', 'items that borrow come out of an array, or of a class that iterates')
    return lazyKeeping(signature, params, world, (m) => canBeKept(m, world))
  }
  const shape = shapeOf(returns, world)
  if (shape === undefined) return refuse('view-inside', `${printType(signature.returns)} has what borrows inside`)
  const given = classOf(shape.name, world)
  if (pulls && given?.clone === false)
    return refuse('view-inside', `${shape.name} borrows and has no copy for each item`)
  if (given?.iterates === true && (shape.list || shape.lent)) {
    return refuse('view-inside', `${shape.name} is an iterator: it has a cell of its own, which nothing else shares`)
  }
  return keptBy(signature, params, shape, world)
}

/** Objects that borrow are shared with what they borrow from: nobody changes them, or takes them for good. */
function unfitObjects(signature: RustSignature, params: readonly Mapping[], world: World): Refusal | undefined {
  const self = world.self?.kind === 'path' ? findNamed(world.self, world) : undefined
  if (self?.borrows === true && signature.receiver === 'mut') {
    return refuse('view-receiver', `${self.name} borrows, and it would be changed`)
  }
  if (self?.borrows === true && signature.receiver === 'value' && self.clone === false) {
    return refuse('view-receiver', `${self.name} borrows, and it would be taken for good`)
  }
  for (const param of params) {
    if (param.kind === 'callback' && [...param.params, param.returns].some((part) => holdsBorrowing(part, world))) {
      return refuse('view-inside', 'a callback is given what borrows')
    }
    if (param.kind !== 'handle') continue
    const named = classOf(param.name, world)
    if (named?.borrows === true && (param.by === 'mut' || (param.by === 'value' && named.clone === false))) {
      return refuse('view-receiver', `${param.name} borrows, and it would be taken for good or changed`)
    }
  }
  return undefined
}

function classOf(name: string, world: World): NamedType | undefined {
  for (const named of world.named.values()) if (named.kind === 'handle' && named.name === name) return named
  return undefined
}

export function holdsBorrowing(m: Mapping, world: World): boolean {
  switch (m.kind) {
    case 'handle':
      return classOf(m.name, world)?.borrows === true
    case 'option':
    case 'result':
    case 'list':
      return holdsBorrowing(m.of, world)
    case 'tuple':
      return m.items.some((item) => holdsBorrowing(item, world))
    case 'map':
      return holdsBorrowing(m.key, world) || holdsBorrowing(m.value, world)
    default:
      return false
  }
}

/** `T`, `Option<T>`, `Result<T, E>`, and sequences of `T`. */
function shapeOf(m: Mapping, world: World): Borrowing | undefined {
  switch (m.kind) {
    case 'handle':
      return { name: m.name, result: false, optional: false, list: false, lent: m.rust.kind === 'ref' }
    case 'result': {
      const of = shapeOf(m.of, world)
      return of && { ...of, result: true, error: m.error }
    }
    case 'option': {
      const of = shapeOf(m.of, world)
      return of === undefined || of.result ? undefined : { ...of, optional: true }
    }
    case 'list': {
      const of = shapeOf(m.of, world)
      if (of === undefined || of.list || of.optional || of.result || m.rust.kind === 'ref') return undefined
      return { ...of, list: true }
    }
    default:
      return undefined
  }
}

function keptBy(
  signature: RustSignature,
  params: readonly Mapping[],
  shape: Borrowing,
  world: World,
): Keeping | Refusal {
  const { result, receiver } = { result: new Set<string>(), receiver: signature.receiver }
  noteLifetimes(okSide(signature.returns), world, result)
  result.delete("'static")
  // `'old: 'x`: what lives longer may be what the result borrows from.
  for (const { kind, name, bounds } of signature.generics)
    if (kind === 'lifetime' && bounds.some(({ trait }) => result.has(trait))) result.add(name)
  const named = new Set(signature.generics.map((parameter) => parameter.name))
  const own = new Set(ownLifetimes(world.self).filter((lifetime) => !named.has(lifetime)))
  const whole = (object: boolean, kept: readonly number[], shared = false): Keeping => ({
    ...shape,
    object,
    params: kept,
    shared,
  })
  const kept: number[] = []
  const found = new Set<string>()
  for (const [place, param] of signature.params.entries()) {
    const inside = lifetimesIn(param.type, signature.generics)
    const isKept = [...inside].some((lifetime) =>
      lifetime === ELIDED ? receiver === undefined && result.has(ELIDED) : result.has(lifetime),
    )
    const mapping = params[place]
    if (!isKept || mapping === undefined || isOwned(mapping)) continue
    for (const lifetime of inside) found.add(lifetime)
    if (!canBeKept(mapping, world)) {
      return refuse('view-owner', `the result borrows from ${param.name}, and ${printType(param.type)} cannot be kept`)
    }
    kept.push(place)
  }
  const isOwn = receiver !== undefined && [...result].every((lifetime) => own.has(lifetime))
  if (isOwn && kept.length === 0) return whole(false, [], true)
  const object = isOwn || (receiver !== undefined && [...result].some((lifetime) => !found.has(lifetime)))
  const self = world.self?.kind === 'path' ? findNamed(world.self, world) : undefined
  if (object && self?.iterates === true) {
    return refuse('view-owner', 'the result borrows from its object, an iterator, which the next item changes')
  }
  if (object && self?.borrows !== true && (self?.kind !== 'handle' || self.clone === false)) {
    return refuse('view-owner', 'the result borrows from its object, which may change and has no copy to keep')
  }
  return whole(object, kept)
}

const okSide = (type: RustType): RustType =>
  type.kind === 'path' && type.path === 'std::result::Result' ? (type.args[0] ?? type) : type

/** The lifetimes of every type that borrows inside the result. */
function noteLifetimes(type: RustType, world: World, into: Set<string>): void {
  if (type.kind === 'generic' && type.name === 'Self') {
    for (const lifetime of ownLifetimes(world.self)) into.add(lifetime)
    return
  }
  if (type.kind === 'ref') into.add(type.lifetime ?? ELIDED)
  if (type.kind === 'path' && findNamed(type, world)?.borrows === true) {
    if (type.lifetimes.length === 0) into.add(ELIDED)
    for (const lifetime of type.lifetimes) into.add(lifetime)
  }
  for (const part of inner(type)) noteLifetimes(part, world, into)
}

/** Every lifetime of an argument, those of its bounds included. */
function lifetimesIn(type: RustType, generics: readonly GenericParameter[], depth = 0): Set<string> {
  const all = new Set<string>()
  const add = (part: RustType): void => {
    if (part.kind === 'ref') all.add(part.lifetime ?? ELIDED)
    if (part.kind === 'path') for (const lifetime of part.lifetimes) all.add(lifetime)
    if (part.kind === 'generic' && depth < 3) {
      const bounds = generics.find((parameter) => parameter.name === part.name)?.bounds ?? []
      bounds.flatMap(partsOf).forEach((of) => {
        for (const lifetime of lifetimesIn(of, generics, depth + 1)) all.add(lifetime)
      })
    }
    inner(part).forEach(add)
  }
  add(type)
  return all
}

const partsOf = (bound: Bound): readonly RustType[] => [...bound.args, ...bound.bindings.map((one) => one.type)]

/** What is passed has nothing borrowed in it. */
function isOwned(m: Mapping): boolean {
  if (m.kind === 'text') return m.rust.kind === 'path' && m.rust.path !== 'std::borrow::Cow'
  if (m.kind === 'bytes') return m.rust.kind === 'path' && m.rust.path !== 'std::borrow::Cow'
  return ['boolean', 'number', 'bigint', 'duration', 'date', 'ordering'].includes(m.kind)
}

function canBeKept(m: Mapping, world: World): boolean {
  if (m.kind === 'text') return m.rust.kind === 'ref' && isPrimitive(m.rust.to, 'str')
  if (m.kind === 'bytes') return m.rust.kind === 'ref' && m.rust.to.kind === 'slice'
  if (m.kind !== 'handle') return false
  const named = classOf(m.name, world)
  return named?.borrows === true && named.iterates !== true
}
