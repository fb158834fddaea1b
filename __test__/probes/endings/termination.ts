import type { Endings } from '../probe.js'

export const termination: Endings = {
  'terminate-with-everything-in-flight': {
    behaviour: 'terminates with calls, streams and callbacks of every kind in flight',
    facts: ['working', 'terminated'],
  },
  'terminate-inside-a-sync-callback': {
    behaviour: 'terminates inside a sync callback, an object held',
    facts: ['working', 'terminated'],
  },
  'terminate-inside-a-queued-callback': {
    behaviour: 'terminates inside a queued callback',
    facts: ['working', 'terminated'],
  },
  'terminate-inside-a-blocking-callback': {
    behaviour: 'terminates inside a blocking callback that a thread waits for',
    facts: ['working', 'terminated'],
  },
  'terminate-with-stuck-threads': {
    behaviour: 'terminates although its lane and a pool thread are stuck',
    facts: ['working', 'terminated'],
  },
  'terminate-during-a-sync-door': {
    behaviour: 'terminates when the Sync door it is in has returned',
    facts: ['working', 'terminated'],
  },
  'terminate-while-the-addon-loads': {
    behaviour: 'terminates at any moment from before the addon is loaded on',
    facts: ['terminated'],
  },
  'exit-while-workers-work': {
    behaviour: 'goes with the process, stuck or busy',
    facts: ['working'],
    code: 3,
    endsWithin: 2500,
  },
  'fifty-workers-in-churn': {
    behaviour: 'leaves no thread behind when fifty come and go and only they use the addon',
    facts: ['fifty came and went'],
  },
}
