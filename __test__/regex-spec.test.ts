import { contract } from 'ferrule'
import 'ferrule/regex'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

// The spec against what the binary itself says it exports.
const root = dirname(createRequire(import.meta.url).resolve('ferrule/package.json'))
const spec = readFileSync(join(root, 'src/regex/regex.wrapper_spec'), 'utf8')

interface Parameter {
  name: string
  type: string
}

interface Item {
  handle?: string
  self?: string
  name: string
  params: Parameter[]
  return: string
  exclusive?: boolean
  async?: 'blocking'
}

/** The items of a section. They are flow mappings of one line each, so they are JSON once their bare words are quoted. */
function section(name: string): Item[] {
  const body = spec.split(`\n${name}:\n`)[1]?.split(/\n\w/)[0] ?? ''
  const lines = body.split('\n').filter((line) => line.startsWith('  - '))
  return lines.map((line) => {
    const words = /'([^']*)'|"[^"]*"|[^\s{}[\],:'"][^{}[\],:]*(?<!\s)/g
    const json = line.slice(4).replaceAll(words, (word, quoted?: string) => {
      if (quoted !== undefined) return JSON.stringify(quoted)
      return /^("|true$|false$)/.test(word) ? word : `"${word}"`
    })
    return JSON.parse(json) as Item
  })
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
const uncapitalised = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** The signatures an item stands for. */
function signatures(item: Item): string[] {
  const { handle, self, params } = item
  const name = handle === undefined ? item.name : uncapitalised(handle) + capitalised(item.name)
  const object = handle === undefined ? [] : [`${String(self)}: ${item.exclusive ? 'exclusive ' : ''}handle ${handle}`]
  const rest = `(${[...object, ...params.map((param) => `${param.name}: ${param.type}`)].join(', ')}) -> ${item.return}`
  return item.async === undefined ? [name + rest] : [`async ${name}${rest}`, `timed ${name}Sync${rest}`]
}

it('describes every export, and nothing else: names, parameters, types, doors', () => {
  const described = [...section('functions'), ...section('methods')].flatMap(signatures)
  const exported = contract().find(({ system }) => system === 'regex')?.items ?? []
  expect(exported.length).toBeGreaterThan(60)
  expect(described.sort()).toEqual([...exported].sort())
})

it('declares each handle type that its items use', () => {
  const declared = section('handle_types').map(({ name }) => name)
  const used = spec.matchAll(/(?:type|return): handle (\w+)/g)
  const methodHandles = section('methods').map(({ handle }) => String(handle))
  expect(new Set([...[...used].map((match) => String(match[1])), ...methodHandles])).toEqual(new Set(declared))
})

it('names the codes that errors of the engine become', () => {
  const glue = readFileSync(join(root, 'src/regex/glue.rs'), 'utf8')
  const codes = new Set([...spec.matchAll(/code: (ERR_REGEX_\w+)/g)].map((match) => match[1]))
  const inGlue = new Set([...glue.matchAll(/"(ERR_REGEX_\w+)"/g)].map((match) => match[1]))
  expect(codes.size).toBeGreaterThan(0)
  expect(codes).toEqual(inGlue)
})
