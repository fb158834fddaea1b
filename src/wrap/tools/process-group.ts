/**
 * The process group of a program that was started: the program with everything it starts itself. Ending cargo alone would leave
 * its compilers at work in a folder that is given up.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Writable } from 'node:stream'

/** How long a program that was asked to end may take before it is ended, in milliseconds. */
const graceMs = 2000

const hasGroups = process.platform !== 'win32'

/** For `spawn`: the child leads a group of its own. On Windows that would open a window, and `taskkill` knows the tree. */
export const ownGroup = { detached: hasGroups } as const

/** Asks a group to end, and ends it when it does not. */
export function stopGroup(child: ChildProcess): void {
  const { pid } = child
  if (pid === undefined) return
  if (!hasGroups) {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' }).on('error', () => child.kill())
    return
  }
  signalGroup(pid, 'SIGTERM')
  const timer = setTimeout(() => {
    signalGroup(pid, 'SIGKILL')
  }, graceMs)
  child.once('close', () => {
    clearTimeout(timer)
    // What closed its output and did not hear.
    signalGroup(pid, 'SIGKILL')
  })
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Nothing of the group is left.
  }
}

/**
 * A process that is killed can end nobody. This shell reads which groups are at work from a pipe whose other end we hold; the
 * system closes that end with us, however we end, and the shell ends what is left. It hears no signal meant for us.
 */
const guardScript = `
trap '' HUP INT QUIT TERM
groups=' '
while read -r change pid; do
  case $change in
    +) groups="$groups$pid " ;;
    -) groups="\${groups%% $pid *} \${groups#* $pid }" ;;
  esac
done
for pid in $groups; do kill -KILL "-$pid"; done 2>/dev/null
`

let guard: Writable | undefined

/** From now until the child ends, its group ends with this process, even when that is killed. Not on Windows. */
export function guardGroup(child: ChildProcess): void {
  const { pid } = child
  if (!hasGroups || pid === undefined) return
  guard ??= startGuard()
  guard.write(`+ ${pid}\n`)
  child.once('close', () => guard?.write(`- ${pid}\n`))
}

function startGuard(): Writable {
  const shell = spawn('/bin/sh', ['-c', guardScript], { cwd: '/', stdio: ['pipe', 'ignore', 'ignore'], ...ownGroup })
  // Without it everything works but this.
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  // A socket to Node, whatever its type says.
  ;(shell.stdin as Writable & { unref?: () => void }).unref?.()
  return shell.stdin
}
