/** Installs the rivals of ferrule/http from their lockfile. */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

export const RIVALS = fileURLToPath(new URL('../peers/http/', import.meta.url))
export const requireRival = createRequire(new URL('../peers/http/package.json', import.meta.url))

export function installHttpPeers() {
  try {
    for (const name of Object.keys(requireRival('./package.json').dependencies)) requireRival.resolve(name)
  } catch {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: RIVALS, stdio: 'inherit' })
  }
}
