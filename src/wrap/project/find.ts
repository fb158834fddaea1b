/** The package that a command works on: the folder with a spec in it. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'

import { finishInterrupted } from './staging.js'

export const specExtension = '.wrapper_spec'

export interface Project {
  /** The package's folder: the one with package.json. */
  readonly folder: string
  readonly specPath: string
  /** The spec's name without extension: the system. */
  readonly system: string
}

/** Where the spec of a package is, from its folder. */
export const specPathOf = (system: string): string => `src/${system}/${system}${specExtension}`

/**
 * @param operand A spec's path, or a package's folder; default the current one.
 * @throws CommandError `usage` when there is no spec, or more than one to choose from.
 */
export function findProject(cwd: string, operand: string | undefined): Project {
  const start = resolve(cwd, operand ?? '.')
  if (!existsSync(start)) throw new CommandError(exitCodes.usage, `there is no ${start}`)
  if (!statSync(start).isDirectory()) return projectOf(start)
  const specs = specsIn(start)
  const [only] = specs
  if (only === undefined) {
    throw new CommandError(exitCodes.usage, `${start} has no spec: no *${specExtension} in it and none in src/*/`, {
      wayOut: '`ferrule wrap <crate>` makes a package, `ferrule scan <crate>` only a spec',
    })
  }
  if (specs.length > 1) {
    const names = specs.map((path) => relative(cwd, path)).join(', ')
    throw new CommandError(exitCodes.usage, `${start} has several specs: ${names}`, { wayOut: 'name one of them' })
  }
  return projectOf(only)
}

function projectOf(specPath: string): Project {
  const system = basename(specPath, specExtension)
  const beside = dirname(specPath)
  const inPlace = specPathOf(system).split('/').slice(0, -1)
  const folder = beside.endsWith(join(...inPlace)) ? resolve(beside, '..', '..') : beside
  finishInterrupted(folder)
  return { folder, specPath, system }
}

export function specsIn(folder: string): string[] {
  const source = join(folder, 'src')
  const systems = existsSync(source)
    ? readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : []
  return [folder, ...systems.map((entry) => join(source, entry.name))]
    .flatMap((place) =>
      readdirSync(place)
        .filter((name) => name.endsWith(specExtension))
        .map((name) => join(place, name)),
    )
    .sort()
}
