/**
 * The server of ferrule/http against Node's own and fastify, each in a process of its own, under the load of `wrk` on one thread.
 * A round starts every server anew; in a cycle each is loaded in turn, in random order.
 */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { resultsOf } from '../measure/compare.mjs'
import { buildFloor } from '../peers/build.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { COMPARISONS, CONTENDER_NAMES, LOADS, ROWS } from './server-rows.mjs'

const run = promisify(execFile)
const SUBJECT = fileURLToPath(new URL('server-subject.mjs', import.meta.url))
const NAMES = Object.keys(CONTENDER_NAMES)
/** No rival: what no server on these sockets can go below. */
const FLOOR = 'floor'
/** Nanoseconds of a tick in /proc/<pid>/stat. */
const TICK = 1e9 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
const WARM_UP = 1
const TURN = 2

/** @returns the results as `bench/results/http-server.json` holds them */
export async function benchHttpServer({ rounds }, onRound) {
  ensureWrk()
  const floor = buildFloor()
  const plan = { rounds, cycles: 1, turnSeconds: TURN }
  const costs = []
  for (let round = 1; round <= rounds; round++) {
    costs.push(await oneRound(floor, randomFrom(randomInt(2 ** 32))))
    onRound(round, rounds)
  }
  return {
    name: 'http-server',
    plan,
    how: `in each a fresh process per server; each loaded for ${TURN} s per row after ${WARM_UP} s of warming up, in random order.`,
    contenders: CONTENDER_NAMES,
    ...resultsOf(costs, ROWS, () => NAMES, COMPARISONS),
  }
}

function ensureWrk() {
  try {
    execFileSync('which', ['wrk'], { stdio: 'ignore' })
  } catch {
    throw new Error('the http-server benchmark needs wrk: apt-get install wrk, or brew install wrk')
  }
}

async function oneRound(floor, random) {
  const costs = {}
  const begin = (name) => (name === FLOOR ? start(name, floor) : start(name, process.execPath, [SUBJECT, name]))
  const servers = await Promise.all(NAMES.map(begin))
  try {
    for (const [row, load] of Object.entries(LOADS)) {
      costs[row] = {}
      costs[`cpu:${row}`] = {}
      for (const server of shuffled(servers, random)) {
        await wrk(server, load, WARM_UP)
        const before = cpuOf(server.pid)
        const { requests, seconds } = await wrk(server, load, TURN)
        costs[row][server.name] = [(seconds * 1e9) / requests]
        costs[`cpu:${row}`][server.name] = [(cpuOf(server.pid) - before) / requests]
      }
    }
  } finally {
    for (const { child } of servers) child.stdin.end()
  }
  return costs
}

async function start(name, program, args = []) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout, 'data')
  return { name, child, pid: child.pid, port: Number(port) }
}

async function wrk({ name, port }, { path, connections }, seconds) {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, `http://127.0.0.1:${port}${path}`]
  const { stdout } = await run('wrk', args)
  const [, requests, took, unit] = /(\d+) requests in ([\d.]+)(m?s)/.exec(stdout) ?? []
  if (requests === undefined || /Socket errors|Non-2xx/.test(stdout)) throw new Error(`${name}: ${stdout}`)
  return { requests: Number(requests), seconds: Number(took) / (unit === 'ms' ? 1000 : 1) }
}

/** Nanoseconds of processor time of a process and its threads, in the kernel and out of it. */
function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK
}
