// The checker of the documentation's snippets, checked: a claim that is wrong, or that nothing looks at, must not pass.
import { describe, expect, it } from 'vitest'
import { blocksOf, type Block } from './docs/markdown.js'
import { programOf, run, typeErrorsOf } from './docs/snippet.js'

const block = (...lines: string[]): Block => {
  const [found] = blocksOf({ path: 'page.md', text: ['# Page', '', '```ts', ...lines, '```'].join('\n') })
  if (found === undefined) throw new Error('the page has no block')
  return found
}

describe('a claim of a snippet', () => {
  it('holds when it is true, in a module and in CommonJS', async () => {
    const claims = ['[1, { two: 2n }] // → [1, { two: 2n }]', "await Promise.resolve('x') // → 'x'"]
    expect(await run(programOf(block(...claims)))).toEqual({ code: 0, output: '', held: 2 })
    expect(await run(programOf(block(...claims, "require('node:fs')")))).toEqual({ code: 0, output: '', held: 2 })
  })

  it.each([
    ['another value', '1 + 1 // → 3'],
    ['another type', "1 + 1 // → '2'"],
    ['undefined instead of a missing property', '({}) // → { gone: undefined }'],
    ['an error instead of a value', "JSON.parse('{') // → 1"],
    ['a value instead of an error', '1 // throws ERR_STATE'],
    ['an error that is not ferrule’s', "JSON.parse('{') // throws ERR_STATE"],
  ])('fails for %s', async (_, claim) => {
    const { code, held } = await run(programOf(block(claim)))
    expect({ code, held }).toEqual({ code: 1, held: 0 })
  })

  it('fails with the page and the line it stands on', async () => {
    const { output } = await run(programOf(block('1 // → 1', '', '2 // → 3')))
    expect(output).toContain('page.md:6')
  })

  it('fails for another code', async () => {
    const refused = "import { Regex } from 'ferrule/regex'\nnew Regex('(') // throws "
    expect((await run(programOf(block(`${refused}ERR_REGEX_SYNTAX`)))).code).toBe(0)
    expect((await run(programOf(block(`${refused}ERR_REGEX_GROUP`)))).code).toBe(1)
  })

  it('is refused where it might never be reached', () => {
    expect(() => programOf(block('const f = () => {', '  1 // → 1', '}'))).toThrow(
      '1 claims are written and 0 can be checked',
    )
  })

  it('is refused behind a declaration, which has no value', () => {
    expect(() => programOf(block('const one = 1 // → 1'))).toThrow('0 can be checked')
  })

  it('is refused when it could be true by itself', () => {
    expect(() => programOf(block('const one = 1', 'one // → one'))).toThrow('"one" is no literal')
  })

  it('counts only if the snippet got there', async () => {
    const program = programOf(block('if (Date.now() < 0) {', '  1 // → 1', '}'))
    expect(program.claims).toBe(1)
    expect((await run(program)).held).toBe(0)
  })
})

describe('types of a snippet', () => {
  it('are those a user sees', () => {
    const wrong = block("import { Regex } from 'ferrule/regex'", "new Regex('x').isMatch(1)")
    expect(typeErrorsOf([wrong])).toEqual([expect.stringMatching(/^page\.md:5: Argument of type 'number'/)])
  })

  it('are looked up in the package and nowhere else', () => {
    expect(typeErrorsOf([block("import { none } from 'ferrule/none'")])).toHaveLength(1)
  })
})

describe('a page', () => {
  it('is refused with a block that nobody closed', () => {
    expect(() => blocksOf({ path: 'page.md', text: '```ts\n1\n' })).toThrow('page.md:1: the block is never closed')
  })
})
