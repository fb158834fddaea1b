import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { neededVersions } from './elf.js'
import { repository, runsHere, triple } from './installed.js'

/** The glibc of RHEL 7 and Amazon Linux 2; anything newer in use is also newer than this. */
const oldest = [2, 17] as const

describe.runIf(runsHere)('the binary for linux-x64-gnu', () => {
  const versions = neededVersions(readFileSync(join(repository, 'npm', triple, `ferrule.${triple}.node`)))

  it('needs symbols of glibc, or this test would look at nothing', () => {
    expect(versions).toContain('GLIBC_2.2.5')
  })

  it('needs no symbol newer than glibc 2.17', () => {
    const newer = versions.filter((version) => {
      const [, major, minor] = /^GLIBC_(\d+)\.(\d+)/.exec(version) ?? []
      if (major === undefined) return false
      return Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) > oldest[1])
    })
    expect(newer).toEqual([])
  })

  it('reads the versions of a binary that does need newer ones', () => {
    // Node itself is built against a newer glibc than ours; if the reader missed those, the test above would prove nothing.
    const ofNode = neededVersions(readFileSync(process.execPath))
    expect(ofNode.filter((version) => version.startsWith('GLIBC_2.')).length).toBeGreaterThan(3)
  })
})
