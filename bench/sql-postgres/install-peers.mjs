/** Installs the rivals of PostgreSQL's side of ferrule/sql from their lockfile; none of them is compiled. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const RIVALS = new URL('../peers/sql-postgres/', import.meta.url)

export function installSqlPostgresPeers() {
  if (existsSync(new URL('node_modules/postgres/package.json', RIVALS))) return
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: fileURLToPath(RIVALS),
    stdio: 'inherit',
  })
}
