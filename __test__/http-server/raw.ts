import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection that says exactly what it is told to. */
export class RawClient {
  readonly socket: Socket
  #received = Buffer.alloc(0)
  #closed = false
  #changed: (() => void) | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (data: Buffer) => {
      this.#received = Buffer.concat([this.#received, data])
      this.#changed?.()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#closed = true
      this.#changed?.()
    })
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const client = new RawClient(socket)
    await once(socket, 'connect')
    return client
  }

  send(text: string | Uint8Array): this {
    this.socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text)
    return this
  }

  get text(): string {
    return this.#received.toString('latin1')
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** What was received once it fits, or the connection is closed. */
  async until(fits: (text: string) => boolean, limit = 20_000): Promise<string> {
    const end = performance.now() + limit
    while (!fits(this.text) && !this.#closed) {
      const left = end - performance.now()
      if (left <= 0) throw new Error(`not received within ${limit} ms; so far: ${JSON.stringify(this.text)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#changed = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    return this.text
  }

  /** Everything up to the end of the connection. */
  end(limit?: number): Promise<string> {
    return this.until(() => false, limit)
  }

  close(): void {
    this.socket.destroy()
  }
}

/** Sends one text and gives all that comes until the server closes. */
export async function exchange(port: number, request: string, limit?: number): Promise<string> {
  const client = await RawClient.open(port)
  try {
    return await client.send(request).end(limit)
  } finally {
    client.close()
  }
}

/** The status lines of what was received. */
export const statuses = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map(([, status]) => Number(status))
