import type { PublicNames } from '../boundary/index.js'

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation: (native) => native,
  argument: (_native, argument) => argument,
}
