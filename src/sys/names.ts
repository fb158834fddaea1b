import type { PublicNames } from '../boundary/index.js'

/** Parameters that users pass by themselves where an identity or options are passed besides. */
const PLAIN = new Set(['address', 'listening', 'text', 'clock', 'precision', 'events', 'told', 'wakeup', 'now', 'hint'])

/** How the exports of glue.rs and their parameters are known to users: the operations by their own names. */
export const names: PublicNames = {
  operation: (native) => native,
  argument(native, argument) {
    if (argument === 'address') return 'ip'
    if (argument === 'listening') return 'port'
    if (PLAIN.has(argument)) return argument
    switch (native) {
      case 'sys.commonIdentity':
      case 'sys.clientIdentity':
      case 'sys.serverIdentity':
        return `known.${argument}`
      case 'sys.matchIdentity':
      case 'sys.isNewer': {
        if (!argument.startsWith('other')) return `identity.${argument}`
        return `${native === 'sys.isNewer' ? 'other' : 'pattern'}.${argument.slice(5).toLowerCase()}`
      }
      case 'sys.logPrefix':
        return `moment.${argument}`
      case 'sys.parseStatm':
      case 'sys.readStatm':
        return argument === 'pid' ? argument : `options.${argument}`
      default:
        return argument
    }
  },
}
