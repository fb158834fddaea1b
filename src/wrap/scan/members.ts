/** Inherent functions, methods, fields and constants of one type. */
import type { Callable, ConstantItem } from '../model/model.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import { exportName } from '../model/names.js'
import { printType } from '../model/text.js'
import { refuse } from '../rules/context.js'
import { boundaryText, mapType } from '../rules/map-type.js'
import { isRefusal, type Mapping, type Refusal, type World } from '../rules/mapping.js'
import type { RuleName } from '../rules/table.js'
import { reference, rewrite, some } from '../rules/rust-types.js'
import { match, resolveAliases, type CrateView } from './crate-view.js'
import { decideSignature, type Decision, type Scene } from './decide.js'
import type { DraftBuilder } from './draft-builder.js'
import { camel, uncapitalized } from './names.js'
import { filledIn } from './shapes.js'
import { decideWays } from './ways.js'
import type { Subject } from './subjects.js'

export interface Scanning {
  readonly view: CrateView
  readonly world: World
  readonly draft: DraftBuilder
}

/** Every inherent callable, each counted once however many instances there are. */
export function addMembers(subject: Subject, at: Scanning): void {
  for (const callable of subject.item.methods) {
    if (subject.view) addViewMember(callable, subject, at)
    else addCallable(callable, subject, at, callable.signature.receiver === undefined ? 'static' : 'method')
  }
  if (subject.kind === 'handle') addFields(subject, at)
  for (const constant of subject.item.constants) addConstant(constant, subject, at)
}

/** @param trait as the spec writes it, of a trait's method. */
export function addCallable(
  callable: Callable,
  subject: Subject,
  at: Scanning,
  rule: RuleName,
  trait?: { readonly text: string; readonly scene: Partial<Scene> },
): void {
  const scene: Scene = { view: at.view, world: at.world, self: subject.type, ...trait?.scene }
  const ways = decideWays(callable, scene)
  if (ways === undefined) return
  const refusal = 'refused' in ways ? ways : unfit(callable.signature, subject)
  at.draft.count(callable.path, refusal === undefined, refusal?.rule ?? rule)
  if (refusal !== undefined || 'refused' in ways) {
    if (refusal !== undefined) at.draft.leaveOut(callable.path, refusal)
    return
  }
  for (const { decision, suffix } of ways) {
    addDecided(callable.name, decision, subject, at, rule, trait?.text, camel(callable.name) + suffix)
  }
}

export const isRefused = (value: Decision | Refusal): value is Refusal => 'refused' in value

/** Why a method has no place on this kind of type. */
function unfit(signature: RustSignature, subject: Subject): Refusal | undefined {
  const { receiver } = signature
  if (subject.kind === 'error' && receiver !== undefined) {
    return {
      refused: true,
      rule: 'error-value',
      reason: `${printType(subject.type)} is an error: it is thrown, not given`,
    }
  }
  if (subject.kind !== 'handle' && receiver === 'mut') {
    return NOTHING_TO_CHANGE
  }
  return undefined
}

/** Puts a decided callable where it belongs: on the class, or beside the type. */
export function addDecided(
  name: string,
  decision: Decision,
  subject: Subject,
  at: Scanning,
  rule: RuleName,
  trait?: string,
  wanted = camel(name),
): void {
  const { receiver } = decision.signature
  if (subject.kind !== 'handle') {
    const signature = withObject(decision.signature, subject.type, subject.name)
    const free = decideSignature(signature, { view: at.view, world: at.world })
    if (isRefused(free)) {
      at.draft.leaveOut(`${subject.item.path}::${name}`, free)
      return
    }
    at.draft.addFunction(functionPath(subject, name, trait), receiver === undefined ? 'static' : 'value-method', free, [
      exportName(subject.name, wanted),
    ])
    return
  }
  if (receiver === undefined) {
    // One of several ways to call `new` has a name that tells it from the others, and a constructor has none.
    const isNew = trait === undefined && wanted === 'new' && !decision.later && makesItself(decision.result, subject)
    const path = functionPath(subject, name, trait)
    at.draft.addStatic(subject.name, path, isNew ? 'constructor' : rule, decision, [wanted], isNew)
    return
  }
  at.draft.addMethod(subject.name, name, decision.chains ? 'chain' : rule, decision, [wanted], {
    ...(trait === undefined ? {} : { trait }),
    ...(receiver === 'value' && !subject.clone ? { consumes: true } : {}),
  })
}

function makesItself(result: Mapping, subject: Subject): boolean {
  const made = result.kind === 'result' ? result.of : result
  return made.kind === 'handle' && made.name === subject.name
}

