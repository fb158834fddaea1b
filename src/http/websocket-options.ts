import { checkedTimeout, type CallOptions } from '../boundary/index.js'
import type { HeadersInput } from './client-headers.js'
import { flatHeaders } from './client-headers.js'
import type { HttpTls } from './client-options.js'
import { tlsConfig } from './client-settings.js'
import { HttpError, refusal } from './error.js'
import { LONGEST_MESSAGE } from './websocket-message.js'

/** What holds for an open web socket, on either side. */
export interface WebSocketLimits {
  /** Bytes of the longest message that is taken; a longer one closes with 1009. Default 16 MiB. Range 1 to 2³¹ - 1. */
  readonly maxMessageBytes?: number | undefined
  /** The same of a single frame. Default: `maxMessageBytes`. */
  readonly maxFrameBytes?: number | undefined
  /**
   * Milliseconds of silence after which the peer is pinged. Default 30,000; 0 for never: then a peer that vanished without a word
   * is not noticed before something is sent.
   */
  readonly pingIntervalMs?: number | undefined
  /** Milliseconds that the peer then has until the connection counts as lost (1006). Default 10,000. */
  readonly pongTimeoutMs?: number | undefined
  /** Milliseconds that closing may take before the connection is cut (1006). Default 5,000. */
  readonly closeTimeoutMs?: number | undefined
  /** Bytes that may wait to be sent before `send` rejects with `ERR_HTTP_WEBSOCKET_BACKLOG`. Default 16 MiB. */
  readonly maxBufferedBytes?: number | undefined
}

/** How a client's web socket is opened. */
export interface WebSocketOptions extends WebSocketLimits, CallOptions {
  /** Milliseconds until the socket must be open. Default 30,000. */
  readonly timeoutMs?: number | undefined
  /** Subprotocols offered to the server, the preferred one first. */
  readonly protocols?: readonly string[] | undefined
  /** Further headers of the request, such as `origin`, `cookie` and `authorization`. Those of the handshake are refused. */
  readonly headers?: HeadersInput | undefined
  /** For `wss:`, as an HTTP client has it. */
  readonly tls?: HttpTls | undefined
}

/** The same limits with their defaults, as the engine reads them. */
interface EngineLimits {
  maxMessageBytes: number
  maxFrameBytes: number
  pingIntervalMs: number
  pongTimeoutMs: number
  closeTimeoutMs: number
}

const MEBIBYTE = 1024 * 1024

/** The longest time in milliseconds: what timers hold. */
const LONGEST_TIME = 2 ** 31 - 1

function whole(operation: string, name: string, value: unknown, least: number, most: number, usual: number): number {
  if (value === undefined) return usual
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw refusal(operation, `options.${name}`, `a whole number from ${least} to ${most}`, value)
}

/** The limits that the engine keeps. */
export function engineLimits(operation: string, options: WebSocketLimits): EngineLimits {
  const bytes = (name: keyof WebSocketLimits, usual: number): number =>
    whole(operation, name, options[name], 1, LONGEST_MESSAGE, usual)
  const time = (name: keyof WebSocketLimits, usual: number): number =>
    whole(operation, name, options[name], 0, LONGEST_TIME, usual)
  const maxMessageBytes = bytes('maxMessageBytes', 16 * MEBIBYTE)
  return {
    maxMessageBytes,
    maxFrameBytes: bytes('maxFrameBytes', maxMessageBytes),
    pingIntervalMs: time('pingIntervalMs', 30_000),
    pongTimeoutMs: time('pongTimeoutMs', 10_000),
    closeTimeoutMs: time('closeTimeoutMs', 5_000),
  }
}

/** How much may wait to be sent. */
export function maxBufferedBytes(operation: string, options: WebSocketLimits): number {
  return whole(operation, 'maxBufferedBytes', options.maxBufferedBytes, 0, Number.MAX_SAFE_INTEGER, 16 * MEBIBYTE)
}

