import type { PublicNames } from '../boundary/index.js'

/** Exports that several operations share. */
const SHARED = new Set([
  'queuePop',
  'queuePush',
  'queueRoom',
  'queueRoomSync',
  'queueReady',
  'queueReadySync',
  'jobReady',
])

/** Exports whose operation is called otherwise. */
const RENAMED = new Map([
  ['queueNew', 'Queue'],
  ['notifierNew', 'Notifier'],
])

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation(native, asked) {
    const name = native.slice('concurrency.'.length)
    if (SHARED.has(name) && asked.startsWith('concurrency.')) return asked
    return `concurrency.${RENAMED.get(name) ?? name.replace(/^(queue|job|notifier)(.)/, dotted)}`
  },
  argument(_native, argument) {
    switch (argument) {
      case 'queue':
      case 'notifier':
        return 'this'
      case 'timeoutMs':
        return 'options.timeoutMs'
      case 'capacity':
      case 'maxBytes':
        return `options.${argument}`
      default:
        return argument
    }
  },
}

/** `Queue.open` of `queueOpen`. */
function dotted(_all: string, owner: string, first: string): string {
  return `${owner.charAt(0).toUpperCase()}${owner.slice(1)}.${first.toLowerCase()}`
}
