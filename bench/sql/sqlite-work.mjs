/** The work that SQLite's libraries are given: the same rows, the same statements. */

export const ROWS = 100_000

export const SCHEMA = 'create table users (id integer primary key, name text, score real, note text)'
export const INSERT = 'insert into users values (?, ?, ?, ?)'
export const POINT = 'select id, name, score, note from users where id = ?'
export const SCAN = 'select id, name, score, note from users'

/** A row by its number; a third of them have no note. */
export const rowOf = (id) => [id, `user ${id}`, id / 7, id % 3 === 0 ? null : `some note about user ${id}`]

/** What the rows of a scan come to: every value is looked at. */
export function sumOf(rows) {
  let sum = 0
  for (const { id, name, score, note } of rows) sum += id + name.length + (score > 1) + (note?.length ?? 0)
  return sum
}

/** A million rows, for the scan that an event loop shall not feel. */
export const MILLION =
  "with recursive n(i) as (select 0 union all select i + 1 from n where i < 999999) select i as id, 'user ' || i as name, i / 7.0 as score from n"

/** As many rows as that scan gives, made in JavaScript in turns of a millisecond and kept: what V8's collector takes of any of this. */
export async function keepMillion() {
  const rows = []
  while (rows.length < 1_000_000) {
    const end = performance.now() + 1
    while (performance.now() < end) {
      for (let more = 0; more < 100; more++) {
        const id = rows.length
        rows.push({ id, name: `user ${id}`, score: id / 7 })
      }
    }
    await new Promise(setImmediate)
  }
  return rows
}
