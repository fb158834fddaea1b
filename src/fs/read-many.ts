import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions, errorFrom, refusal, type FsError } from './error.js'
import { native, type ManyTuple } from './native.js'
import { crossing, type PathLike } from './path.js'
import { keepsBom, MAX_BYTES, type ReadOptions, type TextOptions } from './read.js'

/** How many files are read. */
export interface ReadManyOptions extends ReadOptions {
  /** How many files are read at the same time. Default: as many as there are cores, at least 4 and at most 16. */
  concurrency?: number | undefined
  /**
   * What becomes of a file that cannot be read: with `'throw'` the call fails with the first of them, with `'collect'` its
   * error stands in its place among the results. Default `'throw'`.
   */
  onError?: 'throw' | 'collect' | undefined
}

type Collecting = { onError: 'collect' }

/** In place of a block: what follows is the number of an error. */
const FAILED = 0xffff_ffff
/** Bytes of one file's place: block, start, length. */
const WIDTH = 12

/**
 * Many files in one call: they are read at the same time, and all cross the boundary together.
 *
 * Results are in the order of `paths`. Those of small files are views of shared memory, as those of Node's `Buffer` are: to
 * keep one for long beyond the others, `slice()` it.
 *
 * @throws FsError that of the first file that cannot be read, unless errors are collected.
 */
export function readMany(
  paths: readonly PathLike[],
  options: CallOptions & ReadManyOptions & Collecting,
): Promise<(Bytes | FsError)[]>
export function readMany(paths: readonly PathLike[], options?: CallOptions & ReadManyOptions): Promise<Bytes[]>
export async function readMany(
  paths: readonly PathLike[],
  options: CallOptions & ReadManyOptions = {},
): Promise<(Bytes | FsError)[]> {
  const operation = 'fs.readMany'
  const [crossed, collect] = prepared(operation, paths, options)
  const many = await boundary.call<ManyTuple>(operation, options, (call) => {
    native.readMany(call, crossed, options.concurrency, options.maxBytes ?? MAX_BYTES, false, false, collect)
  })
  return bytesOf(operation, many)
}

/** {@link readMany} that keeps this thread until it is done; the files are read by others, too. */
export function readManySync(
  paths: readonly PathLike[],
  options: SyncCallOptions & ReadManyOptions & Collecting,
): (Bytes | FsError)[]
export function readManySync(paths: readonly PathLike[], options?: SyncCallOptions & ReadManyOptions): Bytes[]
export function readManySync(
  paths: readonly PathLike[],
  options: SyncCallOptions & ReadManyOptions = {},
): (Bytes | FsError)[] {
  const operation = 'fs.readManySync'
  const deadline = deadlineOf(operation, options)
  const [crossed, collect] = prepared(operation, paths, options)
  const maxBytes = options.maxBytes ?? MAX_BYTES
  return bytesOf(
    operation,
    native.readManySync(deadline, crossed, options.concurrency, maxBytes, false, false, collect),
  )
}

/** {@link readMany} for texts, as {@link readText} reads them. */
export function readManyText(
  paths: readonly PathLike[],
  options: CallOptions & ReadManyOptions & TextOptions & Collecting,
): Promise<(string | FsError)[]>
export function readManyText(
  paths: readonly PathLike[],
  options?: CallOptions & ReadManyOptions & TextOptions,
): Promise<string[]>
export async function readManyText(
  paths: readonly PathLike[],
  options: CallOptions & ReadManyOptions & TextOptions = {},
): Promise<(string | FsError)[]> {
  const operation = 'fs.readManyText'
  const [crossed, collect] = prepared(operation, paths, options)
  const keep = keepsBom(operation, options)
  const many = await boundary.call<ManyTuple>(operation, options, (call) => {
    native.readMany(call, crossed, options.concurrency, options.maxBytes ?? MAX_BYTES, true, keep, collect)
  })
  return textsOf(operation, many)
}

/** {@link readManyText} that keeps this thread until it is done. */
export function readManyTextSync(
  paths: readonly PathLike[],
  options: SyncCallOptions & ReadManyOptions & TextOptions & Collecting,
): (string | FsError)[]
export function readManyTextSync(
  paths: readonly PathLike[],
  options?: SyncCallOptions & ReadManyOptions & TextOptions,
): string[]
export function readManyTextSync(
  paths: readonly PathLike[],
  options: SyncCallOptions & ReadManyOptions & TextOptions = {},
): (string | FsError)[] {
  const operation = 'fs.readManyTextSync'
  const deadline = deadlineOf(operation, options)
  const [crossed, collect] = prepared(operation, paths, options)
  const keep = keepsBom(operation, options)
  const maxBytes = options.maxBytes ?? MAX_BYTES
  return textsOf(operation, native.readManySync(deadline, crossed, options.concurrency, maxBytes, true, keep, collect))
}

function prepared(operation: string, paths: readonly PathLike[], options: ReadManyOptions): [string[], boolean] {
  checkOptions(operation, options)
  if (!Array.isArray(paths)) throw refusal(operation, 'paths', 'an array of paths', paths)
  const { concurrency } = options
  const onError: unknown = options.onError
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 256)) {
    throw refusal(operation, 'options.concurrency', 'a whole number from 1 to 256', concurrency)
  }
  if (onError !== undefined && onError !== 'throw' && onError !== 'collect') {
    throw refusal(operation, 'options.onError', "'throw' or 'collect'", onError)
  }
  const crossed: string[] = []
  for (let at = 0; at < paths.length; at += 1) {
    crossed.push(crossing(operation, `paths[${at}]`, paths[at] as PathLike))
  }
  return [crossed, onError === 'collect']
}

function bytesOf(operation: string, many: ManyTuple): (Bytes | FsError)[] {
  return each(operation, many, (block, start, length) => new Uint8Array(block.buffer, block.byteOffset + start, length))
}

function textsOf(operation: string, many: ManyTuple): (string | FsError)[] {
  const buffers = new Map<Bytes, Buffer>()
  return each(operation, many, (block, start, length) => {
    let buffer = buffers.get(block)
    if (buffer === undefined) buffers.set(block, (buffer = Buffer.from(block.buffer, block.byteOffset, block.length)))
    return buffer.toString('utf8', start, start + length)
  })
}

function each<T>(
  operation: string,
  [blocks, places, errors]: ManyTuple,
  make: (block: Bytes, start: number, length: number) => T,
): (T | FsError)[] {
  const view = new DataView(places.buffer, places.byteOffset, places.byteLength)
  const results: (T | FsError)[] = []
  for (let at = 0; at < places.length; at += WIDTH) {
    const [block, start, length] = [
      view.getUint32(at, true),
      view.getUint32(at + 4, true),
      view.getUint32(at + 8, true),
    ]
    if (block === FAILED) results.push(errorFrom(operation, errors[start] ?? []))
    else results.push(make(blocks[block] as Bytes, start, length))
  }
  return results
}
