/** How one callable crosses: its entry's types and its signature, or why it does not. */
import type { Callable } from '../model/model.js'
import type { Bound, GenericParameter, RustSignature, RustType } from '../model/rust-type.js'
import { printSignature } from '../model/text.js'
import { boundaryText, mapType } from '../rules/map-type.js'
import { isRefusal, type Mapping, type Refusal, type World } from '../rules/mapping.js'
import { lazily, mayNotEnd } from '../rules/lazy.js'
import { keepingOf } from '../rules/pairs.js'
import type { RefusalName } from '../rules/refusals.js'
import { rewrite, rewriteBound, sameType, some, substitute, type PathType } from '../rules/rust-types.js'
import { laterOf } from '../rules/later.js'
import { withSinks } from '../rules/sinks.js'
import type { DraftParameter } from '../spec/draft.js'
import { lifetimeCount, lifetimesOf, match, resolveAliases, withLifetimes, type CrateView } from './crate-view.js'
import { camel, Names } from './names.js'
import { fulfils, resolveProjections, withTraits } from './implementations.js'
import { shownResult } from './shown-types.js'
import { boundType } from './threads.js'

/** What the signature is mapped with. */
export interface Scene {
  readonly view: CrateView
  readonly world: World
  /** The type whose impl block it is in, its parameters filled in. */
  readonly self?: RustType
  /** `Output`, `Err` of a trait's impl. */
  readonly associated?: ReadonlyMap<string, RustType>
  /** Parameters of the impl block. */
  readonly implGenerics?: readonly GenericParameter[]
  /** What the impl block is for. */
  readonly implFor?: RustType
  /** It is for every type with some traits. */
  readonly blanket?: boolean
}

export interface Decision {
  readonly params: readonly DraftParameter[]
  readonly returns: string
  /** The signature as the spec has it. */
  readonly rust: string
  readonly signature: RustSignature
  readonly result: Mapping
  readonly chains: boolean
  /** Its result is a promise. */
  readonly later: boolean
  /** … or comes item by item: `result` is one of them. */
  readonly streams: boolean
}

/** The most that an export takes, its object counted. */
const MOST_ARGUMENTS = 8

const refuse = (rule: RefusalName, reason: string): Refusal => ({ refused: true, rule, reason })

/** Undefined when the impl block is for other arguments of the type. */
export function decide(callable: Callable, scene: Scene): Decision | Refusal | undefined {
  const signature = signatureIn(callable, scene)
  if (signature === undefined) return undefined
  return decideSignature(signature, scene)
}

/** @param pulls it gives an iterator's next item. */
export function decideSignature(given: RustSignature, scene: Scene, pulls = false): Decision | Refusal {
  // A parameter that has been chosen may have made a type of the result that is known by what it shows alone.
  const resolve = (type: RustType): RustType => specType(type, scene)
  const written = { ...given, returns: shownResult(given.returns, given, scene.view, scene.world, resolve) }
  const later = laterOf(written)
  if ('refused' in later) return later
  const { signature, sinks } = withSinks(later.signature)
  if (later.stream !== undefined && sinks !== undefined) {
    return refuse('sink-argument', 'a stream that writes into an argument')
  }
  if (signature.unsafe) return refuse('unsafe', 'it is unsafe')
  if (signature.receiver === 'other') return refuse('receiver', 'its object is neither `self`, `&self` nor `&mut self`')
  const stays = signature.async ? boundType(signature, scene) : undefined
  if (stays !== undefined) return refuse('future', `${stays} cannot leave the JavaScript thread`)
  const object = signature.receiver === undefined ? 0 : 1
  if (signature.params.length + object > MOST_ARGUMENTS) {
    return refuse('many-arguments', `more than ${MOST_ARGUMENTS} arguments`)
  }
  const free = undecided(signature)
  if (free !== undefined) return refuse('generic', `the caller chooses ${free}`)
  const world: World = scene.self === undefined ? scene.world : { named: scene.world.named, self: scene.self }
  const options = { generics: signature.generics }
  const names = new Names()
  const params: DraftParameter[] = []
  const mappings: Mapping[] = []
  for (const [place, param] of signature.params.entries()) {
    const mapping = mapType(param.type, 'in', world, options)
    if (isRefusal(mapping)) return explained(mapping, param.type, scene)
    if (mapping.kind === 'void') return refuse('unit-value', `${param.name} is ()`)
    mappings.push(mapping)
    const name = camel(isName(param.name) ? param.name : `value${place === 0 ? '' : place + 1}`)
    params.push({ name: names.take(name), type: boundaryText(mapping) })
  }
  const chains = isChain(signature)
  const usual = mapType(chains ? unitType : signature.returns, 'out', world, options)
  if (isRefusal(usual)) return explained(usual, signature.returns, scene)
  const result = mayNotEnd(signature, mappings) && !signature.async ? lazily(usual) : usual
  const returns = chains ? unitType : signature.returns
  const keeps = keepingOf({ ...signature, returns }, mappings, result, world, { writes: sinks !== undefined, pulls })
  if (keeps !== undefined && 'refused' in keeps) return keeps
  return {
    params,
    returns: boundaryText(result),
    rust: printSignature('', written),
    signature: written,
    result,
    chains,
    later: signature.async,
    streams: later.stream !== undefined,
  }
}

