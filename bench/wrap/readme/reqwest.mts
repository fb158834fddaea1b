/**
 * README of reqwest, its one example, against a server on this machine. After it, what every async method of a package promises:
 * an `AbortSignal` and `timeoutMs` end it.
 *
 * Not written: `.json::<HashMap<…>>()`, whose caller chooses the type.
 */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client, get, HeaderName, HeaderValue, ReqwestError } from 'reqwest-node'

const server = createServer((request, response) => {
  if (request.url === '/never') return
  if (request.url === '/missing') response.statusCode = 404
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ origin: request.socket.remoteAddress, agent: request.headers['user-agent'] ?? null }))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const response = await get(`${base}/ip`)
assert.equal(response.status().asU16(), 200)
assert.equal((JSON.parse(await response.text()) as { origin: string }).origin, '127.0.0.1')

// The same with a client of its own, and its request made in steps.
const client = Client.builder().userAgent(HeaderValue.fromStr('ferrule')).build()
const sent = await client.get(`${base}/ip`).bearerAuth('secret').send()
assert.equal(sent.headers().get(HeaderName.parse('content-type'))?.toStr(), 'application/json')
assert.equal((JSON.parse(await sent.text()) as { agent: string }).agent, 'ferrule')
const executed = await client.execute(client.get(`${base}/missing`).build())
assert.equal(executed.status().isClientError(), true)
assert.throws(() => executed.errorForStatus(), ReqwestError)

// An answer that never comes.
const controller = new AbortController()
const aborted = client.get(`${base}/never`).send({ signal: controller.signal })
setTimeout(() => {
  controller.abort()
}, 50)
await assert.rejects(aborted, { name: 'AbortError' })
await assert.rejects(get(`${base}/never`, { timeoutMs: 50 }), { code: 'ERR_TIMEOUT' })

// Nobody listens.
server.closeAllConnections()
await new Promise((resolve) => server.close(resolve))
await assert.rejects(get(`${base}/ip`), ReqwestError)
