/** `ferrule wrap`: a crate becomes an npm package. */
import { resolve } from 'node:path'
import { crateRequest, noteOnFolder } from '../project/crate.js'
import { packageNameOf } from '../project/info.js'
import { wrapCrate } from '../project/wrap-run.js'
import { parseArguments, usage, type CommandHelp } from './arguments.js'
import { crateFlags } from './crate-flags.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'
import { progressOn } from './progress.js'

export const help: CommandHelp = {
  name: 'wrap',
  summary: 'Makes a typed, tested, documented npm package of a Rust crate.',
  operands: '<crate>[@version] | <folder>',
  maxOperands: 1,
  flags: [
    ...crateFlags,
    { name: 'out', short: 'o', value: 'folder', help: 'where the package goes; default ./<crate>-node' },
  ],
  text:
    'A name is one of the registry, ./name or any other path a folder. Reads the crate, proposes a spec, generates the package, compiles it, runs its tests and packs it. Everything happens in ' +
    '.<name>.ferrule beside the package’s folder, which appears when it is complete; an interrupted run is gone on with by the ' +
    'same command. Where the folder is there already, its spec is used as it is, and nothing is overwritten that was not ' +
    'generated. Exits with code 1 when a test of the package fails.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const [operand] = given.operands
  if (operand === undefined) throw usage('which crate?', help)
  const json = given.on('json')
  const out = given.text('out')
  const progress = progressOn(io, json)
  const note = noteOnFolder(operand, io.cwd)
  if (note !== undefined) progress.note(note)
  const report = await wrapCrate({
    request: crateRequest(
      operand,
      { features: given.list('features'), defaultFeatures: !given.on('no-default-features') },
      io.cwd,
    ),
    out: (model) => resolve(io.cwd, out ?? packageNameOf(model)),
    io,
    progress,
  })
  const ok = report.tests.failures.length === 0
  if (json) io.out(`${JSON.stringify({ ok, ...report, ...(note === undefined ? {} : { note }) }, null, 2)}\n`)
  else io.out(`${report.tarballs.join('\n')}\n`)
  return ok ? exitCodes.ok : exitCodes.findings
}
