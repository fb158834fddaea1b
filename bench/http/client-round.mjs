/** One round of the HTTP client's benchmark, in a process of its own, with a server in another. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { contest } from '../measure/contest.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { contendersFor, ROWS } from './client-rows.mjs'

const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)

const SERVER = fileURLToPath(new URL('client-server.mjs', import.meta.url))
const server = fork(SERVER, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
const port = await new Promise((resolve) => server.stdout.once('data', (line) => resolve(Number(line))))
const { contenders, close } = await contendersFor(`http://127.0.0.1:${port}`)
const costs = {}
for (const { row } of shuffled(ROWS, random)) costs[row] = await contest(contenders[row], { random, batchMs, cycles })
await close()
server.disconnect()
process.stdout.write(`${JSON.stringify({ costs })}\n`)
