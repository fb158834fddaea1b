import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import manifest from '../../../package.json' with { type: 'json' }

/** This package's own version. */
export const ferruleVersion: string = manifest.version

/** The folder of the package `ferrule` that this command belongs to: the nearest above whose package.json has that name. */
export function ferruleRoot(): string {
  const start = resolve(typeof __filename === 'string' ? dirname(__filename) : (process.argv[1] ?? '.'))
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, 'package.json')
    if (existsSync(path) && nameIn(path) === 'ferrule') return folder
    if (dirname(folder) === folder) throw new Error(`no folder above ${start} is the package ferrule`)
  }
}

function nameIn(path: string): unknown {
  return (JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown }).name
}
