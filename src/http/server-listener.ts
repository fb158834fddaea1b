import { boundary } from '../addon.js'
import { checkedTimeout, RunningObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import { native } from './native.js'

const START = 'http.HttpServer.start'

/** The native half of a server that listens. */
export class Listener extends RunningObject {
  /** Where it listens. */
  readonly address: readonly [host: string, port: number]

  private constructor(handle: number) {
    super(boundary, handle)
    this.address = native.httpServerAddress(handle)
  }

  /** Binds the address; `wake` is called when there are requests to take. */
  static async open(config: unknown, wake: () => void, options: CallOptions | undefined): Promise<Listener> {
    const woken = boundary.callback(wake)
    return new Listener(
      await boundary.call<number>(START, options, (call) => {
        native.serverListen(call, JSON.stringify(config), woken)
      }),
    )
  }

  static openSync(config: unknown, wake: () => void, options: SyncCallOptions | undefined): Listener {
    const timeoutMs = checkedTimeout(START, options?.timeoutMs)
    boundary.asks(START)
    return new Listener(native.serverListenSync(timeoutMs, JSON.stringify(config), boundary.callback(wake)))
  }

  /** Its number, for calls that are made many times. */
  get number(): number {
    return this.handle
  }

  /** Takes connections from now on. */
  begin(): void {
    native.httpServerBegin(this.handle)
    this.started()
  }

  stop(drainMs: number, options: CallOptions): Promise<number> {
    return boundary.call('http.HttpServer.stop', options, (call) => {
      native.httpServerStop(call, this.handle, drainMs)
    })
  }

  stopSync(): number {
    boundary.asks('http.HttpServer.stopSync')
    return native.httpServerStopSync(null, this.handle, 0)
  }

  /** How many connections there are, and requests at work. */
  load(): { connections: number; requests: number } {
    native.httpServerLoad(this.handle)
    return { connections: boundary.scratch[0] as number, requests: boundary.scratch[1] as number }
  }
}
