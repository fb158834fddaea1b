import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Diagnostics } from 'ferrule/boundary'

interface Held {
  rss: number
  descriptors: number
}
interface Report {
  first: Held
  end: Held
  diagnostics: Diagnostics
}

const script = fileURLToPath(new URL('soak-work.mjs', import.meta.url))
const MIB = 1024 * 1024
/** More occupants than one slot of the handle table can have. */
const SLOT_RETIRES = 2 ** 21

/** Mebibytes by which the process may be larger in the end: its allocators keep some, of `large` an item of one or two. */
const slack = (work: string): number => (work === 'large' ? 4 : 2)

/** How often in whole; a twentieth unless everything is asked for. */
const works: [work: string, whole: number, least?: number][] = [
  ['sync', 10_000_000],
  ['async', 1_000_000],
  ['slot', 10_000_000, SLOT_RETIRES + 4],
  ['objects', 2_000_000],
  ['collected', 200_000],
  ['callbacks', 200_000],
  ['aborted', 80_000],
  ['large', 2000],
]
const share = process.env['FERRULE_TEST'] === 'full' ? 1 : 20

function soak(work: string, count: number): Report {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    // A young generation of fixed size: otherwise V8 grows it by up to 32 MiB while the work goes on, which is no leak.
    ['--expose-gc', '--max-semi-space-size=1', script, work, String(count)],
    { encoding: 'utf8' },
  )
  // No warning of many listeners, timers out of range or anything else.
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout) as Report
}

describe.skipIf(!hasProcessFiles())('a long run', () => {
  it.each(works)('of %s leaves nothing behind', { timeout: 600_000 }, (work, whole, least = 0) => {
    const { first, end, diagnostics } = soak(work, Math.max(whole / share, least))
    expect((end.rss - first.rss) / MIB).toBeLessThanOrEqual(slack(work))
    expect(end.descriptors).toBe(first.descriptors)
    expect(diagnostics).toMatchObject({
      handles: {},
      callsInFlight: 0,
      abandoned: 0,
      callbacks: { held: 0, refused: 0, waiting: 0 },
      lane: { poolQueued: 0, stuck: 0, undelivered: 0 },
      nativeBytes: 0,
      creationStacks: [],
    })
    if (work === 'slot') expect(diagnostics.retiredSlots).toBeGreaterThanOrEqual(1)
  })
})

/** Descriptors are counted where Linux lists them. */
function hasProcessFiles(): boolean {
  try {
    return readdirSync('/proc/self/fd').length > 0
  } catch {
    return false
  }
}
