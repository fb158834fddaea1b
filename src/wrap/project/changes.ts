/** Waits until a source changes. */
import { readdirSync, readFileSync, statSync, watch, type FSWatcher } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Interrupted } from '../tools/process.js'
import { digestOf } from './record.js'

/** Editors write a file in several steps; what comes within this many milliseconds is one change. */
const settleMs = 100

/**
 * Resolves once a file below one of the folders has other contents than now.
 *
 * @throws Interrupted when `signal` fires.
 */
export async function nextChange(folders: readonly string[], signal: AbortSignal): Promise<void> {
  const before = contentsOf(folders)
  for (;;) {
    await anyEvent(folders, signal)
    await wait(settleMs)
    if (contentsOf(folders) !== before) return
  }
}

/** The first event of any folder: contents are compared afterwards, because a touched file is no change. */
function anyEvent(folders: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const watchers: FSWatcher[] = []
    const end = (then: () => void): void => {
      for (const watcher of watchers) watcher.close()
      signal.removeEventListener('abort', onAbort)
      then()
    }
    const onAbort = (): void => {
      end(() => {
        reject(new Interrupted())
      })
    }
    if (signal.aborted) {
      onAbort()
      return
    }
    signal.addEventListener('abort', onAbort, { once: true })
    for (const folder of new Set(folders)) {
      const watcher = watch(folder, { recursive: true }, () => {
        end(resolve)
      })
      watcher.on('error', (error) => {
        end(() => {
          reject(error)
        })
      })
      watchers.push(watcher)
    }
  })
}

function contentsOf(folders: readonly string[]): string {
  const digests = [...new Set(folders)].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => join(folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
      .map((path) => `${path} ${digestOf(readFileSync(path, 'latin1'))}`),
  )
  return digests.join('\n')
}
