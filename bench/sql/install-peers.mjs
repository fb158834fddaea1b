/** The rivals of ferrule/sql; better-sqlite3 is compiled. */
import { installRivals, requireOf } from '../peers/install.mjs'

export const requireRival = requireOf('sql')

export function installSqlPeers() {
  installRivals('sql', { native: 'better-sqlite3', works: "new (require('better-sqlite3'))(':memory:')" })
}
