// Signals and deadlines at the worst moment.
import { assert, fact, nothingLeft, rejection, sleep, testkit, typed, until } from './facts.mjs'

export const probes = {
  async 'a-signal-fired-while-the-call-begins'() {
    const { call, diagnostics } = testkit()
    const controller = new AbortController()
    const reason = new Error('mine')
    const texts = ['']
    Object.defineProperty(texts, 0, { get: () => (controller.abort(reason), 'text') })
    const { signal } = controller
    assert.equal(await rejection(call('types.manyWork', [[1], texts, null], { signal })), reason)
    fact(`never begun: ${String((await rejection(call('callbacks.ask', [() => 1, 1], { signal }))) === reason)}`)
    await nothingLeft(diagnostics)
  },

  async 'a-signal-fired-while-its-call-settles'() {
    const { call, diagnostics } = testkit()
    const controller = new AbortController()
    const { signal } = controller
    // The first settles and aborts the rest, which arrive in the same batch.
    const calls = Array.from({ length: 300 }, (_, at) =>
      call('faults.sleep', [1], { signal }).then(
        () => (at === 0 ? controller.abort() : undefined, 'done'),
        (error) => error.name,
      ),
    )
    const outcomes = new Set(await Promise.all(calls))
    assert.ok(outcomes.has('done') && [...outcomes].every((one) => one === 'done' || one === 'AbortError'))
    fact('each settled once')
    await nothingLeft(diagnostics)
  },

  async 'a-signal-fired-inside-another-signals-listener'() {
    const { call, diagnostics } = testkit()
    const [first, second] = [new AbortController(), new AbortController()]
    first.signal.addEventListener('abort', () => second.abort('second'))
    const calls = [first, second, first].map(({ signal }) => rejection(call('faults.never', [], { signal })))
    first.abort('first')
    fact((await Promise.all(calls)).join(' '))
    await nothingLeft(diagnostics)
  },

  async 'a-call-begun-inside-an-abort-listener'() {
    const { call, diagnostics } = testkit()
    const controller = new AbortController()
    const { signal } = controller
    let inside
    signal.addEventListener('abort', () => {
      inside = rejection(call('faults.never', [], { signal }))
    })
    const outside = rejection(call('faults.never', [], { signal }))
    controller.abort('reason')
    fact(`${await outside} ${await inside}`)
    await nothingLeft(diagnostics)
  },

  async 'thousands-of-calls-stopped-while-they-ask'() {
    const { call, diagnostics } = testkit()
    // A pool thread begins to wait, or just has, when its token is stopped.
    for (let round = 0; round < 100; round += 1) {
      const controller = new AbortController()
      const { signal } = controller
      const calls = Array.from({ length: 20 }, () =>
        call('callbacks.ask', [() => new Promise(() => undefined), 1], { signal }).catch((error) => error),
      )
      if (round % 3 !== 0) await until(() => diagnostics().callbacks.waiting > round % 20)
      controller.abort(round)
      assert.ok((await Promise.all(calls)).every((reason) => reason === round))
    }
    fact('all stopped')
    await nothingLeft(diagnostics)
  },

  async 'work-that-ignores-its-stop'() {
    const { call, diagnostics } = testkit()
    const controller = new AbortController()
    const { signal } = controller
    const aborted = rejection(call('faults.stuckWork', [1300], { signal }))
    const late = rejection(call('faults.stuckLane', [1300], { timeoutMs: 5 }))
    await sleep(5)
    controller.abort('reason')
    fact(`aborted: ${await aborted}`)
    const error = typed('late', await late, 'ERR_TIMEOUT')
    fact(`still running: ${String(error.details.stillRunning)}, abandoned: ${String(diagnostics().abandoned)}`)
    await nothingLeft(diagnostics)
  },

  async 'an-aborted-stream'() {
    const { Numbers, diagnostics } = testkit()
    const controller = new AbortController()
    const reason = new Error('mine')
    const numbers = new Numbers(1_000_000)
    const pulled = (async () => {
      for await (const number of numbers.stream(10, { signal: controller.signal })) {
        if (number === 25) controller.abort(reason)
      }
    })()
    assert.equal(await rejection(pulled), reason)
    fact(`disposed: ${String(numbers.isDisposed)}`)
    await nothingLeft(diagnostics)
  },
}
