/**
 * Moves a package that was made aside over the one that is there: all of it or nothing. Every file is moved by a rename, and
 * before the first there is, in the folder the package was made in, a link to each file that will be replaced and the list of what
 * is to be done. A rename that fails has all of them undone; a process that is killed between two has the rest done by the next
 * that works on the package.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { placeFile } from './write.js'

/** From the package's folder. */
export interface InstallParts {
  /** Files and folders to take along. */
  readonly move: readonly string[]
  /** Files that are not generated any more. */
  readonly remove: readonly string[]
}

const listName = '.install.json'
const replacedName = '.replaced'

/** Whether a process was killed while it moved a package from this folder. */
export const isUnfinished = (staging: string): boolean => existsSync(join(staging, listName))

export function installOver(staging: string, destination: string, { move, remove }: InstallParts): void {
  const files = move.flatMap((path) => filesBelow(staging, path))
  const gone = remove.filter((path) => existsSync(join(destination, path)))
  rmSync(join(staging, replacedName), { recursive: true, force: true })
  for (const path of [...files, ...gone]) keepReplaced(staging, destination, path)
  placeFile(join(staging, listName), JSON.stringify({ move: files, remove: gone }))
  finishInstall(staging, destination)
}

/**
 * Does what is on the list and not done yet, and removes the folder the package was made in.
 *
 * @throws what the file system says, once everything is as it was before.
 */
export function finishInstall(staging: string, destination: string): void {
  const parts = JSON.parse(readFileSync(join(staging, listName), 'utf8')) as InstallParts
  try {
    for (const path of parts.move) {
      // A run before this one has moved it.
      if (!existsSync(join(staging, path))) continue
      mkdirSync(dirname(join(destination, path)), { recursive: true })
      renameSync(join(staging, path), join(destination, path))
    }
    for (const path of parts.remove) rmSync(join(destination, path), { force: true })
  } catch (error) {
    undo(staging, destination, parts)
    throw error
  }
  // The list last: without it what is left of the folder is a run to go on from.
  for (const name of readdirSync(staging)) {
    if (name !== listName) rmSync(join(staging, name), { recursive: true, force: true })
  }
  rmSync(staging, { recursive: true, force: true })
}

function undo(staging: string, destination: string, { move, remove }: InstallParts): void {
  for (const path of [...move, ...remove]) {
    const replaced = join(staging, replacedName, path)
    if (existsSync(replaced)) renameSync(replaced, join(destination, path))
    else if (!existsSync(join(staging, path))) rmSync(join(destination, path), { force: true })
  }
  rmSync(join(staging, listName))
}

/** A second name for the file as it is; a copy where the file system has no links. */
function keepReplaced(staging: string, destination: string, path: string): void {
  const [from, to] = [join(destination, path), join(staging, replacedName, path)]
  if (!existsSync(from)) return
  mkdirSync(dirname(to), { recursive: true })
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

/** Of a folder file by file, so that what else is in it at the destination stays. */
function filesBelow(folder: string, path: string): string[] {
  const absolute = join(folder, path)
  if (!existsSync(absolute)) return []
  if (!statSync(absolute).isDirectory()) return [path]
  return readdirSync(absolute).flatMap((name) => filesBelow(folder, `${path}/${name}`))
}
