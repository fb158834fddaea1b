/** Installs the rivals of ferrule/fs from their lockfile; none of them is compiled. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const RIVALS = new URL('../peers/fs/', import.meta.url)

export function installFsPeers() {
  if (existsSync(new URL('node_modules/fast-glob/package.json', RIVALS))) return
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: fileURLToPath(RIVALS),
    stdio: 'inherit',
  })
}