/** `semver::Version::parse`, `<geo::Point<f64>>::new`, `<Version as Default>::default`. */
export function functionPath(subject: Subject, name: string, trait?: string): string {
  const type = printType(subject.type)
  if (trait !== undefined) return `<${type} as ${trait}>::${name}`
  return subject.type.kind === 'path' && subject.type.args.length === 0
    ? `${subject.item.path}::${name}`
    : `<${type}>::${name}`
}

/** `&mut self` of a value. */
export const NOTHING_TO_CHANGE: Refusal = refuse('value-receiver', 'its object is a copy, there is nothing to change')

/** The method as a function: its object is the first parameter, `Self` is written out. */
export function withObject(signature: RustSignature, type: RustType, typeName: string): RustSignature {
  const { receiver, ...rest } = signature
  const written = (of: RustType): RustType =>
    rewrite(of, (part) => (part.kind === 'generic' && part.name === 'Self' ? type : part))
  const object = receiver === 'ref' ? reference(type) : type
  const taken = new Set(signature.params.map((param) => param.name))
  const name = taken.has('value') ? uncapitalized(typeName) : 'value'
  return {
    ...rest,
    params: [
      ...(receiver === undefined ? [] : [{ name, type: object }]),
      ...signature.params.map((param) => ({ name: param.name, type: written(param.type) })),
    ],
    returns: written(signature.returns),
  }
}

function addViewMember(callable: Callable, subject: Subject, at: Scanning): void {
  const isField = subject.fields.some((field) => field.rust === callable.name)
  at.draft.count(callable.path, isField, isField ? 'view-record' : 'view-method')
  if (isField) return
  at.draft.leaveOut(callable.path, { rule: 'view-method', reason: `${subject.name} comes out as a record` })
}

/** Public fields of a class: a copy each. */
function addFields(subject: Subject, at: Scanning): void {
  if (subject.item.kind !== 'struct') return
  for (const field of subject.item.fields) {
    if (!field.public || field.name.startsWith('0') || Number.isInteger(Number(field.name))) continue
    const path = `${subject.item.path}::${field.name}`
    const type = filledIn(field.type, subject.item, subject.type, at.view)
    const scene: Scene = { view: at.view, world: at.world, self: subject.type }
    const decision = decideSignature(
      { receiver: 'ref', generics: [], params: [], returns: reference(type), async: false, unsafe: false },
      scene,
    )
    if (isRefused(decision)) {
      at.draft.leaveOut(path, decision)
      continue
    }
    if (at.draft.hasMember(subject.name, camel(field.name))) {
      at.draft.leaveOut(path, { rule: 'duplicate', reason: `${camel(field.name)}() gives it` })
      continue
    }
    at.draft.addMethod(subject.name, field.name, 'field', decision, [camel(field.name)], { isField: true })
  }
}

/** Constants whose value crosses. */
export function addConstant(constant: ConstantItem, subject: Subject | undefined, at: Scanning): void {
  if (subject !== undefined && !isOfSubject(constant, subject, at)) return
  const world: World = subject === undefined ? at.world : { named: at.world.named, self: subject.type }
  const type = subject === undefined ? constant.type : filledIn(constant.type, subject.item, subject.type, at.view)
  const mapping = mapType(filledIn(type, EMPTY, type, at.view), 'out', world)
  if (isRefusal(mapping)) {
    at.draft.leaveOut(constant.path, mapping)
    return
  }
  if (!isConstant(mapping)) {
    at.draft.leaveOut(constant.path, { rule: 'constant-value', reason: `no constants of ${printType(constant.type)}` })
    return
  }
  const owner = subject?.kind === 'handle' ? subject.name : undefined
  const prefix = subject === undefined || owner !== undefined ? '' : `${subject.name}_`
  at.draft.addConstant({
    name: prefix + constant.name,
    rust: subject === undefined ? constant.path : `${subject.item.path}::${constant.name}`,
    type: boundaryText(mapping),
    ...(owner === undefined ? {} : { owner }),
    rule: 'constant',
  })
}

const EMPTY = { generics: [] }

/** `impl DateTime<Utc> { const UNIX_EPOCH … }` is no constant of other instances. */
function isOfSubject(constant: ConstantItem, subject: Subject, at: Scanning): boolean {
  if (constant.implFor === undefined || subject.type.kind !== 'path' || subject.type.args.length === 0) return true
  // Whatever its impl block calls its parameters.
  const names = new Set<string>()
  some(constant.implFor, (part) => {
    if (part.kind === 'generic') names.add(part.name)
    return false
  })
  return match(resolveAliases(constant.implFor, at.view), subject.type, names) !== undefined
}

function isConstant(m: Mapping): boolean {
  switch (m.kind) {
    case 'boolean':
    case 'number':
    case 'bigint':
    case 'duration':
      return m.rust.kind !== 'ref'
    case 'text':
      return true
    case 'handle':
      return m.by === 'value'
    case 'enum':
    case 'record':
      return m.rust.kind === 'path'
    default:
      return false
  }
}
