import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { neededVersions } from './elf.js'
import { repository, runsHere, triple } from './installed.js'

/** Symbol versions of glibc above 2.17, the one of RHEL 7 and Amazon Linux 2, the oldest systems still met. */
function tooNew(versions: string[]): string[] {
  return versions.filter((version) => {
    const [, major, minor] = /^GLIBC_(\d+)\.(\d+)/.exec(version) ?? []
    return major !== undefined && (Number(major) > 2 || Number(minor) > 17)
  })
}

describe.runIf(runsHere)('the binary for linux-x64-gnu', () => {
  it('needs symbols of glibc, and none newer than 2.17', () => {
    const versions = neededVersions(readFileSync(join(repository, 'npm', triple, `ferrule.${triple}.node`)))
    expect(versions).toContain('GLIBC_2.2.5')
    expect(tooNew(versions)).toEqual([])
  })

  it('is checked by a reader that does see newer ones', () => {
    // Node 20 and later are built against glibc 2.28.
    expect(tooNew(neededVersions(readFileSync(process.execPath)))).not.toEqual([])
  })
})
