/** The JSON schema of specs, for editors: made of the same description as the parser. */
import { isChoice, isList, isNested, isTexts, type KeyDescription, type Kind, type ScalarKind } from './describe.js'
import { SECTIONS } from './sections.js'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** schema/ferrule-spec.schema.json. */
export function specSchema(): string {
  const properties: Record<string, Json> = {}
  for (const { key, kind, doc } of SECTIONS) properties[key] = { description: doc, ...schemaOf(kind) }
  const schema: Json = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A ferrule spec (*.wrapper_spec)',
    type: 'object',
    required: SECTIONS.filter(({ required }) => required === true).map(({ key }) => key),
    additionalProperties: false,
    properties,
  }
  return `${printed(schema, '')}\n`
}

/** JSON as this repository formats it: a list of plain values on one line where it fits. */
function printed(value: Json, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (isJsonList(value)) {
    const isPlain = value.every((item) => typeof item !== 'object' || item === null)
    const line = `[${value.map((item) => printed(item, inner)).join(', ')}]`
    if (isPlain && indent.length + line.length < 90) return line
    return `[\n${value.map((item) => inner + printed(item, inner)).join(',\n')}\n${indent}]`
  }
  const pairs = Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${printed(item, inner)}`)
  return pairs.length === 0 ? '{}' : `{\n${pairs.join(',\n')}\n${indent}}`
}

const isJsonList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** Letters beyond ASCII by their range: not every validator knows \p{ID_Start}. */
const PATTERNS: Partial<Record<ScalarKind, string>> = {
  name: '^[A-Za-z_$\\u0080-\\uffff][A-Za-z0-9_$\\u0080-\\uffff]*$',
  field: '^(?:[A-Za-z_$\\u0080-\\uffff][A-Za-z0-9_$\\u0080-\\uffff]*|[0-9]{1,3})$',
  code: '^ERR_[A-Z0-9_]+$',
}

function schemaOf(kind: Kind): { readonly [key: string]: Json } {
  if (isNested(kind)) {
    const mapping = mappingOf(kind.keys)
    return kind.short === undefined ? mapping : { anyOf: [{ type: 'string', minLength: 1 }, mapping] }
  }
  if (isList(kind)) return { type: 'array', items: schemaOf(kind.listOf) }
  if (isTexts(kind)) return { type: 'object', additionalProperties: { type: 'string', minLength: 1 } }
  if (isChoice(kind)) return { enum: kind.choice.map((word) => (isFlagWord(word) ? word === 'true' : word)) }
  if (kind === 'flag') return { type: 'boolean' }
  const pattern = PATTERNS[kind]
  return pattern === undefined ? { type: 'string', minLength: 1 } : { type: 'string', pattern }
}

const isFlagWord = (word: string): boolean => word === 'true' || word === 'false'

function mappingOf(keys: readonly KeyDescription[]): { readonly [key: string]: Json } {
  const properties: Record<string, Json> = {}
  for (const description of keys) {
    for (const spelling of [description.key, ...(description.synonyms ?? [])]) {
      properties[spelling] = propertyOf(description, spelling)
    }
  }
  // A key with synonyms is there under one of its names.
  const required = keys.filter((key) => key.required === true)
  const plain = required.filter(({ synonyms }) => synonyms === undefined).map(({ key }) => key)
  const choices = required.flatMap(({ key, synonyms }) =>
    synonyms === undefined ? [] : [{ oneOf: [key, ...synonyms].map((name) => ({ required: [name] })) }],
  )
  return {
    type: 'object',
    ...(plain.length === 0 ? {} : { required: plain }),
    ...(choices.length === 0 ? {} : { allOf: choices }),
    additionalProperties: false,
    properties,
  }
}

function propertyOf(description: KeyDescription, spelling: string): Json {
  const isSynonym = spelling !== description.key
  const fallback = description.default
  const isFlagText = typeof fallback === 'string' && isFlagWord(fallback)
  return {
    description: isSynonym ? `The same as \`${description.key}\`. ${description.doc}` : description.doc,
    ...schemaOf(description.kind),
    ...(fallback === undefined ? {} : { default: isFlagText ? fallback === 'true' : fallback }),
  }
}
