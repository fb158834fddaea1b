/** How late a 1 ms timer fires while the event loop is kept busy: does everything else in the process still get its turn? */
import { setImmediate as nextTurn } from 'node:timers/promises'

const TIMER_MS = 1
const WATCH_MS = 1_000
const IN_FLIGHT = 10_000
const SPIN_MS = 1

/**
 * With 10,000 calls in flight for a second.
 *
 * @param {(a: number, b: number) => Promise<number>} addAsync
 * @returns {Promise<number>} the longest delay past the timer's own millisecond, in milliseconds
 */
export async function latenessWithCalls(addAsync) {
  let running = true
  async function caller() {
    while (running) await addAsync(1, 2)
  }
  const callers = Promise.all(Array.from({ length: IN_FLIGHT }, caller))
  const latest = await watchTimer()
  running = false
  await callers
  return latest
}

/** With nothing but short turns of JavaScript: what this machine does to a timer by itself. */
export async function latenessOfMachine() {
  let running = true
  const spinning = (async () => {
    while (running) {
      for (const end = performance.now() + SPIN_MS; performance.now() < end;);
      await nextTurn()
    }
  })()
  const latest = await watchTimer()
  running = false
  await spinning
  return latest
}

function watchTimer() {
  return new Promise((resolve) => {
    const end = performance.now() + WATCH_MS
    let latest = 0
    let armed = performance.now()
    const arm = () => {
      armed = performance.now()
      setTimeout(fire, TIMER_MS)
    }
    const fire = () => {
      const now = performance.now()
      latest = Math.max(latest, now - armed - TIMER_MS)
      if (now >= end) resolve(latest)
      else arm()
    }
    arm()
  })
}
