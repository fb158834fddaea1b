/** Types that the spec names by a path the crate no longer has, where only one other can be meant. */
import { lastName } from '../model/paths.js'
import type { RustType } from '../model/rust-type.js'
import { parseType, RustTextError } from '../model/text.js'
import { classEntries } from '../spec/class-entries.js'
import type { Spec } from '../spec/spec.js'
import { findType, isOwnPath, type CrateIndex } from './crate-index.js'
import { nearNames } from './nearest.js'

/** From the path of the spec to that of the crate. */
export function movedTypes(spec: Spec, index: CrateIndex): ReadonlyMap<string, string> {
  const plain = [...classEntries(spec), ...spec.records, ...spec.enums].map((entry) => entry.rustType)
  const paths = [
    ...plain.map(typePath),
    ...spec.errors.map((entry) => typePath(entry.rustType)).flatMap((path) => [path, parentOf(path)]),
  ]
  const used = new Set(paths)
  const moved = new Map<string, string>()
  for (const path of used) {
    if (findType(index, path) !== undefined || !isOwnPath(path, spec.crate.dependencies)) continue
    const target = onlyOther(path, index, used)
    if (target !== undefined) moved.set(path, target)
  }
  return moved
}

/** The one type of the same name elsewhere, or the one of a near name in the same module that the spec does not use. */
function onlyOther(path: string, index: CrateIndex, used: ReadonlySet<string>): string | undefined {
  const free = index.model.types.filter((type) => !used.has(type.path))
  const same = free.filter((type) => type.name === lastName(path))
  if (same.length > 0) return same.length === 1 ? same[0]?.path : undefined
  const beside = free.filter((type) => parentOf(type.path) === parentOf(path))
  const [near, ...more] = nearNames(
    lastName(path),
    beside.map((type) => type.name),
  )
  return near === undefined || more.length > 0 ? undefined : beside.find((type) => type.name === near)?.path
}

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('::')))

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

/** The path in a text, without arguments; the text itself when it is no path. */
export function typePath(text: string): string {
  const type = readType(text)
  return (type === undefined ? undefined : pathOf(type)) ?? text
}
