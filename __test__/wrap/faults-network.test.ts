// `ferrule wrap` without a network: what is on this machine is enough where it can be, and otherwise the error says what is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Workplace, type Ended } from './faults/workplace.js'

/** In front of a program: it has no network but itself. */
const unplugged = [
  ['unshare', '-n'],
  ['unshare', '-r', '-n'],
].find(([program = '', ...args]) => process.platform === 'linux' && spawnSync(program, [...args, 'true']).status === 0)

const place = new Workplace('network')
afterAll(() => {
  place.remove()
})

/** A cargo that has downloaded nothing. */
const emptyHome = join(place.folder, 'cargo-home')
mkdirSync(emptyHome)
const nothing = { CARGO_HOME: emptyHome, CARGO_NET_RETRY: '0' }

function expectNoNetwork({ status, stdout, stderr }: Ended): void {
  expect(stderr).toBe('')
  const failure = JSON.parse(stdout) as Record<string, unknown>
  expect(failure).toMatchObject({ ok: false, exitCode: 3, details: { code: 'ERR_WRAP_NO_NETWORK' } })
  expect(failure['message']).toContain('the registry cannot be reached')
  expect(failure['wayOut']).toMatch(/connect to the network/i)
  expect(status).toBe(3)
}

describe.runIf(unplugged !== undefined)('without a network', () => {
  it('a crate of the registry cannot be read, and nothing is left', async () => {
    expectNoNetwork(await place.run(['wrap', 'semver', '--json'], { under: unplugged ?? [], env: nothing }))
    expect(existsSync(join(place.folder, 'semver-node'))).toBe(false)
    expect(existsSync(join(place.folder, '.semver-node.ferrule'))).toBe(false)
  })

  it('a crate in a folder is read, and what it is compiled with is missing', async () => {
    expectNoNetwork(await place.run(['wrap', './tally', '--json'], { under: unplugged ?? [], env: nothing }))
    expect(existsSync(place.out)).toBe(false)
  })

  it('a package is made of what was downloaded before', async () => {
    const { status, stdout, stderr } = await place.run(['wrap', './tally', '--json'], { under: unplugged ?? [] })
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 })
    expect(place.use()).toBe('2')
  })
})

describe('with cargo told to stay offline', () => {
  it('a crate that is not on this machine cannot be read', async () => {
    const env = { ...nothing, CARGO_NET_OFFLINE: 'true' }
    expectNoNetwork(await place.run(['wrap', 'semver', '--json'], { env }))
  })
})
