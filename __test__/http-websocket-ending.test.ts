// The end of a process or a Worker with web sockets in every state: it comes at once, and leaves no connection.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPCODE, proper, RawServer } from './http-websocket-peer.js'

let server: RawServer
let flooding = true

beforeAll(async () => {
  server = await RawServer.listen((key, [line]) => (line?.includes('/never') === true ? undefined : proper(key)))
  void (async () => {
    for (;;) {
      const peer = await server.peer()
      const more = (): void => {
        if (!flooding || peer.socket.destroyed) return
        for (let count = 0; count < 100; count++) peer.send(OPCODE.text, 'x'.repeat(100))
        setTimeout(more, 5)
      }
      more()
    }
  })()
})

afterAll(() => {
  flooding = false
  server.close()
})

const script = join(import.meta.dirname, 'http-websocket/endings.mjs')

async function run(...args: string[]): Promise<{ stdout: string; stderr: string; ended: unknown }> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', MALLOC_PERTURB_: '165' },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const ended = await new Promise<unknown>((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
  return { stdout, stderr, ended }
}

describe.each(['connect', 'receive', 'flood', 'close', 'server'])('in the middle of: %s', (work) => {
  it.each([
    ['exit', 'ending\n', 7, /^$/],
    ['throw', 'ending\n', 1, /on purpose/],
    ['terminate', 'terminated\n', 0, /^$/],
  ])('%s', async (way, says, code, complains) => {
    const begun = performance.now()
    const { stdout, stderr, ended } = await run(way, work, server.url)
    expect([stdout, ended], stderr).toEqual([says, code])
    expect(stderr).toMatch(complains)
    expect(performance.now() - begun).toBeLessThan(30_000)
    await expect.poll(() => server.open).toBe(0)
  })
})
