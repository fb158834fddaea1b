import type { Io } from '../commands/io.js'
import type { Package } from '../ir/ir.js'
import { ferruleRoot } from '../tools/ferrule-root.js'
import { readModel, requestOfSpec } from './crate.js'
import type { Project } from './find.js'
import { generate, generateBinding, type Generated } from './generate.js'
import { inputDigest } from './input.js'
import { packageOf, specOf } from './spec.js'
import { writeBinding, writeFiles, type WritePlan } from './write.js'

export interface Regenerated extends Generated {
  readonly package: Package
  /** See input.ts. */
  readonly input: string | undefined
}

/** What a package's spec generates now. Nothing is written. */
export async function generateProject(project: Project, specBytes: Uint8Array, io: Io): Promise<Regenerated> {
  const spec = specOf(specBytes, project.specPath)
  const p = packageOf(spec)
  const context = { packageFolder: project.folder, cwd: io.cwd, signal: io.signal }
  if (spec.api === 'handwritten') {
    const generated = await generateBinding(p, project.folder === ferruleRoot(), context)
    return { ...generated, package: p, input: undefined }
  }
  const model = await readModel(requestOfSpec(spec, project.specPath), io)
  return { ...(await generate(p, model, context)), package: p, input: inputDigest(spec, specBytes) }
}

/** Writes it, over nothing that is somebody's own. */
export function writeProject(project: Project, { files, package: p, input }: Regenerated): WritePlan {
  return p.spec.api === 'handwritten' ? writeBinding(project.folder, files) : writeFiles(project.folder, files, input)
}
