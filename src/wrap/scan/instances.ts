/** Generic types with their parameters filled in, as the crate itself uses them. */
import type { TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { lastName, path, some, type PathType } from '../rules/rust-types.js'
import { resolveAliases, typeParameters, type CrateView } from './crate-view.js'
import { everyCallable } from './error-types.js'
import { capitalized } from './names.js'

export interface Instance {
  readonly type: RustType
  /** The crate's own name for it. */
  readonly alias?: string
  /** What tells it from the other instances: `F64`. */
  readonly suffix: string
}

/** More classes of one generic type than these help nobody. */
const MOST_INSTANCES = 6

/** The most used first. Nothing when the crate nowhere says what its parameters are. */
export function instancesOf(item: TypeItem, view: CrateView): readonly Instance[] {
  const counts = new Map<string, { type: PathType; count: number }>()
  const note = (type: RustType, weight: number): void => {
    some(resolveAliases(type, view), (part) => {
      if (part.kind === 'path' && part.path === item.path && isConcrete(part, item, view)) {
        const type = path(part.path, ...part.args)
        const key = JSON.stringify(type)
        counts.set(key, { type, count: (counts.get(key)?.count ?? 0) + weight })
      }
      return false
    })
  }
  for (const alias of aliasesOf(item, view)) note(alias.type, ALIAS_WEIGHT)
  for (const callable of everyCallable(view)) {
    for (const param of callable.signature.params) note(param.type, 1)
    note(callable.signature.returns, 1)
    if (callable.implFor !== undefined) note(callable.implFor, 1)
  }
  for (const other of view.model.types) {
    for (const impl of other.impls) {
      note(impl.for, 1)
      impl.args.forEach((type) => {
        note(type, 1)
      })
    }
    for (const field of other.fields) note(field.type, 1)
  }
  const defaults = path(item.path)
  note(resolveAliases(defaults, view), ALIAS_WEIGHT)
  return Array.from(counts.values())
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_INSTANCES)
    .map(({ type }) => instance(type, item, view))
}

/** An alias is a use that was meant to be found. */
const ALIAS_WEIGHT = 1000

function instance(type: PathType, item: TypeItem, view: CrateView): Instance {
  const key = JSON.stringify(type)
  const alias = aliasesOf(item, view).find((one) => JSON.stringify(one.type) === key)?.name
  const suffix = type.args.map((arg) => capitalized(nameOf(arg))).join('')
  return { type, suffix, ...(alias === undefined ? {} : { alias }) }
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
  if (type.args.length !== typeParameters(item.generics).length) return false
  return !type.args.some((arg) =>
    some(arg, (part) => {
      switch (part.kind) {
        case 'generic':
          // A constant's value stands as a generic.
          return !isNumber(part.name)
        case 'path':
          return part.lifetimes.length > 0 || !(part.path.startsWith('std::') || view.types.has(part.path))
        case 'primitive':
        case 'slice':
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
