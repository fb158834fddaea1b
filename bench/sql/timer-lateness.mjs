/** How late a 1 ms timer fires while something else goes on: the delay that 99 of 100 stay below. */

const TIMER_MS = 1

/** @returns {Promise<number>} milliseconds past the timer's own, 99th percentile */
export async function lateness(work) {
  const delays = []
  let running = true
  const watched = new Promise((resolve) => {
    let armed = performance.now()
    const arm = () => {
      armed = performance.now()
      setTimeout(fire, TIMER_MS)
    }
    const fire = () => {
      delays.push(performance.now() - armed - TIMER_MS)
      if (running) arm()
      else resolve()
    }
    arm()
  })
  await work()
  running = false
  await watched
  delays.sort((one, other) => one - other)
  return delays[Math.floor(delays.length * 0.99)]
}
