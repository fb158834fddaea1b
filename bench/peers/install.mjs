/** Installs rivals from their lockfiles, and compiles those that are native from the source their packages carry. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folderOf = (name) => fileURLToPath(new URL(`${name}/`, import.meta.url))

/** `require` as the rivals of a system see it. */
export const requireOf = (name) => createRequire(new URL(`${name}/package.json`, import.meta.url))

/**
 * Installs the rivals of a system, unless they are there.
 *
 * @param {string} name the folder beside this file
 * @param {{ native?: string, works?: string }} [compiled] a native package, and a script that only runs when it loads
 */
export function installRivals(name, { native, works } = {}) {
  const folder = folderOf(name)
  if (existsSync(join(folder, 'node_modules')) && (works === undefined || runs(folder, works))) return
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  if (native === undefined) return
  // Compiled here and now instead of downloaded: a figure should be of the source the lockfile names.
  const nodeGyp = join(folder, 'node_modules/node-gyp/bin/node-gyp.js')
  execFileSync(process.execPath, [nodeGyp, 'rebuild', '--release', ...headers()], {
    cwd: join(folder, 'node_modules', native),
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 28,
  })
  if (!runs(folder, works)) throw new Error(`${native} was compiled here but does not load`)
}

/** In a process of its own: this one must stay able to load what is compiled later. */
function runs(folder, script) {
  try {
    execFileSync(process.execPath, ['--eval', script], { cwd: folder, stdio: 'ignore' })
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
