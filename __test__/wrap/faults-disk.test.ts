// `ferrule wrap` on a disk that is full, at each place that something is written to: an error that says so, no half package, and the
// same command goes on when there is room.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canHaveSmallDisk, SmallDisk } from './faults/small-disk.js'
import { isFull, Workplace, type Ended } from './faults/workplace.js'

const place = new Workplace('disk')
const disks: SmallDisk[] = []

beforeAll(async () => {
  // All that is compiled is compiled before: what is tested here is where the small disk is.
  expect(await place.run(['wrap', './tally'])).toMatchObject({ status: 0 })
})
afterAll(() => {
  for (const disk of disks) disk.end()
  place.remove()
})

async function smallDisk(folder: string, size: string): Promise<SmallDisk> {
  mkdirSync(folder, { recursive: true })
  const disk = await SmallDisk.over(folder, size)
  disks.push(disk)
  return disk
}

function expectDiskFull({ status, stdout, stderr }: Ended): void {
  expect(stderr).toBe('')
  const failure = JSON.parse(stdout) as Record<string, unknown>
  expect(failure).toMatchObject({ ok: false, exitCode: 6, details: { code: 'ERR_WRAP_DISK_FULL' } })
  expect(failure['message']).toContain('the disk is full')
  expect(failure['wayOut']).toMatch(/make room/i)
  expect(status).toBe(6)
}

const crate = join(place.folder, 'tally')

describe.runIf(canHaveSmallDisk)('the disk of the package', () => {
  // From hardly room for a folder to all but the last tarball.
  const sizes = isFull
    ? ['8k', '64k', '128k', '256k', '400k', '600k', '800k', '1000k', '1200k']
    : ['16k', '300k', '900k']

  it(
    `of ${sizes.join(', ')}: no package, and with room the same command makes it`,
    async () => {
      const folder = join(place.folder, 'out')
      const disk = await smallDisk(folder, '4k')
      for (const size of sizes) {
        disk.resize(size)
        const end = await place.run(['wrap', crate, '--json'], { under: disk.under() })
        expectDiskFull(end)
        expect(existsSync(disk.seen(join(folder, 'tally-node')))).toBe(false)
        expect(place.leftovers()).toEqual([])
      }
      disk.resize('64m')
      const end = await place.run(['wrap', crate, '--json'], { under: disk.under() })
      expect(JSON.parse(end.stdout)).toMatchObject({ ok: true })
      expect(end.status).toBe(0)
      expect(readdirSync(disk.seen(folder))).toEqual(['tally-node'])
    },
    20 * 60_000,
  )

  it('of a package that is there: it is as before, and with room it is made anew', async () => {
    const folder = join(place.folder, 'again')
    const disk = await smallDisk(folder, '64m')
    for (const [from, name] of [
      [place.out, 'tally-node'],
      [crate, 'tally'],
    ] as const) {
      cpSync(from, disk.seen(join(folder, name)), { recursive: true, verbatimSymlinks: true })
    }
    const before = place.snapshot(disk.seen(join(folder, 'tally-node')))
    expect(before).toContain('dist/index.js')
    const used = Number(disk.run(['du', '-sk', folder]).split('\t')[0])
    for (const room of isFull ? [16, 200, 500, 800, 1000] : [200, 800]) {
      disk.resize(`${String(used + room)}k`)
      expectDiskFull(await place.run(['wrap', './tally', '--json'], { under: disk.under() }))
      expect(place.snapshot(disk.seen(join(folder, 'tally-node')))).toBe(before)
    }
    disk.resize('64m')
    expect(await place.run(['wrap', './tally', '--json'], { under: disk.under() })).toMatchObject({ status: 0 })
    expect(readdirSync(disk.seen(folder)).sort()).toEqual(['tally', 'tally-node'])
  })
})

describe.runIf(canHaveSmallDisk)('the disk of', () => {
  it.each([
    // Each too small for what goes there, and large enough for it to begin.
    { what: 'the compiler’s work', variable: 'CARGO_TARGET_DIR', size: '6m' },
    { what: 'the crates that were read', variable: 'FERRULE_CACHE', size: '40k' },
    { what: 'temporary files', variable: 'TMPDIR', size: '8k' },
  ])('$what: no package, and it is no fault of the crate or the generator', async ({ variable, size }) => {
    const folder = join(place.folder, variable.toLowerCase())
    const disk = await smallDisk(folder, size)
    const out = join(place.folder, `${variable.toLowerCase()}-node`)
    const wrap = ['wrap', crate, '--json', '--out', out]
    expectDiskFull(await place.run(wrap, { env: { [variable]: folder }, under: disk.under(place.folder) }))
    expect(existsSync(out)).toBe(false)
    if (isFull) expect(await place.run(wrap)).toMatchObject({ status: 0 })
  })
})
