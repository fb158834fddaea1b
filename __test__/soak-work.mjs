// node --expose-gc __test__/soak-work.mjs <work> <count>
//
// Does one sort of work so many times, collects after each quarter, and prints as JSON what the process held after the first
// and at the end.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const {
  addAsync,
  bench,
  boundary,
  call,
  callSync,

  diagnostics,
  objects,
  types,
  Counter,
  Keeper,
} = require('./testkit/index.js')

const text = 'a text beyond ASCII: é€😀'
const bytes = new Uint8Array(1000).fill(1)
const sixtyFour = Array.from({ length: 64 })

/** Each takes how many times, and leaves nothing behind when it has resolved. */
const works = {
  sync(count) {
    for (let done = 0; done < count; done += 10) {
      bench.nothing()
      bench.add(done, 1)
      bench.textLength(text)
      bench.echo(text)
      types.bytes(bytes)
      types.bytesOwned(bytes)
      types.tuple([done & 0xffff, 'a'])
      types.numbers([1, 2, 3])
      types.optionText(null)
      refused(() => types.u8(-1), done)
    }
  },

  async async(count) {
    for (let done = 0; done < count; done += 320) {
      await Promise.all(sixtyFour.map(() => addAsync(1, 2)))
      await Promise.all(sixtyFour.map(() => call('types.bytesWork', [bytes])))
      await Promise.all(sixtyFour.map(() => addAsync(1, 2, { timeoutMs: 1000 + done })))
      await Promise.all(sixtyFour.map(() => call('types.textWork', [text, 2])))
      await Promise.all(sixtyFour.map(() => call('faults.refuseLater', [1]).catch(() => undefined)))
    }
  },

  /** One slot of the handle table: created, disposed, created again. */
  slot(count) {
    for (let done = 0; done < count; done += 1) boundary.native.dispose(objects.counterNew(done, 1000))
  },

  async objects(count) {
    for (let done = 0; done < count; done += 2) {
      // Finalisers of children that their parent closed run between turns; a loop that never yields only piles them up.
      if (done % 10_000 === 0) await turn()
      const counter = new Counter(done, 1000)
      const view = counter.view()
      if (view.value !== done) throw new Error('another object’s value')
      counter.dispose()
    }
  },

  /** Nobody disposes of these. */
  async collected(count) {
    for (let done = 0; done < count; done += 1000) {
      for (let made = 0; made < 1000; made += 1) new Counter(made, 100)
      await settle(1)
    }
  },

  async callbacks(count) {
    const blocking = boundary.callback((value) => value)
    const rejecting = boundary.callback(() => Promise.reject(new Error('no')))
    for (let done = 0; done < count; done += 1000) {
      bench.callSync(400, (value) => value)
      await call('callbacks.queueThenFinish', [400, boundary.callback(() => undefined)])
      for (let asked = 0; asked < 190; asked += 1) await call('callbacks.ask', [blocking, asked])
      await call('callbacks.ask', [rejecting, 1]).catch(() => undefined)
      const keeper = new Keeper(
        () => undefined,
        (value) => Promise.resolve(value),
      )
      for (let asked = 0; asked < 9; asked += 1) await keeper.ask(asked)
      keeper.dispose()
    }
  },

  /** All of a quarter on one signal. */
  async aborted(count) {
    const controller = new AbortController()
    const { signal } = controller
    const pending = Array.from({ length: count }, (_, at) => {
      const options = at % 2 === 0 ? { signal } : { signal, timeoutMs: 60_000 }
      return call('faults.never', [], options).catch((reason) => reason)
    })
    controller.abort('all')
    const reasons = new Set(await Promise.all(pending))
    if (reasons.size !== 1 || !reasons.has('all')) throw new Error('another reason')
  },

  /** Streams that are left early, texts of a megabyte, bytes handed over, Sync doors. */
  async large(count) {
    const long = text.repeat(30_000)
    for (let done = 0; done < count; done += 4) {
      types.text(long)
      types.makeBytes(1_000_000, 1)
      callSync('types.textWork', [long, 1])
      await call('types.textWork', [long, 1])
      if (done % 100 === 0) await settle(1)
    }
  },
}

function refused(work, done) {
  if (done % 1000 !== 0) return
  try {
    work()
  } catch {
    return
  }
  throw new Error('accepted')
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

async function settle(rounds) {
  for (let round = 0; round < rounds; round += 1) {
    globalThis.gc()
    await turn()
  }
}

/** The lowest of several looks: pages are given back a little later than they are freed. */
async function held() {
  let rss = Infinity
  for (let look = 0; look < 10; look += 1) {
    await settle(3)
    rss = Math.min(rss, process.memoryUsage.rss())
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { rss, descriptors: readdirSync('/proc/self/fd').length }
}

const [work, total] = process.argv.slice(2)
const quarter = Math.ceil(Number(total) / 4)
await works[work](quarter)
let first
let end
for (let done = 0; done < 4; done += 1) {
  await works[work](quarter)
  end = await held()
  first ??= end
}
// V8 keeps or returns whole groups of pages as it likes, so one look may be off by two MiB. A leak shows in every further
// quarter; a group of pages does not.
for (let more = 0; more < 4 && end.rss > first.rss; more += 1) {
  await works[work](quarter)
  const { rss, descriptors } = await held()
  end = { rss: Math.min(rss, end.rss), descriptors: Math.max(descriptors, end.descriptors) }
}
console.log(JSON.stringify({ first, end, diagnostics: diagnostics() }))
