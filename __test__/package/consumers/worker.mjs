import { Regex } from 'ferrule/regex'
import { Worker, isMainThread, parentPort } from 'node:worker_threads'

const answer = async () => {
  const re = new Regex('\\d+')
  return { sync: re.isMatch('x1'), async: await re.isMatchAsync('x1') }
}

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url))
  worker.once('message', async (inWorker) => {
    console.log(JSON.stringify({ inWorker, inMain: await answer() }))
  })
} else {
  parentPort.postMessage(await answer())
}
