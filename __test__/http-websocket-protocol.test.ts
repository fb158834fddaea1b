// What RFC 6455 says of frames, case by case, with a peer that keeps to it or does not.
import { diagnostics } from 'ferrule'
import type { WebSocket, WebSocketClose } from 'ferrule/http'
import { afterEach, describe, expect, it } from 'vitest'
import { OPCODE, closePayload, frame, type Peer } from './http-websocket-peer.js'
import { closeRoles, ROLES, type Opened } from './http-websocket-roles.js'

const { continuation, text, binary, close, ping, pong } = OPCODE

afterEach(async () => {
  await closeRoles()
  await expect.poll(() => diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0, handles: {} })
})

async function all(socket: WebSocket): Promise<unknown[]> {
  const data: unknown[] = []
  for await (const message of socket) data.push(message.data)
  return data
}

interface Part {
  readonly opcode: number
  readonly payload?: Uint8Array | string
  readonly fin?: boolean
  readonly rsv?: number
  readonly mask?: boolean
  readonly claimed?: bigint
}

const write = (peer: Peer, parts: readonly Part[]): void => {
  for (const { opcode, payload = '', ...options } of parts) peer.send(opcode, payload, options)
}

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index % 251)
const euro = Buffer.from('€')

/** What must be taken: the frames, and the messages they are. */
const GOOD: readonly [name: string, frames: readonly Part[], messages: readonly unknown[]][] = [
  ['an empty text', [{ opcode: text }], ['']],
  ['an empty binary message', [{ opcode: binary }], [new Uint8Array(0)]],
  ...[1, 125, 126, 127, 128, 65_535, 65_536, 150_000].map((length): [string, Part[], unknown[]] => [
    `${length} bytes`,
    [
      { opcode: binary, payload: bytes(length) },
      { opcode: text, payload: 'x'.repeat(length) },
    ],
    [bytes(length), 'x'.repeat(length)],
  ]),
  ['a length in a longer form than needed', [{ opcode: text, payload: 'hi', claimed: 2n }], ['hi']],
  [
    'a text in fragments, one of them empty',
    [
      { opcode: text, payload: 'a', fin: false },
      { opcode: continuation, payload: '', fin: false },
      { opcode: continuation, payload: 'b' },
    ],
    ['ab'],
  ],
  [
    'a message of empty fragments alone',
    [{ opcode: binary, fin: false }, { opcode: continuation, fin: false }, { opcode: continuation }],
    [new Uint8Array(0)],
  ],
  [
    'a character that is cut by a fragment',
    [
      { opcode: text, payload: euro.subarray(0, 1), fin: false },
      { opcode: continuation, payload: euro.subarray(1, 2), fin: false },
      { opcode: continuation, payload: euro.subarray(2) },
    ],
    ['€'],
  ],
  [
    'control frames between fragments',
    [
      { opcode: text, payload: 'a', fin: false },
      { opcode: ping, payload: 'p' },
      { opcode: pong, payload: 'nobody asked' },
      { opcode: continuation, payload: 'b' },
    ],
    ['ab'],
  ],
  [
    'a ping of 125 bytes',
    [
      { opcode: ping, payload: bytes(125) },
      { opcode: text, payload: 'on' },
    ],
    ['on'],
  ],
  [
    'a pong nobody asked for',
    [
      { opcode: pong, payload: bytes(125) },
      { opcode: text, payload: 'on' },
    ],
    ['on'],
  ],
  [
    'the last code point and non-characters',
    [{ opcode: text, payload: '\u{10ffff}\ufffe\uffff' }],
    ['\u{10ffff}\ufffe\uffff'],
  ],
  ['NUL and a byte order mark', [{ opcode: text, payload: '\0\ufeffa' }], ['\0\ufeffa']],
]

