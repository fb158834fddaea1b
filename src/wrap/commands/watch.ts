/** `ferrule watch`: generates and builds again on every change. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nextChange, sourcesIn, type SourcePlaces } from '../project/changes.js'
import { requestOfSpec } from '../project/crate.js'
import { findProject, type Project } from '../project/find.js'
import { generateProject, writeProject } from '../project/regenerate.js'
import { specOf } from '../project/spec.js'
import { hostTarget } from '../project/target.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { buildProject } from './build.js'
import { asFailure, type Failure } from './failure.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'
import { progressOn } from './progress.js'

export const help: CommandHelp = {
  name: 'watch',
  summary:
    'Generates and builds (debug) again whenever the spec, a source beside it or the crate in its folder changes.',
  operands: '[spec | folder]',
  maxOperands: 1,
  flags: [],
  text:
    'Faults are shown and the next change is waited for. Ends with Ctrl-C, with code 130. With --json one line per round: ' +
    '{ ok, folder }, and what was wrong as the other commands tell it.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const json = given.on('json')
  const project = findProject(io.cwd, given.operands[0])
  for (;;) {
    const places = placesOf(project)
    const sources = sourcesIn(places)
    const failure = await round(project, json, io)
    if (json) io.out(`${JSON.stringify({ ok: failure === undefined, folder: project.folder, ...failure })}\n`)
    else io.err('waiting for a change; Ctrl-C ends\n')
    await nextChange(places, sources, io.signal)
  }
}

/** A spec that cannot be read names no crate; the one it named before is looked at again when it can. */
function placesOf(project: Project): SourcePlaces {
  const places = { package: project.folder, folders: [join(project.folder, 'src')], files: [project.specPath] }
  try {
    const { path } = requestOfSpec(specOf(readFileSync(project.specPath), project.specPath), project.specPath)
    return path === undefined ? places : { ...places, folders: [...places.folders, path] }
  } catch {
    return places
  }
}

/** What kept it from its end; the next change may mend it, whatever it was. */
async function round(project: Project, json: boolean, io: Io): Promise<Failure | undefined> {
  try {
    writeProject(project, await generateProject(project, readFileSync(project.specPath), io))
    await buildProject(project, { target: hostTarget(io.env), release: false }, io, progressOn(io, json))
    return undefined
  } catch (error) {
    const failure = asFailure(error, io.signal)
    if (failure.exitCode === exitCodes.interrupted) throw error
    if (!json) io.err(`${failure.message}\n${failure.wayOut === undefined ? '' : `What to do: ${failure.wayOut}\n`}`)
    return failure
  }
}
