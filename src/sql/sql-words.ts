/** What a statement is, by its first word: only what decides where it may run. */

const READS = new Set(['SELECT', 'WITH', 'VALUES', 'EXPLAIN'])
const CONTROLS = new Set(['BEGIN', 'COMMIT', 'END', 'ROLLBACK', 'SAVEPOINT', 'RELEASE'])
const CONNECTS = new Set(['ATTACH', 'DETACH'])

/** White space and comments that may stand before a statement. */
const BEFORE = /(?:[\s;]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*/y

/** The first word, in capitals; empty where there is none. */
export function firstWord(sql: string): string {
  BEFORE.lastIndex = 0
  BEFORE.test(sql)
  const word = /[A-Za-z]+/y
  word.lastIndex = BEFORE.lastIndex
  return word.exec(sql)?.[0].toUpperCase() ?? ''
}

/** `read`: may run on any connection. `control`: begins or ends a transaction. `local`: changes this connection alone. */
export function sortOf(sql: string): 'read' | 'write' | 'control' | 'local' {
  const word = firstWord(sql)
  if (READS.has(word)) return 'read'
  if (CONTROLS.has(word)) return 'control'
  if (CONNECTS.has(word)) return 'local'
  if (word === 'PRAGMA') return sql.includes('=') ? 'local' : 'write'
  if (word === 'CREATE' && /\bTEMP(?:ORARY)?\b/i.test(sql)) return 'local'
  return 'write'
}
