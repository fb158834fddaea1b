import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Certified } from '../http-server/tls.js'

/** A PostgreSQL server of the test's own, that speaks TLS and nothing else. */
export interface Cluster {
  readonly port: number
  /** Takes another certificate, for connections from soon on. */
  show: (server: Certified) => void
  /** Ends it and leaves nothing. */
  stop: () => Promise<void>
}

const MISSING =
  'this test starts a PostgreSQL server, and there are no programs for it: install them (Debian: apt-get install postgresql; ' +
  'macOS: brew install postgresql) or put pg_config on the PATH'

/** The folder of `initdb` and `postgres`. */
function programs(): string {
  const folders: string[] = []
  try {
    folders.push(execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim())
  } catch {
    // Debian has it in a package of its own.
  }
  const debian = '/usr/lib/postgresql'
  if (existsSync(debian)) folders.push(...readdirSync(debian).map((version) => join(debian, version, 'bin')))
  const folder = folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))))
  if (folder === undefined) throw new Error(MISSING)
  return folder
}

/** The server refuses to run as root: it runs as its own user then. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (which: string): number => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/**
 * Starts one in a folder of its own.
 *
 * @param ca who signs certificates of clients.
 * @param access the lines of `pg_hba.conf`.
 */
export async function cluster(server: Certified, ca: string, access: readonly string[]): Promise<Cluster> {
  const bin = programs()
  const user = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-postgres-'))
  const write = (name: string, text: string): void => {
    const path = join(folder, 'data', name)
    writeFileSync(path, text, { mode: 0o600 })
    if (user !== undefined) chownSync(path, user.uid, user.gid)
  }
  const show = ({ cert, key }: Certified): void => {
    write('server.crt', cert)
    write('server.key', key)
  }
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const how = ['--pgdata', join(folder, 'data'), '--username', 'postgres', '--auth', 'trust', '--no-sync']
  execFileSync(join(bin, 'initdb'), [...how, '--encoding', 'UTF8', '--locale', 'C'], {
    ...user,
    cwd: folder,
    stdio: 'pipe',
  })
  show(server)
  write('ca.crt', ca)
  write('pg_hba.conf', `${access.join('\n')}\n`)
  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ssl: 'on',
    ssl_cert_file: 'server.crt',
    ssl_key_file: 'server.key',
    ssl_ca_file: 'ca.crt',
    fsync: 'off',
  }
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${String(value)}`])
  const child = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), ...given], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async (): Promise<void> => {
    // A fast shutdown: it ends what its clients do and waits for nobody.
    child.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true })
  }
  try {
    const ready = new RegExp('ready to accept connections')
    const patience = performance.now() + 60_000
    while (!ready.test(said)) {
      if (child.exitCode !== null || performance.now() > patience) throw new Error(`the server does not start: ${said}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    port,
    show(server) {
      show(server)
      child.kill('SIGHUP')
    },
    stop,
  }
}
