import type { PublicNames } from '../boundary/index.js'
import { clientArgument, clientOperation } from './client-names.js'
import { serverOperation } from './server-names.js'

/** Exports behind methods of a web socket, which say by themselves what was asked. */
const WEB_SOCKET = /^http\.webSocket/

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation: (native, asked) =>
    WEB_SOCKET.test(native) ? asked : (clientOperation(native, asked) ?? serverOperation(native, asked) ?? native),
  argument: (native, argument) => clientArgument(native, argument) ?? argument,
}
