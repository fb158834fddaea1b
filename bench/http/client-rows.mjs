/** What the HTTP clients are asked to do, and how each is used best. */
import { compileAsyncLoop } from '../measure/loop.mjs'
import { requireRival } from './install-peers.mjs'

const IN_FLIGHT = 64
const LARGE = 1024 * 1024

export const CONTENDER_NAMES = {
  undici: `undici ${requireRival('./package.json').dependencies.undici}`,
  fetch: "Node's fetch",
  ferrule: 'ferrule/http',
}

export const ROWS = [
  { row: 'small', title: 'GET of 203 bytes of JSON, 64 in flight' },
  { row: 'large', title: 'GET of 1 MiB, 64 in flight' },
]

export const COMPARISONS = [
  { row: 'small', subject: 'ferrule', rival: 'undici', measure: 'speedup', atLeast: 1.2 },
  { row: 'small', subject: 'ferrule', rival: 'fetch', measure: 'speedup' },
  { row: 'large', subject: 'ferrule', rival: 'undici', measure: 'speedup', atLeast: 1 },
  { row: 'large', subject: 'ferrule', rival: 'fetch', measure: 'speedup' },
]

/** The contenders of each row, against a server; `close` ends what they hold. */
export async function contendersFor(url) {
  const { Pool } = requireRival('undici')
  const { HttpClient } = await import('ferrule/http')
  const pool = new Pool(url, { connections: IN_FLIGHT, pipelining: 1 })
  const client = new HttpClient({ connectionsPerOrigin: IN_FLIGHT })
  const scope = { pool, client, fetch, url }
  const contender = (name, row, operation, answer) => ({
    name,
    loop: compileAsyncLoop(`${name} ${row}`, { operation }, IN_FLIGHT, scope),
    answer,
  })
  return {
    contenders: {
      small: [
        contender(
          'undici',
          'small',
          `(await (await pool.request({ path: '/small', method: 'GET' })).body.json()).total`,
          3,
        ),
        contender('fetch', 'small', `(await (await fetch(url + '/small')).json()).total`, 3),
        contender('ferrule', 'small', `(await (await client.get(url + '/small')).json()).total`, 3),
      ],
      large: [
        contender(
          'undici',
          'large',
          `(await (await pool.request({ path: '/large', method: 'GET' })).body.bytes()).length`,
          LARGE,
        ),
        contender('fetch', 'large', `(await (await fetch(url + '/large')).arrayBuffer()).byteLength`, LARGE),
        contender('ferrule', 'large', `(await (await client.get(url + '/large')).bytes()).length`, LARGE),
      ],
    },
    async close() {
      client.dispose()
      await pool.close()
    },
  }
}
