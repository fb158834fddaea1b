import type { PublicNames } from '../boundary/index.js'

/** Exports that several operations share. */
const SHARED = /Task(Sync)?$/

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation(native, asked) {
    if (SHARED.test(native)) return asked
    const method = /^hash\.hasher(New|Keyed|Update|Digest)$/.exec(native)?.[1]
    if (method === undefined) return native === 'hash.authenticate' ? 'hash.hmac' : native
    return method === 'New' || method === 'Keyed' ? 'hash.Hasher' : `hash.Hasher.${method.toLowerCase()}`
  },
  argument(_native, argument) {
    switch (argument) {
      case 'hasher':
        return 'this'
      case 'timeoutMs':
        return 'options.timeoutMs'
      default:
        return argument
    }
  },
}