const unitType: RustType = { kind: 'tuple', items: [] }

const isName = (name: string): boolean => name !== '' && name !== '_' && !'({[&'.includes(name.charAt(0))

/** `&mut self -> &mut Self`. */
function isChain(signature: RustSignature): boolean {
  const { returns } = signature
  return (
    signature.receiver === 'mut' &&
    returns.kind === 'ref' &&
    returns.mutable &&
    returns.to.kind === 'generic' &&
    returns.to.name === 'Self'
  )
}

/** A type of the crate that has no place in the spec is told apart from a stranger's. */
function explained(refusal: Refusal, type: RustType, scene: Scene): Refusal {
  if (refusal.rule !== 'foreign-type') return refusal
  let own: string | undefined
  some(type, (part) => {
    if (part.kind === 'path' && scene.view.types.has(part.path) && !scene.world.named.has(part.path)) own = part.path
    return own !== undefined
  })
  const item = own === undefined ? undefined : scene.view.types.get(own)
  if (own === undefined || item === undefined) return refusal
  if (item.generics.some((parameter) => parameter.kind !== 'lifetime')) {
    return refuse('generic', `${own} with parameters that no instance has`)
  }
  if (lifetimeCount(item) > 0) return refuse('view', `${own} borrows`)
  return refuse('left-out-type', `${own} is left out`)
}

/** The first type parameter that no argument decides. */
function undecided(signature: RustSignature): string | undefined {
  const used = new Set<string>()
  const note = (type: RustType): void => {
    some(type, (part) => {
      if (part.kind === 'generic') used.add(part.name)
      return false
    })
  }
  for (const param of signature.params) note(param.type)
  // A bound of a decided parameter decides those in it: `I: IntoIterator<Item = T>`.
  for (let round = 0; round < signature.generics.length; round += 1) {
    for (const parameter of signature.generics) {
      if (!used.has(parameter.name)) continue
      for (const bound of parameter.bounds) {
        bound.args.forEach(note)
        bound.bindings.forEach((binding) => {
          note(binding.type)
        })
      }
    }
  }
  return signature.generics.find(
    (parameter) => parameter.kind !== 'lifetime' && isParameterName(parameter.name) && !used.has(parameter.name),
  )?.name
}

/** Not the text of a `where` clause on another type. */
export const isParameterName = (name: string): boolean => name !== 'Self' && !/[^A-Za-z0-9_]/.test(name)

