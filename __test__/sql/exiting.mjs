// A process, or a Worker in it, that ends in the middle of everything PostgreSQL can be busy with: `node exiting.mjs <how> <application>`.
import { writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

const [how, application] = isMainThread ? process.argv.slice(2) : workerData
const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'

async function busy() {
  const { connect } = await import('ferrule/sql')
  const database = await connect(url, { max: 6, applicationName: application })
  const ignored = () => undefined
  database.query('select pg_sleep(600)').catch(ignored)
  database.query('select pg_sleep(600)', [], { timeoutMs: 500_000 }).catch(ignored)
  database
    .transaction(async (tx) => {
      await tx.execute('create temp table exiting (n int)')
      await tx.query('select pg_sleep(600)')
    })
    .catch(ignored)
  const reading = (async () => {
    for await (const batch of database.stream('select generate_series(1, 1000000000) as n').batches())
      if (batch.length < 0) return
  })()
  reading.catch(ignored)
  const listener = await database.listen(application)
  listener[Symbol.asyncIterator]().next().catch(ignored)
  const flood = async () => {
    for (;;) await database.query('select $1::int as n', [1])
  }
  for (let started = 0; started < 8; started++) flood().catch(ignored)
  await new Promise((resolve) => setTimeout(resolve, 300))
}

if (!isMainThread) {
  await busy()
  parentPort.postMessage('working')
} else if (how === 'terminate') {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: [how, application] })
  worker.once('message', async () => {
    writeSync(1, 'working\n')
    await worker.terminate()
    writeSync(1, 'terminated\n')
    // Stays for as long as it is looked at from outside: the end of the Worker alone has to let go.
    process.stdin.once('data', () => process.exit(0))
  })
} else {
  await busy()
  writeSync(1, 'working\n')
  if (how === 'exit') process.exit(7)
  if (how === 'throw')
    setTimeout(() => {
      throw new Error('uncaught on purpose')
    })
  if (how === 'kill') process.kill(process.pid, 'SIGKILL')
}
