/** What all checks of one run share. */
import type { CrateModel, TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { parseType, printType, RustTextError } from '../model/text.js'
import type { NamedType, World } from '../rules/mapping.js'
import type { HandleEntry, Spec } from '../spec/spec.js'
import { findType, indexCrate, type CrateIndex } from './crate-index.js'

export interface VerifyContext {
  readonly spec: Spec
  readonly model: CrateModel
  readonly index: CrateIndex
  readonly world: World
  /** Handles and instances by name: what methods hang on. */
  readonly owners: ReadonlyMap<string, Owner>
  /** Paths of types that their own entries report: nothing that stands on them is reported again. */
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
  const owners = new Map<string, Owner>()
  for (const entry of spec.instances) owners.set(entry.name, ownerOf(entry.name, entry.rustType, index))
  for (const entry of spec.handles)
    owners.set(entry.name, { ...ownerOf(entry.name, entry.rustType, index), handle: entry })
  return { spec, model, index, world: { named: namedTypes(spec, index) }, owners, missingTypes: new Set() }
}

function ownerOf(name: string, rustType: string, index: CrateIndex): Owner {
  const type = readType(rustType) ?? { kind: 'generic', name: rustType }
  const path = pathOf(type) ?? rustType
  const item = findType(index, path)
  return { name, type, path, ...(item === undefined ? {} : { item }) }
}

/** The type a spec's text means; `undefined` for one that cannot be read, which its parser reports. */
export function readType(text: string): RustType | undefined {
  try {
    return parseType(text)
  } catch (error) {
    if (error instanceof RustTextError) return undefined
    throw error
  }
}

/** Without arguments, references aside. */
export function pathOf(type: RustType): string | undefined {
  if (type.kind === 'ref') return pathOf(type.to)
  return type.kind === 'path' ? type.path : undefined
}

function namedTypes(spec: Spec, index: CrateIndex): ReadonlyMap<string, NamedType> {
  const named = new Map<string, NamedType>()
  const add = (kind: NamedType['kind'], name: string, text: string, facts: Partial<NamedType> = {}): void => {
    const rustType = readType(text)
    if (rustType === undefined) return
    const path = pathOf(rustType) ?? text
    named.set(named.has(path) ? printType(rustType) : path, { ...facts, kind, name, rustType })
  }
  for (const entry of spec.handles) add('handle', entry.name, entry.rustType, { clone: entry.clone })
  for (const entry of spec.instances)
    if (!spec.handles.some((handle) => handle.rustType === entry.rustType || handle.name === entry.name))
      add('handle', entry.name, entry.rustType)
  for (const entry of spec.records)
    add('record', entry.name, entry.rustType, entry.by === 'getter' ? { view: true } : {})
  for (const entry of spec.enums) add('enum', entry.name, entry.rustType)
  for (const entry of spec.errors) {
    const path = errorTypePath(entry.rustType, index)
    if (!named.has(path)) add('error', path, path)
  }
  return named
}

/** The error type of an entry that names it or one of its variants. */
export function errorTypePath(text: string, index: CrateIndex): string {
  if (findType(index, text) !== undefined) return text
  const parent = text.slice(0, Math.max(0, text.lastIndexOf('::')))
  return findType(index, parent) === undefined ? text : parent
}
