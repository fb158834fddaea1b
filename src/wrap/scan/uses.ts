/** Generic types as the crate itself uses them: how often each is met with the same arguments, and where. */
import type { TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { isPrimitive, rewrite, some, typeKey, type PathType } from '../rules/rust-types.js'
import { typeParameters, type CrateView } from './crate-view.js'

/** A generic type with all of its arguments. */
export interface Use {
  readonly type: PathType
  /** Where it was met first, in words: `the alias petgraph::graph::UnGraph`. */
  readonly found: string
}

interface Counted extends Use {
  readonly count: number
  /** How much the place says for which `found` tells. */
  readonly weight: number
}

/** An alias is a use that was meant to be found. */
export const ALIAS_WEIGHT = 1000

/** More classes of one generic type than these help nobody. */
const MOST_INSTANCES = 6

/** A class for `LocalResult<DateTime<Utc>>` is worth having; one for numbers spelled in types is not. */
const DEEPEST = 2

export class Uses {
  readonly #view: CrateView
  readonly #byPath: ReadonlyMap<string, Map<string, Counted>>

  constructor(generic: readonly TypeItem[], view: CrateView) {
    this.#view = view
    this.#byPath = new Map(generic.map((item) => [item.path, new Map<string, Counted>()]))
  }

  /** Counts every complete use inside a type. Says whether one of them is new. */
  note(type: RustType, weight: number, found: string): boolean {
    let isNew = false
    some(type, (part) => {
      if (part.kind !== 'path') return false
      const known = this.#byPath.get(part.path)
      const item = known === undefined ? undefined : this.#view.types.get(part.path)
      if (known === undefined || item === undefined || !isConcrete(part, item, this.#view)) return false
      const used = { ...elided(part), bindings: [] }
      const key = typeKey(used)
      const before = known.get(key)
      isNew ||= before === undefined
      const place = before === undefined || before.weight < weight ? { found, weight } : before
      known.set(key, { type: used, count: (before?.count ?? 0) + weight, found: place.found, weight: place.weight })
      return false
    })
    return isNew
  }

  isEmpty(path: string): boolean {
    return (this.#byPath.get(path)?.size ?? 0) === 0
  }

  mostUsed(path: string): readonly Use[] {
    return Array.from(this.#byPath.get(path)?.values() ?? [])
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_INSTANCES)
  }
}

/** Without the names of its lifetimes. */
const elided = (type: PathType): PathType => ({
  ...type,
  lifetimes: type.lifetimes.map(() => "'_"),
  args: type.args.map((arg) =>
    rewrite(arg, (part) => (part.kind === 'ref' ? { kind: 'ref', mutable: part.mutable, to: part.to } : part)),
  ),
})

/** Whether an argument borrows: `Change<&str>`. Then so does the whole. */
export const hasLent = (type: RustType): boolean =>
  type.kind === 'path' && type.args.some((arg) => some(arg, (part) => part.kind === 'ref'))

/** Types of the standard library are known to everybody. */
const depthOf = (type: RustType): number => {
  if (type.kind !== 'path' || type.args.length === 0) return 0
  return (type.path.startsWith('std::') ? 0 : 1) + Math.max(...type.args.map(depthOf))
}

/** All parameters given, by types that anybody can name. */
function isConcrete(type: PathType, item: TypeItem, view: CrateView): boolean {
  if (type.args.length !== typeParameters(item.generics).length || depthOf(type) > DEEPEST) return false
  return !type.args.some((arg) =>
    some(arg, (part) => {
      switch (part.kind) {
        case 'generic':
          // A constant's value stands as a generic.
          return !isNumber(part.name)
        case 'path':
          return (
            part.lifetimes.length > 0 ||
            part.path === type.path ||
            !(part.path.startsWith('std::') || view.types.has(part.path))
          )
        case 'primitive':
        case 'array':
        case 'tuple':
          return false
        case 'slice':
          return !isPrimitive(part.of, 'u8')
        case 'ref':
          return part.mutable || !(isPrimitive(part.to, 'str') || part.to.kind === 'slice')
        default:
          return true
      }
    }),
  )
}

const isNumber = (text: string): boolean => text !== '' && Number.isInteger(Number(text))
