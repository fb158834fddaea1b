import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** What a process of its own told of a stream: rows, the sum of their column `i`, MiB it grew by after the first rows, MiB at most. */
export interface Streamed {
  readonly status: number | null
  readonly stderr: string
  readonly count: number
  readonly sum: number
  readonly grown: number
  readonly most: number
}

const SCRIPT = `
  const { connect } = require('ferrule/sql')
  const [target, statement] = process.argv.slice(1)
  void (async () => {
    const db = await connect(target)
    let count = 0, sum = 0, base = 0
    for await (const batch of db.stream(statement).batches()) {
      count += batch.length
      for (const { i } of batch) sum += i
      if (base === 0 && count > 100_000) base = process.memoryUsage.rss()
    }
    const grown = process.memoryUsage.rss() - base
    await db.close()
    console.log(JSON.stringify({ count, sum, grown: grown / 2 ** 20, most: process.resourceUsage().maxRSS / 1024 }))
  })()`

/** Reads all rows of a statement by a stream, where nothing else takes memory. */
export function streamed(target: string, statement: string): Streamed {
  const root = join(import.meta.dirname, '../..')
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', SCRIPT, target, statement], {
    cwd: root,
    encoding: 'utf8',
  })
  return { ...(JSON.parse(stdout === '' ? '{}' : stdout) as Streamed), stderr, status }
}
