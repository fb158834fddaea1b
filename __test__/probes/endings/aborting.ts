import type { Endings } from '../probe.js'

export const aborting: Endings = {
  'a-signal-fired-while-the-call-begins': {
    behaviour: 'counts when it fires while the call reads its arguments',
    facts: ['never begun: true', 'nothing is left'],
  },
  'a-signal-fired-while-its-call-settles': {
    behaviour: 'settles each call once when it fires while their results arrive',
    facts: ['each settled once', 'nothing is left'],
  },
  'a-signal-fired-inside-another-signals-listener': {
    behaviour: 'stops its own calls when it fires inside the listener of another',
    facts: ['first second first', 'nothing is left'],
  },
  'a-call-begun-inside-an-abort-listener': {
    behaviour: 'refuses a call begun inside its own listener',
    facts: ['reason reason', 'nothing is left'],
  },
  'thousands-of-calls-stopped-while-they-ask': {
    behaviour: 'stops calls at the moment their threads begin to wait for JavaScript',
    facts: ['all stopped', 'nothing is left'],
  },
  'work-that-ignores-its-stop': {
    behaviour: 'reaches the caller though the work ignores it, and the work is counted until it ends',
    facts: ['aborted: reason', 'late: ERR_TIMEOUT', 'still running: true, abandoned: 2', 'nothing is left'],
  },
  'an-aborted-stream': {
    behaviour: 'ends a stream with the very reason, and closes it',
    facts: ['disposed: true', 'nothing is left'],
  },
}