/** What must end the connection: the frames, and the code. */
const BAD: readonly [name: string, frames: readonly Part[], code: number][] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((rsv): [string, Part[], number] => [
    `the reserved bits ${rsv}`,
    [{ opcode: text, payload: 'a', rsv }],
    1002,
  ]),
  ['a reserved bit on a ping', [{ opcode: ping, rsv: 4 }], 1002],
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): [string, Part[], number] => [
    `the reserved opcode ${opcode}`,
    [{ opcode }],
    1002,
  ]),
  ['a ping in fragments', [{ opcode: ping, payload: 'a', fin: false }], 1002],
  ['a pong in fragments', [{ opcode: pong, payload: 'a', fin: false }], 1002],
  ['a close frame in fragments', [{ opcode: close, payload: closePayload(1000), fin: false }], 1002],
  ['a ping of 126 bytes', [{ opcode: ping, payload: bytes(126) }], 1002],
  ['a pong of 126 bytes', [{ opcode: pong, payload: bytes(126) }], 1002],
  ['a close frame of 126 bytes', [{ opcode: close, payload: closePayload(1000, 'x'.repeat(124)) }], 1002],
  ['a continuation of nothing', [{ opcode: continuation, payload: 'a' }], 1002],
  ['a continuation of a message that was complete', [{ opcode: text }, { opcode: continuation }], 1002],
  [
    'a text within a text',
    [
      { opcode: text, payload: 'a', fin: false },
      { opcode: text, payload: 'b' },
    ],
    1002,
  ],
  [
    'bytes within a text',
    [
      { opcode: text, payload: 'a', fin: false },
      { opcode: binary, payload: 'b' },
    ],
    1002,
  ],
  ['a length with its highest bit set', [{ opcode: binary, claimed: 2n ** 63n }], 1002],
  ['the largest length of all', [{ opcode: binary, claimed: 2n ** 64n - 1n }], 1002],
  ['a length beyond every limit', [{ opcode: binary, claimed: 2n ** 62n }], 1009],
  ['a byte that is never in UTF-8', [{ opcode: text, payload: Uint8Array.of(0x61, 0xff) }], 1007],
  ['a lone continuation byte', [{ opcode: text, payload: Uint8Array.of(0x80) }], 1007],
  ['an overlong slash', [{ opcode: text, payload: Uint8Array.of(0xc0, 0xaf) }], 1007],
  ['a surrogate in UTF-8', [{ opcode: text, payload: Uint8Array.of(0xed, 0xa0, 0x80) }], 1007],
  ['a code point beyond the last', [{ opcode: text, payload: Uint8Array.of(0xf4, 0x90, 0x80, 0x80) }], 1007],
  ['half a character at the end', [{ opcode: text, payload: euro.subarray(0, 2) }], 1007],
  [
    'half a character at the end of the last fragment',
    [
      { opcode: text, payload: 'a', fin: false },
      { opcode: continuation, payload: euro.subarray(0, 2) },
    ],
    1007,
  ],
  [
    'bad UTF-8 in a fragment, before the message is complete',
    [{ opcode: text, payload: Uint8Array.of(0xff), fin: false }],
    1007,
  ],
  ['a close frame of one byte', [{ opcode: close, payload: Uint8Array.of(3) }], 1002],
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535].map((code): [string, Part[], number] => [
    `the close code ${code}`,
    [{ opcode: close, payload: closePayload(code) }],
    1002,
  ]),
  ['a reason that is no UTF-8', [{ opcode: close, payload: closePayload(1000, Uint8Array.of(0xff)) }], 1007],
]

/** Close frames that must be answered with their own code. */
const CLOSES: readonly [name: string, payload: Uint8Array, code: number, reason: string][] = [
  ['no code', new Uint8Array(0), 1005, ''],
  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 3999, 4000, 4999].map(
    (code): [string, Uint8Array, number, string] => [`the code ${code}`, closePayload(code), code, ''],
  ),
  ['a reason', closePayload(1000, 'enough, thé end'), 1000, 'enough, thé end'],
  ['a reason of 123 bytes', closePayload(1000, 'x'.repeat(123)), 1000, 'x'.repeat(123)],
]

/** Within the time that a test may take. */
async function outcome({
  socket,
  peer,
}: Opened): Promise<{ messages: unknown[]; told: number | null; end: WebSocketClose }> {
  const messages = all(socket)
  const told = await peer.closeCode()
  peer.socket.end()
  return { messages: await messages, told, end: await socket.closed }
}

