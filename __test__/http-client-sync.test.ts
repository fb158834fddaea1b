import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeIdle, getSync, HttpClient, requestSync } from 'ferrule/http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { held, nothing } from './http-client/servers.js'

let server: ChildProcess
let url = ''
beforeAll(async () => {
  server = fork(join(import.meta.dirname, 'http-client/sync-server.mjs'), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  url = `http://127.0.0.1:${await new Promise<string>((resolve) => server.stdout?.once('data', (data) => resolve(String(data).trim())))}`
})
afterAll(() => {
  server.disconnect()
  closeIdle()
  expect(held()).toEqual(nothing)
})
const failure = (code: string, details: object = {}): Error =>
  expect.objectContaining({ name: 'HttpError', code, details: expect.objectContaining(details) as object }) as Error

it('a Sync door gives the whole response', async () => {
  const response = getSync(`${url}/a`)
  expect([response.status, response.isDisposed]).toEqual([200, true])
  expect(await response.json()).toEqual({ method: 'GET', url: '/a', body: '' })
  expect((await getSync(`${url}/large`).bytes()).length).toBe(3_000_000)
})

it('a Sync door sends any method and body that is there', async () => {
  expect(await requestSync('PUT', url, { json: [1] }).json()).toMatchObject({ method: 'PUT', body: '[1]' })
  const folder = await mkdtemp(join(tmpdir(), 'ferrule-http-'))
  await writeFile(join(folder, 'f'), 'content')
  const sent = (await requestSync('POST', url, { multipart: { f: { path: join(folder, 'f') } } }).json()) as {
    body: string
  }
  expect(sent.body).toContain('\r\n\r\ncontent\r\n')
  await rm(folder, { recursive: true })
  expect(() => requestSync('POST', url, { body: new Blob(['x']) })).toThrow(failure('ERR_INVALID_ARG_TYPE'))
})

it('a Sync door throws what the async one rejects with', () => {
  expect(() => getSync('nowhere')).toThrow(failure('ERR_HTTP_INVALID_URL'))
  expect(() => getSync('http://127.0.0.1:1/')).toThrow(failure('ERR_HTTP_CONNECT', { reason: 'ECONNREFUSED' }))
  expect(() => getSync(`${url}/404`, { throwOnError: true })).toThrow(failure('ERR_HTTP_STATUS', { status: 404 }))
  expect(() => getSync(`${url}/large`, { maxBodyBytes: 1000 })).toThrow(
    failure('ERR_HTTP_BODY_TOO_LARGE', { limit: 1000 }),
  )
  expect(() => getSync(`${url}/never`, { timeoutMs: 30 })).toThrow(
    expect.objectContaining({ code: 'ERR_TIMEOUT', operation: 'http.HttpClient.getSync' }) as Error,
  )
  expect(() => getSync(`${url}/never`, { timeouts: { headersMs: 30 } })).toThrow(
    failure('ERR_TIMEOUT', { phase: 'headers' }),
  )
  expect(() => getSync(url, { timeoutMs: -1 })).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }) as Error)
})

it('sync and async calls share connections', async () => {
  using client = new HttpClient({ connectionsPerOrigin: 1 })
  for (let round = 0; round < 5; round += 1) {
    expect(client.getSync(url).status).toBe(200)
    expect((await client.get(url)).status).toBe(200)
  }
})
