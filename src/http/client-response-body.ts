import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { native, type Handle } from './native.js'

/** The largest piece of a body that is pulled at once. */
const PIECE = 256 * 1024

/** How far a download is. */
export interface DownloadProgress {
  /** Bytes that were written. */
  readonly bytes: number
  /** How many there will be; null when the server did not say, or sends them compressed. */
  readonly total: number | null
}

/** How a body becomes a file. */
export interface FileOptions {
  /** Told about every 50 ms, and once at the end. */
  onProgress?: ((progress: DownloadProgress) => void) | undefined
  /** Whether a file that is there already is replaced. Default true. */
  overwrite?: boolean | undefined
  /** The new file's permissions, before the process's umask. Default 0o666. */
  mode?: number | undefined
  /** Whether the file is on the disk before it gets its name (`fsync`). Default false. */
  sync?: boolean | undefined
}

/** A body that comes while it is read. */
export class NativeBody extends NativeObject {
  constructor(handle: Handle) {
    super(boundary, handle)
  }

  next(operation: string, options: CallOptions | undefined): Promise<Bytes | null> {
    return boundary.call<Bytes | null>(operation, options, (call) => {
      native.responseBodyNext(call, this.handle, PIECE)
    })
  }

  all(operation: string, options: CallOptions | undefined): Promise<Bytes> {
    return boundary.call<Bytes>(operation, options, (call) => {
      native.responseBodyAll(call, this.handle)
    })
  }

  save(operation: string, options: CallOptions | undefined, path: string, file: FileOptions): Promise<number> {
    const { onProgress } = file
    const heard = boundary.callback((bytes: number, total: number) => {
      onProgress?.({ bytes, total: total < 0 ? null : total })
    })
    return boundary.call<number>(operation, options, (call) => {
      const { overwrite = true, mode = null, sync = false } = file
      native.responseBodySave(call, this.handle, path, overwrite, mode, sync, onProgress !== undefined, heard)
    })
  }

  trailers(): string[] | null {
    return native.responseBodyTrailers(this.handle)
  }
}
