/** The ways to call one callable: a type for each of its parameters that no argument decides. */
import type { Callable } from '../model/model.js'
import type { GenericParameter, RustSignature, RustType } from '../model/rust-type.js'
import { findNamed } from '../rules/map-path.js'
import type { Refusal, World } from '../rules/mapping.js'
import { some, substitute } from '../rules/rust-types.js'
import { choicesFor, chosen, following, isLent, livingFor } from './choices.js'
import { decideSignature, isParameterName, signatureIn, specType, type Decision, type Scene } from './decide.js'
import { typeWord } from './type-words.js'

/** One way to call a callable; `suffix` tells it from the others. */
export interface Way {
  readonly decision: Decision
  readonly suffix: string
}

/** More ways to call one function than these help nobody. */
const MOST_WAYS = 8

/**
 * Every way to call it: one as a rule; several when a type parameter stands for one of several types. Text, or the only
 * type there is, has no suffix. Undefined when the impl block is for other arguments of the type.
 */
export function decideWays(callable: Callable, scene: Scene): readonly Way[] | Refusal | undefined {
  const signature = signatureIn(callable, scene)
  if (signature === undefined) return undefined
  const plain = decideSignature(signature, scene)
  if (!('refused' in plain)) return [{ decision: plain, suffix: '' }]
  const missed: Refusal[] = []
  const found = waysOf(named(signature), scene, missed)
  const ways = found.length === 1 || found.some((way) => way.suffix === 'String') ? withoutSuffix(found) : found
  // A parameter that has a type to stand for it is not what is missing.
  return ways.length === 0 ? (missed.at(-1) ?? plain) : ways.slice(0, MOST_WAYS)
}

/** `impl Trait` in an argument as a parameter of its own, so that a type can stand for it. */
function named(signature: RustSignature): RustSignature {
  const extra: GenericParameter[] = []
  const params = signature.params.map((param, place) => {
    if (param.type.kind !== 'impl') return param
    const name = `${UNNAMED}${place}`
    extra.push({ name, kind: 'type', bounds: param.type.bounds })
    return { name: param.name, type: { kind: 'generic' as const, name } }
  })
  return extra.length === 0 ? signature : { ...signature, generics: [...signature.generics, ...extra], params }
}

const UNNAMED = 'Impl'

/** Those that nothing stands for are `impl Trait` again. */
function unnamed(signature: RustSignature): RustSignature {
  const ours = new Map(
    signature.generics.flatMap((parameter) => {
      const isOurs = signature.params.some(
        (param, place) =>
          parameter.name === `${UNNAMED}${place}` &&
          param.type.kind === 'generic' &&
          param.type.name === parameter.name,
      )
      return isOurs ? [[parameter.name, { kind: 'impl' as const, bounds: parameter.bounds }] as const] : []
    }),
  )
  if (ours.size === 0) return signature
  return {
    ...signature,
    generics: signature.generics.filter((parameter) => !ours.has(parameter.name)),
    params: signature.params.map((param) => ({ name: param.name, type: substitute(param.type, ours) })),
  }
}

/** What was chosen on the way to a way to call. */
interface Chosen {
  readonly suffix: string
  readonly depth: number
  /** By what is asked of it: two parameters of which the same is asked are one type. */
  readonly before: ReadonlyMap<string, RustType>
}

/** More parameters in one signature than anybody can follow. */
const DEEPEST = 5

/** Fills in the parameters one after the other; a way that does not cross is none. */
function waysOf(
  signature: RustSignature,
  scene: Scene,
  missed: Refusal[],
  { suffix, depth, before }: Chosen = { suffix: '', depth: 0, before: new Map() },
): readonly Way[] {
  const decision = decideSignature(unnamed(signature), scene)
  if (!('refused' in decision)) return [{ decision, suffix }]
  if (depth > 0) missed.push(decision)
  if (depth > DEEPEST) return []
  const ways: Way[] = []
  const seen = new Set<string>()
  for (const parameter of signature.generics) {
    if (parameter.kind !== 'type' || !isParameterName(parameter.name)) continue
    const isGiven = some(signature.returns, (part) => part.kind === 'generic' && part.name === parameter.name)
    // What is only written into would be gone with the call.
    if (!isGiven && parameter.bounds.some((bound) => bound.trait.endsWith('::Write'))) return []
    const asked = askedOf(parameter)
    const same = before.get(asked)
    const alike = same && parameter.bounds.reduce(livingFor, same)
    const choices =
      alike === undefined
        ? choicesFor(parameter, scene.view, { classes: classesOf(scene), lent: isLent(parameter.name, signature) })
        : [alike]
    for (const type of choices) {
      const by = new Map([...following(parameter, type, scene.view), [parameter.name, type]])
      const next = chosen(signature, by, (part, of) => specType(substitute(part, of), scene))
      if (next.params.some((param) => isUnsized(param.type))) continue
      const word = choices.length === 1 ? '' : wordOf(type, scene)
      const more = { suffix: suffix + word, depth: depth + 1, before: new Map([...before, [asked, type]]) }
      for (const way of waysOf(next, scene, missed, more)) {
        const key = way.decision.params.map((param) => param.type).join()
        if (!seen.has(key)) ways.push(way)
        seen.add(key)
      }
      if (ways.length >= MOST_WAYS) return ways
    }
    if (ways.length > 0) return ways
  }
  return ways
}

const askedOf = (parameter: GenericParameter): string =>
  parameter.bounds
    .map((bound) => bound.trait)
    .sort()
    .join(' + ')

const richest = new WeakMap<World['named'], readonly RustType[]>()

/** Instances that objects are made of, those with the most methods first. */
function classesOf({ world, view }: Scene): readonly RustType[] {
  const known = richest.get(world.named)
  if (known !== undefined) return known
  const count = (type: RustType): number =>
    type.kind === 'path' ? (view.types.get(type.path)?.methods.length ?? 0) : 0
  const types = Array.from(world.named.values())
    .filter(({ kind }) => kind === 'handle')
    .map(({ rustType }) => rustType)
    .sort((a, b) => count(b) - count(a))
  richest.set(world.named, types)
  return types
}

/** A class by its name in the package, anything else by its own. */
function wordOf(type: RustType, scene: Scene): string {
  const of = type.kind === 'ref' ? type.to : type
  return (of.kind === 'path' ? findNamed(of, scene.world)?.name : undefined) ?? typeWord(type)
}

const isUnsized = (type: RustType): boolean =>
  type.kind === 'slice' || type.kind === 'dyn' || (type.kind === 'primitive' && type.name === 'str')

const withoutSuffix = (ways: readonly Way[]): readonly Way[] =>
  ways.map((way) => (ways.length === 1 || way.suffix === 'String' ? { ...way, suffix: '' } : way))
