// docs/spec.md and the JSON schema: made of the description the parser uses, and right about what it accepts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { isList, isNested, type Kind } from '../../src/wrap/spec/describe.js'
import { FULL_EXAMPLE, SHORT_EXAMPLE } from '../../src/wrap/spec/page-examples.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import { published } from '../../src/wrap/spec/published.js'
import { SECTIONS } from '../../src/wrap/spec/sections.js'

const root = join(import.meta.dirname, '../..')
const files = published()

it.each([...files.keys()])('%s is what `node scripts/spec-docs.mjs` writes', (path) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(files.get(path))
})

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

/** Where a value departs from a schema, for the words of JSON schema that ours uses. */
function departures(value: unknown, schema: Schema, path = '$'): string[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const type = Array.isArray(value) ? 'array' : typeof value
  if (schema.type !== undefined && schema.type !== type) return [`${path} is no ${schema.type}`]
  const found: string[] = []
  if (schema.enum && !schema.enum.includes(value)) found.push(`${path} is none of the words`)
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(String(value)))
    found.push(`${path} has not the form`)
  if (schema.minLength !== undefined && String(value).length < schema.minLength) found.push(`${path} is too short`)
  if (Array.isArray(value) && schema.items) {
    for (const [index, item] of value.entries()) found.push(...departures(item, schema.items, `${path}.${index}`))
  }
  if (isObject) {
    const members = value as Record<string, unknown>
    for (const key of schema.required ?? []) if (!(key in members)) found.push(`${path} has no ${key}`)
    for (const [key, member] of Object.entries(members)) {
      const property = schema.properties?.[key]
      if (property) found.push(...departures(member, property, `${path}.${key}`))
      else if (schema.additionalProperties === false) found.push(`${path} has ${key}`)
      else if (typeof schema.additionalProperties === 'object') {
        found.push(...departures(member, schema.additionalProperties, `${path}.${key}`))
      }
    }
  }
  const fits = (each: Schema): boolean => departures(value, each, path).length === 0
  if (schema.anyOf && !schema.anyOf.some(fits)) found.push(`${path} fits nothing`)
  if (schema.oneOf && schema.oneOf.filter(fits).length !== 1) found.push(`${path} fits not exactly one`)
  for (const each of schema.allOf ?? []) found.push(...departures(value, each, path))
  return found
}

const schema = JSON.parse(files.get('schema/ferrule-spec.schema.json') ?? '') as Schema

describe('the schema', () => {
  it.each([
    ['regex', readFileSync(join(root, 'src/regex/regex.wrapper_spec'), 'utf8')],
    ['the short example', SHORT_EXAMPLE],
    ['the full example', FULL_EXAMPLE],
  ])('accepts a spec without faults: %s', (_, text) => {
    expect(parseSpec(text, 'demo.wrapper_spec').faults).toEqual([])
    expect(departures(parse(text), schema)).toEqual([])
  })

  it.each([
    ...[
      'bad-code',
      'bad-name',
      'mapping-for-a-list',
      'missing-key',
      'misspelt-required-key',
      'no-library',
      'quoted-flag',
    ],
    ...['same-key-by-synonym', 'text-for-a-mapping', 'unknown-key', 'unknown-lang', 'unknown-section'],
  ])('refuses what the parser refuses for its form: %s', (name) => {
    const text = readFileSync(join(import.meta.dirname, `fixtures/specs/broken/${name}.wrapper_spec`), 'utf8')
    expect(departures(parse(text), schema)).not.toEqual([])
  })
})

/** Every key of every mapping, with its example. */
function keysIn(kind: Kind): { key: string; example: string; kind: Kind }[] {
  if (isList(kind)) return keysIn(kind.listOf)
  return isNested(kind) ? kind.keys.flatMap((description) => [description, ...keysIn(description.kind)]) : []
}

describe('the page', () => {
  const page = files.get('docs/spec.md') ?? ''

  it('names every key and section', () => {
    const keys = SECTIONS.flatMap(({ key, kind }) => [key, ...keysIn(kind).map((description) => description.key)])
    expect(keys.length).toBeGreaterThan(80)
    expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([])
  })

  it('has an example of every section that the parser accepts', () => {
    const library = 'wrapper_lib: { name: demo, version: "0.1.0", rust_crate: demo, rust_crate_version: "1" }\n'
    const handles = 'handle_types: [{ name: Version, rust_type: "demo::V" }, { name: Decimal, rust_type: "demo::D" }]\n'
    for (const { key, kind, example } of SECTIONS) {
      const text = isList(kind) ? `${key}:\n  - ${example}\n` : `${key}: ${example}\n`
      expect(page).toContain(text)
      const around = [key === 'wrapper_lib' ? '' : library, key === 'handle_types' ? '' : handles]
      expect(parseSpec(around.join('') + text, key).faults).toEqual([])
    }
  })

  it('has an example of every key that its place in the schema accepts', () => {
    const wrong = SECTIONS.flatMap(({ kind }) => keysIn(kind)).filter(({ key, example }) => {
      const read = parse(`${key}: ${example}`) as Record<string, unknown>
      return read[key] === undefined || read[key] === null
    })
    expect(wrong).toEqual([])
  })
})
