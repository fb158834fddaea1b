// `Expect: 100-continue`: bodies that wait until the server asks for them, against raw sockets that do as they like.
import { HttpClient } from 'ferrule/http'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { bodyOf, held, nothing, raw, serve, sleep } from './http-client/servers.js'

afterEach(() => expect(held()).toEqual(nothing))

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const large = 'x'.repeat(100_000)
/** Longer than any test: who waits this long waits for the server. */
const FOREVER = 600_000

/** Reads a socket until its bytes fit. */
async function heard(socket: Socket, fits: (text: string) => boolean): Promise<string> {
  let text = ''
  while (!fits(text)) text += String((await once(socket, 'data'))[0])
  return text
}

const isHead = (text: string): boolean => text.includes('\r\n\r\n')

/** A server that says something once it has a head, and notes what came before and after that. */
async function talking(say: (socket: Socket) => void): Promise<Awaited<ReturnType<typeof raw>> & { heads: string[] }> {
  const heads: string[] = []
  const server = await raw((socket) => {
    const talk = async (): Promise<void> => {
      heads.push(await heard(socket, isHead))
      say(socket)
    }
    talk().catch(() => undefined)
  })
  return Object.assign(server, { heads })
}

async function* pieces(): AsyncGenerator<string> {
  await sleep(1)
  for (let at = 0; at < 10; at += 1) yield large.slice(0, 10_000)
}

describe('a body that waits', () => {
  it.each([
    ['of a known length', (): string => large],
    ['in pieces', pieces],
  ])('%s is sent when the server asks for it', async (_, body) => {
    await using server = await serve((request, response) => {
      bodyOf(request).then((all) => response.end(`${request.headers.expect} ${all.length}`), Object)
    })
    using client = new HttpClient({ expectContinueMs: FOREVER })
    expect(await (await client.post(server.url, { body: body() })).text()).toBe('100-continue 100000')
    expect(await (await client.post(server.url, { body: body() })).text()).toBe('100-continue 100000')
    expect(server.connects).toBe(1)
  })

  it('is not sent before that', async () => {
    let before = ''
    await using server = await talking((socket) => {
      socket.on('data', (data) => (before += data.toString()))
      setTimeout(() => {
        before += '|'
        socket.write(CONTINUE)
      }, 150)
    })
    using client = new HttpClient({ expectContinueMs: FOREVER })
    const answer = client.post(server.url, { body: large, timeoutMs: 1000 })
    await expect(answer).rejects.toMatchObject({ code: 'ERR_TIMEOUT' })
    expect(before).toBe(`|${large}`)
  })

  it('is sent unasked when the limit has passed', async () => {
    await using server = await talking((socket) => {
      heard(socket, (text) => text.length === large.length).then(() => socket.end(OK), Object)
    })
    using client = new HttpClient()
    const response = await client.post(server.url, { body: large, expectContinueMs: 50 })
    expect(await response.text()).toBe('ok')
    expect(server.heads[0]).toContain('\r\nexpect: 100-continue\r\n')
  })

  it('is not sent when the server answers before, and the connection not used again', async () => {
    let after = ''
    await using server = await talking((socket) => {
      socket.on('data', (data) => (after += data.toString()))
      socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno')
    })
    using client = new HttpClient({ expectContinueMs: FOREVER })
    for (let round = 0; round < 2; round += 1) {
      const response = await client.put(server.url, { body: large })
      expect([response.status, await response.text()]).toEqual([401, 'no'])
    }
    expect([after, server.connects, server.heads.length]).toEqual(['', 2, 2])
  })

  it('is sent without waiting when the server does not take the expectation', async () => {
    let sent = ''
    await using server = await talking((socket) => {
      if (server.heads.at(-1)?.includes('expect')) {
        socket.end('HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      } else socket.end(OK)
    })
    server.server.on('connection', (socket) => socket.on('data', (data) => (sent += data.toString())))
    using client = new HttpClient({ expectContinueMs: FOREVER })
    const response = await client.post(server.url, { body: large })
    expect([response.status, server.heads.length]).toEqual([200, 2])
    expect(sent.split('expect: 100-continue')).toHaveLength(2)
  })

  it('of pieces is not sent twice: 417 is the response', async () => {
    await using server = await talking((socket) => socket.end('HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n'))
    using client = new HttpClient({ expectContinueMs: FOREVER })
    expect((await client.post(server.url, { body: pieces() })).status).toBe(417)
  })

  it('does not wait when it is short: it goes with the head', async () => {
    await using server = await serve((request, response) => {
      bodyOf(request).then((all) => response.end(`${request.headers.expect} ${all.length}`), Object)
    })
    using client = new HttpClient({ expectContinueMs: FOREVER })
    expect(await (await client.post(server.url, { body: 'short' })).text()).toBe('undefined 5')
    expect(await (await client.get(server.url)).text()).toBe('undefined 0')
  })

  it('may wait through interim responses, but not through a flood of them', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'
    await using server = await talking((socket) => socket.write(`${hints.repeat(3)}${CONTINUE.repeat(2)}${OK}`))
    await using flooding = await talking((socket) => socket.write(CONTINUE.repeat(100)))
    using client = new HttpClient({ expectContinueMs: FOREVER })
    expect((await client.post(server.url, { body: large })).status).toBe(200)
    expect(await refusedBy(() => client.post(flooding.url, { body: large }))).toMatchObject({
      code: 'ERR_HTTP_MALFORMED_RESPONSE',
    })
  })

  it('fails when the server closes in place of an answer', async () => {
    await using server = await talking((socket) => socket.end())
    using client = new HttpClient({ expectContinueMs: FOREVER })
    expect(await refusedBy(() => client.post(server.url, { body: large }))).toMatchObject({
      code: 'ERR_HTTP_CONNECTION_CLOSED',
    })
  })

  it('is stopped while it waits', async () => {
    await using server = await talking(() => undefined)
    using client = new HttpClient({ expectContinueMs: FOREVER })
    const stopped = client.post(server.url, { body: large, timeoutMs: 50 })
    await expect(stopped).rejects.toMatchObject({ code: 'ERR_TIMEOUT' })
    await expect.poll(() => server.sockets.size).toBe(0)
  })
})
