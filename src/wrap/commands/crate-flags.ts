import type { Flag } from './arguments.js'

/** How a crate is read: the same for every command that takes one. */
export const crateFlags: readonly Flag[] = [
  { name: 'features', value: 'a,b', multiple: true, help: 'features of the crate, besides its default ones' },
  { name: 'no-default-features', help: 'without the crate’s default features' },
]
