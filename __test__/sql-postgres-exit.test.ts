import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ownSchema, until } from './sql/postgres.js'

const db = ownSchema('exit')

interface End {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** Runs the process and gives how it ended; `look` is called once it has said so many lines. */
function ended(how: string, application: string, lines: number, look: () => Promise<void>): Promise<End> {
  const script = join(import.meta.dirname, 'sql/exiting.mjs')
  const child = spawn(process.execPath, [script, how, application], { env: { ...process.env, NODE_OPTIONS: '' } })
  const end: End = { code: null, signal: null, stdout: '', stderr: '' }
  const limit = setTimeout(() => child.kill('SIGKILL'), 40_000)
  return new Promise((resolve, reject) => {
    let looked: Promise<void> | undefined
    child.stdout.on('data', (text: Buffer) => {
      end.stdout += String(text)
      if (looked !== undefined || end.stdout.split('\n').length <= lines) return
      looked = look().finally(() => child.stdin.write('go\n'))
      looked.catch(reject)
    })
    child.stdin.on('error', () => undefined)
    child.stderr.on('data', (text: Buffer) => (end.stderr += String(text)))
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      resolve({ ...end, code, signal })
    })
  })
}

it.each([
  { how: 'exit', code: 7, signal: null, says: 'working\n', complains: /^$/ },
  { how: 'throw', code: 1, signal: null, says: 'working\n', complains: /uncaught on purpose/ },
  { how: 'kill', code: null, signal: 'SIGKILL', says: 'working\n', complains: /^$/ },
  { how: 'terminate', code: 0, signal: null, says: 'working\nterminated\n', complains: /^$/ },
])(
  'a thread that ends by $how in the middle of everything ends in time, and the server lets go of all of it',
  { timeout: 60_000 },
  async ({ how, code, signal, says, complains }) => {
    const application = `ferrule-${how}-${String(process.pid)}`
    const gone = () =>
      until(
        async () =>
          (
            await db().one<{ n: number }>('select count(*) as n from pg_stat_activity where application_name = $1', [
              application,
            ])
          ).n === 0,
        20_000,
      )
    const end = await ended(how, application, how === 'terminate' ? 2 : 99, gone)
    expect(end).toMatchObject({ code, signal, stdout: says })
    expect(end.stderr).toMatch(complains)
    await gone()
  },
)
