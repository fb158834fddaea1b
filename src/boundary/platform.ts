import type * as DetectLibc from 'detect-libc'
import { closeSync, openSync, readSync } from 'node:fs'

/**
 * The platforms ferrule's own binaries are published for. A package made on the boundary may publish fewer or others;
 * the loader uses this list only to recognise an installation made for another machine.
 */
export const knownTriples: readonly string[] = [
  'linux-x64-gnu',
  'linux-arm64-gnu',
  'linux-x64-musl',
  'linux-arm64-musl',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64-msvc',
  'win32-arm64-msvc',
]

/**
 * The running Node's platform as platform packages are named: operating system, architecture and, where one system has
 * several C runtimes, which one (`linux-x64-gnu`, `linux-arm64-musl`, `darwin-arm64`, `win32-x64-msvc`).
 */
export function platformTriple(): string {
  const base = `${process.platform}-${process.arch}`
  if (process.platform === 'linux') return `${base}-${usesMusl() ? 'musl' : 'gnu'}`
  if (process.platform === 'win32') return `${base}-msvc`
  return base
}

/**
 * Whether this Node is linked against musl. Its own executable names its dynamic loader right behind the program
 * headers; reading that costs a twentieth of a millisecond. `detect-libc` knows more ways and costs four, so it is asked
 * only when the executable gives no answer (a statically linked Node, an unreadable file).
 */
function usesMusl(): boolean {
  const head = headOfExecutable()
  if (head.includes('/ld-musl-')) return true
  if (head.includes('/ld-linux')) return false
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on this path only, and a literal for bundlers
    const detector = require('detect-libc') as typeof DetectLibc
    return detector.familySync() === detector.MUSL
  } catch {
    // A bundle without it. Most Linux systems have glibc, and where this is wrong the load error names both.
    return false
  }
}

function headOfExecutable(): string {
  try {
    const file = openSync(process.execPath, 'r')
    try {
      const head = Buffer.alloc(4096)
      return head.toString('latin1', 0, readSync(file, head))
    } finally {
      closeSync(file)
    }
  } catch {
    // No permission to read it; the caller has another way to find out.
    return ''
  }
}
