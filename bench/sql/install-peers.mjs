/** Installs the rivals of ferrule/sql from their lockfile and compiles better-sqlite3 from the source its package carries. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const RIVALS = fileURLToPath(new URL('../peers/sql/', import.meta.url))
export const requireRival = createRequire(new URL('../peers/sql/package.json', import.meta.url))

export function installSqlPeers() {
  if (loads()) return
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: RIVALS, stdio: 'inherit' })
  // Compiled here and now instead of downloaded: a figure should be of the source the lockfile names.
  const nodeGyp = join(RIVALS, 'node_modules/node-gyp/bin/node-gyp.js')
  execFileSync(process.execPath, [nodeGyp, 'rebuild', '--release', ...headers()], {
    cwd: join(RIVALS, 'node_modules/better-sqlite3'),
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 28,
  })
  if (!loads()) throw new Error('better-sqlite3 was compiled here but does not load')
}

/** In a process of its own: this one must stay able to load what is compiled later. */
function loads() {
  try {
    execFileSync(process.execPath, ['--eval', "new (require('better-sqlite3'))(':memory:')"], {
      cwd: RIVALS,
      stdio: 'ignore',
    })
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
