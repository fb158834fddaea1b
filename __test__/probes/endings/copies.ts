import type { Endings } from '../probe.js'

export const copies: Endings = {
  'two-copies-over-one-addon': {
    behaviour: 'throw their own classes and settle their own calls over one table',
    facts: ['each throws its own class', 'each settles its own calls', 'one table: 1', 'nothing is left'],
  },
  'two-loads-in-one-thread': {
    behaviour: 'are apart when the addon is loaded twice',
    facts: ['a handle of the other load: ERR_HANDLE_INVALID', 'both work: 1', 'nothing is left', 'nothing is left'],
  },
  'twenty-loads-in-one-thread': {
    behaviour: 'cause no warning when the addon is loaded twenty times',
    facts: ['twenty loads, no warning'],
  },
  'a-copy-nobody-holds-settles-its-calls-and-goes': {
    behaviour: 'settle the calls of a copy nobody holds, and let it be collected',
    facts: ['settled and collected', 'nothing is left'],
  },
  'functions-outlive-their-copy': {
    behaviour: 'leave functions usable whose copy was collected',
    facts: ['still works: 3', 'still fails: ERR_PANIC'],
  },
}
