import type { Endings } from '../probe.js'

const onPurpose = /Error: thrown on purpose/
/** Half a second of grace for the threads, and a machine with other work. */
const endsWithin = 1500

export const ending: Endings = {
  'exit-with-everything-in-flight': {
    behaviour: 'exits with calls, streams and callbacks of every kind in flight',
    facts: ['started'],
    code: 3,
    endsWithin,
  },
  'exit-before-anything-has-begun': {
    behaviour: 'exits in the very turn that started everything',
    facts: ['started'],
    code: 3,
    endsWithin,
  },
  'exit-with-a-stuck-pool-thread': {
    behaviour: 'exits although a pool thread is stuck in blocking code',
    facts: ['stuck'],
    code: 3,
    endsWithin,
  },
  'exit-with-a-stuck-lane': {
    behaviour: 'exits although the lane is stuck in blocking code',
    facts: ['stuck'],
    code: 3,
    endsWithin,
  },
  'exit-with-both-stuck': {
    behaviour: 'exits although the lane and a pool thread are stuck',
    facts: ['stuck'],
    code: 3,
    endsWithin,
  },
  'uncaught-exception-with-both-stuck': {
    behaviour: 'ends by an uncaught exception although the lane and a pool thread are stuck',
    facts: ['stuck'],
    code: 1,
    complains: onPurpose,
    endsWithin,
  },
  'loop-drains-with-the-lane-alive': {
    behaviour: 'ends by itself while the lane and an idle pool thread live',
    facts: ['lane running, 1 pool thread'],
    endsWithin,
  },
  'loop-drains-while-a-thread-calls-for-ever': {
    behaviour: 'ends by itself while a native thread keeps calling a queued callback that does not hold the loop',
    facts: ['called'],
    endsWithin,
  },
  'loop-drains-while-a-thread-asks-for-ever': {
    behaviour: 'ends by itself while a native thread keeps asking a blocking callback that does not hold the loop',
    facts: ['asked'],
    endsWithin,
  },
  'loop-drains-after-a-removed-function-was-told-to-hold-it': {
    behaviour: 'is not held by a callback that was removed',
    facts: ['removed'],
    endsWithin,
  },
  'exit-inside-a-sync-callback': { behaviour: 'exits inside a sync callback', facts: ['inside'], code: 4, endsWithin },
  'exit-inside-a-nested-sync-callback': {
    behaviour: 'exits inside a sync callback of a sync callback, an object held',
    facts: ['inside'],
    code: 4,
    endsWithin,
  },
  'exit-inside-a-queued-callback': {
    behaviour: 'exits inside a queued callback, in the middle of a batch',
    facts: ['inside'],
    code: 4,
    endsWithin,
  },
  'exit-inside-a-blocking-callback': {
    behaviour: 'exits inside a blocking callback while threads wait for answers',
    facts: ['inside'],
    code: 4,
    endsWithin,
  },
  'exit-inside-an-abort-listener': {
    behaviour: 'exits inside an abort listener, the call still running',
    facts: ['inside'],
    code: 4,
    endsWithin,
  },
  'exit-inside-a-getter-of-an-argument': {
    behaviour: 'exits inside a getter that a native call reads',
    facts: ['inside'],
    code: 4,
    endsWithin,
  },
  'uncaught-exception-with-everything-in-flight': {
    behaviour: 'ends by an uncaught exception with everything in flight',
    facts: ['started'],
    code: 1,
    complains: onPurpose,
    endsWithin,
  },
  'uncaught-exception-inside-a-queued-callback': {
    behaviour: 'ends by an exception of a queued callback, after the rest of its batch',
    facts: ['0', '2', '3'],
    code: 1,
    complains: onPurpose,
    endsWithin,
  },
  'unhandled-rejection-of-a-call': {
    behaviour: 'ends by the unhandled rejection of a call while another is in flight',
    facts: [],
    code: 1,
    complains: /FaultsError: faults\.refuseLater: refused on request/,
    endsWithin,
  },
  'the-boundary-is-used-after-it-closed': {
    behaviour: 'serves sync calls to exit listeners after the boundary closed, and refuses what needs a thread',
    facts: [
      'a sync call: 2',
      'a new object: 7',
      'a Sync door over the lane: ERR_ENVIRONMENT_CLOSED',
      'a queued callback: ERR_ENVIRONMENT_CLOSED',
      'disposed',
    ],
    endsWithin,
  },
}
