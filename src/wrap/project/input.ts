/**
 * What everything generated follows from, as one digest: the spec, and this generator. A package whose record has the same digest,
 * and whose files are as they were written, is what generating again would give.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Spec } from '../spec/spec.js'
import { ferruleVersion } from '../tools/ferrule-root.js'
import { digestOf, readRecord } from './record.js'

/** What is kept in the record. Undefined where the spec does not pin what is read: a crate in a folder, or an inexact version. */
export function inputDigest(spec: Spec, specBytes: Uint8Array): string | undefined {
  const { cratePath, rustCrateVersion } = spec.lib
  const isPinned = cratePath === undefined && rustCrateVersion.split('.').length >= 3
  return isPinned ? digestOfInput(specBytes) : undefined
}

const digestOfInput = (specBytes: Uint8Array): string =>
  createHash('sha256').update(ferruleVersion).update(ownCode()).update(specBytes).digest('hex')

/** Whether nothing would be written. The spec need not be parsed: only one that pins what is read has its digest in a record. */
export function isUpToDate(folder: string, specBytes: Uint8Array): boolean {
  const record = readRecord(folder)
  if (record.input === undefined || record.input !== digestOfInput(specBytes)) return false
  return Object.entries(record.files).every(([path, digest]) => {
    const absolute = join(folder, path)
    return existsSync(absolute) && digestOf(readFileSync(absolute, 'utf8')) === digest
  })
}

/** The command is one file; where it runs from its sources, the version has to do. */
const ownCode = (): Uint8Array | string =>
  typeof __filename === 'string' && __filename.endsWith('cli.js') ? readFileSync(__filename) : ''
