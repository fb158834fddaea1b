// A peer that speaks the protocol byte by byte, and breaks it where a test says so: both ends, over plain TCP.
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

export interface Frame {
  readonly fin: boolean
  readonly rsv: number
  readonly opcode: number
  readonly masked: boolean
  readonly payload: Buffer
}

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

interface FrameOptions {
  readonly fin?: boolean
  readonly rsv?: number
  readonly mask?: boolean
  /** A length that is written in place of the payload's own, always in its long form. */
  readonly claimed?: bigint
}

export function frame(opcode: number, payload: Uint8Array | string = '', options: FrameOptions = {}): Buffer {
  const body = Buffer.from(payload as string)
  const { fin = true, rsv = 0, mask = false, claimed } = options
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode
  const maskBit = mask ? 0x80 : 0
  let head: Buffer
  if (claimed !== undefined || body.length > 0xffff) {
    head = Buffer.alloc(10)
    head[1] = maskBit | 127
    head.writeBigUInt64BE(claimed ?? BigInt(body.length), 2)
  } else if (body.length > 125) {
    head = Buffer.from([0, maskBit | 126, body.length >> 8, body.length & 0xff])
  } else {
    head = Buffer.from([0, maskBit | body.length])
  }
  head[0] = first
  if (!mask) return Buffer.concat([head, body])
  const key = randomBytes(4)
  return Buffer.concat([head, key, body.map((byte, index) => byte ^ (key[index % 4] as number))])
}

export function closePayload(code: number, reason: Uint8Array | string = ''): Buffer {
  return Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason as string)])
}

/** One end of a connection, by frames. */
export class Peer {
  readonly socket: Socket
  /** Whether this end is the client, whose frames are masked. */
  readonly #masks: boolean
  #bytes: Buffer
  #ended = false
  #wake: (() => void) | undefined

