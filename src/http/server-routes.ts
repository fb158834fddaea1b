import { refusal } from './server-error.js'
import type { ServerRequest } from './server-request.js'
import type { ResponseLike } from './server-reply.js'

/** What answers requests. */
export type Handler<Path extends string = string> = (
  request: ServerRequest<Path>,
) => ResponseLike | Response | Promise<ResponseLike | Response>

/** The names of a pattern's parameters: `id` and `rest` of `/users/:id/*rest`. */
export type ParamsOf<Path extends string> = string extends Path
  ? Readonly<Record<string, string>>
  : { readonly [Name in NamesIn<Path>]: string }

type NamesIn<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? NameIn<Segment> | NamesIn<Rest>
  : NameIn<Path>

type NameIn<Segment extends string> = Segment extends `:${infer Name}` | `*${infer Name}` ? Name : never

/** A connection that a handler may turn into something else. */
export interface Seat {
  readonly server: number
  readonly slot: number
  readonly generation: number
}

/** Answers a request that asks for an upgrade: undefined when the connection was taken. */
export type Upgrader = (request: ServerRequest, seat: Seat) => Promise<ResponseLike | Response | undefined>

export interface Route {
  readonly method: string
  readonly path: string
  readonly kind: 'handler' | 'websocket'
  readonly names: readonly string[]
  readonly handler: Handler
  readonly upgrader?: Upgrader
}

const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/
const NAME = /^[A-Za-z_]\w*$/

/** A method as it is sent: those of the standard in capitals, however they were written. */
export function checkedMethod(operation: string, method: unknown): string {
  if (method === '*') return method
  if (typeof method !== 'string' || !TOKEN.test(method)) {
    throw refusal(operation, 'method', 'an HTTP method, or * for every one', method)
  }
  return method.toUpperCase()
}

/** The names of a pattern's parameters, in order. */
export function checkedPath(operation: string, path: unknown): string[] {
  const expected = 'a path that begins with /, such as /users/:id or /files/*path'
  if (typeof path !== 'string' || !path.startsWith('/') || /[?#\s]/.test(path)) {
    throw refusal(operation, 'path', expected, path)
  }
  const names: string[] = []
  const segments = path.slice(1).split('/')
  for (const [place, segment] of segments.entries()) {
    if (!/^[:*]/.test(segment)) continue
    const name = segment.slice(1)
    if (!NAME.test(name) || names.includes(name)) {
      throw refusal(operation, 'path', `${expected}, each parameter with a name of its own`, path)
    }
    if (segment.startsWith('*') && place < segments.length - 1) {
      throw refusal(operation, 'path', `${expected}, a wildcard only at its end`, path)
    }
    names.push(name)
  }
  return names
}

/** A pattern as requests have it: what a path cannot have is escaped. */
export const escapedPath = (path: string): string => encodeURI(path).replaceAll('%25', '%')
