/** `ferrule watch`: generates and builds again on every change. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nextChange } from '../project/changes.js'
import { findProject, type Project } from '../project/find.js'
import { generateProject, writeProject } from '../project/regenerate.js'
import { hostTarget } from '../project/target.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { buildProject } from './build.js'
import { CommandError } from './command-error.js'
import type { Io } from './io.js'
import { progressOn } from './progress.js'

export const help: CommandHelp = {
  name: 'watch',
  summary: 'Generates and builds (debug) again whenever the spec or a source beside it changes.',
  operands: '[spec | folder]',
  maxOperands: 1,
  flags: [],
  text: 'Faults are shown and the next change is waited for. Ends with Ctrl-C. With --json one line per round.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const json = given.on('json')
  const project = findProject(io.cwd, given.operands[0])
  for (;;) {
    const ok = await round(project, json, io)
    if (json) io.out(`${JSON.stringify({ ok, folder: project.folder })}\n`)
    else io.err('waiting for a change; Ctrl-C ends\n')
    await nextChange([join(project.folder, 'src'), dirname(project.specPath)], io.signal)
  }
}

async function round(project: Project, json: boolean, io: Io): Promise<boolean> {
  try {
    writeProject(project, await generateProject(project, readFileSync(project.specPath), io))
    await buildProject(project, { target: hostTarget(io.env), release: false }, io, progressOn(io, json))
    return true
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    io.err(`${error.message}\n${error.wayOut === undefined ? '' : `What to do: ${error.wayOut}\n`}`)
    return false
  }
}
