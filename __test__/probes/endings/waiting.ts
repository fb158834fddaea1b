import type { Endings } from '../probe.js'

export const waiting: Endings = {
  'blocking-callback-while-javascript-waits': {
    behaviour: 'refuse a blocking callback while a Sync door is open',
    facts: [
      'from a thread the lane waits for: ERR_WOULD_DEADLOCK',
      'on the JavaScript thread itself: ERR_WOULD_DEADLOCK',
      'with a deadline: ERR_WOULD_DEADLOCK',
      'from threads the call waits for: ERR_WOULD_DEADLOCK',
      'and afterwards: 2',
      'nothing is left',
    ],
  },
  'blocking-callback-inside-a-sync-export': {
    behaviour: 'refuse a blocking callback while a sync export runs or joins its thread',
    facts: [
      'on this very thread: ERR_WOULD_DEADLOCK',
      'on a thread it joins: ERR_WOULD_DEADLOCK',
      'inside a handler: ERR_CALLBACK_THREW',
      'nothing is left',
    ],
  },
  'blocking-callback-that-waits-when-javascript-begins-to': {
    behaviour: 'refuse the call that already waited when a Sync door opens',
    facts: ['the Sync door: 1', 'who waited: ERR_WOULD_DEADLOCK', 'nothing is left'],
  },
  'a-sync-door-inside-a-blocking-callback': {
    behaviour: 'refuse a Sync door inside a blocking callback',
    facts: ['answered: 2', 'the Sync door: ERR_WOULD_DEADLOCK', 'and afterwards: 1', 'nothing is left'],
  },
  'a-sync-door-inside-a-sync-or-queued-callback': {
    behaviour: 'allow a Sync door inside sync and queued callbacks, where nobody waits',
    facts: ['slept 1', 'queued: 1 1', 'nothing is left'],
  },
  'many-threads-ask-at-once': {
    behaviour: 'answer a hundred threads that ask at once',
    facts: ['10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10', 'nothing is left'],
  },
  'asking-jobs-do-not-starve-the-pool': {
    behaviour: 'leave the pool its threads while jobs wait for JavaScript',
    facts: ['worked meanwhile: 3', '64', 'nothing is left'],
  },
  'a-sync-door-meets-its-deadline': {
    behaviour: 'end a Sync door at its deadline',
    facts: ['lane: ERR_TIMEOUT', 'pool: ERR_TIMEOUT', 'nothing is left'],
  },
}
