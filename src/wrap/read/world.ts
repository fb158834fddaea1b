/** The crates whose rustdoc is at hand, and one name for each item whichever crate's rustdoc speaks of it. */
import type { JsonItem, Rustdoc } from './format57.js'
import { isStandardCrate, standardPath } from './std-paths.js'
import { knownPath } from './known-paths.js'

/** One crate with its rustdoc. */
export interface Source {
  /** As in paths. */
  readonly name: string
  readonly doc: Rustdoc
  /** Where its sources are; messages give files from there on. */
  readonly folder: string
  /** From the same repository as the crate that is read: a re-export of all of it is part of the API. */
  readonly family: boolean
  /** Of each item defined here, by its key. */
  readonly ids: ReadonlyMap<string, number>
}

export interface World {
  readonly main: Source
  readonly sources: ReadonlyMap<string, Source>
  /** Shortest public path by key. */
  readonly publicPaths: Map<string, string>
}

export function makeSource(name: string, doc: Rustdoc, folder: string, family: boolean): Source {
  const ids = new Map<string, number>()
  for (const [id, summary] of Object.entries(doc.paths)) {
    if (summary.crate_id === 0 && doc.index[id] !== undefined) {
      ids.set(keyOfPath(summary.path, summary.kind), Number(id))
    }
  }
  return { name, doc, folder, family, ids }
}

export function itemOf(source: Source, id: number): JsonItem | undefined {
  return source.doc.index[String(id)]
}

/** What an item is called whoever speaks of it: the path of its definition and its namespace. */
export function keyOf(source: Source, id: number): string {
  const summary = source.doc.paths[String(id)]
  return summary === undefined ? `${source.name}#${id}` : keyOfPath(summary.path, summary.kind)
}

/** The crate an item is defined in, `undefined` when rustdoc does not say. */
export function crateOf(source: Source, id: number): string | undefined {
  const summary = source.doc.paths[String(id)]
  if (summary === undefined) {
    return undefined
  }
  return summary.crate_id === 0 ? source.name : source.doc.external_crates[String(summary.crate_id)]?.name
}

/** The path to write for an item. `text` is how the source spells it, for what rustdoc does not place. */
export function nameOf(world: World, source: Source, id: number, text: string): string {
  const known = world.publicPaths.get(keyOf(source, id))
  if (known !== undefined) {
    return known
  }
  const summary = source.doc.paths[String(id)]
  const crate = crateOf(source, id)
  if (summary === undefined || crate === undefined) {
    return text.startsWith('$crate') ? text.replace('$crate', 'std') : text
  }
  return isStandardCrate(crate) ? standardPath(summary.path) : knownPath(summary.path)
}

function keyOfPath(path: readonly string[], kind: string): string {
  return `${path.join('::')}${namespace(kind)}`
}

/** A function and a type may share a name, and a macro both. */
export function namespace(kind: string): string {
  switch (kind) {
    case 'function':
    case 'constant':
    case 'static':
      return '()'
    case 'macro':
    case 'proc_attribute':
    case 'proc_derive':
      return '!'
    case 'module':
      return '::'
    default:
      return ''
  }
}
