// Rows as objects, where code may be made of text and where it may not.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Prints rows of every door, and whether code could be made of text. */
const script = `
  const { connect } = require('ferrule/sql')
  const shown = (rows) => rows.map((row) => ({
    // By entries: what is called __proto__ has to be a column, not the prototype.
    entries: Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? value + 'n' : value]),
    isPlain: Object.getPrototypeOf(row) === Object.prototype,
  }))
  void (async () => {
    const db = await connect(':memory:')
    const names = ['id', '__proto__', 'constructor', 'a"b', "it's", 'back\\\\slash', 'line\\nend', '\\u2028', 'é😀', '', '1']
    const columns = names.map((name, at) => (at % 2 ? at : "'v" + at + "'") + ' as "' + name.replaceAll('"', '""') + '"')
    const wide = Array.from({ length: 700 }, (_, at) => at + ' as w' + at).join(', ')
    const texts = [
      'select ' + columns.join(', '),
      'select 1 as twice, 2 as twice, null as none, x\\'00ff\\' as bytes',
      'select ' + wide,
      'with recursive n(i) as (select 1 union all select i + 1 from n where i < 3) select i, i * 2 as "__proto__" from n',
    ]
    const said = []
    for (const text of texts) {
      const rows = await db.query(text)
      const streamed = []
      for await (const row of db.stream(text)) streamed.push(row)
      said.push([shown(rows), shown(db.querySync(text)), shown(streamed), shown([await db.one(text + ' limit 1'), db.oneSync(text + ' limit 1')])])
      said.push(await db.query(text, [], { rows: 'array' }), shown(await db.query(text, [], { integers: 'bigint' })).length)
    }
    await db.close()
    let canCompile = true
    try { new Function('return 1') } catch { canCompile = false }
    console.log(JSON.stringify({ canCompile, said }))
  })()`

function rowsBy(...flags: string[]): { canCompile: boolean; said: unknown[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', script], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout) as { canCompile: boolean; said: unknown[] }
}

it('rows are the same objects where no code may be made of text', () => {
  const compiled = rowsBy()
  const plain = rowsBy('--disallow-code-generation-from-strings')
  expect(compiled.canCompile).toBe(true)
  expect(plain.canCompile).toBe(false)
  expect(plain.said).toEqual(compiled.said)
  const [rows] = plain.said[0] as { entries: unknown[][]; isPlain: boolean }[][]
  expect(rows?.[0]?.isPlain).toBe(true)
  // The one that looks like an index comes first, as in every object.
  expect(rows?.[0]?.entries.map(([name]) => name)).toEqual([
    '1',
    'id',
    '__proto__',
    'constructor',
    'a"b',
    "it's",
    'back\\slash',
    'line\nend',
    '\u2028',
    'é😀',
    '',
  ])
  expect(rows?.[0]?.entries[2]).toEqual(['__proto__', 1])
})
