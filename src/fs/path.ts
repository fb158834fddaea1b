import { fileURLToPath } from 'node:url'
import { FsError, refusal } from './error.js'

/**
 * Where a file is: a path as text, a `file:` URL, or, on Unix, where a name need not be UTF-8, the path's bytes. Relative
 * paths start at the process's working directory.
 */
export type PathLike = string | URL | Uint8Array

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * A path as it crosses the boundary.
 *
 * @throws FsError `ERR_FS_INVALID_PATH`, `ERR_INVALID_ARG_TYPE`.
 */
export function crossing(operation: string, name: string, path: PathLike): string {
  if (typeof path === 'string') return checked(operation, name, path)
  if (path instanceof Uint8Array) return escaped(operation, name, path)
  if (path instanceof URL) return checked(operation, name, fromUrl(operation, name, path))
  throw refusal(operation, name, 'a path: a string, a file: URL, or bytes', path)
}

function checked(operation: string, name: string, path: string): string {
  if (path === '') throw invalid(operation, name, path, 'is empty')
  if (path.includes('\0')) throw invalid(operation, name, path, 'has a NUL inside, which no path can have')
  return path
}

function fromUrl(operation: string, name: string, url: URL): string {
  try {
    return fileURLToPath(url)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalid(operation, name, url.href, `is no path: ${reason}`)
  }
}

function invalid(operation: string, name: string, path: string, reason: string): FsError {
  return new FsError(`${operation}: the path ${JSON.stringify(path)} ${reason}`, {
    code: 'ERR_FS_INVALID_PATH',
    operation,
    details: { argument: name, path, reason },
  })
}

/** Bytes as text: those that fit nowhere are NUL and two hexadecimal digits. */
function escaped(operation: string, name: string, bytes: Uint8Array): string {
  if (bytes.includes(0)) throw invalid(operation, name, Buffer.from(bytes).toString(), 'has a NUL inside')
  try {
    return checked(operation, name, UTF8.decode(bytes))
  } catch (error) {
    if (error instanceof FsError) throw error
  }
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at)
    if (length === 0) text += `\0${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`
    else text += UTF8.decode(bytes.subarray(at, at + length))
    at += Math.max(1, length)
  }
  return text
}

/** How many bytes the character has that starts here; 0 when none does. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    try {
      UTF8.decode(bytes.subarray(at, at + length))
      return length
    } catch {
      // Not whole yet, or none.
    }
  }
  return 0
}

/** A path that came across the boundary: as text, and as bytes where the text cannot say it. */
export function readPath(text: string): { path: string; bytes?: Uint8Array } {
  if (!text.includes('\0')) return { path: text }
  const [first = '', ...rest] = text.split('\0')
  const parts = [Buffer.from(first)]
  for (const part of rest) parts.push(Buffer.from(part.slice(0, 2), 'hex'), Buffer.from(part.slice(2)))
  const bytes = new Uint8Array(Buffer.concat(parts))
  return { path: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), bytes }
}
