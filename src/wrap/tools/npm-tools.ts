/** The npm packages that the generator runs but does not carry: where they are found, and how they get into a package. */
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { ferruleRoot } from './ferrule-root.js'

/** The versions a wrapped package is made for; its own package.json asks for the same. */
export const npmTools = { typescript: '5.9', oxfmt: '0.79', vitest: '4', '@types/node': '20' } as const

export type NpmTool = keyof typeof npmTools

/** Where a tool is looked for: the package at hand, ferrule's own installation, the folder the command was called in. */
export function toolFolders(packageFolder: string, cwd: string): readonly string[] {
  return [...new Set([packageFolder, ferruleRoot(), cwd])]
}

/** The folder of a tool's package, or undefined where none of the places has it. */
export function findTool(tool: NpmTool, packageFolder: string, cwd: string): string | undefined {
  for (const folder of toolFolders(packageFolder, cwd)) {
    const found = packageFolderFrom(folder, tool)
    if (found !== undefined) return found
  }
  return undefined
}

/** As `findTool`; a tool that is nowhere is an error that says what to type. */
export function requireTool(tool: NpmTool, packageFolder: string, cwd: string): string {
  const found = findTool(tool, packageFolder, cwd)
  if (found !== undefined) return found
  throw new CommandError(
    exitCodes.tool,
    `${tool} is not installed; looked from ${toolFolders(packageFolder, cwd).join(', ')}`,
    { wayOut: `npm install --save-dev ${tool}@${npmTools[tool]}` },
  )
}

/** Loads a tool's own JavaScript, by Node's rules from the folder it was found in. */
export async function loadTool(tool: NpmTool, packageFolder: string, cwd: string): Promise<unknown> {
  const folder = requireTool(tool, packageFolder, cwd)
  try {
    return (await import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(folder)).href)) as unknown
  } catch (error) {
    throw new CommandError(
      exitCodes.tool,
      `${tool} in ${folder} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      { wayOut: `npm install --save-dev ${tool}@${npmTools[tool]}`, cause: error },
    )
  }
}

/** The JavaScript file behind a tool's command. */
export function toolCommand(tool: NpmTool, command: string, packageFolder: string, cwd: string): string {
  const folder = requireTool(tool, packageFolder, cwd)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin?: string | Record<string, string>
  }
  const file = typeof bin === 'string' ? bin : bin?.[command]
  if (file === undefined) throw new CommandError(exitCodes.tool, `${tool} in ${folder} has no command ${command}`)
  return join(folder, file)
}

/**
 * Makes a package resolvable from the package at hand by a link in its node_modules, unless it already is. So nothing has to
 * be downloaded that is on this machine already; `npm install` replaces the links later.
 */
export function linkIntoPackage(name: string, target: string, packageFolder: string): void {
  const link = join(packageFolder, 'node_modules', name)
  if (existsSync(link)) return
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(realpathSync(target), link, 'junction')
}

/** By hand rather than `require.resolve`: a package may not export its package.json. */
export function packageFolderFrom(folder: string, name: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const candidate = join(current, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (dirname(current) === current) return undefined
  }
}
