/**
 * The record of what was generated into a package, `.ferrule/generated.json`: a digest per file. It tells a file that may be
 * written anew from one that somebody made or changed.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const recordPath = '.ferrule/generated.json'

export interface GeneratedRecord {
  /** What it was generated from; see input.ts. */
  readonly input?: string
  /** By path from the package's folder, forward slashes: the SHA-256 of the text as it was generated. */
  readonly files: Readonly<Record<string, string>>
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

export function readRecord(folder: string): GeneratedRecord {
  const path = join(folder, recordPath)
  if (!existsSync(path)) return { files: {} }
  const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<GeneratedRecord>
  return { files: value.files ?? {}, ...(value.input === undefined ? {} : { input: value.input }) }
}

/** The record's own text: sorted, so that the same files give the same bytes. */
export function recordText(files: ReadonlyMap<string, string>, input: string | undefined): string {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1))
  const digests = Object.fromEntries(sorted.map(([path, text]) => [path, digestOf(text)]))
  return `${JSON.stringify({ ...(input === undefined ? {} : { input }), files: digests }, null, 2)}\n`
}
