// The examples, run as their first lines say.
import type { Diagnostics } from 'ferrule'
import { connect } from 'ferrule/sql'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { root } from './docs/markdown.js'

const running: ChildProcess[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

function start(
  example: string,
  ...args: string[]
): { child: ChildProcess; output: () => string; errors: () => string } {
  const child = spawn(process.execPath, [join('examples', example), ...args], { cwd: root })
  running.push(child)
  let [output, errors] = ['', '']
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  return { child, output: () => output, errors: () => errors }
}

describe('examples', () => {
  it('say in their first line how to start them', () => {
    for (const name of readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.mjs'))) {
      expect(readFileSync(join(root, 'examples', name), 'utf8').split('\n')[0]).toContain(`// node examples/${name}`)
    }
  })
})

describe('redact.mjs', () => {
  it('takes out what is an address or a number, and leaves what only looks like one', async () => {
    const { child, output, errors } = start('redact.mjs')
    child.stdin?.end('mail a.b@example.org or call (212) 555-0187\n10.0.0.1 is a host, 256.1.1.1 is none\n')
    const [code] = (await once(child, 'close')) as [number]
    expect({ code, errors: errors() }).toEqual({ code: 0, errors: 'email: 1, ipv4: 1, phone: 1\n' })
    expect(output()).toBe('mail [email] or call [phone]\n[ipv4] is a host, 256.1.1.1 is none\n')
  })
})

describe('archive-folder.mjs', () => {
  it('files what is there and what comes, once each, and ends when it is told to', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'ferrule-example-'))
    const [inbox, archive] = [join(scratch, 'inbox'), join(scratch, 'archive')]
    mkdirSync(inbox)
    writeFileSync(join(inbox, 'early.txt'), 'one')
    const { child, output, errors } = start('archive-folder.mjs', inbox, archive)
    const said = async (text: string): Promise<void> => {
      while (!output().includes(text)) await once(child.stdout ?? child, 'data')
    }
    await said('filed early.txt')
    writeFileSync(join(inbox, 'later.txt'), 'two')
    await said('filed later.txt')
    writeFileSync(join(inbox, 'again.txt'), 'one')
    await said('known again.txt')
    child.kill('SIGTERM')
    const [code] = (await once(child, 'close')) as [number]
    expect({ code, errors: errors() }).toEqual({ code: 0, errors: '' })
    expect(output()).toContain('ended by SIGTERM')
    expect(readdirSync(inbox)).toEqual([])
    const notes = readFileSync(join(archive, 'archive.jsonl'), 'utf8').trim().split('\n')
    const records = notes.map((note) => JSON.parse(note) as { name: string; digest: string; isNew: boolean })
    expect(records.map(({ name, isNew }) => [name, isNew])).toEqual([
      ['early.txt', true],
      ['later.txt', true],
      ['again.txt', false],
    ])
    expect(records.map(({ digest }) => readFileSync(join(archive, digest.slice(0, 2), digest), 'utf8'))).toEqual([
      'one',
      'two',
      'one',
    ])
    rmSync(scratch, { recursive: true })
  })
})

describe('short-links.mjs', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'ferrule-example-'))
  const server = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'
  const schema = `ferrule_example_${process.pid}`

  it.each([
    ['SQLite', join(scratch, 'links.db')],
    ['PostgreSQL', `${server}?options=${encodeURIComponent(`-c search_path=${schema}`)}`],
  ])('shortens links and counts in %s, and ends when it is told to', async (kind, database) => {
    await using admin = kind === 'PostgreSQL' ? await connect(server as `postgres://${string}`) : null
    await admin?.script(`create schema ${schema}`)
    const { child, output, errors } = start('short-links.mjs', database, '0')
    while (!output().includes('listening')) await once(child.stdout ?? child, 'data')
    const url = /http:\S+/.exec(output())?.[0] ?? ''
    const shorten = async (target: unknown): Promise<[number, { code?: string }]> => {
      const answer = await fetch(`${url}/links`, { method: 'POST', body: JSON.stringify({ target }) })
      return [answer.status, (await answer.json()) as { code?: string }]
    }
    const target = "https://example.org/it's;drop table links"
    const [status, { code }] = await shorten(target)
    expect([status, await shorten(target)]).toEqual([201, [200, { code, target }]])
    expect((await shorten('no address'))[0]).toBe(422)
    const followed = await fetch(`${url}/${code ?? ''}`, { redirect: 'manual' })
    expect([followed.status, followed.headers.get('location')]).toEqual([302, encodeURI(target)])
    expect((await fetch(`${url}/nothing`)).status).toBe(404)
    expect(await (await fetch(`${url}/links`)).json()).toEqual([{ code, target, followed: 1 }])
    child.kill('SIGTERM')
    const [ended] = (await once(child, 'close')) as [number]
    expect({ ended, errors: errors() }).toEqual({ ended: 0, errors: '' })
    await admin?.script(`drop schema ${schema} cascade`)
  })

  afterAll(() => {
    rmSync(scratch, { recursive: true })
  })
})

