import { createServer } from 'node:net'
import { diagnostics } from 'ferrule'
import { HttpClient } from 'ferrule/http'
import { afterAll, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { answers, held, nothing, serve, silent, sleep, start, until } from './http-client/servers.js'

const client = new HttpClient()
afterAll(() => {
  client.dispose()
  expect(held()).toEqual(nothing)
})

describe('a time limit', () => {
  it('of connecting passes while TLS is not answered', async () => {
    await using server = await silent()
    const error = await refusedBy(() =>
      client.get(server.url.replace('http', 'https'), { timeouts: { connectMs: 40 } }),
    )
    expect(error).toMatchObject({
      name: 'HttpError',
      code: 'ERR_TIMEOUT',
      operation: 'http.HttpClient.get',
      details: { phase: 'connect', timeoutMs: 40, retryable: true, method: 'GET' },
    })
    await until(() => server.sockets.size === 0)
  })

  it('of the headers passes when a server accepts and never answers', async () => {
    await using server = await silent()
    const error = await refusedBy(() => client.get(server.url, { timeouts: { headersMs: 40 } }))
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', details: { phase: 'headers', timeoutMs: 40 } })
    await until(() => server.sockets.size === 0)
  })

  it('of the headers is not put off by a server that trickles them', async () => {
    await using server = await answers('HTTP/1.1 200 OK\r\n', function more(socket) {
      setTimeout(() => !socket.destroyed && socket.write('A: b\r\n', () => more(socket)), 10)
    })
    const error = await refusedBy(() => client.get(server.url, { timeouts: { headersMs: 100 } }))
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', details: { phase: 'headers' } })
  })

  it('of the body passes when nothing comes for as long', async () => {
    await using server = await answers('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')
    const response = await client.get(server.url, { timeouts: { bodyMs: 40 } })
    const error = await refusedBy(() => response.text())
    expect(error).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { phase: 'body', timeoutMs: 40, status: 200, retryable: false },
    })
    await until(() => server.sockets.size === 0)
  })

  it('of the body does not pass while something comes; the one of the whole request does', async () => {
    const trickle = (): ReturnType<typeof answers> =>
      answers('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n', function more(socket) {
        setTimeout(() => !socket.destroyed && socket.write('x', () => more(socket)), 20)
      })
    await using patient = await trickle()
    expect(await (await client.get(patient.url, { timeouts: { bodyMs: 400 } })).text()).toBe('x'.repeat(20))
    await using late = await trickle()
    const response = await client.get(late.url, { timeouts: { bodyMs: 400, totalMs: 100 } })
    expect(await refusedBy(() => response.text())).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { phase: 'total', timeoutMs: 100 },
    })
  })

  it('of the body holds for what is sent, too', async () => {
    // Nobody reads: the buffers between fill up.
    await using server = await start(createServer({ pauseOnConnect: true }))
    const body = new Uint8Array(64 * 1024 * 1024)
    const error = await refusedBy(() => client.post(server.url, { body, timeouts: { bodyMs: 100 } }))
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', details: { phase: 'body' } })
    for (const socket of server.sockets) socket.resume()
    await until(() => server.sockets.size === 0)
  })

  it('of the call is the boundary’s own', async () => {
    await using server = await silent()
    const error = await refusedBy(() => client.get(server.url, { timeoutMs: 30 }))
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', details: { timeoutMs: 30, stillRunning: false } })
    await until(() => server.sockets.size === 0)
  })
})

describe('an aborted call', () => {
  it('rejects with the reason and closes its connection', async () => {
    await using server = await silent()
    const controller = new AbortController()
    const pending = client.get(server.url, { signal: controller.signal })
    await until(() => server.sockets.size === 1)
    controller.abort('enough')
    await expect(pending).rejects.toBe('enough')
    await until(() => server.sockets.size === 0)
    expect(diagnostics().callsInFlight).toBe(0)
  })

  it('that was stopped before it began opens no connection', async () => {
    await using server = await silent()
    await expect(client.get(server.url, { signal: AbortSignal.abort('no') })).rejects.toBe('no')
    await expect(client.post(server.url, { body: new Blob(['x']), signal: AbortSignal.abort('no') })).rejects.toBe('no')
    expect(server.connects).toBe(0)
  })

  it('stops the reading of a body, as a whole and in pieces', async () => {
    await using server = await answers('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc')
    for (const read of [
      (response: Awaited<ReturnType<typeof client.get>>) => response.bytes(),
      async (response: Awaited<ReturnType<typeof client.get>>) => {
        for await (const piece of response.body) expect(piece.length).toBe(3)
      },
    ]) {
      const controller = new AbortController()
      const response = await client.get(server.url, { signal: controller.signal })
      const pending = read(response)
      setTimeout(() => controller.abort('enough'), 20)
      await expect(pending).rejects.toBe('enough')
      await until(() => server.sockets.size === 0)
    }
  })

  it('gives up a body that nobody reads', async () => {
    await using server = await answers('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc')
    const controller = new AbortController()
    const response = await client.get(server.url, { signal: controller.signal })
    expect(response.isDisposed).toBe(false)
    controller.abort()
    expect(response.isDisposed).toBe(true)
    await until(() => server.sockets.size === 0)
  })

  it('among others leaves those alone', async () => {
    await using server = await serve((_, response) => void sleep(50).then(() => response.end('ok')))
    const controller = new AbortController()
    const stopped = Array.from({ length: 20 }, () => client.get(server.url, { signal: controller.signal }))
    const kept = Array.from({ length: 20 }, () => client.get(server.url))
    const settled = Promise.allSettled(stopped)
    setTimeout(() => controller.abort('enough'), 10)
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true)
    for (const response of await Promise.all(kept)) expect(await response.text()).toBe('ok')
  })
})
