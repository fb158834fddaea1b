// The Sync doors, and what the web sockets of the earlier system were asked for: connect, send, receive, close.
import { diagnostics } from 'ferrule'
import { HttpError, WebSocket } from 'ferrule/http'
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

let worker: Worker
let url: string

beforeAll(async () => {
  worker = new Worker(join(import.meta.dirname, 'http-websocket/echo.mjs'))
  const [address] = (await once(worker, 'message')) as [string]
  url = address.replace('http:', 'ws:')
})

afterAll(async () => {
  worker.postMessage('stop')
  await once(worker, 'exit')
  await vi.waitFor(() => expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0, handles: {} }))
})

const failing = (code: string): HttpError => expect.objectContaining({ code }) as HttpError

describe('a Sync door', () => {
  it('connects, sends, receives and closes', async () => {
    using socket = WebSocket.connectSync(url)
    socket.sendSync('hello')
    expect(socket.receiveSync({ timeoutMs: 5000 })).toEqual({ type: 'text', data: 'hello' })
    socket.sendSync(Uint8Array.of(1, 2))
    socket.sendSync('')
    expect(socket.receiveSync()).toEqual({ type: 'binary', data: Uint8Array.of(1, 2) })
    expect(socket.receiveSync()).toEqual({ type: 'text', data: '' })
    socket.closeSync(4001, 'done')
    expect(socket.receiveSync()).toBeNull()
    expect(await socket.closed).toEqual({ code: 4001, reason: 'done', wasClean: true })
  })

  it('ends at its deadline', () => {
    using socket = WebSocket.connectSync(url)
    const begun = performance.now()
    expect(() => socket.receiveSync({ timeoutMs: 30 })).toThrow(failing('ERR_TIMEOUT'))
    expect(performance.now() - begun).toBeLessThan(5000)
    socket.sendSync('after')
    expect(socket.receiveSync()?.data).toBe('after')
  })

  it('sends behind what was sent before it', () => {
    using socket = WebSocket.connectSync(url)
    void socket.send('first')
    socket.sendSync('second')
    expect([socket.receiveSync()?.data, socket.receiveSync()?.data]).toEqual(['first', 'second'])
  })

  it('says in its own name what is wrong', () => {
    const refused = (operation: string, code: string): HttpError =>
      expect.objectContaining({ operation, code }) as HttpError
    expect(() => WebSocket.connectSync('ws://127.0.0.1:1/')).toThrow(
      refused('http.WebSocket.connectSync', 'ERR_HTTP_CONNECT'),
    )
    expect(() => WebSocket.connectSync('nowhere')).toThrow(
      refused('http.WebSocket.connectSync', 'ERR_INVALID_ARG_TYPE'),
    )
    using socket = WebSocket.connectSync(url)
    expect(() => socket.receiveSync({ timeoutMs: -1 })).toThrow(
      refused('http.WebSocket.receiveSync', 'ERR_OUT_OF_RANGE'),
    )
    expect(() => socket.closeSync(1)).toThrow(refused('http.WebSocket.closeSync', 'ERR_OUT_OF_RANGE'))
    socket.closeSync()
    expect(() => socket.sendSync('late')).toThrow(refused('http.WebSocket.sendSync', 'ERR_HTTP_WEBSOCKET_CLOSED'))
  })
})

describe('what the earlier system’s web sockets left open', () => {
  it('a connection that fails is a typed error, not the handle 0', async () => {
    const failure = await WebSocket.connect('ws://127.0.0.1:1/').catch((reason: unknown) => reason)
    expect(failure).toBeInstanceOf(HttpError)
    expect(failure).toMatchObject({ code: 'ERR_HTTP_CONNECT', details: { reason: 'ECONNREFUSED' } })
  })

  it('sending on a closed socket is a typed error, not false', async () => {
    using socket = await WebSocket.connect(url)
    await socket.close()
    await expect(socket.send('late')).rejects.toMatchObject({
      code: 'ERR_HTTP_WEBSOCKET_CLOSED',
      details: { closeCode: 1000 },
    })
  })

  it('receiving tells an empty message from the end', async () => {
    using socket = await WebSocket.connect(url)
    await socket.send('')
    await socket.send('close')
    expect(await socket.receive()).toEqual({ type: 'text', data: '' })
    expect(await socket.receive()).toBeNull()
    expect(await socket.closed).toEqual({ code: 4000, reason: 'as asked', wasClean: true })
  })

  it('a use after dispose is a typed error', async () => {
    const socket = await WebSocket.connect(url)
    socket.dispose()
    await expect(socket.receive()).rejects.toEqual(failing('ERR_HANDLE_CLOSED'))
    await expect(socket.send('a')).rejects.toEqual(failing('ERR_HANDLE_CLOSED'))
    await expect(socket.ping()).rejects.toEqual(failing('ERR_HANDLE_CLOSED'))
  })

  it('closing twice is fine', async () => {
    const socket = await WebSocket.connect(url)
    await socket.close()
    await socket.close()
    socket.closeSync()
    socket.dispose()
    socket.dispose()
    await socket.close()
  })
})
