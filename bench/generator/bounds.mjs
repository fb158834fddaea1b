/** What is promised of the generator's speed, in milliseconds, and the crate it is promised for. */

/** Among the crates that are wrapped, one of those with the most items. */
export const CRATE = { name: 'chrono', version: '0.4.45' }

export const READINGS = [
  { reading: 'rustdoc', title: '`cargo rustdoc`, which `scan` waits for' },
  { reading: 'scan', title: '`ferrule scan`, beyond rustdoc' },
  { reading: 'verify', title: '`ferrule verify`' },
  { reading: 'generate', title: '`ferrule generate`' },
  { reading: 'all', title: 'all three, beyond rustdoc', atMost: 3000 },
  { reading: 'unchanged', title: '`ferrule generate`, nothing changed', atMost: 1000 },
]
