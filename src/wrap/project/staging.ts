/**
 * The folder a package is made in, beside the place it is for: `.<name>.ferrule`. It appears under its own name only when it is
 * complete. A run that was interrupted leaves the folder, and the next run goes on from what cargo has compiled in it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { finishInstall, installOver, isUnfinished, type InstallParts } from './install.js'
import { takeLock } from './lock.js'

export interface Staging {
  readonly folder: string
  /** Whether a run before left something in it. */
  readonly isContinued: boolean
  /** Moves the package to its place: where there is none, all of it by one rename; else the parts, by `installOver`. */
  readonly install: (parts: InstallParts) => void
  /** Lets another run have the folder; what is in it stays. */
  readonly release: () => void
}

const lockName = '.lock'

/** Compiled or downloaded: kept between runs, never taken from one package to another. */
const heavy = new Set(['node_modules', 'target', lockName])
/** Made from the rest. */
const derived = new Set(['dist', '.git'])

/** Where the package at `destination` is made. */
const stagingOf = (destination: string): string => join(dirname(destination), `.${basename(destination)}.ferrule`)

/**
 * @throws CommandError `usage` when another process is at work for the same place.
 */
export function openStaging(destination: string): Staging {
  const folder = stagingOf(destination)
  if (statSync(destination, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new CommandError(exitCodes.usage, `${destination} is there and is no folder`, {
      wayOut: 'choose another folder with --out',
    })
  }
  finishInterrupted(destination)
  const isContinued = existsSync(folder)
  mkdirSync(folder, { recursive: true })
  const release = lockFolder(folder, destination)
  return {
    folder,
    isContinued,
    release,
    install(parts) {
      if (existsSync(destination)) {
        installOver(folder, destination, parts)
        return
      }
      release()
      renameSync(folder, destination)
    },
  }
}

/** Does the rest of what a process left that was killed while it moved a package to its place. */
export function finishInterrupted(destination: string): void {
  const folder = stagingOf(destination)
  if (!isUnfinished(folder)) return
  const release = lockFolder(folder, destination)
  try {
    if (isUnfinished(folder)) finishInstall(folder, destination)
  } finally {
    release()
  }
}

/** Returns what lets another process have it. */
function lockFolder(folder: string, destination: string): () => void {
  const lock = join(folder, lockName)
  const { isTaken, owner } = takeLock(lock)
  if (isTaken) return () => rmSync(lock, { force: true })
  throw new CommandError(exitCodes.usage, `process ${owner} is making ${destination} already`, {
    wayOut: `wait for it to end; if it is no ferrule, remove ${lock}`,
  })
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
