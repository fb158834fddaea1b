import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const script = join(import.meta.dirname, 'http-server', 'ending.mjs')

/** Runs a scenario to its end, which must come by itself. */
function ending(
  scenario: string,
): Promise<{ code: number | null; signal: string | null; out: string; complains: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, scenario], { stdio: ['ignore', 'pipe', 'pipe'] })
    const hang = setTimeout(() => child.kill('SIGKILL'), 30_000)
    let [out, complains] = ['', '']
    child.stdout.on('data', (text: Buffer) => (out += text.toString()))
    child.stderr.on('data', (text: Buffer) => (complains += text.toString()))
    child.on('close', (code, signal) => {
      clearTimeout(hang)
      resolve({ code, signal, out: out.trim(), complains })
    })
  })
}

describe('while a request waits, a response is streamed and a body comes', () => {
  it('process.exit ends the process with its code', async () => {
    expect(await ending('exit')).toEqual({ code: 7, signal: null, out: '', complains: '' })
  })

  it('an uncaught exception ends the process as ever', async () => {
    expect(await ending('throws')).toMatchObject({
      code: 1,
      complains: expect.stringContaining('on purpose') as string,
    })
  })

  it('worker.terminate ends the Worker and leaves the process whole', async () => {
    expect(await ending('terminate')).toEqual({ code: 0, signal: null, out: 'terminated 1', complains: '' })
  })

  it('process.exit in a Worker ends that Worker', async () => {
    expect(await ending('worker-exits')).toEqual({ code: 0, signal: null, out: 'exited 7', complains: '' })
  })

  it('dispose lets the process end', async () => {
    expect(await ending('disposed')).toEqual({ code: 0, signal: null, out: 'disposed', complains: '' })
  })
})

describe('a process', () => {
  it('ends although a server runs that was unrefed', async () => {
    expect(await ending('unref')).toEqual({ code: 0, signal: null, out: 'unrefed', complains: '' })
  })

  it('is held by a server until that stops', async () => {
    expect(await ending('holds until stopped')).toEqual({ code: 0, signal: null, out: 'still here', complains: '' })
  })

  it('is not held by a server that was never started', async () => {
    expect(await ending('forgotten')).toEqual({ code: 0, signal: null, out: 'forgotten', complains: '' })
  })
})
