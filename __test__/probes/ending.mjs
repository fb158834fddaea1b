// How a thread ends while native work is under way.
import { fact, sleep, testkit, thrown, typed, until } from './facts.mjs'

/** A call of every kind that will not end by itself. */
function startEverything() {
  const { call, callbacks, Counter, Numbers } = testkit()
  const ignored = () => undefined
  const counter = new Counter()
  const calls = [
    call('faults.never'),
    call('faults.sleep', [30_000]),
    call('faults.carefulWork', [30_000]),
    counter.addSlowly(1, 30_000),
    counter.addSlowly(1, 30_000),
    counter.readSlowly(30_000),
    new Counter().addLater(1, 30_000),
    new Numbers(1_000_000).next(1_000_000),
    call('callbacks.ask', [() => new Promise(ignored), 1]),
    call('faults.sleep', [30_000], { signal: new AbortController().signal, timeoutMs: 20_000 }),
  ]
  for (const started of calls) started.catch(ignored)
  callbacks.callForEver(ignored)
  callbacks.askForEver(() => 1)
  return counter
}

const stuckWork = () => testkit().call('faults.stuckWork', [30_000])
const stuckLane = () => testkit().call('faults.stuckLane', [30_000])

async function exitOnce(started) {
  started()
  // Long enough for the work to have begun.
  await sleep(30)
  fact('stuck')
  process.exit(3)
}

export const probes = {
  async 'exit-with-everything-in-flight'() {
    startEverything()
    await sleep(20)
    fact('started')
    process.exit(3)
  },

  'exit-before-anything-has-begun'() {
    startEverything()
    fact('started')
    process.exit(3)
  },

  'exit-with-a-stuck-pool-thread': () => exitOnce(stuckWork),

  'exit-with-a-stuck-lane': () => exitOnce(stuckLane),

  'exit-with-both-stuck': () =>
    exitOnce(() => {
      stuckWork()
      stuckLane()
    }),

  async 'uncaught-exception-with-both-stuck'() {
    stuckWork()
    stuckLane()
    await sleep(30)
    fact('stuck')
    throw new Error('thrown on purpose')
  },

  async 'loop-drains-with-the-lane-alive'() {
    const { call, diagnostics } = testkit()
    await call('faults.sleep', [1])
    await call('types.textWork', ['text', 3])
    const { lane } = diagnostics()
    fact(`lane ${lane.state}, ${lane.poolThreads} pool thread`)
  },

  async 'loop-drains-while-a-thread-calls-for-ever'() {
    let calls = 0
    testkit().callbacks.callForEver(() => (calls += 1))
    await until(() => calls > 5000)
    fact('called')
  },

  async 'loop-drains-while-a-thread-asks-for-ever'() {
    let calls = 0
    testkit().callbacks.askForEver(() => (calls += 1))
    await until(() => calls > 500)
    fact('asked')
  },

  'loop-drains-after-a-removed-function-was-told-to-hold-it'() {
    const { Keeper } = testkit()
    const keeper = new Keeper(
      () => undefined,
      () => 1,
    )
    keeper.keepAlive()
    keeper.remove()
    keeper.keepAlive()
    fact('removed')
  },

  'exit-inside-a-sync-callback'() {
    testkit().callbacks.callText(() => {
      fact('inside')
      process.exit(4)
    })
    // A Worker is stopped at the next look at its stack guard; nothing of ours runs after it.
    for (;;);
  },

  'exit-inside-a-nested-sync-callback'() {
    const { callbacks, Counter } = testkit()
    const counter = new Counter()
    counter.addWith(() =>
      Number(
        callbacks.callText(() => {
          fact('inside')
          return process.exit(4)
        }),
      ),
    )
    for (;;);
  },

  async 'exit-inside-a-queued-callback'() {
    const { call } = testkit()
    await call('callbacks.queueThenFinish', [
      1000,
      (number) => {
        if (number < 500) return
        fact('inside')
        process.exit(4)
      },
    ])
  },

  async 'exit-inside-a-blocking-callback'() {
    const { call } = testkit()
    await call('callbacks.askFromMany', [
      () => {
        fact('inside')
        process.exit(4)
      },
      8,
    ])
  },

  async 'exit-inside-an-abort-listener'() {
    const { call } = testkit()
    const controller = new AbortController()
    const { signal } = controller
    signal.addEventListener('abort', () => {
      fact('inside')
      process.exit(4)
    })
    call('faults.carefulWork', [30_000], { signal }).catch(() => fact('settled'))
    await sleep(10)
    controller.abort()
  },

  async 'exit-inside-a-getter-of-an-argument'() {
    const { call } = testkit()
    const texts = ['']
    Object.defineProperty(texts, 0, {
      get() {
        fact('inside')
        return process.exit(4)
      },
    })
    await call('types.manyWork', [[1], texts, null])
  },

  'uncaught-exception-with-everything-in-flight'() {
    startEverything()
    fact('started')
    throw new Error('thrown on purpose')
  },

  async 'uncaught-exception-inside-a-queued-callback'() {
    // All four are queued when this returns, so that they arrive in one batch.
    testkit().callbacks.flood(4, (number) => {
      if (number === 1) throw new Error('thrown on purpose')
      fact(number)
    })
    await sleep(30_000)
  },

  async 'unhandled-rejection-of-a-call'() {
    const { call } = testkit()
    void call('faults.refuseLater', [1])
    await call('faults.sleep', [30_000])
  },

  async 'the-boundary-is-used-after-it-closed'() {
    const { call, callSync, Counter, callbacks } = testkit()
    const counter = new Counter(1)
    process.on('exit', () => {
      fact(`a sync call: ${String(counter.add(1))}`)
      fact(`a new object: ${String(new Counter(7).value)}`)
      typed(
        'a Sync door over the lane',
        thrown(() => callSync('faults.sleep', [1])),
        'ERR_ENVIRONMENT_CLOSED',
      )
      typed(
        'a queued callback',
        thrown(() => callbacks.callForEver(() => undefined)),
        'ERR_ENVIRONMENT_CLOSED',
      )
      // Rejects, which nobody can hear any more; unhandled it would change how the thread ends.
      call('faults.sleep', [1]).catch(() => undefined)
      counter.dispose()
      fact('disposed')
    })
    await call('faults.sleep', [1])
  },
}
