// One object used twice at once: in place, refused by name; asynchronously, one after the other.
import { assert, fact, nothingLeft, rejection, testkit, thrown, typed, until } from './facts.mjs'

function busy(what, action, holder) {
  const error = typed(what, thrown(action), 'ERR_BUSY')
  assert.ok(error.message.includes(holder), `${error.message} names ${holder}`)
}

export const probes = {
  async 're-entry-while-held-exclusively'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(1)
    const holder = 'objects.counterAddWith'
    counter.addWith(() => {
      busy('shared', () => counter.value, holder)
      busy('exclusive', () => counter.add(1), holder)
      busy('itself', () => counter.addWith(() => 1), holder)
      busy('a child', () => counter.view(), holder)
      return 1
    })
    fact(`free again: ${String(counter.add(1))}`)
    counter.dispose()
    await nothingLeft(diagnostics)
  },

  async 're-entry-while-held-shared'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(1)
    const holder = 'objects.counterVisit'
    counter.visit(() => {
      fact(`shared: ${String(counter.value)}`)
      counter.visit(() => busy('exclusive', () => counter.add(1), holder))
      busy('exclusive with a callback', () => counter.addWith(() => 1), holder)
    })
    fact(`free again: ${String(counter.add(1))}`)
    counter.dispose()
    await nothingLeft(diagnostics)
  },

  async 'a-throw-ends-the-borrow'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(1)
    const reason = new Error('mine')
    const fail = () => {
      throw reason
    }
    for (const use of ['visit', 'addWith'])
      assert.equal(
        thrown(() => counter[use](fail)),
        reason,
      )
    fact(`free again: ${String(counter.add(1))}`)
    counter.dispose()
    await nothingLeft(diagnostics)
  },

  async 'sync-calls-during-async-ones'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(1)
    const adding = counter.addSlowly(1, 20)
    busy('shared', () => counter.value, 'objects.counterAddSlowly')
    busy('exclusive', () => counter.add(1), 'objects.counterAddSlowly')
    await adding
    const reading = counter.readSlowly(20)
    fact(`shared: ${String(counter.value)}`)
    busy('exclusive', () => counter.add(1), 'objects.counterReadSlowly')
    await reading
    const later = counter.addLater(1, 20)
    busy('on the lane', () => counter.value, 'objects.counterAddLater')
    await later
    fact(`free again: ${String(counter.add(1))}`)
    counter.dispose()
    await nothingLeft(diagnostics)
  },

  async 'async-calls-queue-in-order'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(0)
    const uses = [counter.addSlowly(1, 2), counter.addLater(10, 2), counter.readSlowly(2), counter.readSlowly(1)]
    uses.push(counter.addLater(100, 1), counter.addSlowly(1000, 0), counter.readSlowly(0))
    fact((await Promise.all(uses)).join(' '))
    counter.dispose()
    await nothingLeft(diagnostics)
  },

  async 'an-async-call-made-inside-a-callback-waits-for-its-end'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(1)
    let later
    counter.addWith((value) => {
      later = counter.addSlowly(10, 1)
      return value
    })
    fact(`first: 2, then: ${String(await later)}`)
    counter.dispose()
    await nothingLeft(diagnostics)
  },

  async 'a-call-that-waits-can-be-aborted'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(1)
    const first = counter.addSlowly(1, 50)
    const controller = new AbortController()
    const reason = new Error('mine')
    const waiting = rejection(counter.addSlowly(100, 1, { signal: controller.signal }))
    const third = counter.addSlowly(1, 1)
    controller.abort(reason)
    assert.equal(await waiting, reason)
    typed('by its deadline', await rejection(counter.addSlowly(100, 1, { timeoutMs: 1 })), 'ERR_TIMEOUT')
    fact(`the others: ${String(await first)} ${String(await third)}`)
    counter.dispose()
    await nothingLeft(diagnostics)
  },

  async 'an-aborted-exclusive-call-gives-its-object-back'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(1)
    for (const use of ['addSlowly', 'addLater']) {
      const controller = new AbortController()
      const running = rejection(counter[use](100, 30_000, { signal: controller.signal }))
      await until(() => diagnostics().callsInFlight === 1)
      controller.abort()
      assert.equal((await running).name, 'AbortError')
      fact(`${use}: ${String(counter.value)}`)
    }
    counter.dispose()
    await nothingLeft(diagnostics)
  },
}
