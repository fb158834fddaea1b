import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { HttpError, refusal } from './error.js'

/** A file that is read natively while it is sent. */
export interface FilePart {
  /** Where it is. */
  readonly path: string
  /** What the server is told it is called. Default: the path's last part. */
  readonly filename?: string | undefined
  /** Default `application/octet-stream`. */
  readonly type?: string | undefined
}

/** Bytes with a name. */
export interface BytesPart {
  readonly bytes: Uint8Array
  readonly filename?: string | undefined
  /** Default `application/octet-stream`. */
  readonly type?: string | undefined
}

/** What a field holds. */
export type MultipartValue = string | Uint8Array | Blob | FilePart | BytesPart

/** Fields by name, or in pairs when a name is there several times; or the Web's `FormData`. */
export type MultipartInput =
  Readonly<Record<string, MultipartValue | readonly MultipartValue[]>> | Iterable<readonly [string, MultipartValue]>

/** A piece of the body: bytes that are there, a blob, or a file's path. */
export type Segment = Uint8Array | Blob | { readonly path: string }

/** A multipart body in pieces, and its `content-type`. */
export interface Multipart {
  readonly contentType: string
  readonly segments: readonly Segment[]
}

const EXPECTED = 'a string, a Uint8Array, a Blob, { path } or { bytes }'

/** Builds a body of `multipart/form-data` (RFC 7578). */
export function multipart(operation: string, input: MultipartInput): Multipart {
  const boundary = `ferrule-${randomBytes(18).toString('hex')}`
  const segments: Segment[] = []
  let text = ''
  const bytes = (value: Segment): void => {
    segments.push(Buffer.from(text), value)
    text = ''
  }
  for (const [name, value] of fieldsOf(operation, input)) {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"`
    const file = (filename: string, type: string | undefined): string =>
      `${head}; filename="${quoted(filename)}"\r\ncontent-type: ${typeOf(operation, type)}\r\n\r\n`
    if (typeof value === 'string') text += `${head}\r\n\r\n${value}`
    else if (value instanceof Uint8Array) {
      text += file('blob', undefined)
      bytes(value)
    } else if (value instanceof Blob) {
      const { name: own } = value as Blob & { name?: unknown }
      text += file(typeof own === 'string' ? own : 'blob', value.type)
      bytes(value)
    } else if (typeof value !== 'object' || (value as unknown) === null) {
      throw refusal(operation, `options.multipart.${name}`, EXPECTED, value)
    } else if ('path' in value && typeof value.path === 'string') {
      text += file(value.filename ?? basename(value.path), value.type)
      bytes({ path: value.path })
    } else if ('bytes' in value && value.bytes instanceof Uint8Array) {
      text += file(value.filename ?? 'blob', value.type)
      bytes(value.bytes)
    } else {
      throw refusal(operation, `options.multipart.${name}`, EXPECTED, value)
    }
    text += '\r\n'
  }
  segments.push(Buffer.from(`${text}--${boundary}--\r\n`))
  return { contentType: `multipart/form-data; boundary=${boundary}`, segments }
}

function* fieldsOf(operation: string, input: MultipartInput): Generator<readonly [string, MultipartValue], void> {
  if (typeof input !== 'object' || (input as unknown) === null) {
    throw refusal(operation, 'options.multipart', 'an object of fields, pairs, or a FormData', input)
  }
  if (Symbol.iterator in input) {
    yield* input
    return
  }
  for (const [name, value] of Object.entries(input)) {
    for (const one of Array.isArray(value) ? (value as readonly MultipartValue[]) : [value as MultipartValue])
      yield [name, one]
  }
}

/** As browsers do it: what could end the name is escaped. */
const quoted = (name: string): string => name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')

function typeOf(operation: string, type: string | undefined): string {
  if (type === undefined || type === '') return 'application/octet-stream'
  if (/^[\x20-\x7e]+$/.test(type)) return type
  throw new HttpError(`${operation}: the type of a part must be visible ASCII, got ${JSON.stringify(type)}`, {
    code: 'ERR_HTTP_INVALID_HEADER',
    operation,
    details: { header: 'content-type' },
  })
}
