// Every block of code in README.md and docs/ is run, compiled, or found word for word in the file it names.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, pages, root, type Block } from './docs/markdown.js'
import { programOf, run, typeErrorsOf } from './docs/snippet.js'

/** Run one after the other, as a reader would, by wrap/tutorial.test.ts. */
const isTutorial = ({ page, attributes }: Block): boolean =>
  ['docs/wrap.md', 'README.md'].includes(page) && attributes['tutorial'] !== undefined
const blocks = pages()
  .flatMap(blocksOf)
  .filter((block) => !isTutorial(block))
const inLanguage = (...languages: string[]): Block[] => blocks.filter(({ language }) => languages.includes(language))
const isExcerpt = ({ attributes }: Block): boolean => attributes['file'] !== undefined
const isNotRun = ({ attributes }: Block): boolean => attributes['no-run'] !== undefined
const titleOf = ({ page, line }: Block): string => `${page}:${line}`
/** Snippets that cannot run; each says why in its info string. Raise it only for one that truly cannot. */
const NOT_RUN = 0

const snippets = inLanguage('ts', 'js').filter((block) => !isExcerpt(block) && !isNotRun(block))

describe('snippets', () => {
  it.each(snippets.map((block) => ({ title: titleOf(block), block })))(
    '$title does what it says',
    async ({ block }) => {
      const program = programOf(block)
      const ending = await run(program)
      expect(ending).toEqual({ code: 0, output: expect.any(String) as string, held: program.claims })
      // A warning, of listeners or of deprecation, is not what a snippet shows.
      expect(ending.output).not.toContain('Warning')
    },
  )

  it('type-check as a user would compile them', () => {
    expect(typeErrorsOf(snippets.filter(({ language }) => language === 'ts'))).toEqual([])
  })

  it('are left out only where they are known to be, with a reason', () => {
    const left = blocks.filter(isNotRun)
    expect(left.filter(({ attributes }) => attributes['no-run'] === '').map(titleOf)).toEqual([])
    expect(left).toHaveLength(NOT_RUN)
  })

  it('are in a language that something checks', () => {
    const languages = ['ts', 'js', 'rust', 'c', 'sh', 'text']
    expect(blocks.filter(({ language }) => !languages.includes(language)).map(titleOf)).toEqual([])
  })
})

describe('excerpts', () => {
  const excerpts = blocks.filter(isExcerpt)

  it.each(excerpts.map((block) => ({ title: titleOf(block), block })))('$title stands in its file', ({ block }) => {
    expect(readFileSync(join(root, block.attributes['file'] ?? ''), 'utf8')).toContain(block.code)
  })

  it('are what all Rust and C in the documentation is', () => {
    expect(
      inLanguage('rust', 'c')
        .filter((block) => !isExcerpt(block))
        .map(titleOf),
    ).toEqual([])
  })
})

describe('commands', () => {
  const { scripts, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    'scripts' | 'devDependencies',
    Record<string, string>
  >
  const commands = inLanguage('sh').flatMap((block) =>
    block.code
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== '')
      .map((command) => ({ title: `${titleOf(block)}: ${command}`, command })),
  )

  it.each(commands)('$title exists', ({ command }) => {
    const [program = '', ...rest] = command.split(' ')
    // Every word that looks like a file of the repository.
    const files = rest.filter((word) => /^[\w./-]+\.\w+$/.test(word))
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
    if (program === 'npm') expect(scripts).toHaveProperty([(rest[0] === 'run' ? rest[1] : rest[0]) ?? ''])
    else if (program === 'npx') expect(devDependencies).toHaveProperty([rest[0] ?? ''])
    else expect({ program, files: files.length }).toEqual({ program: 'node', files: 1 })
  })
})
