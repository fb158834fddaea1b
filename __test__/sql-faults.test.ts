// What must not lose a committed row or keep half a transaction: ends of the process, full disks, broken files.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, openSync, writeSync, closeSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diagnostics } from 'ferrule'
import { connect } from 'ferrule/sql'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'ferrule-sql-faults-'))
const failure = (code: string): Error => expect.objectContaining({ code }) as Error

afterAll(() => {
  rmSync(folder, { recursive: true })
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
  expect(diagnostics().handles['SqliteConnection'] ?? 0).toBe(0)
})

interface Ended {
  code: number | null
  signal: string | null
  stdout: string
  stderr: string
}

/** Runs a script; what it writes by `said` is heard as it comes. */
function run(
  script: string,
  heard: (child: ReturnType<typeof spawn>, text: string) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', script], { cwd: join(import.meta.dirname, '..') })
    const ended = { stdout: '', stderr: '' }
    const limit = setTimeout(() => child.kill('SIGKILL'), 60_000)
    child.stdout.on('data', (text: Buffer) => {
      ended.stdout += text.toString()
      heard(child, ended.stdout)
    })
    child.stderr.on('data', (text: Buffer) => (ended.stderr += text.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      resolve({ code, signal, ...ended })
    })
  })
}

/** Commits pairs one after the other, tells each, and is in the middle of the next when `last` runs. */
const writing = (path: string, last: string): string => `
  const { connect } = require('ferrule/sql')
  const { Worker, isMainThread } = require('node:worker_threads')
  const said = (text) => require('node:fs').writeSync(1, text + '\\n')
  void (async () => {
    const db = await connect(${JSON.stringify(path)})
    await db.script('create table if not exists pairs (n integer, half text)')
    for (let n = 0; ; n++) {
      await db.transaction(async (tx) => {
        await tx.execute('insert into pairs values (?, ?)', [n, 'left'])
        if (n === 25) { ${last} }
        await tx.execute('insert into pairs values (?, ?)', [n, 'right'])
      })
      said('committed ' + n)
    }
  })()`

