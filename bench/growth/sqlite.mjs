/** Reading a table of SQLite, more and more of it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installSqlPeers, requireRival } from '../sql/install-peers.mjs'

const SQL = 'select id, name, score, note from item order by id limit ?'

export async function openSqliteRows(most) {
  installSqlPeers()
  const { connect } = await import('ferrule/sql')
  const Rival = requireRival('better-sqlite3')
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-growth-'))
  const path = join(folder, 'items.db')
  const rival = new Rival(path)
  rival.pragma('journal_mode = wal')
  rival.exec('create table item (id integer primary key, name text not null, score real not null, note text)')
  const insert = rival.prepare('insert into item (name, score, note) values (?, ?, ?)')
  rival.transaction(() => {
    for (let row = 0; row < most; row++) insert.run(`name ${row}`, row / 7, row % 3 === 0 ? null : `note of ${row}`)
  })()
  const db = await connect(path)
  const [theirs, ours] = [rival.prepare(SQL), db.prepareSync(SQL)]
  return {
    work: {
      sync: (size) => whole(ours.querySync([size]), size),
      async: async (size) => whole(await ours.query([size]), size),
      rival: (size) => whole(theirs.all(size), size),
    },
    async close() {
      ours.dispose()
      await db.close()
      rival.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function whole(rows, size) {
  if (rows.length !== size || rows[size - 1].id !== size) throw new Error(`${rows.length} rows for ${size}`)
}
