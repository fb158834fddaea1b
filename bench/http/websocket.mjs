/**
 * Echo over web sockets: ferrule/http against npm's ws, each as server under a load of ws clients and as client of a ws server, in
 * interleaved rounds of fresh processes. `node bench/http/websocket.mjs [--rounds 7] [--ms 1000]` prints the medians.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { median } from '../measure/statistics.mjs'
import { installHttpPeers } from './install-peers.mjs'

const PEER = fileURLToPath(new URL('websocket-peer.mjs', import.meta.url))

/** Which end is measured, with how many connections, messages in flight on each, and what they are. */
export const ROWS = [
  {
    row: 'server-64',
    title: 'server, 64 connections, 16 in flight each, 32-byte texts',
    side: 'server',
    load: [64, 16, '32'],
  },
  { row: 'server-1', title: 'server, 1 connection, 1 in flight, 32-byte texts', side: 'server', load: [1, 1, '32'] },
  {
    row: 'server-large',
    title: 'server, 8 connections, 2 in flight each, 64 KiB binary',
    side: 'server',
    load: [8, 2, 'b65536'],
  },
  {
    row: 'client-64',
    title: 'client, 64 connections, 16 in flight each, 32-byte texts',
    side: 'client',
    load: [64, 16, '32'],
  },
  { row: 'client-1', title: 'client, 1 connection, 1 in flight, 32-byte texts', side: 'client', load: [1, 1, '32'] },
  {
    row: 'client-many',
    title: 'client, 1 connection, 512 in flight, 32-byte texts',
    side: 'client',
    load: [1, 512, '32'],
  },
]

const LIBRARIES = ['ferrule', 'ws']

const heard = (child) =>
  new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`a peer ended with ${code}`)))
  })

/** One turn: messages per second, and microseconds of CPU per message of the process that is measured. */
async function turn({ side, load }, library, ms) {
  const server = fork(PEER, ['server', side === 'server' ? library : 'ws'])
  const { port } = await heard(server)
  const client = fork(PEER, ['client', side === 'client' ? library : 'ws', port, ...load, ms].map(String))
  const usage = () => {
    const answer = heard(server)
    server.send('usage')
    return answer
  }
  try {
    await heard(client)
    const before = await usage()
    const done = await heard(client)
    const after = await usage()
    const cpu = side === 'client' ? done.cpu : (after.cpu - before.cpu) / (after.echoed - before.echoed)
    return { perSecond: done.perSecond, cpu }
  } finally {
    client.kill()
    server.removeAllListeners('exit')
    server.kill()
  }
}

/** Every row in turns; figures by row and library, one per round. */
export async function benchWebSocket({ rounds, ms }, onRound = () => undefined) {
  installHttpPeers()
  const figures = Object.fromEntries(ROWS.map(({ row }) => [row, { ferrule: [], ws: [] }]))
  for (let round = 0; round < rounds; round++) {
    for (const row of ROWS) {
      const order = round % 2 === 0 ? LIBRARIES : LIBRARIES.toReversed()
      for (const library of order) figures[row.row][library].push(await turn(row, library, ms))
    }
    onRound(round)
  }
  return figures
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '7' }, ms: { type: 'string', default: '1000' } },
  })
  const figures = await benchWebSocket({ rounds: Number(values.rounds), ms: Number(values.ms) })
  for (const { row, title } of ROWS) {
    const of = (library, key) => median(figures[row][library].map((figure) => figure[key]))
    const ratios = (key) =>
      median(figures[row].ferrule.map((figure, round) => figure[key] / figures[row].ws[round][key]))
    console.log(
      `${title}: ferrule ${Math.round(of('ferrule', 'perSecond'))}/s, ws ${Math.round(of('ws', 'perSecond'))}/s (${ratios('perSecond').toFixed(2)}x); ` +
        `CPU per message ${of('ferrule', 'cpu').toFixed(2)} µs, ws ${of('ws', 'cpu').toFixed(2)} µs (${ratios('cpu').toFixed(2)}x)`,
    )
  }
}
