import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { HttpError } from './error.js'
import { refusal } from './server-error.js'
import { ServerErrors, type ServerErrorEvent } from './server-errors.js'
import { Exchange } from './server-exchange.js'
import { Listener } from './server-listener.js'
import { checkedOptions, checkedStatic, type HttpServerOptions, type StaticOptions } from './server-options.js'
import { upgraderOf, type WebSocketHandler, type WebSocketRouteOptions } from './websocket-route.js'
import { checkedMethod, checkedPath, escapedPath, type Handler, type Route, type Upgrader } from './server-routes.js'

/** Where a server listens. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
  /** `http://127.0.0.1:8080`, without a path. */
  readonly url: string
}

/** How a server stops. */
export interface StopOptions extends CallOptions {
  /** Milliseconds that requests at work have to end; then they are ended. Default: 10,000; 0: at once. */
  readonly drainMs?: number
}

/** What a request at work is told when its server stops. */
function stopped(operation: string): HttpError {
  return new HttpError(`${operation}: the server stopped`, { code: 'ERR_HTTP_GONE', operation })
}

/**
 * An HTTP server. Routes are registered, then it is started; handlers run on this thread, everything else does not. While it
 * listens it holds the process open, unless it is unrefed. It can be started once.
 *
 * @example
 * await using server = new HttpServer({ port: 8080 })
 * server.get('/users/:id', ({ params }) => json({ id: params.id }))
 * const { url } = await server.start()
 */
export class HttpServer {
  readonly #config: Record<string, unknown>
  readonly #routes: Route[] = []
  readonly #folders: Record<string, unknown>[] = []
  readonly #errors = new ServerErrors()
  readonly #exchange = new Exchange(this.#routes, this.#errors.tell)
  #state: 'new' | 'starting' | 'running' | 'stopping' | 'stopped' = 'new'
  #listener: Listener | undefined
  #starting: Promise<unknown> | undefined

  /** @throws HttpError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE` for options that are none. */
  constructor(options: HttpServerOptions = {}) {
    this.#config = checkedOptions('http.HttpServer', options)
  }

  /**
   * Registers a handler. A fixed segment of a path goes before a parameter (`:id`), a parameter before a wildcard (`*rest`, at
   * the end, at least one character), in whatever order routes are registered. `GET` answers `HEAD`, too; `OPTIONS` is answered
   * for every path that has routes. A path whose routes have other methods is answered with 405.
   *
   * A handler that throws, rejects or gives no response is answered for with 500 and reported to {@link onError}.
   *
   * @param method any method; `*` for every one that has no route of its own.
   * @throws HttpError `ERR_STATE` once started; `ERR_INVALID_ARG_TYPE` for no method, path or handler.
   */
  route<const Path extends string>(method: string, path: Path, handler: Handler<Path>): this {
    const operation = 'http.HttpServer.route'
    if (typeof handler !== 'function') throw refusal(operation, 'handler', 'a function', handler)
    return this.#add(operation, checkedMethod(operation, method), path, handler as unknown as Handler)
  }

  /** {@link route} for `GET`, and `HEAD`. */
  get<const Path extends string>(path: Path, handler: Handler<Path>): this {
    return this.route('GET', path, handler)
  }

  /** {@link route} for `POST`. */
  post<const Path extends string>(path: Path, handler: Handler<Path>): this {
    return this.route('POST', path, handler)
  }

  /** {@link route} for `PUT`. */
  put<const Path extends string>(path: Path, handler: Handler<Path>): this {
    return this.route('PUT', path, handler)
  }

  /** {@link route} for `PATCH`. */
  patch<const Path extends string>(path: Path, handler: Handler<Path>): this {
    return this.route('PATCH', path, handler)
  }

  /** {@link route} for `DELETE`. */
  delete<const Path extends string>(path: Path, handler: Handler<Path>): this {
    return this.route('DELETE', path, handler)
  }

  /** {@link route} for every method that has no route of its own. */
  all<const Path extends string>(path: Path, handler: Handler<Path>): this {
    return this.route('*', path, handler)
  }

  /**
   * Serves the files of a folder below a path, without JavaScript taking part: with `etag` and `last-modified` and the
   * conditions on them, ranges, and `HEAD`. Only files in the folder are served, links out of it are not followed, and names that
   * begin with a dot are not there unless asked for. Routes go before folders, a longer path before a shorter one.
   *
   * @throws HttpError `ERR_STATE` once started. Starting fails with `ERR_HTTP_SERVER_CONFIG` when the folder is none.
   */
  static(prefix: string, folder: string, options: StaticOptions = {}): this {
    const operation = 'http.HttpServer.static'
    this.#ensureNew(operation)
    this.#folders.push(checkedStatic(operation, prefix, folder, options))
    return this
  }

  /**
   * Registers what serves the web sockets of a path. A request that asks for none, or in a way that cannot be granted, is answered
   * with the status that says why (400, 403, 426). A server that stops closes its sockets with 1001.
   *
   * @throws HttpError `ERR_STATE` once started; `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE` for no path, handler or options.
   * @example
   * server.websocket('/echo', async (socket) => {
   *   for await (const { data } of socket) await socket.send(data)
   * })
   */
  websocket<const Path extends string>(
    path: Path,
    handler: WebSocketHandler<Path>,
    options: WebSocketRouteOptions<Path> = {},
  ): this {
    const upgrader = upgraderOf(
      handler as unknown as WebSocketHandler,
      options as unknown as WebSocketRouteOptions,
      this.#errors.tell,
    )
    const never: Handler = () => {
      throw new TypeError('a route of web sockets has no handler')
    }
    return this.#add('http.HttpServer.websocket', 'GET', path, never, upgrader)
  }

