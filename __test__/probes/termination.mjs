// Workers that are ended from outside while the addon works in them. Nested, where the probe itself runs in a Worker.
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { assert, fact, sleep, testkit } from './facts.mjs'

const ignored = () => undefined
const told = (message) => parentPort.postMessage(message)

const insides = {
  everything() {
    const { call, callbacks, Counter, Numbers, Ticker } = testkit()
    callbacks.callForEver(ignored)
    callbacks.askForEver(() => new Promise((resolve) => setImmediate(resolve, 1)))
    new Ticker(ignored).start(1)
    const counter = new Counter()
    const again = (start) => start().then(() => again(start), ignored)
    for (let started = 0; started < 50; started += 1) {
      void again(() => call('faults.sleep', [1]))
      void again(() => call('faults.carefulWork', [1]))
      void again(() => counter.addSlowly(1, 0))
      void again(() => call('callbacks.queueThenFinish', [5, ignored]))
    }
    void call('faults.never')
    void call('callbacks.ask', [() => new Promise(ignored), 1])
    const stream = async () => {
      for await (const number of new Numbers(4_000_000_000).stream(100)) if (number < 0) return
    }
    void stream()
    told('working')
  },

  'a sync callback that never returns'() {
    const { callbacks, Counter } = testkit()
    const counter = new Counter()
    counter.addWith(() =>
      callbacks.callTwiceIgnoring(() => {
        told('working')
        for (;;);
      }),
    )
  },

  'a queued callback that never returns'() {
    testkit().callbacks.callForEver(() => {
      told('working')
      for (;;);
    })
    setInterval(ignored, 1000)
  },

  'a blocking callback that never returns'() {
    testkit().callbacks.askForEver(() => {
      told('working')
      for (;;);
    })
    setInterval(ignored, 1000)
  },

  'native threads that never return'() {
    const { call } = testkit()
    void call('faults.stuckWork', [30_000])
    void call('faults.stuckLane', [30_000])
    setTimeout(told, 20, 'working')
  },

  'a Sync door that returns'() {
    const { callSync } = testkit()
    told('working')
    for (;;) callSync('faults.sleep', [20])
  },

  'its first steps'() {
    told('working')
    const { call, callbacks } = testkit()
    callbacks.callForEver(ignored)
    void call('faults.sleep', [1])
    setInterval(ignored, 1000)
  },

  async 'a short life'() {
    const { call, callbacks, Counter } = testkit()
    const counter = new Counter(1)
    callbacks.callForEver(ignored)
    void call('faults.never')
    assert.equal(await counter.addSlowly(1, 1), 2)
    assert.equal(await call('callbacks.ask', [(value) => value + 1, 1]), 2)
    told('worked')
    if (workerData.number % 2 === 0) process.exit(0)
    // Half of them end by themselves but for the call that never does, and are terminated.
  },
}

if (!isMainThread && workerData?.inside !== undefined) await insides[workerData.inside]()

function start(inside, number = 0) {
  return new Worker(fileURLToPath(import.meta.url), { workerData: { inside, number } })
}

async function terminated(inside) {
  const worker = start(inside)
  await once(worker, 'message')
  await sleep(5)
  fact('working')
  assert.equal(await worker.terminate(), 1)
  fact('terminated')
}

export const probes = {
  'terminate-with-everything-in-flight': () => terminated('everything'),
  'terminate-inside-a-sync-callback': () => terminated('a sync callback that never returns'),
  'terminate-inside-a-queued-callback': () => terminated('a queued callback that never returns'),
  'terminate-inside-a-blocking-callback': () => terminated('a blocking callback that never returns'),
  'terminate-with-stuck-threads': () => terminated('native threads that never return'),
  'terminate-during-a-sync-door': () => terminated('a Sync door that returns'),

  async 'terminate-while-the-addon-loads'() {
    for (let delay = 0; delay < 20; delay += 1) {
      const worker = start('its first steps')
      await once(worker, 'message')
      // From before the addon is there until after its threads run.
      await sleep(delay / 2)
      await worker.terminate()
    }
    fact('terminated')
  },

  async 'exit-while-workers-work'() {
    const workers = ['everything', 'native threads that never return', 'a sync callback that never returns'].map(start)
    await Promise.all(workers.map((worker) => once(worker, 'message')))
    fact('working')
    process.exit(3)
  },

  async 'fifty-workers-in-churn'() {
    const threads = () => readdirSync('/proc/self/task').length
    let next = 0
    let before
    const churn = async () => {
      while (next < 50) {
        next += 1
        const worker = start('a short life', next)
        worker.on('error', (error) => fact(String(error)))
        const [[message]] = await Promise.all([once(worker, 'message')])
        assert.equal(message, 'worked')
        await worker.terminate()
        before ??= threads()
      }
    }
    await Promise.all([churn(), churn(), churn(), churn()])
    // What the Workers started has ended with them; a few of Node's own threads come and go.
    while (process.platform === 'linux' && threads() > before) await sleep(1)
    fact('fifty came and went')
  },
}
