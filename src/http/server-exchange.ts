import { isThenable } from '../boundary/index.js'
import { boundary } from '../addon.js'
import { isByteSource } from '../streams/index.js'
import { HttpError } from './error.js'
import { native } from './native.js'
import { ANSWER, Answers } from './server-answers.js'
import { isWhole, piecesOf, type Pieces } from './server-body.js'
import { badResponse, statusOfFault } from './server-error.js'
import { headText, type HeadersInit } from './server-head.js'
import { CONTENT_TYPE, Reply, type ResponseLike } from './server-reply.js'
import { FIXED_WORDS, ServerRequest, type Block, type Serving } from './server-request.js'
import type { Route } from './server-routes.js'

// Taken at load: a test's fake clock must not hold back answers.
const { performance, setImmediate } = globalThis

/** Blocks taken in one turn before the event loop gets its turn. */
const BLOCKS = 8
/** Milliseconds of handlers after which their answers are not held back for those behind them. */
const PATIENCE = 1
/** Milliseconds of handlers after which timers and sockets get their turn. */
const TURN = 10

type Answered = ResponseLike | Response

/** A block that is taken apart. */
interface Taking {
  readonly block: Block
  /** The word of the next request. */
  at: number
  /** How many requests are left. */
  left: number
}

/** A request whose answer is not complete. */
interface AtWork {
  readonly request: ServerRequest
  readonly generation: number
  pieces: Pieces | undefined
}

/**
 * Where requests and answers meet. Requests come in blocks; the answers of a turn go back together, without a promise, a native
 * call or an object per request beyond what its handler asks for.
 */
export class Exchange implements Serving {
  readonly #routes: readonly Route[]
  readonly #failed: (error: unknown, request: ServerRequest) => void
  readonly #answers = new Answers()
  readonly #atWork: (AtWork | undefined)[] = []
  readonly #blocks: Taking[] = []
  #isOpen = false
  /** The number of the native half. */
  number = 0
  /** Why nothing is answered any more. */
  closed: Error | undefined
  #isTaking = false
  /** Whether the handlers that ran last took long. */
  #isSlow = false
  #isScheduled = false

  constructor(routes: readonly Route[], failed: (error: unknown, request: ServerRequest) => void) {
    this.#routes = routes
    this.#failed = failed
  }

  /** @param server the number of the native half. */
  open(server: number): void {
    this.number = server
    this.#isOpen = true
  }

