import type { PublicNames } from '../boundary/index.js'
import { clientArgument, clientOperation } from './client-names.js'
import { serverOperation } from './server-names.js'

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation: (native, asked) => clientOperation(native, asked) ?? serverOperation(native, asked) ?? native,
  argument: (native, argument) => clientArgument(native, argument) ?? argument,
}