/** The callable's signature with everything filled in that the type at hand decides. */
export function signatureIn(callable: Callable, scene: Scene): RustSignature | undefined {
  const implFor = scene.implFor ?? callable.implFor
  const implGenerics = scene.implGenerics ?? callable.implGenerics
  const owners = scene.self?.kind === 'path' ? scene.view.types.get(scene.self.path)?.generics : undefined
  const all = [...(owners ?? []), ...implGenerics]
  const names = new Set(all.filter((parameter) => parameter.kind !== 'lifetime').map((parameter) => parameter.name))
  const by =
    implFor === undefined || scene.self === undefined
      ? new Map<string, RustType>()
      : match(resolveAliases(implFor, scene.view), scene.self, names)
  if (by === undefined) return undefined
  const filled = blanketParameter(implGenerics, by, scene)
  const rest = implGenerics.filter((parameter) => parameter.kind === 'type' && !filled.has(parameter.name))
  const { signature } = callable
  const lifetimes = lifetimesOf(implFor, scene.self)
  const generics = [...all, ...signature.generics]
  const one = (type: RustType): RustType =>
    specType(substitute(withTraits(withLifetimes(type, lifetimes), generics, scene.view), filled), scene)
  if (!isFor(implGenerics, filled, one, scene.view)) return undefined
  return {
    ...signature,
    generics: [...rest, ...signature.generics].map((parameter) => ({
      ...parameter,
      bounds: parameter.bounds.map((bound) => renamed(rewriteBound(bound, one), lifetimes)),
    })),
    params: signature.params.map((param) => ({ name: param.name, type: one(param.type) })),
    returns: chained(shownResult(one(signature.returns), signature, scene.view, scene.world, one), signature, scene),
  }
}

const renamed = (bound: Bound, names: ReadonlyMap<string, string>): Bound =>
  bound.lifetimes === undefined
    ? bound
    : { ...bound, lifetimes: bound.lifetimes.map((lifetime) => names.get(lifetime) ?? lifetime) }

/** Whether the bounds of the impl block hold for what stands for its parameters. */
const isFor = (
  implGenerics: readonly GenericParameter[],
  filled: ReadonlyMap<string, RustType>,
  one: (type: RustType) => RustType,
  view: CrateView,
): boolean =>
  implGenerics.every((parameter) => {
    const is = filled.get(parameter.name)
    return is === undefined || parameter.bounds.every((bound) => fulfils(is, rewriteBound(bound, one), view) !== 'no')
  })

/** `impl<D: Update> Digest for D`: the parameter is the type itself. */
function blanketParameter(
  implGenerics: readonly GenericParameter[],
  by: ReadonlyMap<string, RustType>,
  scene: Scene,
): ReadonlyMap<string, RustType> {
  const [first] = implGenerics.filter((parameter) => parameter.kind === 'type' && !by.has(parameter.name))
  if (scene.blanket !== true || first === undefined || scene.self === undefined) return by
  return new Map([...by, [first.name, scene.self]])
}

/** `&mut self -> &mut RegexBuilder` gives itself back. */
function chained(type: RustType, signature: RustSignature, scene: Scene): RustType {
  if (signature.receiver !== 'mut' || type.kind !== 'ref' || !type.mutable || scene.self === undefined) return type
  return sameType(type.to, scene.self) ? { ...type, to: { kind: 'generic', name: 'Self' } } : type
}

/** A type as a spec writes it: aliases resolved, `Self::Output` by what it is. */
export function specType(type: RustType, scene: Scene): RustType {
  const resolved = rewrite(type, (part) => {
    // Inside another type `Self` has to be found by name.
    if (part.kind === 'path' && scene.self !== undefined) return withoutSelf(part, scene.self)
    if (part.kind !== 'projection' || !isSelf(part.of, scene)) return part
    return scene.associated?.get(part.name) ?? { ...part, of: scene.self ?? part.of }
  })
  return resolveAliases(resolveProjections(resolveAliases(resolved, scene.view), scene.view), scene.view)
}

/** `DateTime<Self>` with `Self` written out; the type itself and what holds it stay as they are: `Option<Self>`. */
function withoutSelf(type: PathType, self: RustType): RustType {
  if (type.path.startsWith('std::') || !type.args.some((arg) => arg.kind === 'generic' && arg.name === 'Self'))
    return type
  return { ...type, args: type.args.map((arg) => (arg.kind === 'generic' && arg.name === 'Self' ? self : arg)) }
}

const isSelf = (type: RustType, scene: Scene): boolean =>
  (type.kind === 'generic' && type.name === 'Self') || JSON.stringify(type) === JSON.stringify(scene.self)
