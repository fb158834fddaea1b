import type { PublicNames } from '../boundary/index.js'
import { serverOperation } from './server-names.js'

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation: (native, asked) => serverOperation(native, asked) ?? native,
  argument: (_native, argument) => argument,
}
