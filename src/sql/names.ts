import type { PublicNames } from '../boundary/index.js'

/** How the exports of glue.rs and their parameters are known to users: every call says what it is. */
export const names: PublicNames = {
  operation: (native, asked) => (asked === '' ? native : asked),
  argument: (_native, argument) => (argument === 'connection' ? 'this' : argument),
}
