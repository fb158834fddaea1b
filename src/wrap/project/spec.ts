/** Reads a spec for a command: its faults, all of them, end the command. */
import { relative } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { buildPackage } from '../ir/build.js'
import type { Package } from '../ir/ir.js'
import type { Fault } from '../spec/fault.js'
import { parseSpec } from '../spec/parse.js'
import type { Spec } from '../spec/spec.js'

/** `text` as it is in the file: bytes are checked to be UTF-8. */
export function specOf(text: string | Uint8Array, file: string): Spec {
  const { spec, faults } = parseSpec(text, file)
  if (spec === undefined || faults.length > 0) throw specError(file, faults)
  return spec
}

export function packageOf(spec: Spec): Package {
  const { package: made, faults } = buildPackage(spec)
  if (made === undefined || faults.length > 0) throw specError(spec.file, faults)
  return made
}

export function specError(file: string, faults: readonly Fault[]): CommandError {
  const lines = faults.map(({ place, message, hint }) => {
    const head = `${shown(file)}:${place.line}:${place.column}: ${message}`
    return hint === undefined ? head : `${head}\n    ${hint}`
  })
  return new CommandError(exitCodes.spec, lines.join('\n'), { details: { file, faults } })
}

/** A path as it is shown: from the current folder when that is shorter. */
function shown(file: string): string {
  const near = relative(process.cwd(), file)
  return near.length < file.length ? near : file
}
