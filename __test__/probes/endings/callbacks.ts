import type { Endings } from '../probe.js'

export const callbacks: Endings = {
  'sync-callback-throws': {
    behaviour: 'throws the very value through a sync call, and its object is free again',
    facts: ['still 1, free for 2', 'thrown and passed over: -2'],
  },
  'sync-callback-returns-the-wrong-type': {
    behaviour: 'is refused when it returns the wrong type to a sync call',
    facts: [
      'a number for a text: ERR_CALLBACK_TYPE',
      'nothing: ERR_CALLBACK_TYPE',
      'a fraction: ERR_CALLBACK_TYPE',
      'too large: ERR_CALLBACK_TYPE',
      'half a character: ERR_CALLBACK_TYPE',
      'a promise: ERR_CALLBACK_TYPE',
      'from rust and back',
    ],
  },
  'sync-callback-rejects': {
    behaviour: 'keeps its own rejection when a sync call refuses the promise',
    facts: ['a promise: ERR_CALLBACK_TYPE', 'its rejection was reported as unhandled'],
  },
  'queued-callback-throws': {
    behaviour: 'throws out of a queued call as uncaught, and all others arrive in order',
    facts: ['all called in order, uncaught: 999 1999 2999 3999 4999', 'nothing is left'],
  },
  'queued-callback-rejects': {
    behaviour: 'rejects out of a queued call as unhandled',
    facts: ['unhandled: 0 1 2', 'nothing is left'],
  },
  'queued-callback-returns-anything-or-never-settles': {
    behaviour: 'may return anything to a queued call, a promise that never settles too',
    facts: ['4', 'nothing is left'],
  },
  'blocking-callback-throws-or-rejects': {
    behaviour: 'throws or rejects into a blocking call, which carries the very value',
    facts: ['with a message: ERR_CALLBACK_THREW', 'nothing is left'],
  },
  'blocking-callback-throws-an-error-that-throws': {
    behaviour: 'throws into a blocking call what itself throws when looked at',
    facts: ['a throwing message: ERR_CALLBACK_THREW', 'a revoked proxy: ERR_CALLBACK_THREW', 'nothing is left'],
  },
  'blocking-callback-returns-the-wrong-type': {
    behaviour: 'is refused when it returns the wrong type to a blocking call, at once or later',
    facts: [
      'a text: ERR_CALLBACK_TYPE',
      'a promise of a text: ERR_CALLBACK_TYPE',
      'a fraction: ERR_CALLBACK_TYPE',
      'nothing: ERR_CALLBACK_TYPE',
      'settles twice: 5',
      'nothing is left',
    ],
  },
  'blocking-callback-never-settles': {
    behaviour: 'never settles, and the blocking call ends by its signal or deadline',
    facts: [
      'ends by its signal',
      'by its deadline: ERR_TIMEOUT',
      'by the native deadline: ERR_TIMEOUT',
      'nothing is left',
    ],
  },
  'blocking-callback-settles-too-late': {
    behaviour: 'settles after its call has ended, and nobody minds',
    facts: ['too late: ERR_TIMEOUT', 'answered after the end', 'nothing is left'],
  },
  'callbacks-recurse-a-thousand-deep': {
    behaviour: 'recurses a thousand native calls deep and comes back, by return and by throw',
    facts: ['the ground', 'a throw comes all the way up', 'free again: 1', 'blocking: 1000'],
    nodeOptions: ['--stack-size=3900'],
  },
  'callbacks-recurse-without-end': {
    behaviour: 'recurses without end into a RangeError, not a crash',
    facts: ['a RangeError each time, free again: 1', 'from rust'],
  },
  'queued-calls-arrive-before-their-call-settles': {
    behaviour: 'is called by all queued calls before the call that queued them settles',
    facts: ['4000', 'nothing is left'],
  },
  'a-removed-callback-is-refused': {
    behaviour: 'is refused to native code once removed, inside itself too',
    facts: [
      '1',
      'removed inside itself, answered: 2',
      'queued: ERR_CALLBACK_REMOVED',
      'blocking: ERR_CALLBACK_REMOVED',
      'nothing is left',
    ],
  },
}
