/** ferrule/regex and what a user would otherwise reach for. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { requireRival } from './install-re2.mjs'

const BUILT = fileURLToPath(new URL('../../dist/regex/index.mjs', import.meta.url))

export const CONTENDER_NAMES = {
  regexp: 'RegExp',
  re2: `re2 ${requireRival('./package.json').dependencies.re2}`,
  ferrule: 'ferrule/regex',
}

/** The names each library's rows use, by contender; a library that is not there does not take part. */
export async function loadLibraries() {
  const libraries = { regexp: {} }
  try {
    libraries.re2 = { RE2: requireRival('re2') }
  } catch {
    // Not installed: the run says why in its notes.
  }
  if (existsSync(BUILT)) {
    const { Regex, RegexSet } = await import('ferrule/regex')
    libraries.ferrule = { Regex, RegexSet }
  }
  return libraries
}
