import { contract } from 'ferrule'
import 'ferrule/regex'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

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

describe('the errors of the engine', () => {
  interface Row {
    variant: string
    code: string
    fields: string[]
  }
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const byVariant = (rows: Row[]): Row[] =>
    rows
      .map((row) => ({ ...row, fields: [...row.fields].sort() }))
      .sort((one, other) => (one.variant < other.variant ? -1 : 1))

  const described = (section('errors') as unknown as { rust_type: string; code: string; fields: string[] }[]).map(
    ({ rust_type, code, fields }): Row => ({ variant: rust_type.replace(/^.*::/, ''), code, fields }),
  )

  /** What glue.rs makes of each variant: the arms of its one `match`, those of a variant together. */
  function mapped(): Row[] {
    const body = /^fn refused\(.*?^\}/ms.exec(read('src/regex/glue.rs'))?.[0] ?? ''
    const constants = read('crates/core/src/error.rs')
    const rows = new Map<string, Row>()
    for (const arm of body.split(/(?=\bError::\w+)/).slice(1)) {
      const variant = /^Error::(\w+)/.exec(arm)?.[1] ?? ''
      const [, written, constant = ''] = /BoundaryError::new\((?:"(\w+)"|code::(\w+)),/.exec(arm) ?? []
      const code = written ?? new RegExp(`const ${constant}: &str = "(\\w+)"`).exec(constants)?.[1] ?? 'no code'
      const fields = [...arm.matchAll(/\.with\("(\w+)"/g)].map(([, field = '']) => field)
      const known = rows.get(variant)
      if (known !== undefined && known.code !== code) throw new Error(`${variant} has two codes`)
      rows.set(variant, { variant, code, fields: [...new Set([...(known?.fields ?? []), ...fields])] })
    }
    // No error of its own: it becomes what stopped the call, by its token.
    expect(rows.get('Stopped')?.code).toBe('ERR_ABORTED')
    rows.delete('Stopped')
    return [...rows.values()]
  }

  it('have the codes and fields in the glue that the spec gives them', () => {
    expect(described.length).toBeGreaterThan(0)
    expect(byVariant(mapped())).toEqual(byVariant(described))
  })

  it('are all in the spec', () => {
    const declaration = /^pub enum Error \{.*?^\}/ms.exec(read('crates/regex/src/error.rs'))?.[0] ?? ''
    const variants = [...declaration.matchAll(/^ {4}(\w+)\b/gm)].map(([, variant]) => variant)
    expect(variants.sort()).toEqual([...described.map(({ variant }) => variant), 'Stopped'].sort())
  })
})
