// npm run demo [-- folder]
//
// Scans every text file under a folder for ten patterns, with ferrule and with JavaScript's RegExp, compares counts and
// speed, then aborts a scan half-way and shows that nothing is left behind. Ends with exit code 1 if the counts differ or
// something is.
import { diagnostics } from 'ferrule'
import { BytesRegex } from 'ferrule/regex'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { patterns } from './patterns.mjs'
import { Progress } from './progress.mjs'
import { scan } from './scan.mjs'
import { findTextFiles } from './text-files.mjs'

const folder = resolve(process.argv[2] ?? 'node_modules')
const names = Object.keys(patterns)
const concurrency = 2 * availableParallelism()

const files = await findTextFiles(folder)
const size = files.reduce((sum, file) => sum + file.size, 0)
if (files.length === 0) {
  console.error(`there is no text file under ${folder}`)
  process.exit(1)
}
console.log(
  `${files.length.toLocaleString('en')} text files under ${folder}, ${megabytes(size)} MB, ` +
    `${names.length} patterns, ${availableParallelism()} cores\n`,
)

// ferrule: the bytes as they come from the disk, on the threads of the lane's blocking pool.
const native = new Map(names.map((name) => [name, new BytesRegex(patterns[name])]))
const ferrule = await scan({
  ...{ files, names, concurrency },
  count: (name, content) => native.get(name).countAsync(content),
  progress: new Progress('ferrule', size),
})

// RegExp knows strings only, so the bytes are decoded first, once per file for all patterns; on the one thread there is.
const builtIn = new Map(names.map((name) => [name, new RegExp(patterns[name], 'g')]))
const decoded = new WeakMap()
const regExp = await scan({
  ...{ files, names, concurrency },
  count: (name, content) => {
    if (!decoded.has(content)) decoded.set(content, content.toString())
    return countMatches(builtIn.get(name), decoded.get(content))
  },
  progress: new Progress('RegExp ', size),
})

/** The matches of a global pattern, without building an array of them. */
function countMatches(pattern, text) {
  let count = 0
  pattern.lastIndex = 0
  while (pattern.test(text)) count += 1
  return count
}

console.log(`${'pattern'.padEnd(18)}${'ferrule'.padStart(12)}${'RegExp'.padStart(12)}`)
for (const name of names) {
  const both = [ferrule, regExp].map(({ counts }) => counts[name].toLocaleString('en').padStart(12))
  console.log(`${name.padEnd(18)}${both.join('')}${ferrule.counts[name] === regExp.counts[name] ? '' : '   DIFFERENT'}`)
}
const differing = names.filter((name) => ferrule.counts[name] !== regExp.counts[name])

console.log()
for (const [name, { bytes, seconds, longestPauseMs }] of Object.entries({ ferrule, RegExp: regExp })) {
  // Every pattern reads every byte.
  const rate = (bytes * names.length) / 1e6 / seconds
  console.log(
    `${name.padEnd(9)}${seconds.toFixed(2).padStart(8)} s${rate.toFixed(0).padStart(8)} MB/s   ` +
      `longest pause of the event loop ${longestPauseMs.toFixed(0)} ms`,
  )
}
console.log(`${(regExp.seconds / ferrule.seconds).toFixed(1)} times as fast\n`)

// The same scan again, told to stop at half of its calls.
const controller = new AbortController()
const reason = new Error('half is enough')
const half = Math.ceil((files.length * names.length) / 2)
let calls = 0
let abortedAt
const outcome = await scan({
  ...{ files, names, concurrency },
  count: (name, content) => {
    calls += 1
    if (calls === half) {
      abortedAt = performance.now()
      controller.abort(reason)
    }
    return native.get(name).countAsync(content, { signal: controller.signal })
  },
  progress: new Progress('aborted', size),
}).then(
  () => 'finished',
  (error) => error,
)
const settledAfterMs = performance.now() - abortedAt
for (const regex of native.values()) regex.dispose()

const left = diagnostics()
const leftovers = [
  ...(outcome === reason ? [] : [`the aborted scan ended with ${outcome}`]),
  ...(left.callsInFlight === 0 ? [] : [`${left.callsInFlight} calls in flight`]),
  ...(left.abandoned === 0 ? [] : [`${left.abandoned} calls abandoned`]),
  ...Object.entries(left.handles).flatMap(([type, count]) => (count === 0 ? [] : [`${count} handles of type ${type}`])),
]
console.log(
  `aborted at half: every call had settled ${settledAfterMs.toFixed(1)} ms later, with the signal's own reason`,
)
console.log(`left behind: ${leftovers.length === 0 ? 'nothing' : leftovers.join(', ')}`)
console.log(`diagnostics(): ${JSON.stringify(left)}`)

if (differing.length > 0) console.error(`the counts differ for: ${differing.join(', ')}`)
if (differing.length > 0 || leftovers.length > 0) process.exitCode = 1

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1)
}
