/** The fields of plain data: of records, of enums, and of what a type that borrows shows. */
import type { Callable, FieldItem, TypeItem, VariantItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { boundaryText, mapType } from '../rules/map-type.js'
import { isRefusal, type Mapping, type World } from '../rules/mapping.js'
import { isPath, isPrimitive, substitute } from '../rules/rust-types.js'
import { resolveAliases, typeParameters, type CrateView } from './crate-view.js'
import { decide } from './decide.js'
import { camel, Names } from './names.js'

export interface Field {
  readonly name: string
  readonly type: string
  readonly rust: string
}

export interface VariantFields {
  readonly variant: VariantItem
  readonly fields: readonly Field[]
}

export const isFieldless = (item: TypeItem): boolean =>
  item.kind === 'enum' &&
  item.variants.length > 0 &&
  item.variants.every((variant) => variant.fields.length === 0 && variant.shape === 'unit')

/** The fields of a struct whose value can be written down; undefined when one does not cross as data. */
export function plainFields(
  item: TypeItem,
  type: RustType,
  world: World,
  view: CrateView,
): readonly Field[] | undefined {
  return dataFields(item.fields, item, type, world, view)
}

/** The variants of an enum with data. */
export function enumFields(
  item: TypeItem,
  type: RustType,
  world: World,
  view: CrateView,
): readonly VariantFields[] | undefined {
  const all: VariantFields[] = []
  for (const variant of item.variants) {
    const fields = dataFields(variant.fields, item, type, world, view)
    if (fields === undefined) return undefined
    all.push({ variant, fields })
  }
  return all
}

function dataFields(
  fields: readonly FieldItem[],
  item: TypeItem,
  type: RustType,
  world: World,
  view: CrateView,
): readonly Field[] | undefined {
  const names = new Names()
  const all: Field[] = []
  for (const field of fields) {
    const rust = filledIn(field.type, item, type, view)
    const mapping = mapType(rust, 'in', world)
    if (isRefusal(mapping) || !isOwnedData(mapping) || reaches(mapping, item, world, view)) return undefined
    const name = names.take(isPosition(field.name) ? field.name : camel(field.name))
    all.push({ name, type: boundaryText(mapping), rust: field.name })
  }
  return all
}

const isPosition = (name: string): boolean => name >= '0' && name <= '99'

/** A field's type with the parameters of its type filled in. */
export function filledIn(field: RustType, item: Pick<TypeItem, 'generics'>, type: RustType, view: CrateView): RustType {
  const args = type.kind === 'path' ? type.args : []
  const by = new Map(
    typeParameters(item.generics).flatMap((parameter, place) => {
      const arg = args[place]
      return arg === undefined ? [] : [[parameter.name, arg] as const]
    }),
  )
  return resolveAliases(substitute(field, by), view)
}

/** Values that are made anew from what crosses, in the usual Rust type of what crosses. */
function isOwnedData(m: Mapping): boolean {
  switch (m.kind) {
    case 'boolean':
    case 'number':
    case 'bigint':
    case 'ordering':
    case 'duration':
    case 'date':
    case 'record':
    case 'enum':
      return m.rust.kind !== 'ref'
    case 'text':
      return isPath(m.rust, 'std::string::String') || isPrimitive(m.rust, 'char')
    case 'bytes':
      return isPath(m.rust, 'std::vec::Vec')
    case 'option':
      return isOwnedData(m.of)
    case 'list':
      return isPath(m.rust, 'std::vec::Vec') && isOwnedData(m.of)
    case 'tuple':
      return m.rust.kind === 'tuple' && m.items.every(isOwnedData)
    default:
      return false
  }
}

/** Whether a value of the type can hold another of it: then it has no end as a tuple. */
function reaches(mapping: Mapping, item: TypeItem, world: World, view: CrateView): boolean {
  const seen = new Set<string>()
  const visit = (m: Mapping): boolean => {
    switch (m.kind) {
      case 'option':
      case 'list':
        return visit(m.of)
      case 'tuple':
        return m.items.some(visit)
      case 'record':
      case 'enum': {
        if (m.rust.kind !== 'path') return false
        if (m.rust.path === item.path) return true
        if (seen.has(m.rust.path)) return false
        seen.add(m.rust.path)
        const other = view.types.get(m.rust.path)
        const fields = [...(other?.fields ?? []), ...(other?.variants ?? []).flatMap((variant) => variant.fields)]
        return fields.some((field) => {
          const of = other === undefined ? undefined : mapType(filledIn(field.type, other, m.rust, view), 'in', world)
          return of !== undefined && !isRefusal(of) && visit(of)
        })
      }
      default:
        return false
    }
  }
  return visit(mapping)
}

/** What a type that borrows shows without arguments. */
export function viewFields(item: TypeItem, type: RustType, world: World, view: CrateView): readonly Field[] {
  const names = new Names()
  const fields: Field[] = []
  for (const method of item.methods) {
    if (!isGetter(method, item)) continue
    const decision = decide(method, { view, world, self: type })
    if (decision === undefined || isRefusal2(decision) || !isShown(decision.result)) continue
    fields.push({ name: names.take(camel(method.name)), type: decision.returns, rust: method.name })
    if (fields.length === MOST_FIELDS) break
  }
  return fields
}

const MOST_FIELDS = 16

const isRefusal2 = (value: object): value is { refused: true } => 'refused' in value

/** `&self`, or `self` of a value that is copied anyway; nothing that makes something else of it. */
function isGetter(method: Callable, item: TypeItem): boolean {
  const { signature } = method
  if (signature.params.length > 0 || signature.async || signature.unsafe) return false
  if (signature.receiver === 'ref') return true
  return signature.receiver === 'value' && item.impls.some((impl) => impl.trait === 'std::marker::Copy')
}

/** Values only: an object would be made whether it is wanted or not. Inside of another type a number is none that is lent. */
function isShown(m: Mapping, isInside = false): boolean {
  switch (m.kind) {
    case 'option':
      return isShown(m.of, true)
    case 'list':
      return m.rust.kind === 'path' && isShown(m.of, true)
    case 'tuple':
      return m.items.every((item) => isShown(item, true))
    case 'boolean':
    case 'number':
      return !isInside || m.rust.kind !== 'ref'
    case 'bigint':
    case 'duration':
      return m.rust.kind !== 'ref'
    case 'void':
    case 'handle':
    case 'result':
    case 'callback':
    case 'record':
      return false
    default:
      return true
  }
}
