// Objects that end at the wrong moment, and numbers that claim to be objects.
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { assert, fact, nothingLeft, rejection, sleep, testkit, thrown, typed, until } from './facts.mjs'

if (!isMainThread && workerData === 'a handle of this thread') {
  const { Counter } = testkit()
  parentPort.postMessage(new Counter(1).number)
}

export const probes = {
  async 'dispose-during-calls'() {
    const { Counter, diagnostics } = testkit()
    for (const use of ['addSlowly', 'addLater', 'readSlowly']) {
      const counter = new Counter(1, 1000)
      const running = use === 'readSlowly' ? counter.readSlowly(20) : counter[use](1, 20)
      const waiting = rejection(counter.addSlowly(1, 1))
      counter.dispose()
      counter.dispose()
      typed(`${use}, a new call`, await rejection(counter.addSlowly(1, 1)), 'ERR_HANDLE_CLOSED')
      fact(`${use}, the call that ran: ${String(await running)}`)
      typed(`${use}, the call that waited`, await waiting, 'ERR_HANDLE_STALE')
    }
    await nothingLeft(diagnostics)
  },

  async 'dispose-inside-a-callback'() {
    const { Counter, diagnostics } = testkit()
    for (const use of ['visit', 'addWith']) {
      const counter = new Counter(1, 1000)
      // A child keeps its parent's value, which then cannot be changed: only the shared use gets one.
      const children = use === 'visit' ? [counter.view()] : []
      const { number } = counter
      const seen = counter[use](() => {
        counter.dispose()
        for (const view of children) assert.equal(view.isDisposed, true)
        typed(
          `${use}, by its object`,
          thrown(() => counter.value),
          'ERR_HANDLE_CLOSED',
        )
        typed(
          `${use}, by its number`,
          thrown(() => testkit().objects.counterValue(number)),
          'ERR_HANDLE_CLOSED',
        )
        // New objects, collections: what the call borrowed must not move.
        for (let made = 0; made < 1000; made += 1) new Counter(made).dispose()
        globalThis.gc()
        return 1
      })
      fact(`${use} ended: ${String(seen)}`)
      typed(
        `${use}, afterwards`,
        thrown(() => testkit().objects.counterValue(number)),
        'ERR_HANDLE_STALE',
      )
    }
    await nothingLeft(diagnostics)
  },

  async 'dispose-inside-its-own-queued-callback'() {
    const { Ticker, diagnostics } = testkit()
    const ticker = new Ticker(() => {
      ticker.dispose()
    })
    ticker.start(1)
    await until(() => ticker.isDisposed)
    // Its thread sees the end at its next tick; until then the function stays registered.
    await nothingLeft(diagnostics)
  },

  async 'dispose-inside-its-own-blocking-callback'() {
    const { Keeper, diagnostics } = testkit()
    const keeper = new Keeper(
      () => undefined,
      (value) => {
        keeper.dispose()
        return value + 1
      },
    )
    fact(`answered: ${String(await keeper.ask(1))}`)
    typed('afterwards', await rejection(keeper.ask(1)), 'ERR_HANDLE_CLOSED')
    await nothingLeft(diagnostics)
  },

  async 'dispose-a-stream-in-the-middle'() {
    const { Numbers, diagnostics } = testkit()
    const numbers = new Numbers(1_000_000)
    let seen = 0
    for await (const number of numbers.stream(10)) {
      seen += 1
      if (number === 25) numbers.dispose()
      if (number === 29) break
    }
    fact(`seen: ${String(seen)}`)
    const other = new Numbers(1_000_000)
    const pulled = (async () => {
      for await (const number of other.stream(10)) if (number === 5) other.dispose()
    })()
    typed('pulling on', await rejection(pulled), 'ERR_HANDLE_CLOSED')
    await nothingLeft(diagnostics)
  },

  async 'a-parent-ends-with-its-children'() {
    const { Counter, diagnostics } = testkit()
    const counter = new Counter(7)
    const views = Array.from({ length: 3 }, () => counter.view())
    views[1].dispose()
    fact(`a child: ${String(views[0].value)}`)
    counter.dispose()
    for (const view of [views[0], views[2]]) assert.equal(view.isDisposed, true)
    typed(
      'a child of a disposed parent',
      thrown(() => views[0].value),
      'ERR_HANDLE_CLOSED',
    )
    for (const view of views) view.dispose()
    await nothingLeft(diagnostics)
  },

  async 'collected-objects-are-released'() {
    const { Counter, Numbers, Bound, call, diagnostics } = testkit()
    for (let made = 0; made < 100; made += 1) {
      new Counter(made, 10_000).view()
      new Bound().next()
      // Collected while its call runs: the call has what it needs.
      void new Numbers(1000).next(500)
    }
    await call('faults.sleep', [1])
    await nothingLeft(diagnostics)
    fact('released')
  },

  'stale-handles'() {
    const { boundary, Counter, objects } = testkit()
    const counter = new Counter(1)
    const { number } = counter
    counter.dispose()
    typed(
      'read',
      thrown(() => objects.counterValue(number)),
      'ERR_HANDLE_STALE',
    )
    typed(
      'changed',
      thrown(() => objects.counterAdd(number, 1)),
      'ERR_HANDLE_STALE',
    )
    typed(
      'as a parent',
      thrown(() => objects.viewNew(number, number)),
      'ERR_HANDLE_STALE',
    )
    typed(
      'asynchronously',
      thrown(() => objects.counterAddSlowly(0, number, 1, 1)),
      'ERR_HANDLE_STALE',
    )
    boundary.native.dispose(number)
    boundary.native.finalize(number)
    const next = new Counter(2)
    assert.notEqual(next.number, number)
    typed(
      'with its slot in use again',
      thrown(() => objects.counterValue(number)),
      'ERR_HANDLE_STALE',
    )
    boundary.native.finalize(number)
    fact(`who has the slot: ${String(next.value)}`)
  },

  'forged-handles'() {
    const { boundary, Counter, objects } = testkit()
    const counter = new Counter(1)
    const { number } = counter
    const forged = [0, 1, -2, 0.5, -number, number + 1, number + 2 ** 32, 2 ** 53, 2 ** 60, Infinity]
    for (const claim of [...forged, NaN, -0, Number.MIN_VALUE, number + 12345]) {
      typed(
        `a number like ${claim === 0 ? '0' : 'it'}`,
        thrown(() => objects.counterValue(claim)),
        'ERR_HANDLE_INVALID',
      )
      assert.equal(thrown(() => boundary.native.dispose(claim)).code, 'ERR_HANDLE_INVALID')
      boundary.native.finalize(claim)
    }
    for (const claim of [null, undefined, {}, [number], String(number), BigInt(number), true]) {
      assert.equal(thrown(() => objects.counterValue(claim)).code, 'ERR_INVALID_ARG_TYPE')
    }
    fact(`untouched: ${String(counter.value)}`)
  },

  'handles-of-another-type'() {
    const { Bound, Counter, bench, objects, callbacks } = testkit()
    const counter = new Counter(1)
    typed(
      'read',
      thrown(() => objects.boundNext(counter.number)),
      'ERR_HANDLE_TYPE',
    )
    typed(
      'of another system',
      thrown(() => bench.gaugeAccepts(counter.number, '')),
      'ERR_HANDLE_TYPE',
    )
    typed(
      'set running',
      thrown(() => objects.tickerStart(counter.number, 1)),
      'ERR_HANDLE_TYPE',
    )
    typed(
      'asynchronously',
      thrown(() => callbacks.keeperAsk(0, counter.number, 1)),
      'ERR_HANDLE_TYPE',
    )
    typed(
      'exclusively',
      thrown(() => objects.numbersNext(0, counter.number, 1)),
      'ERR_HANDLE_TYPE',
    )
    fact(`untouched: ${String(counter.add(1))}, bound: ${String(new Bound().next())}`)
  },

  async 'handles-of-another-thread'() {
    const { boundary, Counter, objects } = testkit()
    const own = new Counter(1)
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: 'a handle of this thread' })
    const [foreign] = await once(worker, 'message')
    // Both are the first object of their table; only the random generation tells them apart.
    assert.equal(foreign % 2 ** 32, own.number % 2 ** 32)
    typed(
      'read',
      thrown(() => objects.counterValue(foreign)),
      'ERR_HANDLE_INVALID',
    )
    typed(
      'disposed',
      thrown(() => boundary.native.dispose(foreign)),
      'ERR_HANDLE_INVALID',
    )
    boundary.native.finalize(foreign)
    fact(`untouched: ${String(own.value)}`)
    await worker.terminate()
  },

  async 'an-object-that-runs-holds-the-loop'() {
    const { Ticker } = testkit()
    let ticks = 0
    const ticker = new Ticker(() => {
      ticks += 1
      if (ticks === 5) ticker.stop()
    })
    ticker.start(1)
    assert.equal(ticker.hasRef(), true)
    typed(
      'started twice',
      thrown(() => ticker.start(1)),
      'ERR_STATE',
    )
    // A tick that was on its way when it stopped may still arrive.
    process.on('exit', () => fact(ticks >= 5 ? 'stopped after its ticks' : `ended after ${String(ticks)}`))
  },

  async 'an-object-that-runs-lets-go-of-the-loop'() {
    const { Ticker } = testkit()
    const ticker = new Ticker(() => undefined)
    ticker.start(1)
    await sleep(5)
    ticker.ref().unref().unref()
    assert.equal(ticker.hasRef(), false)
    fact('unref')
  },
}
