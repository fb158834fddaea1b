// Where things are in this repository, and the few helpers every script needs. Node's built-ins only: the scripts that
// use this file run before `npm ci` has.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** An absolute path of this repository. */
export const at = (...parts) => join(root, ...parts)

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** A command that ended badly; `message` says which and how, its output has already been shown. */
export class CommandFailed extends Error {}

/** Runs a command in the repository with its output shown, and throws `CommandFailed` unless it exits with 0. */
export function run(command, args, { cwd = root, env = {} } = {}) {
  const result = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' })
  if (result.error) throw new CommandFailed(`${command} could not be started: ${result.error.message}`)
  if (result.status !== 0) {
    throw new CommandFailed(`${command} ${args.join(' ')} ended with ${result.signal ?? `exit code ${result.status}`}`)
  }
}

/** What a command printed, trimmed; throws `CommandFailed` with its error output unless it exits with 0. */
export function read(command, args, { cwd = root } = {}) {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  if (result.error) throw new CommandFailed(`${command} could not be started: ${result.error.message}`)
  if (result.status !== 0) throw new CommandFailed(`${command} ${args.join(' ')} failed:\n${result.stderr}`)
  return result.stdout.trim()
}

/** The JavaScript file behind a command of an installed package, to be run by this same Node on every platform. */
export function binOf(packageName, binName = packageName) {
  const folder = at('node_modules', packageName)
  const { bin } = readJson(join(folder, 'package.json'))
  return join(folder, typeof bin === 'string' ? bin : bin[binName])
}

/** npm as a command of `run` and `read`. On Windows it is a batch file, which only a shell can start; its script is not. */
export function npm(...args) {
  const script = process.env.npm_execpath
  return /npm-cli\.js$/.test(script ?? '') ? [process.execPath, [script, ...args]] : ['npm', args]
}

/**
 * Puts `content` at `path` unless it is there already; says whether it changed anything. The file is replaced by a
 * rename, so a process that has the old one open or mapped keeps it whole.
 */
export function place(path, content) {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content)
  if (existsSync(path) && readFileSync(path).equals(bytes)) return false
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.new`
  writeFileSync(temporary, bytes)
  renameSync(temporary, path)
  return true
}
