import type { Endings } from '../probe.js'

export const borrowing: Endings = {
  're-entry-while-held-exclusively': {
    behaviour: 'refuses every other use while held exclusively, and names the holder',
    facts: [
      'shared: ERR_BUSY',
      'exclusive: ERR_BUSY',
      'itself: ERR_BUSY',
      'a child: ERR_BUSY',
      'free again: 3',
      'nothing is left',
    ],
  },
  're-entry-while-held-shared': {
    behaviour: 'allows shared uses while held shared, and refuses the exclusive one by the holder’s name',
    facts: [
      'shared: 1',
      'exclusive: ERR_BUSY',
      'exclusive with a callback: ERR_BUSY',
      'free again: 2',
      'nothing is left',
    ],
  },
  'a-throw-ends-the-borrow': { behaviour: 'is free again after a throw', facts: ['free again: 2', 'nothing is left'] },
  'sync-calls-during-async-ones': {
    behaviour: 'refuses sync calls that an async one excludes, and names it',
    facts: [
      'shared: ERR_BUSY',
      'exclusive: ERR_BUSY',
      'shared: 2',
      'exclusive: ERR_BUSY',
      'on the lane: ERR_BUSY',
      'free again: 4',
      'nothing is left',
    ],
  },
  'async-calls-queue-in-order': {
    behaviour: 'lets async calls queue, first in first out',
    facts: ['1 11 11 11 111 1111 1111', 'nothing is left'],
  },
  'an-async-call-made-inside-a-callback-waits-for-its-end': {
    behaviour: 'lets an async call made inside a callback of it wait for the end of that call',
    facts: ['first: 2, then: 12', 'nothing is left'],
  },
  'a-call-that-waits-can-be-aborted': {
    behaviour: 'lets a call that waits be stopped, and the others go on',
    facts: ['by its deadline: ERR_TIMEOUT', 'the others: 2 3', 'nothing is left'],
  },
  'an-aborted-exclusive-call-gives-its-object-back': {
    behaviour: 'comes back whole from an exclusive call that was aborted',
    facts: ['addSlowly: 1', 'addLater: 1', 'nothing is left'],
  },
}
