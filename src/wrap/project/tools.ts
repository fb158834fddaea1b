/** Gets a package's own tools in reach: links to what this machine has, else an installation from the registry. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '../commands/io.js'
import { ferruleRoot } from '../tools/ferrule-root.js'
import { findTool, linkIntoPackage, npmTools, type NpmTool } from '../tools/npm-tools.js'
import { npmInstall } from '../tools/npm.js'

/** After this the package's TypeScript compiles, its tests run, and its Cargo.toml finds the boundary's crates. */
export async function provideTools(folder: string, io: Io): Promise<void> {
  const missing = linkTools(folder, io)
  if (missing.length === 0) return
  const wanted = missing.map((tool) => `${tool}@${npmTools[tool]}`)
  await npmInstall(wanted, { cwd: folder, env: io.env, signal: io.signal })
  // npm takes away what no package.json asks for: the links made before.
  linkTools(folder, io)
}

/** Links what this machine has; returns the tools it lacks. */
function linkTools(folder: string, io: Io): readonly NpmTool[] {
  linkIntoPackage('ferrule', ferruleRoot(), folder)
  const missing: NpmTool[] = []
  for (const tool of Object.keys(npmTools) as NpmTool[]) {
    if (existsSync(join(folder, 'node_modules', tool))) continue
    const found = findTool(tool, folder, io.cwd)
    if (found === undefined) missing.push(tool)
    else linkIntoPackage(tool, found, folder)
  }
  return missing
}
