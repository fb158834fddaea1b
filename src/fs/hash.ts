import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions } from './error.js'
import { native, type HashAlgorithm } from './native.js'
import { crossing, type PathLike } from './path.js'

export type { HashAlgorithm } from './native.js'

/**
 * The digest of a file's bytes. `signal` and `timeoutMs` are looked at every mebibyte. `'sha1'` and `'md5'` are broken as
 * signatures; they are here to compare with what others have published.
 *
 * @throws FsError those of `read`; `ERR_OUT_OF_RANGE` for another algorithm.
 *
 * @example
 * Buffer.from(await hashFile('image.iso', 'sha256')).toString('hex')
 */

export async function hashFile(path: PathLike, algorithm: HashAlgorithm, options?: CallOptions): Promise<Bytes> {
  checkOptions('fs.hashFile', options)
  const crossed = crossing('fs.hashFile', 'path', path)
  return boundary.call('fs.hashFile', options, (call) => {
    native.hashFile(call, crossed, algorithm)
  })
}

/** {@link hashFile} on this thread. */
export function hashFileSync(path: PathLike, algorithm: HashAlgorithm, options?: SyncCallOptions): Bytes {
  const deadline = deadlineOf('fs.hashFileSync', options)
  return native.hashFileSync(deadline, crossing('fs.hashFileSync', 'path', path), algorithm) as Bytes
}
