/** `ferrule verify`: a spec against the crate it names. */
import { readFileSync } from 'node:fs'
import { readModel, requestOfSpec } from '../project/crate.js'
import { findProject } from '../project/find.js'
import { specOf } from '../project/spec.js'
import { placeFile } from '../project/write.js'
import { editSpec } from '../spec/write.js'
import { formatFindings, verify } from '../verify/verify.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'

export const help: CommandHelp = {
  name: 'verify',
  summary: 'Compares a spec with the crate’s real API, before anything compiles.',
  operands: '[spec | folder]',
  maxOperands: 1,
  flags: [{ name: 'fix', help: 'make the changes that leave no choice, in the spec' }],
  text:
    'Every mismatch is shown with its line, what the crate has, and the change to make. Exits with code 1 when there is one, ' +
    'with code 4 when the spec itself has faults.',
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const project = findProject(io.cwd, given.operands[0])
  const spec = specOf(readFileSync(project.specPath), project.specPath)
  const model = await readModel(requestOfSpec(spec, project.specPath), io)
  let findings = verify(spec, model)
  let fixed = 0
  if (given.on('fix')) {
    const fixes = findings.flatMap(({ fix }) => fix ?? [])
    if (fixes.length > 0) {
      const text = editSpec(readFileSync(project.specPath, 'utf8'), fixes)
      const before = findings.length
      // What is written must be a spec again, or nothing is.
      findings = verify(specOf(text, project.specPath), model)
      placeFile(project.specPath, text)
      fixed = before - findings.length
    }
  }
  const errors = findings.filter(({ severity }) => severity === 'error')
  const ok = errors.length === 0
  if (given.on('json')) {
    io.out(
      `${JSON.stringify({ ok, spec: project.specPath, crate: model.packageName, version: model.version, fixed, findings }, null, 2)}\n`,
    )
  } else {
    if (findings.length > 0) io.out(`${formatFindings(findings, project.specPath).trimEnd()}\n`)
    const summary = ok ? 'agrees with' : `differs in ${errors.length} places from`
    io.err(
      `${project.specPath} ${summary} ${model.packageName} ${model.version}${fixed > 0 ? `, ${fixed} fixed` : ''}\n`,
    )
  }
  return ok ? exitCodes.ok : exitCodes.findings
}
