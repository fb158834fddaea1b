/** Waits until a source changes. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Interrupted } from '../tools/process.js'
import { digestOf, readRecord } from './record.js'

/**
 * How often is looked, in milliseconds. Looking, not listening: what tells of changes in folders differs from system to system and
 * misses some, and a look at a few dozen names costs nothing.
 */
const lookMs = 250

/** Editors write a file in several steps; a change is taken when nothing has followed it for as long. */
const settleMs = 100

/** What cargo, npm and git write beside sources. */
const notSources = new Set(['target', 'node_modules', '.git', 'dist'])

/** Where sources are: of the package, and of the crate when it is in a folder. */
export interface SourcePlaces {
  /** The package's folder: what was generated in it is no source. */
  readonly package: string
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

/** The sources at one moment: a digest by path. */
export type Sources = ReadonlyMap<string, string>

export function sourcesIn(places: SourcePlaces): Sources {
  const generated = readRecord(places.package).files
  const isGenerated = (path: string, text: string): boolean =>
    path.startsWith(places.package) &&
    generated[path.slice(places.package.length + 1).replaceAll('\\', '/')] === digestOf(text)
  const found = new Map<string, string>()
  for (const path of [...places.files, ...places.folders.flatMap(filesBelow)]) {
    const content = readIfThere(path)
    if (content === undefined || isGenerated(path, content.toString('utf8'))) continue
    found.set(path, createHash('sha256').update(content).digest('hex'))
  }
  return found
}

/**
 * Resolves once the sources are others than `before`, which were read before the work began that they are for: what changed while
 * it went on counts too.
 *
 * @throws Interrupted when `signal` fires.
 */
export async function nextChange(places: SourcePlaces, before: Sources, signal: AbortSignal): Promise<void> {
  let stamps = ''
  for (;;) {
    const now = stampsOf(places)
    if (now !== stamps && differ(before, sourcesIn(places))) {
      await pause(settleMs, signal)
      if (stampsOf(places) === now) return
      continue
    }
    stamps = now
    await pause(lookMs, signal)
  }
}

/** A file that is generated now and was somebody's own before is no change: it was written by the work. */
function differ(before: Sources, now: Sources): boolean {
  for (const [path, digest] of now) if (before.get(path) !== digest) return true
  return [...before.keys()].some((path) => statSync(path, { throwIfNoEntry: false }) === undefined)
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal })
  } catch {
    throw new Interrupted()
  }
}

/** Name, size and time of each: while these are the same, nothing has to be read. */
function stampsOf({ folders, files }: SourcePlaces): string {
  return [...files, ...folders.flatMap(filesBelow)]
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat === undefined ? path : `${path} ${stat.size} ${stat.mtimeMs} ${stat.ino}`
    })
    .join('\n')
}

function filesBelow(folder: string): string[] {
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    // Removed since its name was read.
    return []
  }
  return entries
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return notSources.has(entry.name) ? [] : filesBelow(join(folder, entry.name))
      return entry.name.endsWith('.new') ? [] : [join(folder, entry.name)]
    })
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
