import { outgoing, query, type Outgoing } from './client-body.js'
import { flatHeaders } from './client-headers.js'
import type { RequestOptions } from './client-options.js'
import { requestSettings } from './client-settings.js'
import { refusal } from './error.js'

/** A request as the native half takes it. */
export interface Prepared {
  readonly method: string
  readonly url: string
  readonly headers: readonly string[]
  readonly settings: string | null
  readonly outgoing: Outgoing | null
  readonly throwOnError: boolean
}

const noHeaders: readonly string[] = []

/** Everything of a request that can be refused is refused here. `throwOnError`: what the client says of it. */
export function prepare(
  operation: string,
  method: string,
  url: string | URL,
  options: RequestOptions | undefined,
  throwOnError: boolean,
): Prepared {
  if (typeof method !== 'string') throw refusal(operation, 'method', 'a string', method)
  let address = typeof url === 'string' ? url : addressOf(operation, url)
  if (options === undefined) {
    return {
      method,
      url: address,
      headers: noHeaders,
      settings: null,
      outgoing: null,
      throwOnError,
    }
  }
  const settings = requestSettings(operation, options)
  const sent = outgoing(operation, options)
  const headers = flatHeaders(operation, options.headers)
  if (options.query !== undefined) {
    const added = query(operation, 'options.query', options.query).toString()
    const [before = '', fragment] = address.split('#', 2)
    if (added !== '')
      address = `${before}${before.includes('?') ? '&' : '?'}${added}${fragment === undefined ? '' : `#${fragment}`}`
  }
  const has = (name: string): boolean => headers.some((own, at) => at % 2 === 0 && own.toLowerCase() === name)
  if (sent.contentType !== null && !has('content-type')) headers.push('content-type', sent.contentType)
  if (sent.length !== null && !has('content-length')) headers.push('content-length', String(sent.length))
  if (options.auth !== undefined && !has('authorization'))
    headers.push('authorization', authorization(operation, options.auth))
  return {
    method,
    url: address,
    headers,
    settings,
    outgoing: sent,
    throwOnError: options.throwOnError ?? throwOnError,
  }
}

function addressOf(operation: string, url: unknown): string {
  if (url instanceof URL) return url.href
  throw refusal(operation, 'url', 'a string or a URL', url)
}

function authorization(operation: string, auth: NonNullable<RequestOptions['auth']>): string {
  if ('bearer' in auth) return `Bearer ${auth.bearer}`
  const { username, password } = auth
  if (typeof username !== 'string' || typeof password !== 'string' || username.includes(':')) {
    throw refusal(operation, 'options.auth', '{ username, password } without a colon in the name, or { bearer }', auth)
  }
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
