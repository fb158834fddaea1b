/** What stands for a type in the spec against the crate's types; errors among them. */
import { lastName } from '../model/paths.js'
import type { TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import type { EditTarget, SectionName, SpecEdit } from '../spec/edit.js'
import { classEntries } from '../spec/class-entries.js'
import type { ErrorEntry, Place } from '../spec/spec.js'
import { errorTypePath, type VerifyContext } from './context.js'
import { findType, isOwnPath } from './crate-index.js'
import type { Finding } from './finding.js'
import { missing } from './missing.js'
import { parentOf, pathOf, readType, typePath } from './moved.js'
import { withoutAlias } from './resolve-types.js'

/** An entry that stands for a type. */
export interface TypeEntry {
  readonly section: SectionName
  readonly place: Place
  /** `errors` have none. */
  readonly name?: string
  readonly rustType: string
  readonly skip?: string
}

/** The crate's type of an entry; or what is wrong with it; or neither when it is another crate's. */
export function typeOf(
  context: VerifyContext,
  entry: TypeEntry,
): { readonly type: RustType; readonly item: TypeItem } | { readonly finding: Finding } | undefined {
  const written = readType(entry.rustType)
  const type = written && withoutAlias(written, context.index)
  const path = type === undefined ? undefined : pathOf(type)
  if (type === undefined || path === undefined) {
    // A name alone is no path, and anything else (`[u8; 4]`, `(A, B)`) needs no type of the crate's.
    return type?.kind === 'generic' ? { finding: missingType(context, entry, type.name) } : undefined
  }
  const item = findType(context.index, path)
  if (item !== undefined) return { type, item }
  return isOwnPath(path, context.spec.crate.dependencies) ? { finding: missingType(context, entry, path) } : undefined
}

export const targetOf = (entry: TypeEntry): EditTarget => ({
  section: entry.section,
  name: entry.name ?? entry.rustType,
})

/** What stands on a type that is gone is not reported again; what stands on one that moved is compared with that. */
function missingType(context: VerifyContext, entry: TypeEntry, path: string): Finding {
  const moved = context.moved.get(path)
  if (moved !== undefined) return movedType(context, entry, path, moved)
  context.missingTypes.add(path)
  const used = new Set(usedTypes(context))
  const others = context.model.types.filter((type) => !used.has(type.path))
  return missing(context, {
    ...basis(entry),
    kind: 'type-missing',
    what: 'type',
    name: lastName(path),
    within: parentOf(path) || context.model.name,
    candidates: new Map(others.map((type) => [type.name, `${type.kind} ${type.path}`])),
  })
}

const movedType = (context: VerifyContext, entry: TypeEntry, from: string, to: string): Finding => ({
  ...basis(entry),
  kind: 'type-missing',
  message: `\`${from}\` is no public path of the crate`,
  found: `${context.index.types.get(to)?.kind ?? 'type'} ${to}`,
  change: `write \`${to}\``,
  fix: [setType(entry, from, to)],
})

/** Arguments stay as they are written. */
const setType = (entry: TypeEntry, from: string, to: string): SpecEdit => ({
  kind: 'set',
  target: targetOf(entry),
  path: ['rust_type'],
  value: entry.rustType.startsWith(from) ? `${to}${entry.rustType.slice(from.length)}` : to,
})

const usedTypes = ({ spec }: VerifyContext): readonly string[] =>
  [...classEntries(spec), ...spec.records, ...spec.enums, ...spec.errors].map((entry) => {
    const type = readType(entry.rustType)
    return (type === undefined ? undefined : pathOf(type)) ?? entry.rustType
  })

export function basis(entry: TypeEntry): Pick<Finding, 'place' | 'item' | 'severity' | 'expected'> {
  return {
    place: entry.place,
    item: entry.name ?? entry.rustType,
    severity: 'error',
    expected: entry.rustType,
  }
}

export const declared = (item: TypeItem): string =>
  `${item.kind} ${item.path}${item.generics.length === 0 ? '' : `<${item.generics.map((generic) => generic.name).join(', ')}>`}`

export function checkDeprecatedType(entry: TypeEntry, doc: string | undefined, item: TypeItem): readonly Finding[] {
  const { deprecated } = item
  if (deprecated === undefined || doc?.toLowerCase().includes('deprecated') === true) return []
  const since = deprecated.since === undefined ? '' : ` since ${deprecated.since}`
  return [
    {
      ...basis(entry),
      kind: 'deprecated',
      severity: 'warning',
      message: `\`${item.path}\` is deprecated${since}${deprecated.note === undefined ? '' : `: ${deprecated.note}`}`,
      found: declared(item),
      change: 'move to what the crate offers instead, or say in the entry’s `doc` that it is deprecated',
    },
  ]
}

/** An error type, or one variant of it, and the fields that JavaScript sees. */
export function checkError(context: VerifyContext, error: ErrorEntry): readonly Finding[] {
  const entry: TypeEntry = { section: 'errors', place: error.place, rustType: error.rustType }
  const path = errorTypePath(error.rustType, context.index)
  const written = typePath(error.rustType)
  if (path !== written) return checkErrorVariant(context, entry, error, path)
  const parent = parentOf(written)
  const movedParent = context.moved.get(parent)
  if (movedParent !== undefined && !context.moved.has(written)) return [movedType(context, entry, parent, movedParent)]
  const found = typeOf(context, entry)
  if (found === undefined) return []
  if ('finding' in found) return [found.finding]
  const known = [...found.item.fields.map((field) => field.name), ...found.item.methods.map((method) => method.name)]
  return missingFields(context, entry, error, found.item.path, known)
}

function checkErrorVariant(
  context: VerifyContext,
  entry: TypeEntry,
  error: ErrorEntry,
  path: string,
): readonly Finding[] {
  const item = findType(context.index, path)
  const name = lastName(error.rustType)
  const variant = item?.variants.find((one) => one.name === name)
  if (item === undefined) return []
  if (variant !== undefined) {
    // Fields by position are named by the spec.
    if (variant.shape === 'tuple') return []
    const known = [...variant.fields.map((field) => field.name), ...item.methods.map((method) => method.name)]
    return missingFields(context, entry, error, error.rustType, known)
  }
  const used = new Set(context.spec.errors.map((one) => one.rustType))
  const others = item.variants.filter((one) => !used.has(`${path}::${one.name}`))
  return [
    missing(context, {
      ...basis(entry),
      kind: 'variant-missing',
      what: 'variant',
      name,
      within: path,
      candidates: new Map(others.map((one) => [one.name, `${path}::${one.name}`])),
      rename: (near) => [{ kind: 'set', target: targetOf(entry), path: ['rust_type'], value: `${path}::${near}` }],
    }),
  ]
}

function missingFields(
  context: VerifyContext,
  entry: TypeEntry,
  error: ErrorEntry,
  within: string,
  known: readonly string[],
): readonly Finding[] {
  const names = new Map(known.map((name) => [plain(name), name]))
  return error.fields.flatMap((field) =>
    names.has(plain(field.split('.', 1)[0] ?? field))
      ? []
      : [
          missing(context, {
            ...basis(entry),
            kind: 'field-missing',
            what: 'field or getter',
            name: field,
            expected: `${error.rustType} with ${field}`,
            within,
            candidates: new Map(known.map((name) => [name, name])),
          }),
        ],
  )
}

/** `nestLimit` and `nest_limit`. */
const plain = (name: string): string => name.toLowerCase().replaceAll('_', '')
