import { describe, expect, it } from 'vitest'
import { filesOf, semverPackage, typeErrors } from './emit-ts-package.js'

describe('the TypeScript of a package', () => {
  it('passes the compiler in its strictest settings', () => {
    expect(typeErrors(semverPackage())).toEqual([])
  })

  it('is the same each time it is printed', () => {
    expect(filesOf(semverPackage())).toEqual(filesOf(semverPackage()))
  })
})
