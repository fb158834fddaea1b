// The loop around the compiler: at most three rounds, and nothing lost without a record.
import { describe, expect, it } from 'vitest'
import type { CargoOutput, CompilerError } from '../../src/wrap/check/cargo-messages.js'
import { checkAndHeal, type Attempt } from '../../src/wrap/check/check.js'
import type { CommandError } from '../../src/wrap/commands/command-error.js'
import { classLines, emitGlue, glueLines } from '../../src/wrap/generate/rust.js'
import { buildPackage } from '../../src/wrap/ir/build.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'

const names = Array.from({ length: 60 }, (_, index) => `f${String(index)}`)
const specText = [
  'wrapper_lib: { name: sample, version: "0.1.0", lang: rust, rust_crate: sample, rust_crate_version: "1" }',
  'functions:',
  ...names.map(
    (name) => `  - { name: ${name}, rust_fn: "sample::${name}", params: [], return: u32, rust: "() -> u32" }`,
  ),
].join('\n')

function attempt(text: string): Attempt {
  const { spec, faults } = parseSpec(text, 'sample.wrapper_spec')
  const made = spec === undefined ? undefined : buildPackage(spec).package
  if (made === undefined) throw new Error(JSON.stringify(faults))
  return { specText: text, package: made, glue: emitGlue(made), gluePath: 'src/sample/glue.rs' }
}

/** A compiler that refuses these exports, one group after the other: a group is only seen when the one before is gone. */
function compilerRefusing(groups: readonly (readonly string[])[], current: () => Attempt): () => Promise<CargoOutput> {
  return () => {
    const { glue, package: p, gluePath } = current()
    const there = new Set(p.exports.map(({ name }) => name))
    const refused = groups.map((group) => group.filter((name) => there.has(name))).find((group) => group.length > 0)
    const lines = glueLines(glue)
    const errors = (refused ?? []).map((name): CompilerError => {
      const line = lines.get(name)?.start
      return { code: 'E0277', message: 'no', rendered: 'no', file: gluePath, line, packageId: '' }
    })
    return Promise.resolve({ errors, warnings: 0, artifacts: [] })
  }
}

async function check(groups: readonly (readonly string[])[], remake: (text: string) => Attempt = attempt) {
  let current = attempt(specText)
  return checkAndHeal(
    current,
    compilerRefusing(groups, () => current),
    (text) => {
      current = remake(text)
      return Promise.resolve(current)
    },
  )
}

const failure = async (work: Promise<unknown>): Promise<CommandError> => {
  try {
    await work
  } catch (error) {
    return error as CommandError
  }
  throw new Error('nothing failed')
}

describe('checking generated glue', () => {
  it('takes one round when everything compiles', async () => {
    expect(await check([])).toMatchObject({ rounds: 1, rejections: [] })
  })

  it('marks what fails in the spec and keeps the rest', async () => {
    const { attempt: last, rejections } = await check([['f3', 'f7']])
    expect(rejections.map(({ item }) => item.label)).toEqual(['f3', 'f7'])
    expect(last.package.exports).toHaveLength(58)
    expect(last.specText.split('\n').filter((line) => line.includes('rejected'))).toHaveLength(2)
    expect(last.specText).toContain('E0277: no')
  })

  it('goes on where the compiler sees more after a round', async () => {
    expect(await check([['f3'], ['f4']])).toMatchObject({ rounds: 3, rejections: [{}, {}] })
  })

  it('gives up after three rounds', async () => {
    const error = await failure(check([['f3'], ['f4'], ['f5']]))
    expect(error.exitCode).toBe(5)
    expect(error.message).toContain('after 3 rounds')
  })

  it('refuses to lose an item that no compiler error speaks of', async () => {
    const losing = (text: string): Attempt => attempt(text.replace(/\n.*name: f9,.*/, ''))
    const error = await failure(check([['f3']], losing))
    expect(error.exitCode).toBe(5)
    expect(error.message).toContain('f3, f9')
  })

  it('shows the compiler’s words when it fails', async () => {
    const error = await failure(check([['f1', 'f2', 'f3', 'f4']]))
    expect(error.exitCode).toBe(5)
    expect(error.message).toContain('4 of 60 items do not compile; at most 3 may be left out')
  })
})

describe('a proposal with a class that borrows and cannot be kept', () => {
  const spec = (classes: readonly string[], functions: readonly string[]): string =>
    [
      'wrapper_lib: { name: sample, version: "0.1.0", lang: rust, rust_crate: sample, rust_crate_version: "1" }',
      ...(classes.length === 0 ? [] : ['handle_types:']),
      ...classes.map((name) => `  - { name: ${name}, rust_type: "sample::${name}<'t>" }`),
      'functions:',
      ...functions.map(
        (name) => `  - { name: ${name}, rust_fn: "sample::${name}", params: [], return: u32, rust: "() -> u32" }`,
      ),
    ].join('\n')

  /** A compiler that refuses the classes of that name. */
  const refusing = (refused: readonly string[], current: () => Attempt) => (): Promise<CargoOutput> => {
    const { glue, gluePath } = current()
    const errors = Array.from(classLines(glue))
      .filter(([name]) => refused.includes(name))
      .map(([, { start }]): CompilerError => {
        const message = 'lifetime may not live long enough'
        return { code: undefined, message, rendered: message, file: gluePath, line: start, packageId: '' }
      })
    return Promise.resolve({ errors, warnings: 0, artifacts: [] })
  }

  async function checked(refused: readonly string[], isProposed = true) {
    let current = attempt(spec(['Tape', 'Page'], ['f0', 'f1']))
    const asked: (readonly string[])[] = []
    const set = (text: string): Promise<Attempt> => Promise.resolve((current = attempt(text)))
    const result = await checkAndHeal(
      current,
      refusing(refused, () => current),
      set,
      isProposed
        ? (unkept) => {
            asked.push([...unkept])
            const kept = ['Tape', 'Page'].filter((name) => !unkept.some((type) => type.includes(name)))
            return set(spec(kept, ['f0', 'f1', 'f2']))
          }
        : undefined,
    )
    return { ...result, asked }
  }

  it('is proposed without it, and the rest is kept', async () => {
    const { asked, attempt: last, rejections, unkept } = await checked(['Tape'])
    expect(asked).toEqual([["sample::Tape<'t>"]])
    expect(unkept).toEqual(["sample::Tape<'t>"])
    expect(rejections).toEqual([])
    expect(last.package.classes.map(({ name }) => name)).toEqual(['Page'])
    expect(last.package.exports).toHaveLength(3)
  })

  it('a spec that somebody wrote has it rejected instead', async () => {
    const { attempt: last, rejections } = await checked(['Tape'], false)
    expect(rejections.map(({ item }) => item.label)).toEqual(['Tape'])
    expect(last.specText).toMatch(/name: Tape.*rejected: .?lifetime may not live long enough/)
    expect(last.package.classes.map(({ name }) => name)).toEqual(['Page'])
  })
})
