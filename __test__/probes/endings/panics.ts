import type { Endings } from '../probe.js'

export const panics: Endings = {
  'panic-in-a-sync-call': {
    behaviour: 'throws from a sync call, and the process lives',
    facts: ['sync: ERR_PANIC', 'again: ERR_PANIC', 'alive: 3'],
  },
  'panic-on-the-lane': {
    behaviour: 'rejects a call on the lane and throws from its Sync door, and the lane lives',
    facts: ['lane: ERR_PANIC', 'Sync door: ERR_PANIC', 'alive: 1 2'],
  },
  'panic-on-the-lane-with-an-object': {
    behaviour: 'poisons the object of a call on the lane by either door, and lets it go',
    facts: ['lane: ERR_PANIC', 'Sync door: ERR_PANIC', 'poisoned: ERR_PANIC', 'poisoned: ERR_PANIC', 'nothing is left'],
  },
  'panic-while-a-result-is-made': {
    behaviour: 'throws, or rejects, while a result is made on the JavaScript thread',
    facts: ['sync: ERR_PANIC', 'async: ERR_PANIC', 'nothing is left'],
  },
  'panic-in-the-destructor-of-a-result-nobody-fetched': {
    behaviour: 'is contained in the destructor of a result that nobody fetched',
    facts: ['leaving'],
  },
  'panic-on-the-pool': {
    behaviour: 'rejects a call on the pool and throws from its Sync door, and the pool keeps its threads',
    facts: ['pool: ERR_PANIC', 'Sync door: ERR_PANIC', 'alive: 6'],
  },
  'panic-in-a-stream': {
    behaviour: 'ends a stream after what came before, and closes it',
    facts: ['stream: ERR_PANIC', 'seen before: 20, disposed: true', 'nothing is left'],
  },
  'panic-poisons-the-stream-it-happened-in': {
    behaviour: 'poisons the stream it happened in',
    facts: ['first: ERR_PANIC', 'second: ERR_PANIC', 'disposed: ERR_HANDLE_CLOSED'],
  },
  'panic-after-a-callback': {
    behaviour: 'throws after a callback has run, and gives way to what the callback threw',
    facts: ['called', 'outer: ERR_PANIC', 'the reason came first'],
  },
  'panic-inside-a-callback-of-a-callback': {
    behaviour: 'passes up through two native calls as the error it became',
    facts: ['through two calls: ERR_PANIC'],
  },
  'panic-poisons-its-object': {
    behaviour: 'poisons its object and no other',
    facts: [
      'panics: ERR_PANIC',
      'shared: ERR_PANIC',
      'exclusive: ERR_PANIC',
      'async: ERR_PANIC',
      'another object: 6',
      'disposed: ERR_HANDLE_CLOSED',
      'nothing is left',
    ],
  },
  'panic-poisons-those-who-wait-for-the-object': {
    behaviour: 'refuses the calls that waited for its object',
    facts: [
      'panics: ERR_PANIC',
      'waited: ERR_PANIC',
      'waited: ERR_PANIC',
      'waited: ERR_PANIC',
      'later: ERR_PANIC',
      'nothing is left',
    ],
  },
  'panic-in-a-destructor': {
    behaviour: 'is swallowed in a destructor: at disposal, at collection and at the end of the environment',
    facts: ['two dropped', 'nothing is left'],
  },
  'panic-in-a-destructor-of-a-collected-object': {
    behaviour: 'is swallowed in the destructor of an object that was collected',
    facts: ['collected'],
  },
}
