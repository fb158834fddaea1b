/** Which types of the crate become what: classes, records, enums, errors; and which are left out. */
import type { CrateModel, TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import type { NamedType, World } from '../rules/mapping.js'
import { isBorrowing } from '../rules/pairs.js'
import type { RefusalName } from '../rules/refusals.js'
import { some, typeKey } from '../rules/rust-types.js'
import type { LeftOut } from '../spec/draft.js'
import { implementsTrait, lifetimeCount, plainType, typeParameters, type CrateView } from './crate-view.js'
import { errorTypes } from './error-types.js'
import { findInstances, type Instance } from './instances.js'
import { canBeClass, iterates, itemsCross } from './iterators.js'
import { capitalized, Names, pascal } from './names.js'
import { hasLent } from './uses.js'
import { mentionedValues } from './values.js'
import { enumFields, isFieldless, plainFields, viewFields, type Field, type VariantFields } from './shapes.js'

/** A type of the crate, its parameters filled in, under its name in TypeScript. */
export interface Subject {
  readonly item: TypeItem
  readonly type: RustType
  readonly name: string
  readonly kind: 'handle' | 'record' | 'enum' | 'error'
  readonly clone: boolean
  /** Made from getters of a type that borrows. */
  readonly view: boolean
  readonly instance: boolean
  /** Of an instance: where the crate says so. */
  readonly found?: string
  readonly fields: readonly Field[]
  readonly variants: readonly VariantFields[]
}

export interface Subjects {
  readonly subjects: readonly Subject[]
  readonly world: World
  readonly leftOut: readonly LeftOut[]
}

/** A type that borrows, under its name. */
interface Borrowing {
  readonly item: TypeItem
  readonly type: RustType
  readonly name: string
  readonly instance: boolean
  readonly found?: string
}

/** Whether types that borrow may be classes: all, those without type parameters, or none. */
export type Pairs = 'all' | 'plain' | 'none'

export function findSubjects(
  view: CrateView,
  allowed: Pairs = 'all',
  unkept: ReadonlySet<string> = new Set(),
): Subjects {
  const { model } = view
  const errors = errorTypes(view)
  const allInstances = findInstances(view)
  const values = mentionedValues(view)
  const names = new Names()
  const leftOut: LeftOut[] = []
  const found: Subject[] = []
  const borrowing: Borrowing[] = []
  const refuse = (item: TypeItem, rule: RefusalName, reason: string): void => {
    leftOut.push({ path: item.path, rule, reason })
  }
  for (const item of model.types) {
    if (item.kind === 'alias') continue
    if (item.kind === 'union') {
      refuse(item, 'union', 'reading a union is unsafe')
      continue
    }
    if (item.mentioned === true && !values.has(item.path)) {
      refuse(item, 'type-level', 'it only stands as an argument of other types')
      continue
    }
    if (lifetimeCount(item) > 0) {
      borrow(item)
      continue
    }
    const instances = allInstances.get(item.path)
    if (typeParameters(item.generics).length > 0 && instances === undefined) {
      refuse(item, 'generic', genericReason(item))
      continue
    }
    if (instances !== undefined) {
      if (instances.length === 0) refuse(item, 'generic', genericReason(item))
      for (const instance of instances) {
        const one = instanceSubject(item, instance, instances, errors, model, names)
        if (one.kind === 'error' || !hasLent(one.type)) found.push(one)
        else if (!iterates(one)) borrowing.push(one)
      }
      continue
    }
    const kind = errors.has(item.path) ? 'error' : isFieldless(item) ? 'enum' : 'handle'
    found.push(subject(item, plainType(item), nameOf(item, model, names), kind))
  }
  const shaped = withShapes(found, view)
  const mayBePairs = borrowing.filter(
    ({ item, instance }) => !unkept.has(item.path) && (allowed === 'all' || (allowed === 'plain' && !instance)),
  )
  const pairs = pairsOf(mayBePairs, shaped, view)
  const paired = new Set(pairs.map((pair) => pair.item))
  const views = borrowing.flatMap(({ item, type, name, instance, found }) => {
    if (paired.has(item)) return []
    if (unkept.has(item.path)) refuse(item, 'view-unkept', 'its lifetimes cannot be shortened, so it has no cell')
    if (iterates({ item, type })) {
      refuse(item, 'iterator-type', 'it comes out as an array')
      return []
    }
    const fields = viewFields(item, type, worldOf([...shaped, ...pairs]), view)
    if (fields.length === 0) {
      refuse(item, 'view', 'it borrows, and none of its getters crosses')
      return []
    }
    const shown = found === undefined ? {} : { found }
    return [{ ...subject(item, type, name, 'record'), view: true, instance, fields, ...shown }]
  })
  const subjects = [...shaped, ...pairs, ...views]
  return { subjects, world: worldOf(subjects), leftOut }

  /** A type that borrows is an error, an iterator, or what its getters show. */
  function borrow(item: TypeItem): void {
    const instances = allInstances.get(item.path)
    const types = instances === undefined ? [plainType(item)] : instances.map((instance) => instance.type)
    const [first] = types
    if (first === undefined) refuse(item, 'generic', 'it borrows and the caller chooses its parameters')
    else if (errors.has(item.path)) found.push(subject(item, first, nameOf(item, model, names), 'error'))
    else if (
      iterates({ item, type: first }) &&
      !(allowed !== 'none' && !unkept.has(item.path) && types.every((type) => canBeClass({ item, type })))
    ) {
      // Nothing of one without methods of its own is lost in an array.
      if (item.methods.length > 0) {
        const isUnkept = unkept.has(item.path)
        refuse(item, isUnkept ? 'view-unkept' : 'iterator-type', 'it comes out as an array')
      }
    } else {
      for (const [place, type] of types.entries()) {
        const base = types.length === 1 ? item.name : item.name + (instances?.[place]?.suffix ?? '')
        const name = names.take(capitalized(base), moduleName(item, model) + capitalized(base))
        const found = instances?.[place]?.found
        const shown = found === undefined ? {} : { found: `found: ${found}` }
        borrowing.push({ item, type, name, instance: instances !== undefined, ...shown })
      }
    }
  }
}

const genericReason = (item: TypeItem): string =>
  `the caller chooses ${typeParameters(item.generics)
    .map((parameter) => parameter.name)
    .join(', ')}`

function instanceSubject(
  item: TypeItem,
  instance: Instance,
  all: readonly Instance[],
  errors: ReadonlySet<string>,
  model: CrateModel,
  names: Names,
): Subject {
  const base = instance.alias ?? (all.length === 1 ? item.name : item.name + instance.suffix)
  const name = names.take(base, moduleName(item, model) + base)
  const kind = errors.has(item.path) ? 'error' : isFieldless(item) ? 'enum' : 'handle'
  return { ...subject(item, instance.type, name, kind), instance: true, found: `found: ${instance.found}` }
}

const subject = (item: TypeItem, type: RustType, name: string, kind: Subject['kind']): Subject => ({
  item,
  type,
  name,
  kind,
  clone: implementsTrait(item, 'std::clone::Clone'),
  view: false,
  instance: false,
  fields: [],
  variants: isFieldless(item) ? item.variants.map((variant) => ({ variant, fields: [] })) : [],
})

/** `bytes::Regex` is `BytesRegex` when there is a `Regex` already. */
const nameOf = (item: TypeItem, model: CrateModel, names: Names): string =>
  names.take(capitalized(item.name), moduleName(item, model) + capitalized(item.name))

function moduleName(item: TypeItem, model: CrateModel): string {
  const segments = item.path.split('::').slice(1, -1)
  return segments.length === 0 ? pascal(model.name) : segments.map(pascal).join('')
}

/** Those that are classes: more than a record of their getters could show. */
function pairsOf(borrowing: readonly Borrowing[], shaped: readonly Subject[], view: CrateView): readonly Subject[] {
  let current = borrowing.flatMap(({ item, type, name, instance, found }): Subject[] => {
    if (type.kind !== 'path' || hasLent(type) || !type.args.every((arg) => isShared(arg, view))) return []
    if (!iterates({ item, type }) && !canBePair(item)) return []
    const lifetimes = item.generics.flatMap((parameter) => (parameter.kind === 'lifetime' ? [parameter.name] : []))
    const shown = found === undefined ? {} : { found }
    return [{ ...subject(item, { ...type, lifetimes }, name, 'handle'), instance, ...shown }]
  })
  for (;;) {
    const world = worldOf([...shaped, ...current])
    const next = current.filter(({ item, type }) => {
      if (iterates({ item, type })) return itemsCross({ item, type }, view, world)
      return item.methods.length === 0
        ? item.kind === 'struct' && item.fields.some((field) => field.public)
        : viewFields(item, type, world, view).length < item.methods.length
    })
    if (next.length === current.length) return next
    current = next
  }
}

/** Shared by whoever borrows from it, so never changed, on whatever thread. */
const canBePair = (item: TypeItem): boolean =>
  // Whether a generic one is Send depends on what stands for its parameters.
  (item.send ?? typeParameters(item.generics).length > 0) &&
  (item.sync ?? typeParameters(item.generics).length > 0) &&
  item.methods.every((method) => method.signature.receiver !== 'mut') &&
  !ACTIVE.some((trait) => implementsTrait(item, trait))

/** What threads may share, by its own types. */
const isShared = (type: RustType, view: CrateView): boolean =>
  !some(type, (part) => {
    const item = part.kind === 'path' ? view.types.get(part.path) : undefined
    return item?.send === false || item?.sync === false
  })

const ACTIVE = ['std::iter::Iterator', 'std::ops::Drop', 'std::future::Future']

/** Which of the classes are plain data instead: all at first, then those whose fields still cross. */
function withShapes(found: readonly Subject[], view: CrateView): readonly Subject[] {
  let current = found.map((one): Subject => {
    if (one.kind !== 'handle') return one
    if (one.item.kind === 'enum')
      return { ...one, kind: 'enum', variants: one.item.variants.map((variant) => ({ variant, fields: [] })) }
    return isData(one.item) ? { ...one, kind: 'record' } : one
  })
  for (;;) {
    const world = worldOf(current)
    const next = current.map((one): Subject => {
      if (one.kind === 'record') {
        const fields = plainFields(one.item, one.type, world, view)
        return fields === undefined ? { ...one, kind: 'handle', fields: [] } : { ...one, fields }
      }
      if (one.kind === 'enum' && !isFieldless(one.item)) {
        const variants = isDataEnum(one.item) ? enumFields(one.item, one.type, world, view) : undefined
        return variants === undefined ? { ...one, kind: 'handle', variants: [] } : { ...one, variants }
      }
      return one
    })
    if (next.every((one, place) => one.kind === current[place]?.kind)) return next
    current = next
  }
}

/** Methods that a record may have before they are what the type is about. */
const FEW_METHODS = 4

const isData = (item: TypeItem): boolean =>
  item.kind === 'struct' &&
  item.isPlain &&
  !item.nonExhaustive &&
  item.fields.length > 0 &&
  item.fields.length <= MOST_FIELDS &&
  item.fields.every((field) => !isPosition(field.name)) &&
  item.methods.length <= FEW_METHODS &&
  item.methods.every((method) => method.signature.receiver !== 'mut') &&
  !MEANINGFUL.some((trait) => implementsTrait(item, trait))

const isDataEnum = (item: TypeItem): boolean =>
  item.variants.length > 0 &&
  item.methods.every((method) => method.signature.receiver !== 'mut') &&
  !MEANINGFUL.some((trait) => implementsTrait(item, trait))

/** The longest array that crosses as a tuple. */
const MOST_FIELDS = 16

const isPosition = (name: string): boolean => name >= '0' && name <= '99'

/** Traits that make a type more than its fields. */
const MEANINGFUL = ['std::ops::Deref', 'std::iter::Iterator', 'std::ops::Drop', 'std::future::Future']

function worldOf(subjects: readonly Subject[]): World {
  const named = new Map<string, NamedType>()
  for (const one of subjects) {
    named.set(one.instance || named.has(one.item.path) ? `${one.item.path} ${typeKey(one.type)}` : one.item.path, {
      kind: one.kind,
      name: one.name,
      rustType: one.type,
      clone: one.clone,
      ...(one.view ? { view: true } : {}),
      ...(one.kind === 'handle' && isBorrowing(one.type) ? { borrows: true } : {}),
      ...(one.kind === 'handle' && iterates(one) ? { iterates: true } : {}),
    })
  }
  return { named }
}
