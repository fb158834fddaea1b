import { boundary } from '../addon.js'
import { crossing, NativeObject, type CallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { arrived, type Data } from './data.js'
import type { KeyOption } from './digest.js'
import { native, type Algorithm } from './native.js'

/**
 * A digest on its way: data in pieces.
 *
 * @example
 * using hasher = new Hasher('sha256')
 * for await (const piece of readStream('image.iso')) await hasher.updateAsync(piece)
 * hasher.digestHex()
 */
export class Hasher extends NativeObject {
  /** @throws HashError `ERR_OUT_OF_RANGE` for another algorithm, or a key of BLAKE3 that has not 32 bytes. */
  constructor(algorithm: Algorithm, options?: KeyOption) {
    const { key } = options ?? {}
    super(boundary, key === undefined ? native.hasherNew(algorithm) : native.hasherKeyed(algorithm, crossing(key)))
  }

  /** Takes more data. `ERR_BUSY` while {@link updateAsync} is at work. */
  update(data: Data): this {
    native.hasherUpdate(this.handle, crossing(data))
    return this
  }

  /**
   * Takes much data on the pool. Stopped, by `signal` or `timeoutMs`, it has taken some of it: only {@link dispose} is left. The bytes
   * must not be changed before it is done.
   */
  async updateAsync(data: Data, options?: CallOptions): Promise<void> {
    return boundary.call('hash.Hasher.updateAsync', options, (call) => {
      native.hasherUpdateTask(call, this.handle, crossing(data))
    })
  }

  /** The digest of what was taken so far; it goes on. */
  digest(): Bytes {
    return arrived(native.hasherDigest(this.handle))
  }

  /** {@link digest} in lower-case hexadecimal digits. */
  digestHex(): string {
    return Buffer.from(this.digest()).toString('hex')
  }
}
