/** A file that one process has at a time. It names its owner, so that one left by a killed process is known as such. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Each follows on another process's taking or leaving the lock at the same moment. */
const mostAttempts = 100

/** Takes the lock; otherwise the process that has it. */
export function takeLock(lock: string): { readonly isTaken: boolean; readonly owner: number } {
  const mine = ownerText(process.pid)
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    try {
      writeFileSync(lock, mine, { flag: 'wx' })
      return { isTaken: true, owner: process.pid }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const found = readIfThere(lock)
    if (found === undefined) continue
    const owner = Number(found.split(' ')[0])
    if (owner === process.pid) return { isTaken: true, owner }
    if (isAlive(found)) return { isTaken: false, owner }
    moveAway(lock, found)
  }
  throw new Error(`${lock} can neither be taken nor read`)
}

/** The lock of a process that was killed. Several may see it at once: who moved the lock of another gives it back. */
function moveAway(lock: string, found: string): void {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
    if (readFileSync(aside, 'utf8') !== found) linkSync(aside, lock)
  } catch {
    // Somebody else was faster; the next attempt sees what is there now.
  }
  rmSync(aside, { force: true })
}

/** `4711 302115`: the process, and when it started. A system gives a number out again, after a restart soon. */
const ownerText = (pid: number): string => [String(pid), startOf(pid)].join(' ').trim()

/** Clock ticks from the system's start to the process's: field 22 of /proc/<pid>/stat (proc_pid_stat(5)). Linux only. */
function startOf(pid: number): string {
  const text = readIfThere(`/proc/${pid}/stat`)
  // The second field is the program's name in parentheses, and may hold spaces.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function isAlive(owner: string): boolean {
  const [number = '', start] = owner.trim().split(' ')
  const pid = Number(number)
  if (!Number.isInteger(pid) || pid <= 0 || !isRunning(pid)) return false
  return start === undefined || startOf(pid) === '' || startOf(pid) === start
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
