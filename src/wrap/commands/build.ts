/** `ferrule build`: compiles a package for this machine. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contractItems } from '../ir/contract.js'
import { buildAddon, buildTypeScript, holdToContract } from '../project/build.js'
import { findProject, type Project } from '../project/find.js'
import { packageOf, specOf } from '../project/spec.js'
import { provideTools } from '../project/tools.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'
import { progressOn, type Progress } from './progress.js'

export const help: CommandHelp = {
  name: 'build',
  summary: 'Compiles the addon for this machine and the TypeScript.',
  operands: '[spec | folder]',
  maxOperands: 1,
  flags: [{ name: 'debug', help: 'without optimisations: compiles faster, runs slower' }],
  text:
    'The addon goes to npm/<triple>/, the JavaScript to dist/. The binary’s contract is compared with the one the TypeScript ' +
    'half was generated for.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const json = given.on('json')
  const project = findProject(io.cwd, given.operands[0])
  const binary = await buildProject(project, !given.on('debug'), io, progressOn(io, json))
  if (json) io.out(`${JSON.stringify({ ok: true, binary }, null, 2)}\n`)
  return exitCodes.ok
}

/** Returns the binary's path. */
export async function buildProject(project: Project, release: boolean, io: Io, progress: Progress): Promise<string> {
  const p = packageOf(specOf(readFileSync(project.specPath), project.specPath))
  await provideTools(project.folder, io)
  const place = { folder: project.folder, targetFolder: join(project.folder, 'target') }
  const addon = await progress.step('built', async (say) => {
    const built = await buildAddon(place, release, io)
    await holdToContract(built.path, p.system, contractItems(p), io)
    say(`${release ? 'release' : 'debug'}, ${built.megabytes.toFixed(1)} MB`)
    return built
  })
  await progress.step('typescript', async (say) => {
    await buildTypeScript(project.folder, io)
    say('dist/')
  })
  return addon.path
}
