import { cellsOf } from './cells.js'
import { checkObject } from './error.js'
import { native, type Packed } from './native.js'
import { crossing } from '../boundary/index.js'

/** The memory of a process in bytes: `/proc/<pid>/statm`, by the names in proc(5). */
export interface ProcessMemory {
  /** Its address space. */
  readonly size: number
  /** What of it is in memory. */
  readonly resident: number
  /** What of that others may share: files and shared memory. */
  readonly shared: number
  /** Its code. */
  readonly text: number
  /** 0 since Linux 2.6. */
  readonly lib: number
  /** Its data and stack. */
  readonly data: number
  /** 0 since Linux 2.6. */
  readonly dt: number
}

const FIELDS = ['size', 'resident', 'shared', 'text', 'lib', 'data', 'dt'] as const

/** How much of a line of statm is read. */
export interface StatmOptions {
  /** The first so many fields: 1 to 7. Default: 7. The others are left out. */
  fields?: number | undefined
}

/** How a line of statm is read. */
export interface ParseStatmOptions extends StatmOptions {
  /** Bytes of a page, from 1. Default: those of this system's, {@link pageSize}. */
  pageSize?: number | undefined
}

/**
 * Reads a line of `/proc/<pid>/statm`, which counts pages, as bytes. On any system.
 *
 * @throws SysError `ERR_SYS_MALFORMED` with `details.field` for what is missing or no number; `ERR_OUT_OF_RANGE` for other `fields`,
 * another `pageSize`, and bytes beyond 2⁵³ - 1; `ERR_INVALID_ARG_TYPE`.
 *
 * @example
 * parseStatm('10 5 2 1 0 3 0', { pageSize: 4096 }).resident // → 20480
 */
export function parseStatm(
  line: Uint8Array | string,
  options?: ParseStatmOptions & { fields?: undefined },
): ProcessMemory
export function parseStatm(line: Uint8Array | string, options: ParseStatmOptions): Partial<ProcessMemory>
export function parseStatm(line: Uint8Array | string, options: ParseStatmOptions = {}): Partial<ProcessMemory> {
  checkObject('sys.parseStatm', 'options', options)
  const { fields = FIELDS.length, pageSize: bytes = pageSize() } = options
  return memoryOf(native.parseStatm(crossing(line), fields, bytes), fields)
}

/**
 * The memory of a process now, in bytes. Threads, files, errors and systems as {@link readProcessStat} has them.
 *
 * @param pid default: this process.
 *
 * @example
 * readStatm().resident // → 52428800
 */
export function readStatm(pid?: number, options?: StatmOptions & { fields?: undefined }): ProcessMemory
export function readStatm(pid: number | undefined, options: StatmOptions): Partial<ProcessMemory>
export function readStatm(pid: number = process.pid, options?: StatmOptions): Partial<ProcessMemory> {
  if (options === undefined) return wholeOf(native.readStatm(pid, FIELDS.length))
  checkObject('sys.readStatm', 'options', options)
  const { fields = FIELDS.length } = options
  return memoryOf(native.readStatm(pid, fields), fields)
}

let page: number | undefined

/** Bytes of a page of this system's memory: a power of two. 4096 where the system does not say. */
export function pageSize(): number {
  return (page ??= native.pageSize())
}

function memoryOf(packed: Packed, fields: number): Partial<ProcessMemory> {
  if (fields === FIELDS.length) return wholeOf(packed)
  const { numbers } = cellsOf(packed)
  return Object.fromEntries(FIELDS.slice(0, fields).map((field, place) => [field, numbers[place]]))
}

function wholeOf(packed: Packed): ProcessMemory {
  const { numbers } = cellsOf(packed)
  return {
    size: numbers[0] as number,
    resident: numbers[1] as number,
    shared: numbers[2] as number,
    text: numbers[3] as number,
    lib: numbers[4] as number,
    data: numbers[5] as number,
    dt: numbers[6] as number,
  }
}

/** The system's memory in bytes, out of `/proc/meminfo`. */
export interface SystemMemory {
  /** `MemFree`: used for nothing. */
  readonly free: number
  /** `Cached`: files in memory. */
  readonly cached: number
  /** `SwapTotal`. */
  readonly swapTotal: number
  /** `SwapFree`. */
  readonly swapFree: number
}

/**
 * Reads a text of `/proc/meminfo`. Of several lines of the same name the last counts; lines of another form are passed over. On any
 * system.
 *
 * @throws SysError `ERR_SYS_MALFORMED` with `details.field` for one of the four that has no line of its name, a whole number and `kB`;
 * `ERR_OUT_OF_RANGE` for bytes beyond 2⁵³ - 1; `ERR_INVALID_ARG_TYPE`.
 */
export function parseMeminfo(text: Uint8Array | string): SystemMemory {
  return systemOf(native.parseMeminfo(crossing(text)))
}

/** The system's memory now. Threads, files, errors and systems as {@link readProcessStat} has them. */
export function readMeminfo(): SystemMemory {
  return systemOf(native.readMeminfo())
}

function systemOf(packed: Packed): SystemMemory {
  const { numbers } = cellsOf(packed)
  return {
    free: numbers[0] as number,
    cached: numbers[1] as number,
    swapTotal: numbers[2] as number,
    swapFree: numbers[3] as number,
  }
}
