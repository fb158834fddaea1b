/** `ferrule pack`: the tarballs that npm publishes. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { findProject } from '../project/find.js'
import { packAll } from '../project/pack.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'

export const help: CommandHelp = {
  name: 'pack',
  summary: 'Packs the main package and every platform package that has been built.',
  operands: '[spec | folder]',
  maxOperands: 1,
  flags: [{ name: 'out', short: 'o', value: 'folder', help: 'where the tarballs go; default: the package’s folder' }],
  text: 'The main package asks for exactly the platform packages that are packed with it.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const project = findProject(io.cwd, given.operands[0])
  const out = resolve(io.cwd, given.text('out') ?? project.folder)
  mkdirSync(out, { recursive: true })
  const packages = await packAll(project.folder, out, io)
  if (given.on('json')) io.out(`${JSON.stringify({ ok: true, packages }, null, 2)}\n`)
  else io.out(packages.map(({ path }) => `${path}\n`).join(''))
  return exitCodes.ok
}
