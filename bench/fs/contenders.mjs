/** Who takes part, as the tables name them. */
export const CONTENDERS = {
  ferrule: 'ferrule/fs',
  ferruleSync: 'ferrule/fs, Sync',
  promises: 'node:fs/promises, all at once',
  bounded: 'node:fs/promises, 64 at a time',
  fastGlob: 'fast-glob 3.3.3',
  readdir: 'node:fs/promises readdir, recursive',
}