/** A name of a subprotocol is a token of RFC 9110. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** @throws HttpError `ERR_INVALID_ARG_TYPE` for what is no list of different tokens. */
export function checkedProtocols(operation: string, protocols: unknown): readonly string[] {
  if (protocols === undefined) return []
  const isToken = (protocol: unknown): boolean => typeof protocol === 'string' && TOKEN.test(protocol)
  if (Array.isArray(protocols) && protocols.every(isToken) && new Set(protocols).size === protocols.length) {
    return protocols as string[]
  }
  throw refusal(operation, 'options.protocols', 'an array of different tokens, such as ["chat.v1"]', protocols)
}

const SCHEMES: Readonly<Record<string, string>> = {
  'ws:': 'http:',
  'http:': 'http:',
  'wss:': 'https:',
  'https:': 'https:',
}

/** What the engine connects with, as JSON. */
export function connectOptions(operation: string, url: unknown, options: WebSocketOptions): string {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refusal(operation, 'options', 'an object', options)
  }
  const text = url instanceof URL ? url.href : url
  const parsed = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined
  const scheme = parsed && SCHEMES[parsed.protocol]
  if (parsed === undefined || scheme === undefined || parsed.hash !== '' || parsed.username + parsed.password !== '') {
    throw refusal(operation, 'url', 'a ws: or wss: URL without credentials and fragment', url)
  }
  return JSON.stringify({
    url: scheme + parsed.href.slice(parsed.protocol.length),
    protocols: checkedProtocols(operation, options.protocols),
    headers: flatHeaders(operation, options.headers),
    tls: tlsConfig(operation, options.tls) ?? {},
    limits: engineLimits(operation, options),
  })
}

/** What `send` takes. */
export function checkedMessage(operation: string, data: unknown): void {
  if (typeof data === 'string') {
    if (data.isWellFormed()) return
    const message = `${operation}: argument "data" has a lone surrogate, which UTF-8 cannot say; see String.prototype.toWellFormed`
    throw new HttpError(message, { code: 'ERR_INVALID_STRING', operation, details: { argument: 'data' } })
  }
  if (data instanceof Uint8Array && data.length <= LONGEST_MESSAGE) return
  throw refusal(operation, 'data', 'a string or a Uint8Array of less than 2 GiB', data)
}

/** The deadline of a Sync door: null for none. */
export function syncTimeout(operation: string, timeoutMs: number | undefined): number | null {
  try {
    return checkedTimeout(operation, timeoutMs)
  } catch {
    throw refusal(operation, 'options.timeoutMs', 'a number of milliseconds from 0', timeoutMs)
  }
}

/** A blocking call that would take what an earlier one waits for. */
export function busy(operation: string): HttpError {
  const message = `${operation}: an async receive of this socket waits for the next message; await it first`
  return new HttpError(message, { code: 'ERR_BUSY', operation })
}

const encoder = new TextEncoder()

/** The longest payload of a control frame, in bytes (RFC 6455, section 5.5). */
const LONGEST_CONTROL = 125

/** What a close frame says. */
export function checkedClose(operation: string, code: unknown, reason: unknown): void {
  const isCode =
    typeof code === 'number' &&
    Number.isInteger(code) &&
    ((code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999))
  if (!isCode) {
    throw refusal(operation, 'code', 'a number that may be sent: 1000 to 1003, 1007 to 1014, 3000 to 4999', code)
  }
  const isReason =
    typeof reason === 'string' && reason.isWellFormed() && encoder.encode(reason).length <= LONGEST_CONTROL - 2
  if (!isReason) throw refusal(operation, 'reason', 'a string of at most 123 bytes of UTF-8', reason)
}

/** What a ping carries. */
export function checkedPing(operation: string, payload: unknown): Uint8Array {
  const bytes = typeof payload === 'string' ? encoder.encode(payload) : payload
  if (bytes instanceof Uint8Array && bytes.length <= LONGEST_CONTROL) return bytes
  throw refusal(operation, 'payload', 'a string or Uint8Array of at most 125 bytes', payload)
}
