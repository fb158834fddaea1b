// What scripts/contract.mjs refuses: a contract that changes under an API version that was recorded.
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../src/wrap/spec/parse.js'
import { emitGlue } from '../src/wrap/generate/rust.js'
import { emitNative } from '../src/wrap/generate/typescript.js'
import { packageOf } from '../src/wrap/project/spec.js'
// @ts-expect-error a script has no types
import { changedDigests } from '../scripts/contract-record.mjs'

type Recorded = Record<string, { apiVersion: number; digest: string }>
const changed = changedDigests as (before: Recorded, now: Recorded) => string[]

const before: Recorded = { regex: { apiVersion: 2, digest: 'aaaa' }, gone: { apiVersion: 1, digest: 'bbbb' } }

describe('the record of contracts', () => {
  it('refuses another digest under the same API version, and says what to raise', () => {
    const [report, ...others] = changed(before, { regex: { apiVersion: 2, digest: 'cccc' } })
    expect(others).toEqual([])
    for (const told of ['regex', 'aaaa', 'cccc', '2', 'api_version in src/regex/regex.wrapper_spec']) {
      expect(report).toContain(told)
    }
  })

  it('takes another digest under another version, the same again, a new system and one that went', () => {
    for (const regex of [{ apiVersion: 3, digest: 'cccc' }, before['regex']]) {
      expect(changed(before, { regex: regex as Recorded[string], fresh: { apiVersion: 1, digest: 'dddd' } })).toEqual(
        [],
      )
    }
  })
})

describe('the API version of a spec', () => {
  const library = (more: string): string =>
    `wrapper_lib: { name: demo, version: "0.1.0", lang: rust, rust_crate: demo, rust_crate_version: "1.0.0"${more} }\n`
  const generated = (more: string): [string, string] => {
    const { spec } = parseSpec(library(more), 'demo.wrapper_spec')
    if (spec === undefined) throw new Error('the spec has faults')
    const p = packageOf(spec)
    return [emitGlue(p), emitNative(p)]
  }

  it('is what the binary says and the types expect; 1 when it is not given', () => {
    const [glue, native] = generated(', api_version: "7"')
    expect([glue, native]).toEqual([
      expect.stringContaining('system.api_version(7);'),
      expect.stringContaining('apiVersion: 7,'),
    ])
    expect(generated('')).toEqual([
      expect.not.stringContaining('api_version'),
      expect.stringContaining('apiVersion: 1,'),
    ])
  })
})
