import { readFile } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * Counts the matches of every pattern in every file, some files at a time.
 *
 * `count(name, content)` gives the number of matches of one pattern in one file's bytes, or a promise of it. A scan ends
 * early by the rejection of `count`: the other files in work are waited for, so that nothing outlives the scan.
 *
 * @param {{
 *   files: import('./text-files.mjs').TextFile[],
 *   names: string[],
 *   concurrency: number,
 *   count: (name: string, content: Buffer) => number | Promise<number>,
 *   progress: import('./progress.mjs').Progress,
 * }} options
 */
export async function scan({ files, names, concurrency, count, progress }) {
  const counts = Object.fromEntries(names.map((name) => [name, 0]))
  let next = 0
  let bytes = 0
  let failed = false

  async function work() {
    while (next < files.length && !failed) {
      const { path } = files[next++]
      const content = await readFile(path)
      const results = await Promise.allSettled(names.map(async (name) => count(name, content)))
      for (const [index, result] of results.entries()) {
        if (result.status === 'rejected') {
          failed = true
          throw result.reason
        }
        counts[names[index]] += result.value
      }
      bytes += content.length
      progress.add(content.length)
    }
  }

  const pauses = monitorEventLoopDelay({ resolution: 1 })
  pauses.enable()
  const started = performance.now()
  const workers = await Promise.allSettled(Array.from({ length: concurrency }, work))
  const seconds = (performance.now() - started) / 1000
  pauses.disable()
  progress.end()

  const failure = workers.find((worker) => worker.status === 'rejected')
  if (failure) throw failure.reason
  return { counts, bytes, seconds, longestPauseMs: pauses.max / 1e6 }
}
