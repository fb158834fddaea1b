/** The rivals of ferrule/regex; re2 is compiled, which does not succeed everywhere: the others go on without it. */
import { installRivals, requireOf } from '../peers/install.mjs'

export const requireRival = requireOf('regex')

/** @returns {string | undefined} why re2 cannot take part, or nothing when it can */
export function installRe2() {
  try {
    installRivals('regex', { native: 're2', works: "new (require('re2'))('a')" })
    return undefined
  } catch (error) {
    return `re2 could not be installed here: ${error.message.split('\n')[0]}`
  }
}
