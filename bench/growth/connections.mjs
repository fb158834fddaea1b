/** More and more connections to the servers of the server's benchmark, by wrk. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { installHttpPeers } from '../http/install-peers.mjs'

const SUBJECT = fileURLToPath(new URL('../http/server-subject.mjs', import.meta.url))

/** @param most connections: each is a file descriptor of the server's and one of wrk's. */
export async function openConnections(most) {
  installHttpPeers()
  await ensureDescriptors(most + 100)
  const servers = Object.fromEntries(await Promise.all(['ferrule', 'node', 'fastify'].map(start)))
  return {
    async costs(contender, connections) {
      // Long enough that making the connections is not what is measured.
      const seconds = connections > 1000 ? 5 : 2
      const { stdout } = await promisify(execFile)('wrk', [
        '-t1',
        `-c${connections}`,
        `-d${seconds}s`,
        '--timeout',
        '10s',
        `http://127.0.0.1:${servers[contender].port}/json`,
      ])
      const perSecond = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]
      if (perSecond === undefined || /connect [1-9]|read [1-9]|Non-2xx/.test(stdout))
        throw new Error(`${contender}: ${stdout}`)
      return 1e6 / Number(perSecond)
    },
    close() {
      for (const { child } of Object.values(servers)) child.stdin.end()
    },
  }
}

async function start(name) {
  const child = spawn(process.execPath, [SUBJECT, name], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout, 'data')
  return [name, { child, port: Number(port) }]
}

async function ensureDescriptors(wanted) {
  const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n'])
  if (stdout.trim() === 'unlimited' || Number(stdout) >= wanted) return
  throw new Error(`a process may have ${stdout.trim()} files open and this chart needs ${wanted}: ulimit -n ${wanted}`)
}