  constructor(socket: Socket, masks: boolean, ahead: Buffer) {
    this.socket = socket
    this.#masks = masks
    this.#bytes = ahead
    socket.on('data', (data) => {
      this.#bytes = Buffer.concat([this.#bytes, data])
      this.#wake?.()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => this.#end())
    socket.on('end', () => this.#end())
    socket.resume()
  }

  #end(): void {
    this.#ended = true
    this.#wake?.()
  }

  write(...bytes: Uint8Array[]): void {
    this.socket.write(Buffer.concat(bytes))
  }

  /** Sends a frame, masked as this end has to. */
  send(opcode: number, payload: Uint8Array | string = '', options: FrameOptions = {}): void {
    this.write(frame(opcode, payload, { mask: this.#masks, ...options }))
  }

  /** The next frame, or null when the connection has ended. */
  async next(): Promise<Frame | null> {
    for (;;) {
      const parsed = this.#parse()
      if (parsed !== undefined) return parsed
      if (this.#ended) return null
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** The code of the close frame that comes, after whatever else comes; null when the connection ends without. */
  async closeCode(): Promise<number | null> {
    for (;;) {
      const next = await this.next()
      if (next === null) return null
      if (next.opcode === OPCODE.close) return next.payload.length === 0 ? 1005 : next.payload.readUInt16BE(0)
    }
  }

  /** Waits until the other side has ended the connection. */
  async gone(): Promise<void> {
    while (!this.#ended) await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  #parse(): Frame | undefined {
    const bytes = this.#bytes
    if (bytes.length < 2) return undefined
    const [first, second] = [bytes[0] as number, bytes[1] as number]
    let length = second & 0x7f
    let at = 2
    if (length === 126) {
      if (bytes.length < 4) return undefined
      length = bytes.readUInt16BE(2)
      at = 4
    } else if (length === 127) {
      if (bytes.length < 10) return undefined
      length = Number(bytes.readBigUInt64BE(2))
      at = 10
    }
    const masked = (second & 0x80) !== 0
    const key = bytes.subarray(at, at + 4)
    if (masked) at += 4
    if (bytes.length < at + length) return undefined
    const body = bytes.subarray(at, at + length)
    this.#bytes = bytes.subarray(at + length)
    const payload = masked ? Buffer.from(body.map((byte, index) => byte ^ (key[index % 4] as number))) : body
    return { fin: (first & 0x80) !== 0, rsv: (first >> 4) & 7, opcode: first & 0x0f, masked, payload }
  }
}

export function acceptFor(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
}

/** Reads a head of HTTP: its lines, and what came behind it. The socket is paused after that. */
export async function readHead(socket: Socket): Promise<{ lines: string[]; rest: Buffer }> {
  let bytes = Buffer.alloc(0)
  return new Promise((resolve) => {
    const settle = (end: number): void => {
      socket.pause().off('data', onData).off('end', onEnd).off('close', onEnd)
      const head = bytes.subarray(0, Math.max(0, end)).toString('latin1')
      resolve({ lines: head === '' ? [] : head.split('\r\n'), rest: bytes.subarray(end < 0 ? 0 : end + 4) })
    }
    const onData = (data: Buffer): void => {
      bytes = Buffer.concat([bytes, data])
      const end = bytes.indexOf('\r\n\r\n')
      if (end >= 0) settle(end)
    }
    const onEnd = (): void => settle(-1)
    socket.on('data', onData).on('end', onEnd).on('close', onEnd)
  })
}

export function headerOf(lines: readonly string[], name: string): string | undefined {
  const prefix = `${name.toLowerCase()}:`
  return lines
    .find((line) => line.toLowerCase().startsWith(prefix))
    ?.slice(prefix.length)
    .trim()
}

/** A server that hands over each connection as a peer once its handshake is done, or answers as a test says. */
export class RawServer {
  readonly #server: Server
  readonly #waiting: ((peer: Peer) => void)[] = []
  readonly #peers: Peer[] = []
  readonly #sockets = new Set<Socket>()
  /** The head of the last request. */
  lines: string[] = []

  /** @param answer makes the whole answer of the key; undefined answers nothing. Default: a proper handshake. */
  private constructor(answer: (key: string, lines: string[]) => string | undefined) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => undefined)
      socket.setNoDelay(true)
      void this.#accept(socket, answer)
    })
  }

  static async listen(answer: (key: string, lines: string[]) => string | undefined = proper): Promise<RawServer> {
    const server = new RawServer(answer)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  /** Connections that are open. */
  get open(): number {
    return this.#sockets.size
  }

  async #accept(socket: Socket, answer: (key: string, lines: string[]) => string | undefined): Promise<void> {
    const { lines, rest } = await readHead(socket)
    this.lines = lines
    const text = answer(headerOf(lines, 'sec-websocket-key') ?? '', lines)
    if (text === undefined) return
    socket.write(text)
    if (!text.startsWith('HTTP/1.1 101')) {
      socket.end()
      return
    }
    const peer = new Peer(socket, false, rest)
    const waiting = this.#waiting.shift()
    if (waiting === undefined) this.#peers.push(peer)
    else waiting(peer)
  }

  /** The next peer. */
  async peer(): Promise<Peer> {
    return this.#peers.shift() ?? new Promise((resolve) => this.#waiting.push(resolve))
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }
}

export function proper(key: string): string {
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptFor(key)}\r\n\r\n`
}

/** Sends a request by hand and gives the head of its answer. */
export async function request(url: string, text: string): Promise<{ socket: Socket; lines: string[]; rest: Buffer }> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.setNoDelay(true)
  socket.write(text)
  return { socket, ...(await readHead(socket)) }
}

/** The head of a proper opening request. */
export function opening(url: string, change: (lines: string[]) => string[] = (lines) => lines): string {
  const { host, pathname } = new URL(url)
  const lines = [
    `GET ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  ]
  return `${change(lines).join('\r\n')}\r\n\r\n`
}

/** A client by hand. */
export async function rawClient(url: string): Promise<Peer> {
  const { socket, lines, rest } = await request(url, opening(url))
  if (!lines[0]?.startsWith('HTTP/1.1 101')) throw new Error(`not opened: ${lines[0]}`)
  return new Peer(socket, true, rest)
}
