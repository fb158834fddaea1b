// How a child process or Worker of a test ends while native work is under way.
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

/**
 * Begins `work` and, once it has had time to get somewhere, ends: `exit` with code 7, `throw` uncaught, or `terminate`, in a Worker
 * over the same script.
 *
 * @param {string} script the address of the script that calls
 * @param {unknown[]} args what that script is started with; the way first
 */
export function endInTheMiddle(script, args, work) {
  const [way] = args
  if (isMainThread && way === 'terminate') {
    const worker = new Worker(new URL(script), { workerData: args })
    worker.on('message', async () => {
      await worker.terminate()
      console.log('terminated')
    })
    return
  }
  work().then(
    () => console.log('finished, which it must not'),
    (error) => console.log(`failed: ${error.message}`),
  )
  // Connections stand, and what is done with them is on its way.
  setTimeout(() => {
    if (way === 'terminate') return parentPort.postMessage('now')
    console.log('ending')
    if (way === 'throw') throw new Error('on purpose')
    process.exit(7)
  }, 150)
}