describe('search-server.mjs', () => {
  type Ask = (pattern: string, body: string, signal?: AbortSignal) => Promise<Response>
  interface Server {
    child: ChildProcess
    ask: Ask
    health: () => Promise<Diagnostics>
  }

  async function listening(): Promise<Server> {
    const { child, output } = start('search-server.mjs', '0')
    while (!output().includes('listening')) await once(child.stdout ?? child, 'data')
    const url = `http://localhost:${/\d+/.exec(output())?.[0] ?? ''}`
    const headers = { connection: 'close' }
    return {
      child,
      ask: (pattern, body, signal) =>
        fetch(`${url}/?pattern=${encodeURIComponent(pattern)}`, {
          method: 'POST',
          body,
          headers,
          signal: signal ?? null,
        }),
      health: async () => (await (await fetch(`${url}/health`, { headers })).json()) as Diagnostics,
    }
  }

  /** Each match looks to the end of the text before it settles on one letter: quadratic over all matches. */
  const slow = ['.*[^A-Z]|[A-Z]', 'A'.repeat(8_000_000)] as const

  it('answers with matches, and ends when it is told to', async () => {
    const { child, ask } = await listening()
    const found = await ask(String.raw`\d{3}`, 'GET 200, PUT 503')
    expect([found.status, await found.json()]).toEqual([
      200,
      {
        matches: [
          { start: 4, end: 7, text: '200' },
          { start: 13, end: 16, text: '503' },
        ],
      },
    ])
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
  })

  it('survives a pattern that would stop a backtracking engine, and one that is none', async () => {
    const { ask } = await listening()
    const nested = await ask('(a+)+$', `${'a'.repeat(50_000)}!`)
    expect(await nested.json()).toEqual({ matches: [] })
    const broken = await ask('(', 'text')
    expect([broken.status, await broken.json()]).toEqual([
      400,
      { code: 'ERR_REGEX_SYNTAX', details: { detail: 'unclosed group', start: 0, end: 1, index: 0 } },
    ])
  })

  it('gives up at its deadline', async () => {
    const { ask } = await listening()
    const answer = await ask(...slow)
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ code: 'ERR_TIMEOUT' })])
  })

  it('keeps nothing of a client that hung up', async () => {
    const { ask, health } = await listening()
    const hangUp = new AbortController()
    const answer = ask(...slow, hangUp.signal)
    while ((await health()).handles['Regex'] === undefined || (await health()).callsInFlight === 0) await pause(5)
    const abortedAt = Date.now()
    hangUp.abort()
    await expect(answer).rejects.toThrow('aborted')
    while ((await health()).handles['Regex'] !== undefined) await pause(5)
    // By the abort, not by the deadline of two seconds.
    expect(Date.now() - abortedAt).toBeLessThan(1500)
    expect(await health()).toMatchObject({ handles: {}, callsInFlight: 0, abandoned: 0 })
  })
})

describe('live-board.mjs', () => {
  it('keeps notes, and tells of them as they come', async () => {
    const { child, output, errors } = start('live-board.mjs', '--check')
    const [code] = (await once(child, 'close')) as [number]
    expect([code, errors()]).toEqual([0, ''])
    expect(output().trim().split('\n')).toEqual([
      'listening',
      "201 /notes/1 { id: '1', text: 'hello' }",
      'id: 1 | event: added | data: {"id":"1","text":"hello"}',
      "[ { id: '1', text: 'hello' } ] 404",
      '{ aborted: 0 }',
    ])
  })
})
