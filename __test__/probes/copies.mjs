// Several copies of the JavaScript half, several loads of the addon, in one thread.
import { createRequire } from 'node:module'
import { assert, collected, fact, nothingLeft, rejection, testkit, thrown, typed } from './facts.mjs'

// Anew for each copy: a module holds what it required, and this one must not hold them all.
const freshRequire = () => createRequire(import.meta.url)

/** A second copy of the testkit, and with it of the boundary, over the addon that is loaded already. */
function anotherCopy() {
  const require = freshRequire()
  for (const path of Object.keys(require.cache)) if (!path.endsWith('.node')) delete require.cache[path]
  return require('../testkit/index.js')
}

/** A second load of the addon: a `napi_env` of its own in the same thread. */
function anotherLoad() {
  const require = freshRequire()
  for (const path of Object.keys(require.cache)) delete require.cache[path]
  return require('../testkit/index.js')
}

export const probes = {
  async 'two-copies-over-one-addon'() {
    const [first, second] = [testkit(), anotherCopy()]
    assert.notEqual(first.boundary, second.boundary)
    const [errorOfFirst, errorOfSecond] = [first, second].map(({ faults }) => thrown(() => faults.panic('mine')))
    assert.ok(errorOfFirst instanceof first.FaultsError && !(errorOfFirst instanceof second.FaultsError))
    assert.ok(errorOfSecond instanceof second.FaultsError && !(errorOfSecond instanceof first.FaultsError))
    fact('each throws its own class')
    // Both number their calls from 0 and settle in one batch.
    const calls = Array.from({ length: 200 }, (_, at) => [first, second][at % 2].addAsync(at, 1))
    assert.deepEqual(
      await Promise.all(calls),
      Array.from({ length: 200 }, (_, at) => at + 1),
    )
    fact('each settles its own calls')
    const counter = new first.Counter(1)
    fact(`one table: ${String(second.objects.counterValue(counter.number))}`)
    counter.dispose()
    await nothingLeft(second.diagnostics)
  },

  async 'two-loads-in-one-thread'() {
    const [first, second] = [testkit(), anotherLoad()]
    const counter = new first.Counter(1)
    typed(
      'a handle of the other load',
      thrown(() => second.objects.counterValue(counter.number)),
      'ERR_HANDLE_INVALID',
    )
    const calls = Array.from({ length: 200 }, (_, at) => [first, second][at % 2].call('faults.sleep', [at % 3]))
    await Promise.all(calls)
    const reason = new Error('mine')
    const fail = () => {
      throw reason
    }
    // Through both and back.
    assert.equal(
      thrown(() => first.callbacks.callText(() => second.callbacks.callText(fail))),
      reason,
    )
    // A Sync door of one inside a blocking callback of the other, whose lanes do not know each other.
    const slept = await first.call('callbacks.ask', [() => second.callSync('faults.sleep', [1]), 1])
    fact(`both work: ${String(slept)}`)
    counter.dispose()
    await nothingLeft(first.diagnostics)
    await nothingLeft(second.diagnostics)
  },

  async 'twenty-loads-in-one-thread'() {
    const warnings = []
    process.on('warning', (warning) => warnings.push(warning))
    for (let load = 0; load < 20; load += 1) {
      const { call } = anotherLoad()
      assert.equal(await call('faults.sleep', [1]), 1)
      assert.equal(await call('callbacks.queueThenFinish', [1, () => undefined]), 1)
    }
    assert.deepEqual(warnings, [])
    fact('twenty loads, no warning')
  },

  async 'a-copy-nobody-holds-settles-its-calls-and-goes'() {
    testkit()
    const gone = []
    const registry = new FinalizationRegistry((name) => gone.push(name))
    const settled = []
    for (let made = 0; made < 5; made += 1) {
      const copy = anotherCopy()
      registry.register(copy.boundary, made)
      const controller = new AbortController()
      settled.push(copy.call('faults.sleep', [30]))
      settled.push(copy.call('callbacks.ask', [async () => copy.call('faults.sleep', [10]), 1]))
      settled.push(copy.call('callbacks.queueThenFinish', [3, () => copy.native.add(1, 1)]))
      settled.push(rejection(copy.call('faults.never', [], { signal: controller.signal, timeoutMs: 20 })))
    }
    anotherCopy()
    globalThis.gc()
    await Promise.all(settled)
    settled.length = 0
    await collected(() => gone.length >= 4)
    fact('settled and collected')
    await nothingLeft(testkit().diagnostics)
  },

  async 'functions-outlive-their-copy'() {
    testkit()
    const { native, faults } = anotherCopy()
    anotherCopy()
    for (let round = 0; round < 5; round += 1) {
      globalThis.gc()
      await new Promise(setImmediate)
    }
    fact(`still works: ${String(native.add(1, 2))}`)
    const error = thrown(() => faults.panic('mine'))
    fact(`still fails: ${error.code}`)
  },
}
