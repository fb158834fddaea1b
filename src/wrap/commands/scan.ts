/** `ferrule scan`: what a spec of a crate would be. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { crateRequest, noteOnFolder, readModel } from '../project/crate.js'
import { proposeDraft } from '../project/propose.js'
import { placeFile } from '../project/write.js'
import { writeSpec } from '../spec/write.js'
import { tally } from '../tally.js'
import { parseArguments, usage, type CommandHelp } from './arguments.js'
import { CommandError } from './command-error.js'
import { crateFlags } from './crate-flags.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'

export const help: CommandHelp = {
  name: 'scan',
  summary: 'Proposes a spec for a crate, with what was left out and why.',
  operands: '<crate>[@version] | <folder>',
  maxOperands: 1,
  flags: [...crateFlags, { name: 'out', short: 'o', value: 'file', help: 'write the spec there; default: print it' }],
  text: 'A name is one of the registry, ./name or any other path a folder. Reads the crate’s public API and prints a spec. A file that is there already is never overwritten.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const [operand] = given.operands
  if (operand === undefined) throw usage('which crate?', help)
  const out = given.text('out')
  const path = out === undefined ? undefined : resolve(io.cwd, out)
  if (path !== undefined && existsSync(path)) {
    throw new CommandError(exitCodes.usage, `${path} is there already`, { wayOut: 'choose another name with --out' })
  }
  const request = crateRequest(
    operand,
    { features: given.list('features'), defaultFeatures: !given.on('no-default-features') },
    io.cwd,
  )
  const note = noteOnFolder(operand, io.cwd)
  if (note !== undefined && !given.on('json')) io.err(`${note}\n`)
  const model = await readModel(request, io)
  const draft = proposeDraft(model, request, path === undefined ? io.cwd : dirname(path))
  const text = writeSpec(draft)
  if (path !== undefined) placeFile(path, text)
  if (given.on('json')) {
    const { functions, methods, constants, leftOut } = draft
    const items = functions.length + methods.length + constants.length
    const result = {
      crate: model.packageName,
      version: model.version,
      items,
      leftOut: Object.fromEntries(tally(leftOut.map(({ rule }) => rule))),
      ...(note === undefined ? {} : { note }),
    }
    io.out(`${JSON.stringify({ ok: true, ...result, reasons: leftOut, spec: text }, null, 2)}\n`)
  } else if (path === undefined) io.out(text)
  else io.err(`${path}: ${draft.leftOut.length} items left out, with the reasons inside\n`)
  return exitCodes.ok
}