  /** Nothing is answered any more: what is at work is told so. */
  close(reason: Error): void {
    this.#isOpen = false
    this.closed = reason
    this.#blocks.length = 0
    for (const atWork of this.#atWork.splice(0)) if (atWork !== undefined) abandon(atWork, reason)
  }

  /** The native half has something. */
  readonly wake = (): void => {
    this.#isScheduled = false
    if (this.#isTaking || !this.#isOpen) return
    this.#isTaking = true
    const started = performance.now()
    try {
      for (let taken = 0; taken < BLOCKS; taken += 1) {
        const block = this.#blocks[0] ?? this.#next()
        if (block === undefined) return
        const isDone = this.#take(block, started)
        // A handler may have stopped the server.
        if (this.#isClosed()) return
        if (!isDone) break
        this.#blocks.shift()
      }
    } finally {
      this.#isTaking = false
    }
    this.#isScheduled = true
    setImmediate(this.wake)
  }

  #isClosed(): boolean {
    return !this.#isOpen
  }

  /** Passes answers on, and has what came back taken apart after what came before it. */
  #next(): Taking | undefined {
    const bytes = native.httpServerPass(this.number, this.#answers.take())
    if (bytes === null) return undefined
    const { buffer, byteOffset, byteLength } = bytes
    const [left = 0, gone = 0, length = 0] = new Uint32Array(buffer, byteOffset, 3)
    const words = new Uint32Array(buffer, byteOffset + 12, length + 2 * gone)
    const start = 12 + 4 * words.length
    const block = { words, heap: Buffer.from(buffer, byteOffset + start, byteLength - start) }
    const taking = { block, at: 0, left }
    this.#blocks.push(taking)
    return taking
  }

  /** Answers that came outside of a block's turn go together, once all that is ready has come. */
  #schedule(): void {
    if (this.#isTaking || this.#isScheduled) return
    this.#isScheduled = true
    process.nextTick(this.wake)
  }

  /** Runs the handlers of a block; false when they took so long that the rest has to wait. */
  #take(taking: Taking, started: number): boolean {
    const { block } = taking
    const { words } = block
    let since = performance.now()
    while (taking.left > 0) {
      const { at } = taking
      taking.left -= 1
      taking.at += FIXED_WORDS + 2 * (words[at + 10] as number)
      this.#run(block, at)
      // Looking at the clock costs a quick handler something: it is looked at more rarely while all are.
      if (!this.#isSlow && taking.left % 4 !== 0) continue
      const now = performance.now()
      this.#isSlow = now - since > PATIENCE
      if (now - since > PATIENCE && this.#isOpen) {
        if (!this.#answers.isEmpty) this.#next()
        if (now - started > TURN && taking.left > 0) return false
        since = now
      }
    }
    for (; taking.at < words.length; taking.at += 2) {
      this.#abandoned(words[taking.at] as number, words[taking.at + 1] as number)
    }
    return true
  }

  #run(block: Block, at: number): void {
    const { words } = block
    const [slot, generation] = [words[at] as number, words[at + 1] as number]
    const route = this.#routes[words[at + 2] as number] as Route
    const request = new ServerRequest(block, at, route, this)
    let answered: Answered | PromiseLike<Answered | undefined>
    try {
      answered =
        route.upgrader === undefined
          ? route.handler(request)
          : route.upgrader(request, { server: this.number, slot, generation })
    } catch (error) {
      this.#fail(error, request, slot, generation)
      return
    }
    if (!isThenable(answered)) {
      this.#answer(answered, request, slot, generation)
      return
    }
    const atWork: AtWork = { request, generation, pieces: undefined }
    // Its own handler may have stopped the server.
    if (this.closed === undefined) this.#atWork[slot] = atWork
    else abandon(atWork, this.closed)
    answered.then(
      (value) => {
        if (!this.#isStill(atWork, slot)) return
        // A connection that was taken has no answer.
        if (value === undefined && route.upgrader !== undefined) this.#atWork[slot] = undefined
        else this.#answer(value as Answered, request, slot, generation)
      },
      (error: unknown) => {
        if (this.#isStill(atWork, slot)) this.#fail(error, request, slot, generation)
        // Nobody waits for its answer, but what went wrong should be known, unless it is that.
        else if (!isGone(error)) this.#failed(error, request)
      },
    )
  }

  #isStill(atWork: AtWork, slot: number): boolean {
    return this.#isOpen && this.#atWork[slot] === atWork
  }

  #fail(error: unknown, request: ServerRequest, slot: number, generation: number): void {
    const status = statusOfFault(error)
    this.#atWork[slot] = undefined
    this.#answers.add(slot, generation, ANSWER.whole, status ?? 500, CONTENT_TYPE.text, '', reasonOf(status))
    this.#schedule()
    if (status === undefined) this.#failed(error, request)
  }

  #answer(answered: Answered, request: ServerRequest, slot: number, generation: number): void {
    try {
      if (answered instanceof Reply) {
        const { status, headers, body, contentType } = answered
        this.#send(status, headers, contentType, body, request, slot, generation)
      } else if (answered instanceof Response) {
        this.#send(answered.status, answered.headers, 0, answered.body, request, slot, generation)
      } else if (typeof answered === 'object' && (answered as unknown) !== null) {
        const { status = 200, headers, body } = answered
        this.#send(status, headers, 0, body, request, slot, generation)
      } else {
        throw badResponse(
          `a handler gave ${typeof answered} in place of a response: json(…), text(…) or { status, headers, body }`,
        )
      }
    } catch (error) {
      this.#fail(error, request, slot, generation)
    }
  }

  #send(
    status: number,
    headers: HeadersInit | undefined,
    contentType: number,
    body: ResponseLike['body'],
    request: ServerRequest,
    slot: number,
    generation: number,
  ): void {
    if (!Number.isInteger(status) || status < 200 || status > 999) {
      throw badResponse(`the status must be a whole number from 200 to 999, got ${String(status)}`)
    }
    const head = headers === undefined ? '' : headText(headers)
    const type = head !== '' && contentType !== 0 && /^content-type:/im.test(head) ? 0 : contentType
    if (isWhole(body)) {
      this.#atWork[slot] = undefined
      this.#answers.add(slot, generation, ANSWER.whole, status, type, head, body ?? null)
      this.#schedule()
      return
    }
    if (!isByteSource(body)) throw badResponse('the body must be text, bytes or a stream of them')
    const pieces = piecesOf(body)
    if (status === 204 || status === 304 || request.method === 'HEAD') {
      this.#atWork[slot] = undefined
      this.#answers.add(slot, generation, ANSWER.whole, status, type, head, null)
      this.#schedule()
      pieces.cancel(undefined)
      return
    }
    const atWork: AtWork = { request, generation, pieces }
    this.#atWork[slot] = atWork
    this.#answers.add(slot, generation, ANSWER.start, status, type, head, null)
    this.#schedule()
    void this.#sendPieces(atWork, pieces, slot)
  }

