/** `ferrule build`: compiles a package for this machine. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contractItems } from '../ir/contract.js'
import { buildAddon, buildTypeScript, holdToContract } from '../project/build.js'
import { findProject, type Project } from '../project/find.js'
import { packageOf, specOf } from '../project/spec.js'
import { buildTarget, type BuildTarget } from '../project/target.js'
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
  flags: [
    { name: 'debug', help: 'without optimisations: compiles faster, runs slower' },
    { name: 'target', value: 'rust target', help: 'for another platform; default FERRULE_TARGET, else this machine' },
    { name: 'no-addon', help: 'the TypeScript alone: the binaries come from elsewhere' },
  ],
  text:
    'The addon goes to npm/<triple>/, the JavaScript to dist/. The binary’s contract is compared with the one the TypeScript ' +
    'half was generated for, unless it is for another platform. With FERRULE_CROSS_COMPILE set, `cargo zigbuild` compiles for ' +
    'the target: for one whose C toolchain is not on this machine.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const json = given.on('json')
  const project = findProject(io.cwd, given.operands[0])
  const target = given.on('no-addon') ? undefined : buildTarget(given.text('target'), io.env)
  const binary = await buildProject(project, { target, release: !given.on('debug') }, io, progressOn(io, json))
  if (json) io.out(`${JSON.stringify({ ok: true, ...(binary === undefined ? {} : { binary }) }, null, 2)}\n`)
  return exitCodes.ok
}

/** Returns the binary's path; without a target no binary is made. */
export async function buildProject(
  project: Project,
  { target, release }: { readonly target: BuildTarget | undefined; readonly release: boolean },
  io: Io,
  progress: Progress,
): Promise<string | undefined> {
  const p = packageOf(specOf(readFileSync(project.specPath), project.specPath))
  await provideTools(project.folder, io)
  const place = { folder: project.folder, targetFolder: join(project.folder, 'target') }
  const addon =
    target === undefined
      ? undefined
      : await progress.step('built', async (say) => {
          const built = await buildAddon(place, target, release, io)
          if (target.isHost) await holdToContract(built.path, p.system, contractItems(p), io)
          const what = target.isHost ? '' : ` for ${target.triple}: its contract is compared when it is loaded there`
          say(`${release ? 'release' : 'debug'}, ${built.megabytes.toFixed(1)} MB${what}`)
          return built
        })
  await progress.step('typescript', async (say) => {
    await buildTypeScript(project.folder, io)
    say('dist/')
  })
  return addon?.path
}
