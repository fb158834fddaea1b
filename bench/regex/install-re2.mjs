/** Installs the rivals of ferrule/regex from their lockfile and compiles re2 from the source its package carries. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const RIVALS = fileURLToPath(new URL('../peers/regex/', import.meta.url))
const RE2 = join(RIVALS, 'node_modules/re2')

/** @returns {string | undefined} why re2 cannot take part, or nothing when it can */
export function installRe2() {
  if (loads()) return undefined
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: RIVALS, stdio: 'inherit' })
    // Compiled here and now instead of downloaded: a figure should be of the source the lockfile names.
    const nodeGyp = join(RIVALS, 'node_modules/node-gyp/bin/node-gyp.js')
    const quiet = ['ignore', 'ignore', 'pipe']
    execFileSync(process.execPath, [nodeGyp, 'rebuild', ...headers()], { cwd: RE2, stdio: quiet, maxBuffer: 2 ** 28 })
  } catch (error) {
    return `re2 could not be installed here: ${error.message.split('\n')[0]}`
  }
  return loads() ? undefined : 're2 was compiled here but does not load'
}

/** In a process of its own: this one must stay able to load what is compiled later. */
function loads() {
  try {
    execFileSync(process.execPath, ['--eval', "new (require('re2'))('a')"], { cwd: RIVALS, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Node's headers where a system package put them beside it; otherwise node-gyp fetches them. */
function headers() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include/node/node.h')) ? [`--nodedir=${prefix}`] : []
}
