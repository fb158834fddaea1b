import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A Node to run a smoke test on. */
export interface NodeBinary {
  /** The major version, e.g. `24`. */
  major: number
  path: string
}

/**
 * The supported Node versions beside the one that runs the tests, which is the oldest in continuous integration. They are
 * installed by `npm test`; where they are not (another platform, a single test run by hand) the list is empty.
 */
export const otherNodes: readonly NodeBinary[] = [22, 24, 26].flatMap((major) => {
  const path = join(import.meta.dirname, 'node_modules', `node-${major}`, 'bin', 'node')
  return existsSync(path) ? [{ major, path }] : []
})