  /** Pulls one piece at a time: the next when there is room for it. */
  async #sendPieces(atWork: AtWork, pieces: Pieces, slot: number): Promise<void> {
    const { generation, request } = atWork
    try {
      for (;;) {
        const { done, value } = await pieces.next()
        if (!this.#isStill(atWork, slot)) return
        if (done === true) break
        if (value.length === 0) continue
        if (!(await this.#write(slot, generation, value))) {
          // Told once more, through the block that says so, unless this came first.
          if (this.#isStill(atWork, slot)) this.#abandoned(slot, generation)
          return
        }
      }
      this.#atWork[slot] = undefined
      this.#answers.add(slot, generation, ANSWER.end, 0, 0, '', null)
    } catch (error) {
      if (!this.#isStill(atWork, slot)) return
      this.#atWork[slot] = undefined
      this.#answers.add(slot, generation, ANSWER.fail, 0, 0, '', null)
      this.#failed(error, request)
    }
    this.#schedule()
  }

  #write(slot: number, generation: number, piece: Uint8Array): Promise<boolean> {
    // The start of the response must be there before its first piece.
    if (!this.#answers.isEmpty) this.#next()
    if (this.#blocks.length > 0) this.#schedule()
    return boundary.call('http.HttpServer.send', undefined, (call) => {
      native.httpServerWriteBody(call, this.number, slot, generation, piece)
    })
  }

  /** The client went away. */
  #abandoned(slot: number, generation: number): void {
    const atWork = this.#atWork[slot]
    if (atWork?.generation !== generation) return
    this.#atWork[slot] = undefined
    const operation = 'http.Request.signal'
    abandon(atWork, new HttpError(`${operation}: the client went away`, { code: 'ERR_HTTP_GONE', operation }))
  }
}

function abandon({ request, pieces }: AtWork, reason: Error): void {
  request.abandon(reason)
  pieces?.cancel(reason)
}

const isGone = (error: unknown): boolean => error instanceof HttpError && error.code === 'ERR_HTTP_GONE'

const reasonOf = (status: number | undefined): string => {
  switch (status) {
    case 400:
      return 'Bad Request'
    case 408:
      return 'Request Timeout'
    case 413:
      return 'Payload Too Large'
    default:
      return 'Internal Server Error'
  }
}
