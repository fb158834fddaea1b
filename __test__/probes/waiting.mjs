// JavaScript and native code that would wait for each other: a typed error, never a hang.
import { assert, fact, nothingLeft, rejection, testkit, thrown, typed, until } from './facts.mjs'

export const probes = {
  async 'blocking-callback-while-javascript-waits'() {
    const { callSync, call, diagnostics } = testkit()
    const unreachable = () => assert.fail('called while JavaScript waits')
    const refused = (operation, ...args) => thrown(() => callSync(operation, [unreachable, ...args]))
    typed('from a thread the lane waits for', refused('callbacks.askFromThread', 1), 'ERR_WOULD_DEADLOCK')
    typed('on the JavaScript thread itself', refused('callbacks.ask', 1), 'ERR_WOULD_DEADLOCK')
    typed('with a deadline', refused('callbacks.askWithin', 1, 1000), 'ERR_WOULD_DEADLOCK')
    typed('from threads the call waits for', refused('callbacks.askFromMany', 3), 'ERR_WOULD_DEADLOCK')
    fact(`and afterwards: ${String(await call('callbacks.askFromThread', [(value) => value + 1, 1]))}`)
    await nothingLeft(diagnostics)
  },

  async 'blocking-callback-inside-a-sync-export'() {
    const { call, callbacks, diagnostics } = testkit()
    const unreachable = () => assert.fail('called while JavaScript waits')
    typed(
      'on this very thread',
      thrown(() => callbacks.askHere(unreachable, 1)),
      'ERR_WOULD_DEADLOCK',
    )
    typed(
      'on a thread it joins',
      thrown(() => callbacks.joinAsking(unreachable, 1)),
      'ERR_WOULD_DEADLOCK',
    )
    const join = () => callbacks.joinAsking(unreachable, 1)
    typed('inside a handler', await rejection(call('callbacks.ask', [join, 1])), 'ERR_CALLBACK_THREW')
    await nothingLeft(diagnostics)
  },

  async 'blocking-callback-that-waits-when-javascript-begins-to'() {
    const { call, callSync, diagnostics } = testkit()
    const asked = rejection(call('callbacks.ask', [() => new Promise(() => undefined), 1]))
    await until(() => diagnostics().callbacks.waiting === 1)
    fact(`the Sync door: ${String(callSync('faults.sleep', [1]))}`)
    typed('who waited', await asked, 'ERR_WOULD_DEADLOCK')
    await nothingLeft(diagnostics)
  },

  async 'a-sync-door-inside-a-blocking-callback'() {
    const { call, callSync, diagnostics } = testkit()
    const inside = []
    const handler = async (value) => {
      inside.push(thrown(() => callSync('faults.sleep', [1])))
      // The async door is the way to do it.
      return value + (await call('faults.sleep', [1]))
    }
    fact(`answered: ${String(await call('callbacks.ask', [handler, 1]))}`)
    typed('the Sync door', inside[0], 'ERR_WOULD_DEADLOCK')
    fact(`and afterwards: ${String(callSync('faults.sleep', [1]))}`)
    await nothingLeft(diagnostics)
  },

  async 'a-sync-door-inside-a-sync-or-queued-callback'() {
    const { call, callSync, callbacks, diagnostics } = testkit()
    fact(callbacks.callText(() => `slept ${String(callSync('faults.sleep', [1]))}`))
    const slept = []
    await call('callbacks.queueThenFinish', [2, () => slept.push(callSync('faults.sleep', [1]))])
    fact(`queued: ${slept.join(' ')}`)
    await nothingLeft(diagnostics)
  },

  async 'many-threads-ask-at-once'() {
    const { call, diagnostics } = testkit()
    const answer = (number) => (number % 2 === 0 ? number : Promise.resolve(number))
    const sums = Array.from({ length: 20 }, () => call('callbacks.askFromMany', [answer, 5]))
    fact((await Promise.all(sums)).join(' '))
    await nothingLeft(diagnostics)
  },

  async 'asking-jobs-do-not-starve-the-pool'() {
    const { call, diagnostics } = testkit()
    // More jobs that wait for JavaScript than the pool has threads: those who wait take no place.
    const gates = []
    const asked = Array.from({ length: 32 }, () =>
      call('callbacks.ask', [() => new Promise((resolve) => gates.push(() => resolve(2))), 1]),
    )
    await until(() => gates.length === 32)
    fact(`worked meanwhile: ${String(await call('types.textWork', ['abc', 1]))}`)
    for (const open of gates) open()
    fact((await Promise.all(asked)).reduce((sum, one) => sum + one, 0))
    await nothingLeft(diagnostics)
  },

  async 'a-sync-door-meets-its-deadline'() {
    const { callSync, diagnostics } = testkit()
    typed(
      'lane',
      thrown(() => callSync('faults.never', [], { timeoutMs: 5 })),
      'ERR_TIMEOUT',
    )
    typed(
      'pool',
      thrown(() => callSync('faults.carefulWork', [30_000], { timeoutMs: 5 })),
      'ERR_TIMEOUT',
    )
    await nothingLeft(diagnostics)
  },
}
