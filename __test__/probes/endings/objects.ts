import type { Endings } from '../probe.js'

export const objects: Endings = {
  'dispose-during-calls': {
    behaviour: 'disposed during an async call lets that call end and refuses all others',
    facts: [
      'addSlowly, a new call: ERR_HANDLE_CLOSED',
      'addSlowly, the call that ran: 2',
      'addSlowly, the call that waited: ERR_HANDLE_STALE',
      'addLater, a new call: ERR_HANDLE_CLOSED',
      'addLater, the call that ran: 2',
      'addLater, the call that waited: ERR_HANDLE_STALE',
      'readSlowly, a new call: ERR_HANDLE_CLOSED',
      'readSlowly, the call that ran: 1',
      'readSlowly, the call that waited: ERR_HANDLE_STALE',
      'nothing is left',
    ],
  },
  'dispose-inside-a-callback': {
    behaviour: 'disposed inside a callback of its own call stays where it is until that call ends',
    facts: [
      'visit, by its object: ERR_HANDLE_CLOSED',
      'visit, by its number: ERR_HANDLE_CLOSED',
      'visit ended: 1',
      'visit, afterwards: ERR_HANDLE_STALE',
      'addWith, by its object: ERR_HANDLE_CLOSED',
      'addWith, by its number: ERR_HANDLE_CLOSED',
      'addWith ended: 2',
      'addWith, afterwards: ERR_HANDLE_STALE',
      'nothing is left',
    ],
  },
  'dispose-inside-its-own-queued-callback': {
    behaviour: 'disposed inside a queued callback it made stops calling',
    facts: ['nothing is left'],
  },
  'dispose-inside-its-own-blocking-callback': {
    behaviour: 'disposed inside a blocking callback it waits for gets its answer',
    facts: ['answered: 2', 'afterwards: ERR_HANDLE_CLOSED', 'nothing is left'],
  },
  'dispose-a-stream-in-the-middle': {
    behaviour: 'disposed while it is read as a stream gives what it had fetched, then refuses',
    facts: ['seen: 30', 'pulling on: ERR_HANDLE_CLOSED', 'nothing is left'],
  },
  'a-parent-ends-with-its-children': {
    behaviour: 'disposed ends its children first',
    facts: ['a child: 7', 'a child of a disposed parent: ERR_HANDLE_CLOSED', 'nothing is left'],
  },
  'collected-objects-are-released': {
    behaviour: 'collected is released, its children and the call it was in unharmed',
    facts: ['nothing is left', 'released'],
  },
  'stale-handles': {
    behaviour: 'disposed is refused under its old number for ever, its slot in use again or not',
    facts: [
      'read: ERR_HANDLE_STALE',
      'changed: ERR_HANDLE_STALE',
      'as a parent: ERR_HANDLE_STALE',
      'asynchronously: ERR_HANDLE_STALE',
      'with its slot in use again: ERR_HANDLE_STALE',
      'who has the slot: 2',
    ],
  },
  'forged-handles': {
    behaviour: 'cannot be reached by a forged number',
    facts: [
      'a number like 0: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like 0: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'a number like it: ERR_HANDLE_INVALID',
      'untouched: 1',
    ],
  },
  'handles-of-another-type': {
    behaviour: 'cannot be used as another type',
    facts: [
      'read: ERR_HANDLE_TYPE',
      'of another system: ERR_HANDLE_TYPE',
      'set running: ERR_HANDLE_TYPE',
      'asynchronously: ERR_HANDLE_TYPE',
      'exclusively: ERR_HANDLE_TYPE',
      'untouched: 2, bound: 1',
    ],
  },
  'handles-of-another-thread': {
    behaviour: 'cannot be reached by a handle of another thread',
    facts: ['read: ERR_HANDLE_INVALID', 'disposed: ERR_HANDLE_INVALID', 'untouched: 1'],
  },
  'an-object-that-runs-holds-the-loop': {
    behaviour: 'that runs holds the event loop until it stops',
    facts: ['started twice: ERR_STATE', 'stopped after its ticks'],
  },
  'an-object-that-runs-lets-go-of-the-loop': {
    behaviour: 'that runs lets the process end after unref',
    facts: ['unref'],
  },
}
