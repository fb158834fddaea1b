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
describe.each(['request', 'body', 'stream', 'download', 'upload'])('in the middle of: %s', (work) => {
  it.each([
    ['exit', 'ending\n', 7, /^$/],
    ['throw', 'ending\n', 1, /on purpose/],
    ['terminate', 'terminated\n', 0, /^$/],
  ])('%s', async (way, says, code, complains) => {
    const folder = await mkdtemp(join(root, 'ending-'))
    const began = performance.now()
    const child = spawn(process.execPath, [script, way, work, server.url, join(folder, 'file')], {
      env: { ...process.env, NODE_OPTIONS: '', MALLOC_PERTURB_: '165' },
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
    const ended = await new Promise<unknown>((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
    expect([stdout, ended], stderr).toEqual([says, code])
    expect(stderr).toMatch(complains)
    expect(performance.now() - began).toBeLessThan(30_000)
    await until(() => server.sockets.size === 0)
    expect(await readdir(folder)).toEqual([])
  })
})
