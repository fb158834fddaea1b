// A panic anywhere becomes a typed error, and the process lives.
import { assert, collected, fact, nothingLeft, rejection, testkit, thrown, typed } from './facts.mjs'

function panicked(what, error, text) {
  typed(what, error, 'ERR_PANIC')
  assert.ok(error.message.includes(text), error.message)
  assert.match(error.details.location, /testkit\/src\/\w+\.rs:\d+:\d+$/)
}

export const probes = {
  'panic-in-a-sync-call'() {
    const { faults, native } = testkit()
    panicked(
      'sync',
      thrown(() => faults.panic('gone wrong')),
      'gone wrong',
    )
    panicked(
      'again',
      thrown(() => faults.panic('\0 ünicode 🦀')),
      '🦀',
    )
    fact(`alive: ${String(native.add(1, 2))}`)
  },

  async 'panic-on-the-lane'() {
    const { call, callSync } = testkit()
    panicked('lane', await rejection(call('faults.panicLater', ['gone wrong'])), 'gone wrong')
    panicked(
      'Sync door',
      thrown(() => callSync('faults.panicLater', ['gone wrong'])),
      'gone wrong',
    )
    fact(`alive: ${String(await call('faults.sleep', [1]))} ${String(callSync('faults.sleep', [2]))}`)
  },

  async 'panic-on-the-lane-with-an-object'() {
    const { Counter, diagnostics } = testkit()
    const [later, door] = [new Counter(1), new Counter(2)]
    panicked('lane', await rejection(later.panicLater()), 'on the lane at 2')
    panicked(
      'Sync door',
      thrown(() => door.panicLaterSync()),
      'on the lane at 3',
    )
    for (const counter of [later, door]) {
      typed(
        'poisoned',
        thrown(() => counter.value),
        'ERR_PANIC',
      )
      counter.dispose()
    }
    await nothingLeft(diagnostics)
  },

  async 'panic-while-a-result-is-made'() {
    const { call, faults, diagnostics } = testkit()
    panicked(
      'sync',
      thrown(() => faults.unsizableNew()),
      'no size',
    )
    panicked('async', await rejection(call('faults.unsizableWork')), 'no size')
    await nothingLeft(diagnostics)
  },

  // The result is on its way, or still to come, when the environment goes; its destructor panics there.
  async 'panic-in-the-destructor-of-a-result-nobody-fetched'() {
    const { call } = testkit()
    for (const milliseconds of [0, 1, 5, 60]) void call('faults.grenadeWork', [milliseconds])
    const until = performance.now() + 20
    while (performance.now() < until) {
      // The loop is kept from fetching what has come.
    }
    fact('leaving')
    process.exit(0)
  },

  async 'panic-on-the-pool'() {
    const { call, callSync, diagnostics } = testkit()
    const panics = Array.from({ length: 50 }, () => rejection(call('faults.panicWork', ['gone wrong'])))
    const errors = await Promise.all(panics)
    for (const error of errors.slice(1)) assert.equal(error.code, 'ERR_PANIC')
    panicked('pool', errors[0], 'gone wrong')
    panicked(
      'Sync door',
      thrown(() => callSync('faults.panicWork', ['gone wrong'])),
      'gone wrong',
    )
    fact(`alive: ${String(await call('types.textWork', ['abc', 2]))}`)
    assert.ok(diagnostics().lane.poolThreads > 0, 'the pool keeps its threads')
  },

  async 'panic-in-a-stream'() {
    const { Numbers, diagnostics } = testkit()
    const seen = []
    const numbers = new Numbers(100, 25)
    const broken = await rejection(
      (async () => {
        for await (const number of numbers.stream(10)) seen.push(number)
      })(),
    )
    panicked('stream', broken, 'the stream broke')
    fact(`seen before: ${String(seen.length)}, disposed: ${String(numbers.isDisposed)}`)
    await nothingLeft(diagnostics)
  },

  async 'panic-poisons-the-stream-it-happened-in'() {
    const { Numbers } = testkit()
    const numbers = new Numbers(100, 0)
    panicked('first', await rejection(numbers.next(10)), 'the stream broke')
    typed('second', await rejection(numbers.next(10)), 'ERR_PANIC')
    numbers.dispose()
    typed('disposed', await rejection(numbers.next(10)), 'ERR_HANDLE_CLOSED')
  },

  'panic-after-a-callback'() {
    const { callbacks } = testkit()
    panicked(
      'outer',
      thrown(() => callbacks.panicAfter(() => fact('called'))),
      'after the callback',
    )
    // An error of the callback itself comes first.
    const reason = new Error('thrown by the callback')
    assert.equal(
      thrown(() => {
        callbacks.panicAfter(() => {
          throw reason
        })
      }),
      reason,
    )
    fact('the reason came first')
  },

  'panic-inside-a-callback-of-a-callback'() {
    const { callbacks, faults } = testkit()
    const error = thrown(() => callbacks.callText(() => callbacks.callText(() => faults.panic('deep inside'))))
    panicked('through two calls', error, 'deep inside')
  },

  async 'panic-poisons-its-object'() {
    const { Counter, diagnostics } = testkit()
    const [counter, other] = [new Counter(1), new Counter(5)]
    panicked(
      'panics',
      thrown(() => counter.panic()),
      'half-way through 2',
    )
    typed(
      'shared',
      thrown(() => counter.value),
      'ERR_PANIC',
    )
    typed(
      'exclusive',
      thrown(() => counter.add(1)),
      'ERR_PANIC',
    )
    typed('async', await rejection(counter.readSlowly(1)), 'ERR_PANIC')
    fact(`another object: ${String(other.add(1))}`)
    counter.dispose()
    typed(
      'disposed',
      thrown(() => counter.value),
      'ERR_HANDLE_CLOSED',
    )
    other.dispose()
    await nothingLeft(diagnostics)
  },

  async 'panic-poisons-those-who-wait-for-the-object'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(1)
    const calls = [counter.panicSlowly(), counter.addSlowly(1, 1), counter.readSlowly(1), counter.addLater(1, 1)]
    const [first, ...waiting] = await Promise.all(calls.map(rejection))
    panicked('panics', first, 'on the pool at 1')
    for (const error of waiting) typed('waited', error, 'ERR_PANIC')
    typed(
      'later',
      thrown(() => counter.value),
      'ERR_PANIC',
    )
    counter.dispose()
    await nothingLeft(diagnostics)
  },

  async 'panic-in-a-destructor'() {
    const { boundary, faults, diagnostics } = testkit()
    boundary.native.dispose(faults.grenadeNew())
    boundary.native.finalize(faults.grenadeNew())
    fact('two dropped')
    await nothingLeft(diagnostics)
    // And one when the environment frees what is left.
    faults.grenadeNew()
  },

  async 'panic-in-a-destructor-of-a-collected-object'() {
    const { boundary, faults, diagnostics } = testkit()
    boundary.objects.add({}, faults.grenadeNew(), 'Grenade')
    await collected(() => diagnostics().handles.Grenade === undefined)
    fact('collected')
  },
}
