/**
 * The folder a package is made in, beside the place it is for: `.<name>.ferrule`. It appears under its own name only when it is
 * complete. A run that was interrupted leaves the folder, and the next run goes on from what cargo has compiled in it.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'

export interface Staging {
  readonly folder: string
  /** Whether a run before left something in it. */
  readonly isContinued: boolean
  /** Moves the package to its place. */
  readonly install: () => void
  /** Lets another run have the folder; what is in it stays. */
  readonly release: () => void
}

const lockName = '.lock'

/** Built or downloaded beside the package and not part of it. */
const leftBehind = new Set(['node_modules', 'target', lockName])

/**
 * @throws CommandError `usage` when another process is at work for the same place.
 */
export function openStaging(destination: string): Staging {
  const folder = join(dirname(destination), `.${basename(destination)}.ferrule`)
  const isContinued = existsSync(folder)
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, lockName)
  takeLock(lock, destination)
  const release = (): void => rmSync(lock, { force: true })
  return {
    folder,
    isContinued,
    release,
    install() {
      if (existsSync(destination)) {
        moveInto(folder, destination)
        rmSync(folder, { recursive: true, force: true })
      } else {
        release()
        renameSync(folder, destination)
      }
    },
  }
}

/** Into a folder that is there: file by file, each by a rename. Files of others are never touched (`planWrite` has looked). */
function moveInto(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (leftBehind.has(entry.name)) continue
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true })
      moveInto(source, target)
    } else {
      renameSync(source, target)
    }
  }
}

function takeLock(lock: string, destination: string): void {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const owner = Number(readFileSync(lock, 'utf8'))
  if (owner !== process.pid && isRunning(owner)) {
    throw new CommandError(exitCodes.usage, `process ${owner} is making ${destination} already`, {
      wayOut: `wait for it to end; if it is no ferrule, remove ${lock}`,
    })
  }
  // Its owner is gone: it was killed.
  writeFileSync(lock, String(process.pid))
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** What a person may have changed in a package that is there, taken into the staging folder before it is made anew. */
export function seedFrom(existing: string, staging: string, paths: readonly string[]): void {
  for (const path of paths) {
    const source = join(existing, path)
    if (!existsSync(source)) continue
    mkdirSync(dirname(join(staging, path)), { recursive: true })
    cpSync(source, join(staging, path), { recursive: true })
  }
}
