import { boundary } from '../addon.js'
import { lengthAt, longAt } from '../boundary/index.js'
import { TlError } from './error.js'
import { native, type Packed } from './native.js'
import { ERROR_NUMBERS } from './wire.js'

/** The header of a query. */
export interface QueryHeader {
  /** `RPC_INVOKE_REQ` or `RPC_INVOKE_KPHP_REQ`. */
  readonly op: number
  /** The query's number: a signed integer of 64 bits. */
  readonly qid: bigint
  /** The actor it is for: the last one named, or `0n`. */
  readonly actorId: bigint
  /** Bytes of the header: a multiple of 4, at least 12. */
  readonly consumed: number
}

/** The header of an answer. */
export interface AnswerHeader {
  /** `RPC_REQ_RESULT`, `RPC_REQ_ERROR`, or `RPC_REQ_ERROR_WRAPPED` for an error inside a result. */
  readonly op: number
  /** The operation as it was sent: `RPC_REQ_RESULT` or `RPC_REQ_ERROR`. */
  readonly realOp: number
  /** The query's number: a signed integer of 64 bits. */
  readonly qid: bigint
  /** Bytes of the header: a multiple of 4, at least 12. */
  readonly consumed: number
}

/** What came of bytes that may be a header. */
export type HeaderResult<Header> =
  | { readonly ok: true; readonly header: Header }
  /** No header: the error's number, -1002, and its text. */
  | { readonly ok: false; readonly number: number; readonly text: string }

/**
 * Reads the header of a query from the start of a packet: the operation, the query's number and markers; what follows is not looked at.
 * Behind a header with `RPC_INVOKE_REQ` at least four bytes must follow, or it cannot be told where the markers end.
 *
 * @throws TlError `ERR_TL_HEADER`, with the number and text of the RPC systems in `details`; `ERR_INVALID_ARG_TYPE`,
 * `ERR_BUFFER_DETACHED`.
 *
 * @example
 * const { qid, consumed } = parseQueryHeader(packet)
 * const reader = new Reader(packet, { position: consumed })
 */
export function parseQueryHeader(bytes: Uint8Array): QueryHeader {
  const operation = 'tl.parseQueryHeader'
  boundary.asks(operation)
  const words = wordsOf(native.queryHeader(bytes))
  if (words[0] !== 0) throw fault(operation, words)
  return queryOf(words)
}

/** {@link parseQueryHeader} for packets of strangers: what is no header is told and not thrown, which would cost microseconds. */
export function tryParseQueryHeader(bytes: Uint8Array): HeaderResult<QueryHeader> {
  boundary.asks('tl.tryParseQueryHeader')
  const words = wordsOf(native.queryHeader(bytes))
  return words[0] === 0 ? { ok: true, header: queryOf(words) } : refused(words)
}

/** Reads the header of an answer, as {@link parseQueryHeader} that of a query. Behind that of a result at least four bytes follow. */
export function parseAnswerHeader(bytes: Uint8Array): AnswerHeader {
  const operation = 'tl.parseAnswerHeader'
  boundary.asks(operation)
  const words = wordsOf(native.answerHeader(bytes))
  if (words[0] !== 0) throw fault(operation, words)
  return answerOf(words)
}

/** {@link parseAnswerHeader} for packets of strangers: what is no header is told and not thrown. */
export function tryParseAnswerHeader(bytes: Uint8Array): HeaderResult<AnswerHeader> {
  boundary.asks('tl.tryParseAnswerHeader')
  const words = wordsOf(native.answerHeader(bytes))
  return words[0] === 0 ? { ok: true, header: answerOf(words) } : refused(words)
}

/** The words of a header: those of crates/tl/src/header_words.rs. */
const wordsOf = (packed: Packed): Uint32Array => (typeof packed === 'number' ? boundary.scratch : packed)

function queryOf(words: Uint32Array): QueryHeader {
  return {
    op: (words[1] as number) | 0,
    qid: longAt(words, 2),
    actorId: longAt(words, 4),
    consumed: lengthAt(words, 7),
  }
}

function answerOf(words: Uint32Array): AnswerHeader {
  return {
    op: (words[1] as number) | 0,
    realOp: (words[6] as number) | 0,
    qid: longAt(words, 2),
    consumed: lengthAt(words, 7),
  }
}

/** The fault whose text tells the flags, which are its second word. */
const UNSUPPORTED_FLAGS = 4

function textOf(words: Uint32Array): { text: string; flags: number | undefined } {
  const [fault, flags] = words as unknown as [number, number]
  return { text: native.headerFault(fault, flags), flags: fault === UNSUPPORTED_FLAGS ? flags : undefined }
}

function refused(words: Uint32Array): { ok: false; number: number; text: string } {
  return { ok: false, number: ERROR_NUMBERS.HEADER, text: textOf(words).text }
}

function fault(operation: string, words: Uint32Array): TlError {
  const { text, flags } = textOf(words)
  const details = flags === undefined ? {} : { flags }
  return new TlError(`${operation}: ${text}`, { code: 'ERR_TL_HEADER', operation, details })
}
