/** Writes generated files into a package, never over what is somebody's own. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { digestOf, readRecord, recordPath, recordText } from './record.js'

/** What writing would do. */
export interface WritePlan {
  /** New, or generated before and different now. */
  readonly write: readonly string[]
  readonly unchanged: readonly string[]
  /** Generated once and somebody's own since: changed without a mark in it (package.json), or the mark taken out. */
  readonly kept: readonly string[]
  /** In the way: there, and never generated. */
  readonly foreign: readonly string[]
  /** Generated before, not any more, and as they were generated. */
  readonly remove: readonly string[]
}

/** Whether a text says of itself that it is generated and not to be edited. */
export function hasMark(text: string): boolean {
  const head = text.slice(0, 1000).toLowerCase()
  return head.includes('generated') && head.includes('do not edit')
}

export function planWrite(folder: string, files: ReadonlyMap<string, string>): WritePlan {
  const { files: recorded } = readRecord(folder)
  const plan = { write: [], unchanged: [], kept: [], foreign: [], remove: [] } as Record<keyof WritePlan, string[]>
  for (const [path, text] of files) plan[fateOf(folder, path, text, recorded[path])].push(path)
  for (const [path, digest] of Object.entries(recorded)) {
    if (files.has(path) || !existsSync(join(folder, path))) continue
    if (digestOf(readFileSync(join(folder, path), 'utf8')) === digest) plan.remove.push(path)
  }
  return plan
}

function fateOf(folder: string, path: string, text: string, recorded: string | undefined): keyof WritePlan {
  const absolute = join(folder, path)
  if (!existsSync(absolute)) return 'write'
  const found = readFileSync(absolute, 'utf8')
  if (found === text) return 'unchanged'
  if (recorded === digestOf(found)) return 'write'
  if (hasMark(text) && hasMark(found)) return 'write'
  return recorded === undefined ? 'foreign' : 'kept'
}

/**
 * Writes what the plan says, each file by a rename, and the record last.
 *
 * @throws CommandError `usage` when a file is in the way; then nothing is written.
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>, input?: string): WritePlan {
  const plan = planWrite(folder, files)
  refuseForeign(folder, plan)
  for (const path of plan.write) placeFile(join(folder, path), files.get(path) ?? '')
  for (const path of plan.remove) rmSync(join(folder, path))
  placeFile(join(folder, recordPath), recordText(files, input))
  return plan
}

/**
 * The same for the binding of a system that stands in somebody's own package: every file has its mark, so no record is kept, and
 * several systems share a package.
 */
export function writeBinding(folder: string, files: ReadonlyMap<string, string>): WritePlan {
  const plan = { ...planWrite(folder, files), remove: [] }
  refuseForeign(folder, plan)
  for (const path of plan.write) placeFile(join(folder, path), files.get(path) ?? '')
  return plan
}

export function refuseForeign(folder: string, plan: WritePlan): void {
  if (plan.foreign.length === 0) return
  throw new CommandError(
    exitCodes.usage,
    `not overwritten, because ferrule did not generate ${plan.foreign.length === 1 ? 'it' : 'them'}: ` +
      plan.foreign.map((path) => join(folder, path)).join(', '),
    { wayOut: 'move the file away, or choose another folder with --out', details: { files: plan.foreign } },
  )
}

/** Puts `content` at `path` by a rename, so nobody ever sees half of it. Unchanged files keep their time. */
export function placeFile(path: string, content: string | Buffer): boolean {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content)
  if (existsSync(path) && readFileSync(path).equals(bytes)) return false
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.new`
  try {
    writeFileSync(temporary, bytes)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  return true
}
