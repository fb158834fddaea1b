import { execFileSync, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { HttpClient, type DownloadProgress } from 'ferrule/http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'
import { answers, held, nothing, serve, sleep, until } from './http-client/servers.js'

const client = new HttpClient()
let root: string
let folder: string
beforeAll(async () => (root = await mkdtemp(join(tmpdir(), 'ferrule-http-'))))
beforeEach(async () => (folder = await mkdtemp(join(root, 'test-'))))
afterAll(async () => {
  client.dispose()
  await rm(root, { recursive: true })
  expect(held()).toEqual(nothing)
})

const LENGTH = 5_000_000
const large = Buffer.alloc(LENGTH, 'content ')

describe('a download', () => {
  it.each([0, 5, 70_000, LENGTH])('of %i bytes is the file, and nothing else is there', async (length) => {
    await using server = await serve((_, response) => void response.end(large.subarray(0, length)))
    const path = join(folder, 'file')
    const { bytes, response } = await client.download(server.url, path)
    expect([bytes, response.status, response.bodyUsed, response.isDisposed]).toEqual([length, 200, true, true])
    expect(Buffer.compare(await readFile(path), large.subarray(0, length))).toBe(0)
    expect(await readdir(folder)).toEqual(['file'])
  })

  it('tells how far it is, up to the end', async () => {
    await using server = await serve((_, response) => {
      response.setHeader('content-length', LENGTH)
      response.write(large.subarray(0, 2_000_000))
      setTimeout(() => response.end(large.subarray(2_000_000)), 120)
    })
    const told: DownloadProgress[] = []
    await client.download(server.url, join(folder, 'file'), { onProgress: (progress) => told.push(progress) })
    expect(told.at(-1)).toEqual({ bytes: LENGTH, total: LENGTH })
    expect(told.length).toBeGreaterThan(1)
    expect(told.every(({ total }) => total === LENGTH)).toBe(true)
    expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).sort((a, b) => a - b))
  })

  it('is of what the server had compressed', async () => {
    await using server = await serve(
      (_, response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync(large)),
    )
    const told: DownloadProgress[] = []
    const { bytes } = await client.download(server.url, join(folder, 'file'), {
      onProgress: (progress) => told.push(progress),
    })
    expect([bytes, (await stat(join(folder, 'file'))).size]).toEqual([LENGTH, LENGTH])
    expect(told.at(-1)).toEqual({ bytes: LENGTH, total: LENGTH })
  })

  it('takes the place of a file, or does not, as is asked', async () => {
    await using server = await serve((_, response) => void response.end('new'))
    const path = join(folder, 'file')
    await writeFile(path, 'old')
    const error = await refusedBy(() => client.download(server.url, path, { overwrite: false }))
    expect(error).toMatchObject({ name: 'HttpError', code: 'ERR_HTTP_FILE', details: { path, errno: 'EEXIST' } })
    expect(await readFile(path, 'utf8')).toBe('old')
    await client.download(server.url, path)
    expect(await readFile(path, 'utf8')).toBe('new')
    await client.download(server.url, join(folder, 'other'), { overwrite: false, sync: true })
    expect((await readdir(folder)).sort()).toEqual(['file', 'other'])
  })

  it('does not take the place of a file that came meanwhile', async () => {
    const path = join(folder, 'file')
    await using server = await serve((_, response) => {
      response.write('x'.repeat(100_000))
      setTimeout(() => void writeFile(path, 'meanwhile').then(() => response.end()), 30)
    })
    expect(await refusedBy(() => client.download(server.url, path, { overwrite: false }))).toMatchObject({
      details: { errno: 'EEXIST' },
    })
    expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['meanwhile', ['file']])
  })

  it('takes the place of a link, not of what it leads to', async () => {
    await using server = await serve((_, response) => void response.end('new'))
    await writeFile(join(folder, 'target'), 'old')
    await symlink('target', join(folder, 'link'))
    await client.download(server.url, join(folder, 'link'))
    expect(await readFile(join(folder, 'target'), 'utf8')).toBe('old')
    expect(await readFile(join(folder, 'link'), 'utf8')).toBe('new')
  })

  it('has the permissions asked for', async () => {
    await using server = await serve((_, response) => void response.end('x'))
    await client.download(server.url, join(folder, 'private'), { mode: 0o600 })
    expect((await stat(join(folder, 'private'))).mode & 0o777).toBe(0o600)
  })

  it('has the caller’s name, whatever the server says', async () => {
    await using server = await serve((request, response) => {
      if (request.url !== '/..%2f..%2fevil') return void response.writeHead(302, { location: '/..%2f..%2fevil' }).end()
      response.setHeader('content-disposition', 'attachment; filename="../../evil"')
      response.end('x')
    })
    await client.download(server.url, join(folder, 'mine'))
    expect(await readdir(folder)).toEqual(['mine'])
    expect((await readdir(root)).filter((name) => !name.startsWith('test-'))).toEqual([])
  })

  it('of an error status makes no file', async () => {
    await using server = await serve((_, response) => void response.writeHead(404).end('not here'))
    expect(await refusedBy(() => client.download(server.url, join(folder, 'file')))).toMatchObject({
      code: 'ERR_HTTP_STATUS',
    })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a download that fails leaves what was there before', () => {
  const half = 'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n' + 'x'.repeat(300_000)
  const unchanged = async (): Promise<void> => {
    await until(() => true)
    expect(await readdir(folder)).toEqual(['file'])
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('old')
  }
  beforeEach(() => writeFile(join(folder, 'file'), 'old'))

  it('when the server goes away', async () => {
    await using server = await answers(half, (socket) => setTimeout(() => socket.destroy(), 20))
    expect(await refusedBy(() => client.download(server.url, join(folder, 'file')))).toMatchObject({
      code: 'ERR_HTTP_CONNECTION_CLOSED',
      operation: 'http.HttpClient.download.save',
    })
    await unchanged()
  })

  it('when it is stopped, by a signal, a deadline or a limit', async () => {
    await using server = await answers(half)
    const path = join(folder, 'file')
    const controller = new AbortController()
    const stopped = client.download(server.url, path, { signal: controller.signal })
    await until(() => server.sockets.size === 1)
    await sleep(30)
    expect((await readdir(folder)).length, 'it is being written beside its place').toBe(2)
    controller.abort('enough')
    await expect(stopped).rejects.toBe('enough')
    await unchanged()
    expect(await refusedBy(() => client.download(server.url, path, { timeouts: { bodyMs: 30 } }))).toMatchObject({
      code: 'ERR_TIMEOUT',
    })
    await unchanged()
    expect(await refusedBy(() => client.download(server.url, path, { timeouts: { totalMs: 40 } }))).toMatchObject({
      code: 'ERR_TIMEOUT',
    })
    await unchanged()
    await until(() => server.sockets.size === 0)
  })

  it('when the body is not what it says', async () => {
    await using server = await serve(
      (_, response) => void response.setHeader('content-encoding', 'gzip').end('nonsense'.repeat(20_000)),
    )
    expect(await refusedBy(() => client.download(server.url, join(folder, 'file')))).toMatchObject({
      code: 'ERR_HTTP_DECOMPRESSION',
    })
    await unchanged()
  })

  it('when files may not be that long', async () => {
    await using server = await serve((_, response) => void response.end(large))
    const script = join(import.meta.dirname, 'http-client/download.mjs')
    // Files of this process end at 1 MiB.
    const child = spawn('bash', [
      '-c',
      `ulimit -f 1024; exec "$0" "$@"`,
      process.execPath,
      script,
      server.url,
      join(folder, 'file'),
    ])
    let output = ''
    child.stdout.on('data', (text: Buffer) => (output += text.toString()))
    child.stderr.on('data', (text: Buffer) => (output += text.toString()))
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, output]).toEqual([0, `ERR_HTTP_FILE EFBIG ${join(folder, 'file')}\n`])
    await unchanged()
  })

  it.skipIf(process.getuid?.() !== 0)('when the disk is full (needs root, to mount a small one)', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
    try {
      await writeFile(join(folder, 'file'), 'old')
      const free = async (): Promise<bigint> => (await statfs(folder, { bigint: true })).bfree
      const before = await free()
      await using server = await serve((_, response) => void response.end(large))
      for (const name of ['file', 'new']) {
        const path = join(folder, name)
        expect(await refusedBy(() => client.download(server.url, path))).toMatchObject({
          code: 'ERR_HTTP_FILE',
          details: { errno: 'ENOSPC', path },
        })
        await unchanged()
      }
      expect(await free()).toBe(before)
    } finally {
      execFileSync('umount', ['-l', folder])
    }
  })
})

