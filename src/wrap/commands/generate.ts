/** `ferrule generate`: everything that follows from a spec. */
import { readFileSync } from 'node:fs'
import { generateProject, writeProject } from '../project/regenerate.js'
import { findProject, type Project } from '../project/find.js'
import { isUpToDate } from '../project/input.js'
import { readRecord } from '../project/record.js'
import { planWrite, type WritePlan } from '../project/write.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'

export const help: CommandHelp = {
  name: 'generate',
  summary: 'Writes glue, TypeScript, tests, docs and package files from a spec.',
  operands: '[spec | folder]',
  maxOperands: 1,
  flags: [{ name: 'check', help: 'write nothing; exit with code 1 when something would be written' }],
  text:
    'The same spec and crate give the same bytes. A file that was not generated is never overwritten. One that was, and that ' +
    'does not say “do not edit” (package.json, or any whose mark you took out), is left alone once you have changed it.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const project = findProject(io.cwd, given.operands[0])
  const specBytes = readFileSync(project.specPath)
  const check = given.on('check')
  const plan = isUpToDate(project.folder, specBytes)
    ? { write: [], unchanged: Object.keys(readRecord(project.folder).files), kept: [], foreign: [], remove: [] }
    : await planOrWrite(project, specBytes, check, io)
  const differences = [...plan.write, ...plan.foreign, ...plan.remove]
  const ok = !check || differences.length === 0
  if (given.on('json')) io.out(`${JSON.stringify({ ok, folder: project.folder, ...plan }, null, 2)}\n`)
  else {
    for (const path of plan.write) io.out(`${check ? 'differs' : 'written'} ${path}\n`)
    for (const path of check ? plan.foreign : []) io.out(`not generated ${path}\n`)
    for (const path of plan.remove) io.out(`${check ? 'not generated any more' : 'removed'} ${path}\n`)
    for (const path of plan.kept) io.out(`kept as you changed it ${path}\n`)
    const count = plan.write.length + plan.unchanged.length + plan.kept.length + plan.foreign.length
    io.err(`${count} files, ${plan.unchanged.length} unchanged\n`)
  }
  return ok ? exitCodes.ok : exitCodes.findings
}

async function planOrWrite(project: Project, specBytes: Uint8Array, check: boolean, io: Io): Promise<WritePlan> {
  const generated = await generateProject(project, specBytes, io)
  return check ? planWrite(project.folder, generated.files) : writeProject(project, generated)
}
