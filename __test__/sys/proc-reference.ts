/** The files of /proc read in another way than ferrule's: whole numbers as bigints, fields by their names in proc(5). */

export const NAMES =
  'pid comm state ppid pgrp session tty_nr tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime priority nice num_threads itrealvalue starttime vsize rss rlim startcode endcode startstack kstkesp kstkeip signal blocked sigignore sigcatch wchan nswap cnswap exit_signal processor rt_priority policy delayacct_blkio_ticks'.split(
    ' ',
  )

/** Those that cross as bigints. */
export const PATTERNS = new Set(
  'rlim startcode endcode startstack kstkesp kstkeip signal blocked sigignore sigcatch wchan'.split(' '),
)

/** How wide each field is, as the original's table has it: d, u and s of 32 and 64 bits. */
export function rangeOf(name: string): [bigint, bigint] {
  if (/^(pid|ppid|pgrp|session|tty_nr|tpgid|exit_signal|processor)$/.test(name)) return [-(2n ** 31n), 2n ** 31n - 1n]
  if (/^(cutime|cstime|priority|nice|num_threads|itrealvalue|rss)$/.test(name)) return [-(2n ** 63n), 2n ** 63n - 1n]
  return [0n, 2n ** 64n - 1n]
}

export type Fields = Record<string, string | number | bigint>

export function statByHand(line: string): Fields {
  const open = line.indexOf('(')
  const close = line.lastIndexOf(')')
  const rest = line
    .slice(close + 1)
    .trim()
    .split(/\s+/)
  const words = [line.slice(0, open).trim(), line.slice(open + 1, close), ...rest]
  return Object.fromEntries(
    NAMES.map((name, at): [string, string | number | bigint] => {
      const word = words[at] ?? ''
      if (name === 'comm') return [name, word]
      if (name === 'state') return [name, word.charAt(0)]
      return [name, PATTERNS.has(name) ? BigInt(word) : Number(BigInt(word))]
    }),
  )
}

export function meminfoByHand(text: string): Record<string, number> {
  const value = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]) * 1024
  return {
    free: value('MemFree'),
    cached: value('Cached'),
    swapTotal: value('SwapTotal'),
    swapFree: value('SwapFree'),
  }
}
