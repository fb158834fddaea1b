/** Many requests at once, against the light server of the client's benchmark. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { installHttpPeers, requireRival } from '../http/install-peers.mjs'

const SERVER = fileURLToPath(new URL('../http/client-server.mjs', import.meta.url))
const CONNECTIONS = 64

export async function openHttpClients() {
  installHttpPeers()
  const { Pool } = requireRival('undici')
  const { HttpClient } = await import('ferrule/http')
  const server = fork(SERVER, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const port = await new Promise((resolve) => server.stdout.once('data', (line) => resolve(Number(line))))
  const url = `http://127.0.0.1:${port}`
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 })
  const client = new HttpClient({ connectionsPerOrigin: CONNECTIONS })
  const all = (size, one) => Promise.all(Array.from({ length: size }, one))
  return {
    work: {
      ferrule: (size) => all(size, async () => (await client.get(`${url}/small`)).json()),
      undici: (size) => all(size, async () => (await pool.request({ path: '/small', method: 'GET' })).body.json()),
    },
    async close() {
      client.dispose()
      await pool.close()
      server.disconnect()
    },
  }
}
