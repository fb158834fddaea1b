// Processes and Workers that end while SQLite is calling a function of JavaScript.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectSync } from 'ferrule/sql'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'ferrule-sql-ending-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

const run = (script: string): { status: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}

/** Fills a table by way of `same`, a function, and `last`, an aggregate; `middle` runs at some call of `at`. */
const filling = (path: string, at: 'function' | 'step' | 'inverse' | 'result', middle: string): string => `
  const { connectSync } = require('ferrule/sql')
  const db = connectSync(${JSON.stringify(path)})
  db.scriptSync('create table kept (a); insert into kept values (1); create table filled (a)')
  let calls = 0
  const called = (part) => {
    if (part !== ${JSON.stringify(at)} || ++calls !== 5000) return
    ${middle}
  }
  db.function('same', (value) => { called('function'); return value })
  db.aggregate('last', {
    step: (_, value) => { called('step'); return value },
    inverse: () => { called('inverse') },
    result: (value) => { called('result'); return value },
  })
  db.executeSync(\`insert into filled with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)
    select same(last(i) over (order by i rows between 1 preceding and current row)) from n\`)`

function checkKept(path: string): void {
  const db = connectSync(path)
  expect(db.oneSync('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
  expect(db.querySync('select a from kept')).toEqual([{ a: 1 }])
  expect(db.querySync('select a from filled')).toEqual([])
  db.executeSync('insert into filled values (1)')
  db.closeSync()
}

describe.each(['function', 'step', 'inverse', 'result'] as const)('in the middle of a call of its %s', (at) => {
  it('a process exits, and half a statement is undone', () => {
    const path = join(folder, `exit-${at}.db`)
    const ended = run(filling(path, at, 'process.exit(7)'))
    expect(ended).toEqual({ status: 7, stdout: '', stderr: '' })
    checkKept(path)
  })

  it('a Worker exits, and the process lives on', () => {
    const path = join(folder, `worker-exit-${at}.db`)
    const ended = run(`
      const { Worker } = require('node:worker_threads')
      const worker = new Worker(${JSON.stringify(filling(path, at, 'process.exit(3)'))}, { eval: true })
      worker.on('exit', (code) => console.log('exited', code))`)
    expect(ended).toEqual({ status: 0, stdout: 'exited 3\n', stderr: '' })
    checkKept(path)
  })

  it('a Worker is terminated, and the process lives on', () => {
    const path = join(folder, `terminate-${at}.db`)
    const middle = "require('node:worker_threads').parentPort.postMessage('middle'); for (;;);"
    const ended = run(`
      const { Worker } = require('node:worker_threads')
      const worker = new Worker(${JSON.stringify(filling(path, at, middle))}, { eval: true })
      worker.on('message', () => void worker.terminate().then((code) => {
        const { connectSync } = require('ferrule/sql')
        const db = connectSync(${JSON.stringify(path)})
        console.log('terminated', code, db.oneSync('select count(*) as c from kept').c)
      }))`)
    expect(ended).toEqual({ status: 0, stdout: 'terminated 1 1\n', stderr: '' })
    checkKept(path)
  })
})
