// A small disk over a folder, which only the programs that are run on it see: a tmpfs in a mount namespace of its own. It ends with
// the process that holds the namespace, so nothing can be left mounted.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'

/** As root, or as one who may have a user namespace. */
const unshareArgs = [['-m'], ['-r', '-m']].find((args) => {
  const mount = ['sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt']
  return process.platform === 'linux' && spawnSync('unshare', [...args, ...mount]).status === 0
})

export const canHaveSmallDisk = unshareArgs !== undefined

export class SmallDisk {
  readonly #holder: ChildProcess
  readonly #folder: string

  private constructor(holder: ChildProcess, folder: string) {
    this.#holder = holder
    this.#folder = folder
  }

  /** `size` as mount(8) writes it: `64k`. */
  static async over(folder: string, size: string): Promise<SmallDisk> {
    const script = 'mount -t tmpfs -o "size=$1" tmpfs "$2" && echo ready && exec sleep 1800'
    const holder = spawn('unshare', [...(unshareArgs ?? []), 'sh', '-c', script, 'sh', size, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once('data', () => {
        resolve()
      })
      holder.once('close', (status) => {
        reject(new Error(`no small disk: exit code ${String(status)}`))
      })
    })
    return new SmallDisk(holder, folder)
  }

  /** In front of a program: it runs on the disk, in its folder or the named one. */
  under(cwd = this.#folder): readonly string[] {
    const user = unshareArgs?.includes('-r') === true ? ['-U', '--preserve-credentials'] : []
    return ['nsenter', '-t', String(this.#holder.pid), '-m', ...user, 'sh', '-c', 'cd "$0" && exec "$@"', cwd]
  }

  /** What stands at a path on the disk, for this process. */
  seen(path: string): string {
    return `/proc/${String(this.#holder.pid)}/root${path}`
  }

  run(command: readonly string[]): string {
    const [program = '', ...args] = [...this.under(), ...command]
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`)
    return stdout
  }

  resize(size: string): void {
    this.run(['mount', '-o', `remount,size=${size}`, this.#folder])
  }

  /** Ends the disk and what is on it. */
  end(): void {
    this.#holder.kill('SIGKILL')
  }
}