async function checkPairs(path: string, least: number): Promise<void> {
  const db = await connect(path)
  expect(await db.one('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
  expect(await db.query('select n from pairs group by n having count(*) <> 2')).toEqual([])
  const { c } = await db.one<{ c: number }>("select count(*) as c from pairs where half = 'left'")
  expect(c).toBeGreaterThanOrEqual(least)
  await db.close()
}

describe('no committed row is lost and no half transaction stays', () => {
  it('when the process exits in the middle', async () => {
    const path = join(folder, 'exit.db')
    const { code, stdout, stderr } = await run(writing(path, 'process.exit(7)'))
    expect({ code, stderr }).toEqual({ code: 7, stderr: '' })
    expect(stdout.trim().split('\n')).toHaveLength(25)
    await checkPairs(path, 25)
  })

  it('when an error is not caught in the middle', async () => {
    const path = join(folder, 'uncaught.db')
    const { code, stderr } = await run(
      writing(path, "setImmediate(() => { throw new Error('not caught') }); await new Promise(() => {})"),
    )
    expect(code).toBe(1)
    expect(stderr).toContain('not caught')
    await checkPairs(path, 25)
  })

  it('when the process is killed at any moment', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 3; round++) {
      const path = join(folder, `killed-${String(round)}.db`)
      let told = 0
      const after = 5 + Math.floor(Math.random() * 15)
      const ended = await run(writing(path, ''), (child, text) => {
        told = text.split('\n').length - 1
        if (told >= after) child.kill('SIGKILL')
      })
      expect(ended.signal).toBe('SIGKILL')
      await checkPairs(path, told)
    }
  })

  it('when a Worker is terminated in the middle', async () => {
    const path = join(folder, 'worker.db')
    const inner = writing(
      path,
      "require('node:worker_threads').parentPort.postMessage('middle'); await new Promise(() => {})",
    )
    const { code, stdout, stderr } = await run(`
      const { Worker } = require('node:worker_threads')
      const worker = new Worker(${JSON.stringify(inner)}, { eval: true })
      worker.on('message', () => void worker.terminate().then(async () => {
        const { connect } = require('ferrule/sql')
        const db = await connect(${JSON.stringify(path)})
        await db.execute("insert into pairs values (99, 'left'), (99, 'right')")
        await db.close()
        console.log('written after')
      }))`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('committed 24')
    expect(stdout).toContain('written after')
    await checkPairs(path, 26)
  })

  it('when the process exits beside a query, a stream and a wait', async () => {
    const { code, stdout, stderr } = await run(`
      const { connect } = require('ferrule/sql')
      void (async () => {
        const db = await connect(${JSON.stringify(join(folder, 'busy.db'))})
        const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n'
        void db.query('select count(*) from (' + endless + ')').catch(() => {})
        const stream = db.stream(endless)
        await stream.next()
        void db.transaction(() => new Promise(() => {}))
        void db.execute('create table x (a)').catch(() => {})
        setTimeout(() => { console.log('exiting'); process.exit(3) }, 50)
      })()`)
    expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: 'exiting\n', stderr: '' })
  })

  it('and a process whose database was never closed ends by itself', async () => {
    const { code, stderr } = await run(`
      const { connectSync } = require('ferrule/sql')
      const db = connectSync(${JSON.stringify(join(folder, 'open.db'))})
      db.scriptSync('create table t (a); insert into t values (1)')
      const stream = db.stream('with recursive n(i) as (select 1 union all select i + 1 from n) select i from n')
      void stream.next()`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})

describe('a full disk', () => {
  it('is a typed error, and the database is whole', async () => {
    const path = join(folder, 'full.db')
    const db = await connect(path, { wal: false })
    await db.script('create table t (b); pragma max_page_count = 50')
    await db.execute('insert into t values (?)', [new Uint8Array(50_000)])
    await expect(db.execute('insert into t values (?)', [new Uint8Array(500_000)])).rejects.toEqual(
      failure('ERR_SQL_FULL'),
    )
    await expect(
      db.transaction(async (tx) => {
        await tx.execute('delete from t')
        await tx.execute('insert into t values (?)', [new Uint8Array(500_000)])
      }),
    ).rejects.toEqual(failure('ERR_SQL_FULL'))
    expect(await db.one('select count(*) as c from t')).toEqual({ c: 1 })
    expect(await db.one('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
    await db.close()
  })

  it('is one, too, where a file may not grow', async () => {
    const path = join(folder, 'quota.db')
    const script = `
      const { connectSync } = require('ferrule/sql')
      process.on('SIGXFSZ', () => {})
      const db = connectSync(${JSON.stringify(path)})
      db.scriptSync('create table t (b)')
      let done = 0
      try {
        for (;;) { db.executeSync('insert into t values (?)', [new Uint8Array(20_000)]); done++ }
      } catch (error) { console.log(error.code, done > 0, db.oneSync('select count(*) as c from t').c === done) }`
    const child = await new Promise<Ended>((resolve) => {
      const shell = spawn('sh', ['-c', 'ulimit -f 1000; exec "$0" -e "$1"', process.execPath, script], {
        cwd: join(import.meta.dirname, '..'),
      })
      const ended = { stdout: '', stderr: '' }
      shell.stdout.on('data', (text: Buffer) => (ended.stdout += text.toString()))
      shell.stderr.on('data', (text: Buffer) => (ended.stderr += text.toString()))
      shell.on('close', (code, signal) => {
        resolve({ code, signal, ...ended })
      })
    })
    expect(child).toEqual({ code: 0, signal: null, stdout: 'ERR_SQL_FULL true true\n', stderr: '' })
    expect(statSync(path).size).toBeLessThanOrEqual(1_024_000)
    const db = await connect(path)
    expect(await db.one('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
    await db.close()
  })
})

it('a damaged file is told', async () => {
  const path = join(folder, 'damaged.db')
  const made = await connect(path, { wal: false })
  await made.script('create table t (a integer primary key, b text)')
  await made.batch(
    'insert into t (b) values (?)',
    Array.from({ length: 2000 }, (_, at) => [`row ${String(at)}`.repeat(10)]),
  )
  await made.close()
  const fd = openSync(path, 'r+')
  for (let page = 2; page < 20; page++) writeSync(fd, Buffer.alloc(2000, 0xa5), 0, 2000, page * 4096)
  closeSync(fd)
  const db = await connect(path, { wal: false })
  await expect(db.query('select * from t')).rejects.toEqual(failure('ERR_SQL_CORRUPT'))
  await db.close()
})