  #add(operation: string, method: string, path: string, handler: Handler, upgrader?: Upgrader): this {
    this.#ensureNew(operation)
    const names = checkedPath(operation, path)
    const kind = upgrader === undefined ? 'handler' : 'websocket'
    this.#routes.push({ method, path, kind, names, handler, ...(upgrader === undefined ? {} : { upgrader }) })
    return this
  }

  #ensureNew(operation: string): void {
    if (this.#state !== 'new') throw this.#refused(operation, 'it must be done before the server is started')
  }

  #refused(operation: string, why: string): HttpError {
    const details = { state: this.#state }
    return new HttpError(`${operation}: ${why}; the server is ${this.#state}`, {
      code: 'ERR_STATE',
      operation,
      details,
    })
  }

  /**
   * Hears of handlers that failed and of bodies whose source did. Without a listener they are warnings of the process.
   *
   * @returns a function that takes the listener away.
   */
  onError(listener: (event: ServerErrorEvent) => void): () => void {
    return this.#errors.listen('http.HttpServer.onError', listener)
  }

  #nativeConfig(): Record<string, unknown> {
    const routes = this.#routes.map(({ method, path, kind }) => ({ method, path: escapedPath(path), kind }))
    return { ...this.#config, routes, folders: this.#folders }
  }

  /**
   * Binds the address and takes connections.
   *
   * @throws HttpError `ERR_HTTP_LISTEN` with `details` `host`, `port` and `errno` when the address is in use or not allowed;
   * `ERR_HTTP_SERVER_CONFIG` for two routes that are the same, and for folders that are none; `ERR_HTTP_SERVER_TLS` for
   * certificates that cannot be used; `ERR_STATE` when it was started before, also when it has stopped: make a new one.
   */
  async start(options?: CallOptions): Promise<ServerAddress> {
    this.#begin()
    try {
      const opening = Listener.open(this.#nativeConfig(), this.#exchange.wake, options)
      this.#starting = opening.catch(() => undefined)
      return this.#run(await opening)
    } catch (error) {
      this.#state = 'new'
      throw error
    }
  }

  /**
   * As {@link start}, at once: for a program's beginning. Handlers need this thread, so they run once the caller gives it back.
   */
  startSync(options?: SyncCallOptions): ServerAddress {
    this.#begin()
    try {
      return this.#run(Listener.openSync(this.#nativeConfig(), this.#exchange.wake, options))
    } catch (error) {
      this.#state = 'new'
      throw error
    }
  }

  #begin(): void {
    if (this.#state !== 'new') throw this.#refused('http.HttpServer.start', 'a server starts once')
    this.#state = 'starting'
  }

  #run(listener: Listener): ServerAddress {
    this.#listener = listener
    this.#exchange.open(listener.number)
    listener.begin()
    this.#state = 'running'
    return this.address as ServerAddress
  }

  /** Where it listens; null while it does not. */
  get address(): ServerAddress | null {
    if (this.#listener === undefined) return null
    const [host, port] = this.#listener.address
    const scheme = this.#config['tls'] === undefined ? 'http' : 'https'
    return { host, port, url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}` }
  }

  /** How many connections there are, and how many requests wait for their handlers or for the end of a streamed body. */
  get load(): { connections: number; requests: number } {
    return this.#listener?.load() ?? { connections: 0, requests: 0 }
  }

  /**
   * Takes no more connections, closes those without a request, gives requests at work `drainMs` to end, and then ends them:
   * their signals fire. A server that is not running has stopped.
   *
   * @returns how many connections were ended in the middle.
   */
  async stop({ drainMs = 10_000, ...options }: StopOptions = {}): Promise<{ aborted: number }> {
    if (typeof drainMs !== 'number' || !(drainMs >= 0)) {
      throw refusal('http.HttpServer.stop', 'options.drainMs', 'a number of milliseconds from 0', drainMs)
    }
    await this.#starting
    const listener = this.#listener
    if (listener === undefined || this.#state !== 'running') {
      if (this.#state === 'new') this.#state = 'stopped'
      return { aborted: 0 }
    }
    this.#state = 'stopping'
    try {
      return { aborted: await listener.stop(Math.min(drainMs, 2 ** 31), options) }
    } finally {
      this.#end('http.HttpServer.stop')
    }
  }

  /** Ends at once: no handler could run while this thread waits, so requests at work have no time to end. */
  stopSync(): { aborted: number } {
    const listener = this.#listener
    if (listener === undefined) return { aborted: 0 }
    try {
      return { aborted: listener.stopSync() }
    } finally {
      this.#end('http.HttpServer.stopSync')
    }
  }

  #end(operation: string): void {
    this.#state = 'stopped'
    this.#exchange.close(stopped(operation))
    this.#listener?.dispose()
    this.#listener = undefined
  }

  /** Ends at once; the same as {@link stopSync}. */
  dispose(): void {
    if (this.#listener !== undefined) this.stopSync()
    else this.#state = 'stopped'
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }

  /** The same as {@link stop}, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  /** Holds the process open again. */
  ref(): this {
    this.#listener?.ref()
    return this
  }

  /** Lets the process end although the server runs. */
  unref(): this {
    this.#listener?.unref()
    return this
  }

  /** Whether it holds the process open now. */
  hasRef(): boolean {
    return this.#listener?.hasRef() ?? false
  }
}
