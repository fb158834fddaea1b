/** What all checks of one run share. */
import type { CrateModel, TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import type { NamedType, World } from '../rules/mapping.js'
import { classEntries } from '../spec/class-entries.js'
import type { HandleEntry, Spec } from '../spec/spec.js'
import { findType, indexCrate, type CrateIndex } from './crate-index.js'
import { movedTypes, parentOf, pathOf, readType, typePath } from './moved.js'
import { withoutAlias } from './resolve-types.js'

export interface VerifyContext {
  readonly spec: Spec
  readonly model: CrateModel
  readonly index: CrateIndex
  readonly world: World
  /** Handles and instances by name: what methods hang on. */
  readonly owners: ReadonlyMap<string, Owner>
  /** Paths that types of the spec have now, where only one can be meant: what stands on them is compared with that. */
  readonly moved: ReadonlyMap<string, string>
  /** Paths of types that their own entries report as gone: nothing that stands on them is reported again. */
  readonly missingTypes: Set<string>
}

/** A class of the spec and the crate's type behind it. */
export interface Owner {
  readonly name: string
  readonly type: RustType
  readonly path: string
  /** Undefined when the crate has no such type, or the type is another crate's. */
  readonly item?: TypeItem
  readonly handle?: HandleEntry
}

export function createContext(spec: Spec, model: CrateModel): VerifyContext {
  const index = indexCrate(model)
  const moved = movedTypes(spec, index)
  const owners = new Map<string, Owner>()
  const add = (name: string, rustType: string, handle?: HandleEntry): void => {
    const owner = ownerOf(name, rustType, index, moved)
    owners.set(name, handle === undefined ? owner : { ...owner, handle })
  }
  for (const entry of classEntries(spec)) add(entry.name, entry.rustType, entry)
  const named = namedTypes(spec, index, moved)
  return { spec, model, index, world: { named }, owners, moved, missingTypes: new Set() }
}

function ownerOf(name: string, rustType: string, index: CrateIndex, moved: ReadonlyMap<string, string>): Owner {
  const type = withoutAlias(atItsPath(readType(rustType) ?? { kind: 'generic', name: rustType }, moved), index)
  const path = pathOf(type) ?? rustType
  const item = findType(index, path)
  return { name, type, path, ...(item === undefined ? {} : { item }) }
}

/** The type by the path that it has now. */
function atItsPath(type: RustType, moved: ReadonlyMap<string, string>): RustType {
  return type.kind === 'path' ? { ...type, path: moved.get(type.path) ?? type.path } : type
}

function namedTypes(spec: Spec, index: CrateIndex, moved: ReadonlyMap<string, string>): ReadonlyMap<string, NamedType> {
  const named = new Map<string, NamedType>()
  const add = (kind: NamedType['kind'], name: string, text: string, facts: Partial<NamedType> = {}): void => {
    const read = readType(text)
    if (read === undefined) return
    const rustType = withoutAlias(atItsPath(read, moved), index)
    const path = pathOf(rustType) ?? text
    named.set(named.has(path) ? printType(rustType) : path, { ...facts, kind, name, rustType })
  }
  for (const entry of classEntries(spec)) add('handle', entry.name, entry.rustType, { clone: entry.clone })
  for (const entry of spec.records)
    add('record', entry.name, entry.rustType, entry.by === 'getter' ? { view: true } : {})
  for (const entry of spec.enums) add('enum', entry.name, entry.rustType)
  for (const entry of spec.errors) {
    const path = errorTypePath(entry.rustType, index)
    if (!named.has(path)) add('error', path, path === typePath(entry.rustType) ? entry.rustType : path)
  }
  return named
}

/** The error type of an entry that names it or one of its variants. */
export function errorTypePath(text: string, index: CrateIndex): string {
  const path = typePath(text)
  const parent = parentOf(path)
  return findType(index, path) === undefined && findType(index, parent) !== undefined ? parent : path
}
