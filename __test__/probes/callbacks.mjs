// JavaScript functions that misbehave, under each policy.
import { assert, fact, nothingLeft, rejection, sleep, testkit, thrown, typed, until } from './facts.mjs'

const raise = (reason) => () => {
  throw reason
}
const never = () => new Promise(() => undefined)

export const probes = {
  'sync-callback-throws'() {
    const { callbacks, Counter } = testkit()
    const counter = new Counter(1)
    for (const reason of [new TypeError('mine'), 'a text', undefined, null, 7n, Symbol.iterator, Object.create(null)]) {
      assert.equal(
        thrown(() => callbacks.callText(raise(reason))),
        reason,
      )
      assert.equal(
        thrown(() => counter.addWith(raise(reason))),
        reason,
      )
    }
    fact(`still ${String(counter.value)}, free for ${String(counter.add(1))}`)
    fact(`thrown and passed over: ${String(callbacks.callTwiceIgnoring(raise(new Error('ignored'))))}`)
  },

  'sync-callback-returns-the-wrong-type'() {
    const { callbacks, native } = testkit()
    typed(
      'a number for a text',
      thrown(() => callbacks.callText(() => 7)),
      'ERR_CALLBACK_TYPE',
    )
    typed(
      'nothing',
      thrown(() => callbacks.callText(() => undefined)),
      'ERR_CALLBACK_TYPE',
    )
    typed(
      'a fraction',
      thrown(() => native.callSync(1, () => 0.5)),
      'ERR_CALLBACK_TYPE',
    )
    typed(
      'too large',
      thrown(() => native.callSync(1, () => 2 ** 31)),
      'ERR_CALLBACK_TYPE',
    )
    typed(
      'half a character',
      thrown(() => callbacks.callText(() => '\uD800')),
      'ERR_CALLBACK_TYPE',
    )
    // A promise is a wrong type as well; its rejection stays its own.
    typed(
      'a promise',
      thrown(() => callbacks.callText(async () => 'late')),
      'ERR_CALLBACK_TYPE',
    )
    fact(callbacks.callText((text) => `${text} and back`))
  },

  async 'sync-callback-rejects'() {
    const { callbacks } = testkit()
    const reason = new Error('mine')
    const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve))
    typed(
      'a promise',
      thrown(() => callbacks.callText(() => Promise.reject(reason))),
      'ERR_CALLBACK_TYPE',
    )
    assert.equal(await unhandled, reason)
    fact('its rejection was reported as unhandled')
  },

  async 'queued-callback-throws'() {
    const { call, callbacks, diagnostics } = testkit()
    const [uncaught, seen] = [[], []]
    process.on('uncaughtException', (error) => uncaught.push(error))
    const times = 5000
    await call('callbacks.queueThenFinish', [
      times,
      (number) => {
        seen.push(number)
        if (number % 1000 === 999) throw number
      },
    ])
    await until(() => uncaught.length === 5)
    assert.deepEqual(
      seen,
      Array.from({ length: times }, (_, number) => number),
    )
    fact(`all called in order, uncaught: ${uncaught.join(' ')}`)
    assert.equal(
      callbacks.flood(1, () => undefined),
      0,
    )
    await nothingLeft(diagnostics)
  },

  async 'queued-callback-rejects'() {
    const { call, diagnostics } = testkit()
    const unhandled = []
    process.on('unhandledRejection', (error) => unhandled.push(error))
    await call('callbacks.queueThenFinish', [3, async (number) => Promise.reject(number)])
    await until(() => unhandled.length === 3)
    fact(`unhandled: ${unhandled.join(' ')}`)
    await nothingLeft(diagnostics)
  },

  async 'queued-callback-returns-anything-or-never-settles'() {
    const { call, diagnostics } = testkit()
    const results = [7, Symbol.iterator, { then: raise(new Error('asked for then')) }, never()]
    fact(await call('callbacks.queueThenFinish', [results.length, (number) => results[number]]))
    await nothingLeft(diagnostics)
  },

  async 'blocking-callback-throws-or-rejects'() {
    const { call, diagnostics } = testkit()
    for (const reason of [new TypeError('mine'), 'a text', undefined, null, 7n, Symbol.iterator, Object.create(null)]) {
      const threw = await rejection(call('callbacks.ask', [raise(reason), 1]))
      const rejected = await rejection(call('callbacks.ask', [async () => raise(reason)(), 1]))
      for (const error of [threw, rejected]) {
        assert.equal(error.code, 'ERR_CALLBACK_THREW')
        assert.equal(error.cause, reason)
      }
    }
    typed('with a message', await rejection(call('callbacks.ask', [raise(new Error('mine')), 1])), 'ERR_CALLBACK_THREW')
    await nothingLeft(diagnostics)
  },

  async 'blocking-callback-throws-an-error-that-throws'() {
    const { call, diagnostics } = testkit()
    const reason = new Error('hidden')
    Object.defineProperty(reason, 'message', { get: raise(new Error('by the getter')) })
    const error = await rejection(call('callbacks.ask', [raise(reason), 1]))
    assert.equal(error.cause, reason)
    typed('a throwing message', error, 'ERR_CALLBACK_THREW')
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    assert.equal((await rejection(call('callbacks.ask', [raise(proxy), 1]))).cause, proxy)
    typed('a revoked proxy', await rejection(call('callbacks.ask', [() => proxy, 1])), 'ERR_CALLBACK_THREW')
    await nothingLeft(diagnostics)
  },

  async 'blocking-callback-returns-the-wrong-type'() {
    const { call, diagnostics } = testkit()
    const ask = (answer) => rejection(call('callbacks.ask', [() => answer, 1]))
    typed('a text', await ask('1'), 'ERR_CALLBACK_TYPE')
    typed('a promise of a text', await ask(Promise.resolve('1')), 'ERR_CALLBACK_TYPE')
    typed('a fraction', await ask(0.5), 'ERR_CALLBACK_TYPE')
    typed('nothing', await ask(undefined), 'ERR_CALLBACK_TYPE')
    const settlesTwice = { then: (give) => (give(5), give(6)) }
    fact(`settles twice: ${String(await call('callbacks.ask', [() => settlesTwice, 1]))}`)
    await nothingLeft(diagnostics)
  },

  async 'blocking-callback-never-settles'() {
    const { call, diagnostics } = testkit()
    const controller = new AbortController()
    const aborted = rejection(call('callbacks.ask', [never, 1], { signal: controller.signal }))
    await until(() => diagnostics().callbacks.waiting === 1)
    const reason = { any: 'value' }
    controller.abort(reason)
    assert.equal(await aborted, reason)
    fact('ends by its signal')
    typed('by its deadline', await rejection(call('callbacks.ask', [never, 1], { timeoutMs: 5 })), 'ERR_TIMEOUT')
    typed('by the native deadline', await rejection(call('callbacks.askWithin', [never, 1, 5])), 'ERR_TIMEOUT')
    await nothingLeft(diagnostics)
  },

  async 'blocking-callback-settles-too-late'() {
    const { call, diagnostics } = testkit()
    const answers = []
    const late = () => new Promise((resolve, reject) => answers.push(resolve, reject))
    typed('too late', await rejection(call('callbacks.ask', [late, 1], { timeoutMs: 5 })), 'ERR_TIMEOUT')
    answers[0](1)
    answers[1](new Error('and rejected'))
    await sleep(1)
    fact('answered after the end')
    await nothingLeft(diagnostics)
  },

  async 'callbacks-recurse-a-thousand-deep'() {
    const { callbacks, Counter, call } = testkit()
    const dive = (depth) => (depth === 0 ? 'the ground' : callbacks.callText(() => dive(depth - 1)))
    fact(dive(1000))
    const reason = new Error('from below')
    const fall = (depth) => (depth === 0 ? raise(reason)() : callbacks.callText(() => fall(depth - 1)))
    assert.equal(
      thrown(() => fall(1000)),
      reason,
    )
    fact('a throw comes all the way up')
    const counter = new Counter(0)
    const visit = (depth) => (depth === 0 ? undefined : counter.visit(() => visit(depth - 1)))
    visit(1000)
    fact(`free again: ${String(counter.add(1))}`)
    const ask = async (depth) => (depth === 0 ? 0 : 1 + (await call('callbacks.ask', [() => ask(depth - 1), 1])))
    fact(`blocking: ${String(await ask(1000))}`)
  },

  'callbacks-recurse-without-end'() {
    const { callbacks, Counter } = testkit()
    const counter = new Counter(0)
    const dive = () => callbacks.callText(dive)
    for (let round = 0; round < 20; round += 1) {
      const error = thrown(dive)
      assert.ok(error instanceof RangeError, String(error))
      const visit = () => counter.visit(visit)
      assert.ok(thrown(visit) instanceof RangeError)
    }
    fact(`a RangeError each time, free again: ${String(counter.add(1))}`)
    fact(callbacks.callText((text) => text))
  },

  async 'queued-calls-arrive-before-their-call-settles'() {
    const { call, diagnostics } = testkit()
    let arrived = 0
    const started = Array.from({ length: 20 }, async () => {
      let own = 0
      const queued = await call('callbacks.queueThenFinish', [200, () => ((own += 1), (arrived += 1))])
      assert.equal(own, queued)
    })
    await Promise.all(started)
    fact(arrived)
    await nothingLeft(diagnostics)
  },

  async 'a-removed-callback-is-refused'() {
    const { Keeper, diagnostics } = testkit()
    const keeper = new Keeper(fact, (value) => {
      keeper.remove()
      return value + 1
    })
    keeper.call(1)
    fact(`removed inside itself, answered: ${String(await keeper.ask(1))}`)
    typed(
      'queued',
      thrown(() => keeper.call(2)),
      'ERR_CALLBACK_REMOVED',
    )
    typed('blocking', await rejection(keeper.ask(2)), 'ERR_CALLBACK_REMOVED')
    keeper.dispose()
    await nothingLeft(diagnostics)
  },
}
