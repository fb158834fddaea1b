// The end of a process or a Worker in the middle of a request: it comes at once, and leaves neither sockets nor half files.
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, until, type Running } from './http-client/servers.js'

let server: Running
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ferrule-http-'))
  server = await serve((request, response) => {
    request.on('error', () => undefined)
    request.resume()
    if (request.url === '/never') return
    if (request.url === '/short') return void response.end('short')
    const more = (): void => {
      if (!response.destroyed) response.write(Buffer.alloc(50_000), () => setTimeout(more, 2))
    }
    more()
  })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(root, { recursive: true })
})

const script = join(import.meta.dirname, 'http-client/endings.mjs')
interface Ended {
  says: string
  code: unknown
  stderr: string
}

function run(way: string, work: string, path: string): Promise<Ended> {
  const began = performance.now()
  const child = spawn(process.execPath, ['--expose-gc', script, way, work, server.url, path], {
    env: { ...process.env, NODE_OPTIONS: '', MALLOC_PERTURB_: '165' },
  })
  let [says, stderr] = ['', '']
  child.stdout.on('data', (text: Buffer) => (says += text.toString()))
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      expect(performance.now() - began).toBeLessThan(30_000)
      resolve({ says, code: signal ?? code, stderr })
    })
  })
}

describe.each(['request', 'body', 'stream', 'download', 'upload'])('in the middle of: %s', (work) => {
  it.each([
    ['exit', 'ending\n', 7, /^$/],
    ['throw', 'ending\n', 1, /on purpose/],
    ['terminate', 'terminated\n', 0, /^$/],
  ])('%s', async (way, says, code, complains) => {
    const folder = await mkdtemp(join(root, 'ending-'))
    expect(await run(way, work, join(folder, 'file'))).toEqual({
      says,
      code,
      stderr: expect.stringMatching(complains) as string,
    })
    await until(() => server.sockets.size === 0)
    expect(await readdir(folder)).toEqual([])
  })
})

it('idle connections do not keep a process from ending', async () => {
  expect(await run('leave', '', '')).toEqual({ says: 'done\n', code: 0, stderr: '' })
  await until(() => server.sockets.size === 0)
})

it('a response that nobody holds gives up its connection', async () => {
  expect(await run('collect', '', '')).toEqual({ says: '0 left\n', code: 0, stderr: '' })
  await until(() => server.sockets.size === 0)
})