describe.each(Object.entries(ROLES))('as %s', (role, open) => {
  const isServer = role === 'server'

  it.each(GOOD)('takes %s', async (_, frames, messages) => {
    const opened = await open()
    write(opened.peer, [...frames, { opcode: close, payload: closePayload(1000) }])
    expect((await outcome(opened)).messages).toEqual(messages)
  })

  it('takes frames that come byte by byte', async () => {
    const opened = await open()
    const wire = Buffer.concat([
      frame(text, 'slow', { mask: isServer }),
      frame(binary, bytes(200), { mask: isServer }),
      frame(close, closePayload(1000), { mask: isServer }),
    ])
    for (const byte of wire) {
      opened.peer.write(Uint8Array.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await outcome(opened)).messages).toEqual(['slow', bytes(200)])
  })

  it('gives what came before a fault, and after it nothing', async () => {
    const opened = await open()
    write(opened.peer, [{ opcode: text, payload: 'before' }, { opcode: 3 }, { opcode: text, payload: 'after' }])
    expect(await outcome(opened)).toMatchObject({
      messages: ['before'],
      told: 1002,
      end: { code: 1002, wasClean: false },
    })
  })

  it.each(BAD)('ends at %s', async (_, frames, code) => {
    const opened = await open()
    write(opened.peer, frames)
    const { messages, told, end } = await outcome(opened)
    expect(told).toBe(code)
    expect(end.code).toBe(code)
    expect(end.reason).not.toBe('')
    expect(messages.length).toBeLessThan(frames.length)
    await expect(opened.socket.send('late')).rejects.toMatchObject({ code: 'ERR_HTTP_WEBSOCKET_CLOSED' })
  })

  it(`ends at a frame that is ${isServer ? 'not masked' : 'masked'}`, async () => {
    const opened = await open()
    opened.peer.send(text, 'a', { mask: !isServer })
    expect(await outcome(opened)).toMatchObject({ messages: [], told: 1002, end: { code: 1002, wasClean: false } })
  })

  it(`${isServer ? 'does not mask' : 'masks'} what it sends`, async () => {
    const { socket, peer } = await open()
    await socket.send('a')
    peer.send(ping, 'b')
    const frames = [await peer.next(), await peer.next()]
    void socket.close()
    frames.push(await peer.next())
    expect(frames.map((one) => one?.opcode)).toEqual([text, pong, close])
    expect(frames.map((one) => one?.masked)).toEqual(isServer ? [false, false, false] : [true, true, true])
  })

  it('answers every ping with its payload, in order', async () => {
    const { peer } = await open()
    for (const payload of ['', 'a', 'b'.repeat(125)]) {
      peer.send(ping, payload)
      const answer = await peer.next()
      expect([answer?.opcode, answer?.payload.toString()]).toEqual([pong, payload])
    }
  })

  it.each(CLOSES)('answers a close frame with %s by the same', async (_, payload, code, reason) => {
    const opened = await open()
    opened.peer.send(close, payload)
    expect(await outcome(opened)).toEqual({ messages: [], told: code, end: { code, reason, wasClean: true } })
  })

  it('does not look at what comes behind a close frame', async () => {
    const opened = await open()
    write(opened.peer, [
      { opcode: close, payload: closePayload(1000) },
      { opcode: text, payload: 'late' },
      { opcode: 15, rsv: 7 },
    ])
    expect(await outcome(opened)).toMatchObject({ messages: [], told: 1000, end: { code: 1000, wasClean: true } })
  })

  it('closes with code and reason, and waits for the answer', async () => {
    const { socket, peer } = await open()
    const closing = socket.close(4001, 'dé fin')
    const sent = await peer.next()
    expect(sent?.payload).toEqual(closePayload(4001, 'dé fin'))
    peer.send(text, 'still on its way')
    peer.send(close, sent?.payload)
    if (!isServer) peer.socket.end()
    await closing
    expect(await socket.closed).toEqual({ code: 4001, reason: 'dé fin', wasClean: true })
    expect(await socket.receive()).toMatchObject({ data: 'still on its way' })
    expect(await socket.receive()).toBeNull()
  })

  it('sends what was sent before it closes', async () => {
    const { socket, peer } = await open()
    const sent = [socket.send('1'), socket.send('2')]
    const closing = socket.close()
    await expect(socket.send('3')).rejects.toMatchObject({
      code: 'ERR_HTTP_WEBSOCKET_CLOSED',
      details: { closeCode: 1000 },
    })
    const frames = [await peer.next(), await peer.next(), await peer.next()]
    expect(frames.map((one) => one?.opcode)).toEqual([text, text, close])
    peer.send(close, closePayload(1000))
    peer.socket.end()
    await Promise.all([...sent, closing])
  })

  it('closes twice without a fault, and once disposed', async () => {
    const { socket, peer } = await open()
    const closing = Promise.all([socket.close(4000), socket.close(4001, 'never said')])
    expect(await peer.closeCode()).toBe(4000)
    peer.send(close, closePayload(4000))
    peer.socket.end()
    await closing
    await socket.close()
    expect(await peer.closeCode()).toBeNull()
    socket.dispose()
    await socket.close()
    expect((await socket.closed).code).toBe(4000)
  })

  it('is closed within closeTimeoutMs by a peer that does not answer', async () => {
    const { socket, peer } = await open({ closeTimeoutMs: 100 })
    await socket.close()
    expect(await socket.closed).toMatchObject({ code: 1006, wasClean: false })
    await peer.gone()
  })

  it('is closed within closeTimeoutMs by a peer that takes nothing', async () => {
    const { socket, peer } = await open({ closeTimeoutMs: 100, maxBufferedBytes: 2 ** 30 })
    peer.socket.pause()
    const sent = Promise.allSettled([1, 2, 3, 4].map(() => socket.send(new Uint8Array(16 * 1024 * 1024))))
    await socket.close()
    expect(await socket.closed).toMatchObject({ code: 1006, wasClean: false })
    expect((await sent).at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'ERR_HTTP_WEBSOCKET_CLOSED' } })
  })

  it.each([
    ['between messages', (peer: Peer) => peer.socket.end()],
    ['by a reset', (peer: Peer) => peer.socket.resetAndDestroy()],
    ['within a frame', (peer: Peer) => peer.socket.end(frame(text, 'abc', { mask: isServer }).subarray(0, 4))],
    ['within a message', (peer: Peer) => peer.socket.end(frame(text, 'abc', { mask: isServer, fin: false }))],
  ])('is 1006 when the connection ends %s', async (_, end) => {
    const { socket, peer } = await open()
    const pending = socket.receive()
    const pinged = socket.ping('x').catch((reason: unknown) => reason)
    await peer.next()
    end(peer)
    expect(await pending).toBeNull()
    expect(await socket.closed).toMatchObject({ code: 1006, wasClean: false })
    expect(await pinged).toMatchObject({ code: 'ERR_HTTP_WEBSOCKET_CLOSED' })
    await expect(socket.send('a')).rejects.toMatchObject({
      code: 'ERR_HTTP_WEBSOCKET_CLOSED',
      details: { closeCode: 1006 },
    })
    await socket.close()
  })

  it('takes a message of the limit and ends at a longer one, in one frame or in several', async () => {
    const limits = { maxMessageBytes: 10 }
    const one = await open(limits)
    write(one.peer, [
      { opcode: text, payload: 'x'.repeat(10) },
      { opcode: text, payload: 'x'.repeat(11) },
    ])
    expect(await outcome(one)).toMatchObject({ messages: ['x'.repeat(10)], told: 1009, end: { code: 1009 } })
    const several = await open(limits)
    write(several.peer, [
      { opcode: text, payload: 'x'.repeat(6), fin: false },
      { opcode: continuation, payload: 'x'.repeat(5) },
    ])
    expect(await outcome(several)).toMatchObject({ messages: [], told: 1009 })
    const frames = await open({ maxFrameBytes: 5 })
    write(frames.peer, [
      { opcode: text, payload: 'x'.repeat(5), fin: false },
      { opcode: continuation, payload: 'x'.repeat(5) },
      { opcode: text, payload: 'x'.repeat(6) },
    ])
    expect(await outcome(frames)).toMatchObject({ messages: ['x'.repeat(10)], told: 1009 })
  })

  it('ends a message of endless fragments at its limit', async () => {
    const opened = await open({ maxMessageBytes: 100_000 })
    opened.peer.send(text, 'x', { fin: false })
    for (let count = 0; count < 200; count++) opened.peer.send(continuation, 'x'.repeat(1000), { fin: false })
    expect(await outcome(opened)).toMatchObject({ messages: [], told: 1009 })
  })

  it('can be disposed with everything under way, and tells its peer', async () => {
    const { socket, peer } = await open()
    const closed = socket.closed
    const pending = [
      socket.receive(),
      socket.receive(),
      socket.ping('never answered').catch((reason: unknown) => reason),
    ]
    expect((await peer.next())?.opcode).toBe(ping)
    socket.dispose()
    expect(await Promise.all(pending)).toEqual([
      null,
      null,
      expect.objectContaining({ code: 'ERR_HTTP_WEBSOCKET_CLOSED' }),
    ])
    expect(await closed).toEqual({ code: 1006, reason: 'the socket was disposed', wasClean: false })
    expect(await peer.closeCode()).toBe(1001)
    await expect(socket.receive()).rejects.toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
    await expect(socket.send('a')).rejects.toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
    expect(() => socket.receiveSync()).toThrow(expect.objectContaining({ code: 'ERR_HANDLE_CLOSED' }))
    socket.dispose()
  })

  it.each([[0], [999], [1004], [1005], [1006], [1015], [2000], [5000], [1.5], [Number.NaN], ['1000']])(
    'does not send the close code %s',
    async (code) => {
      const { socket, peer } = await open()
      await expect(socket.close(code as number)).rejects.toMatchObject({ details: { argument: 'code' } })
      await socket.send('still open')
      expect((await peer.next())?.payload.toString()).toBe('still open')
    },
  )

  it.each([['x'.repeat(124)], ['é'.repeat(62)], ['\ud800'], [1]])('does not send the reason %s', async (reason) => {
    const { socket } = await open()
    await expect(socket.close(1000, reason as string)).rejects.toMatchObject({ details: { argument: 'reason' } })
  })
})
