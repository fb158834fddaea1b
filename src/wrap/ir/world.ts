/** What the named types of a spec are. */
import { parseType, printType, RustTextError } from '../model/text.js'
import type { RustType } from '../model/rust-type.js'
import type { NamedType, World } from '../rules/mapping.js'
import { isBorrowing } from '../rules/pairs.js'
import { classEntries } from '../spec/class-entries.js'
import type { Fault } from '../spec/fault.js'
import type { MethodEntry, Place, Spec } from '../spec/spec.js'

export interface Names {
  readonly world: World
  /** By the name in the spec: handles, records and enums. */
  readonly types: ReadonlyMap<string, RustType>
}

/** Every named type with its Rust type; a type text that is none is a fault. */
export function readNames(spec: Spec, faults: Fault[]): Names {
  const named = new Map<string, NamedType>()
  const types = new Map<string, RustType>()
  const add = (
    entry: { readonly place: Place; readonly rustType: string },
    kind: NamedType['kind'],
    name: string,
    more = {},
  ): void => {
    const rustType = readType(entry.rustType, entry.place, faults)
    if (rustType === undefined) return
    if (kind !== 'error') types.set(name, rustType)
    const path = rustType.kind === 'path' ? rustType.path : printType(rustType)
    const borrows = kind === 'handle' && isBorrowing(rustType) ? { borrows: true } : {}
    named.set(named.has(path) ? printType(rustType) : path, { kind, name, rustType, ...borrows, ...more })
  }
  const iterators = new Set(spec.methods.filter((entry) => isKept(entry) && isNext(entry)).map((entry) => entry.handle))
  for (const entry of classEntries(spec)) {
    if (!isKept(entry)) continue
    const iterates = iterators.has(entry.name) ? { iterates: true } : {}
    add(entry, 'handle', entry.name, { clone: entry.clone, ...iterates })
  }
  for (const entry of spec.records) {
    if (isKept(entry)) add(entry, 'record', entry.name, entry.by === 'getter' ? { view: true } : {})
  }
  for (const entry of spec.enums) if (isKept(entry)) add(entry, 'enum', entry.name)
  for (const entry of spec.errors) {
    if (!isKept(entry)) continue
    add(entry, 'error', entry.code)
    const owner = variantOwner(entry.rustType)
    if (owner !== undefined && !named.has(owner)) add({ ...entry, rustType: owner }, 'error', entry.code)
  }
  return { world: { named }, types }
}

/** `regex::Error` of `regex::Error::Syntax`: an entry may be for one variant. */
export function variantOwner(rustType: string): string | undefined {
  const parts = rustType.split('::')
  const owner = parts.at(-2)
  if (rustType.includes('<') || owner === undefined || parts.length < 3) return undefined
  return /^\p{Lu}/u.test(owner) ? parts.slice(0, -1).join('::') : undefined
}

/** `Iterator::next`: its class is an iterator in JavaScript, too. As a task it gives one item. */
export const isNext = ({ trait, rustMethod, async }: MethodEntry): boolean =>
  async === false && rustMethod === 'next' && (trait === 'Iterator' || trait === 'std::iter::Iterator')

/** `DoubleEndedIterator::next_back`. */
export const isNextBack = ({ trait, rustMethod, async }: MethodEntry): boolean =>
  async === false &&
  rustMethod === 'next_back' &&
  (trait === 'DoubleEndedIterator' || trait === 'std::iter::DoubleEndedIterator')

/** Whether an entry is to be generated. */
export const isKept = (entry: { readonly skip?: string; readonly rejected?: string }): boolean =>
  entry.skip === undefined && entry.rejected === undefined

export function readType(text: string, place: Place, faults: Fault[]): RustType | undefined {
  try {
    return parseType(text)
  } catch (error) {
    if (!(error instanceof RustTextError)) throw error
    faults.push({ place, message: `\`${text}\` is no Rust type: ${error.message}` })
    return undefined
  }
}
