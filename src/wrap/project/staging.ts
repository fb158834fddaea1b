/**
 * The folder a package is made in, beside the place it is for: `.<name>.ferrule`. It appears under its own name only when it is
 * complete. A run that was interrupted leaves the folder, and the next run goes on from what cargo has compiled in it.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'

export interface Staging {
  readonly folder: string
  /** Whether a run before left something in it. */
  readonly isContinued: boolean
  /**
   * Moves the package to its place. Where one is already, `move` are the files and folders to take along and `remove` those
   * that are not generated any more; each is moved by a rename.
   */
  readonly install: (parts: { readonly move: readonly string[]; readonly remove: readonly string[] }) => void
  /** Lets another run have the folder; what is in it stays. */
  readonly release: () => void
}

const lockName = '.lock'

/** Compiled or downloaded: kept between runs, never taken from one package to another. */
const heavy = new Set(['node_modules', 'target', lockName])
/** Made from the rest. */
const derived = new Set(['dist', '.git'])

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
    install({ move, remove }) {
      if (!existsSync(destination)) {
        release()
        renameSync(folder, destination)
        return
      }
      for (const path of move) moveOver(join(folder, path), join(destination, path))
      for (const path of remove) rmSync(join(destination, path), { force: true })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A file by a rename; a folder file by file, so that what else is in it stays. */
function moveOver(from: string, to: string): void {
  if (!existsSync(from)) return
  if (statSync(from).isDirectory()) {
    for (const name of readdirSync(from)) moveOver(join(from, name), join(to, name))
    return
  }
  mkdirSync(dirname(to), { recursive: true })
  renameSync(from, to)
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

/**
 * Makes the staging folder a copy of the package that is there, so that what somebody wrote in it is compiled and tested along;
 * empty when there is none. What cargo and npm put there stays.
 */
export function seedStaging(staging: string, destination: string): void {
  for (const name of readdirSync(staging)) {
    if (!heavy.has(name) && name !== 'Cargo.lock') rmSync(join(staging, name), { recursive: true, force: true })
  }
  if (!existsSync(destination)) return
  for (const name of readdirSync(destination)) {
    if (heavy.has(name) || derived.has(name) || name.endsWith('.tgz')) continue
    cpSync(join(destination, name), join(staging, name), { recursive: true })
  }
}
