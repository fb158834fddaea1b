import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const repository = dirname(createRequire(import.meta.url).resolve('ferrule/package.json'))

describe('the demo', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ferrule-demo-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const run = (): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [join(repository, 'examples', 'demo', 'index.mjs'), folder], {
      cwd: repository,
      encoding: 'utf8',
    })

  /** The row of a pattern in the printed table: what ferrule and what RegExp counted. */
  function row(stdout: string, pattern: string): number[] {
    const line = stdout.split('\n').find((candidate) => candidate.startsWith(pattern))
    return (line?.slice(pattern.length).trim().split(/\s+/) ?? []).map((count) => Number(count.replaceAll(',', '')))
  }

  it('counts in every text file below the folder and in nothing else', () => {
    mkdirSync(join(folder, 'deep', 'deeper'), { recursive: true })
    writeFileSync(join(folder, 'a.txt'), 'from 2026-11-25 to 2026-11-26, see https://example.org/x')
    writeFileSync(join(folder, 'deep', 'deeper', 'b.md'), 'ünïcödé 🦀 2026-01-31 and me@example.org')
    writeFileSync(join(folder, 'zeroes.bin'), '2026-11-25\0')
    writeFileSync(join(folder, 'latin1.txt'), Buffer.from('caf\xe9 2026-11-25', 'latin1'))
    const { status, stdout, stderr } = run()
    expect(status, stderr).toBe(0)
    expect(stdout).toContain('2 text files')
    expect(row(stdout, 'ISO date')).toEqual([3, 3])
    expect(row(stdout, 'URL')).toEqual([1, 1])
    expect(row(stdout, 'e-mail address')).toEqual([1, 1])
    expect(row(stdout, 'UUID')).toEqual([0, 0])
  })

  it('leaves nothing behind after an abort half-way', () => {
    for (let index = 0; index < 200; index += 1) {
      writeFileSync(join(folder, `${index}.txt`), 'https://example.org 1.2.3 '.repeat(1000))
    }
    const { status, stdout, stderr } = run()
    expect(status, stderr).toBe(0)
    expect(stdout).toContain("with the signal's own reason")
    expect(stdout).toContain('left behind: nothing')
  })

  it('says so when there is nothing to scan', () => {
    const { status, stderr } = run()
    expect(status).toBe(1)
    expect(stderr).toContain(folder)
  })
})

describe('its second act', () => {
  it('serves the packages of a lockfile, asks itself 10,000 times, and leaves nothing behind', () => {
    const service = join(repository, 'examples', 'demo', 'service.mjs')
    const lockfile = join(repository, 'package-lock.json')
    const { status, stdout, stderr } = spawnSync(process.execPath, [service, lockfile], {
      cwd: repository,
      encoding: 'utf8',
    })
    expect(status, `${stdout}\n${stderr}`).toBe(0)
    const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as { packages: Record<string, unknown> }
    const count = (Object.keys(packages).length - 1).toLocaleString('en')
    expect(stdout).toMatch(new RegExp(`^rows inserted, in one transaction +${count} `, 'm'))
    expect(stdout).toMatch(/^requests for one package as JSON, 64 in flight +10,000 /m)
    expect(stdout).toMatch(new RegExp(`^packages told by a stream of events +${count} `, 'm'))
    expect(stdout).toContain('wrong answers: none\nleft behind: nothing\n')
  })

  it('says which lockfile is not there', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(repository, 'examples', 'demo', 'service.mjs'), join(repository, 'none.json')],
      { cwd: repository, encoding: 'utf8' },
    )
    expect(status).toBe(1)
    expect(stderr).toContain('none.json')
  })
})