describe('a place that cannot be written is an error with the path', () => {
  it.each([
    ['in a folder that is not there', 'missing/file', 'ENOENT'],
    ['that is a folder', '.', 'EISDIR'],
    ['below a file', 'plain/file', 'ENOTDIR'],
    ['with a name that is too long', 'x'.repeat(300), 'ENAMETOOLONG'],
  ])('%s', async (_, name, errno) => {
    await using server = await serve((_, response) => void response.end(large))
    await writeFile(join(folder, 'plain'), '')
    await mkdir(join(folder, 'sub'))
    const path = name === '.' ? join(folder, 'sub') : join(folder, name)
    const error = await refusedBy(() => client.download(server.url, path))
    expect(error).toMatchObject({ code: 'ERR_HTTP_FILE', details: { path, errno } })
    expect(await readdir(join(folder, 'sub'))).toEqual([])
    expect(
      (await readdir(folder)).filter((entry) => entry.endsWith('.part')),
      basename(path),
    ).toEqual([])
  })

  it('with NUL in it', async () => {
    await using server = await serve((_, response) => void response.end('x'))
    expect(await refusedBy(() => client.download(server.url, join(folder, 'a\0b')))).toMatchObject({
      code: 'ERR_HTTP_FILE',
      details: { errno: 'EINVAL' },
    })
  })
})

it('what came with the head can be saved, too', async () => {
  await using server = await serve((_, response) => void response.end('short'))
  const response = await client.get(server.url)
  expect(await response.save(join(folder, 'short'))).toBe(5)
  expect(await readFile(join(folder, 'short'), 'utf8')).toBe('short')
  const again = await client.get(server.url)
  const error = await refusedBy(() => again.save(join(folder, 'short'), { overwrite: false }))
  expect(error).toMatchObject({
    code: 'ERR_HTTP_FILE',
    operation: 'http.HttpClient.get.save',
    details: { errno: 'EEXIST' },
  })
})
