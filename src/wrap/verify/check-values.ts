/** Records and enums of the spec against the crate's types. */
import type { FieldItem, TypeItem, VariantItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { boundaryText, mapType } from '../rules/map-type.js'
import { isRefusal } from '../rules/mapping.js'
import type { EnumEntry, RecordEntry } from '../spec/spec.js'
import { sameBoundaryText } from './boundary-text.js'
import { basis, checkDeprecatedType, targetOf, typeOf, type TypeEntry } from './check-types.js'
import type { VerifyContext } from './context.js'
import type { Finding } from './finding.js'
import { findType } from './crate-index.js'
import { missing } from './missing.js'
import { pathOf } from './moved.js'
import { derefTarget } from './resolve.js'
import { resolveType } from './resolve-types.js'

type FieldEntry = RecordEntry['fields'][number]

export function checkRecord(context: VerifyContext, record: RecordEntry): readonly Finding[] {
  const entry: TypeEntry = { ...record, section: 'records' }
  const found = typeOf(context, entry)
  if (found === undefined) return []
  if ('finding' in found) return [found.finding]
  const { item } = found
  const deprecated = checkDeprecatedType(entry, record.doc, item)
  if (record.by === 'getter')
    return [...deprecated, ...record.fields.flatMap((field, at) => checkGetter(context, entry, item, field, at))]
  if (item.kind !== 'struct')
    return [...deprecated, kindChanged(entry, item, `\`${item.path}\` is no struct`, 'struct with public fields')]
  const fields = record.fields.flatMap((field, at) => checkField(context, entry, item, field, at))
  if (fields.length > 0) return [...deprecated, ...fields]
  return [...deprecated, ...checkWhole(entry, record, item)]
}

/** A record is written down field by field: none may be hidden, and none forgotten. */
function checkWhole(entry: TypeEntry, record: RecordEntry, item: TypeItem): readonly Finding[] {
  const listed = new Set(record.fields.map((field) => field.rust))
  const forgotten = item.fields.filter((field) => field.public && !listed.has(field.name))
  if (forgotten.length > 0)
    return forgotten.map((field) => ({
      ...basis(entry),
      kind: 'field-missing',
      message: `\`${item.path}\` has the field \`${field.name}: ${printType(field.type)}\`, and the record does not`,
      expected: `${item.path} { ${[...listed].join(', ')} }`,
      found: declared(item),
      change: `add the field \`${field.name}\``,
    }))
  if (item.isPlain && !item.nonExhaustive) return []
  const why = item.isPlain
    ? `\`${item.path}\` is non_exhaustive: other crates cannot write it down`
    : `\`${item.path}\` has private fields: it cannot be written down`
  return [kindChanged(entry, item, why, 'struct with only public fields')]
}

function checkField(
  context: VerifyContext,
  entry: TypeEntry,
  item: TypeItem,
  said: FieldEntry,
  at: number,
): readonly Finding[] {
  const field = item.fields.find((one) => one.name === said.rust)
  const named = { ...basis(entry), item: `${entry.name ?? ''}.${said.name}`, expected: `${said.rust}: ${said.type}` }
  if (field === undefined) return [missingField(context, entry, item, said, at)]
  if (!field.public)
    return [
      {
        ...named,
        kind: 'visibility',
        message: `the field \`${field.name}\` of \`${item.path}\` is private`,
        found: declared(item),
        change: 'read it through a getter (`by: getter`), or take the field out',
      },
    ]
  return checkFieldType(context, entry, item, field, said, ['fields', at, 'type'])
}

function missingField(context: VerifyContext, entry: TypeEntry, item: TypeItem, said: FieldEntry, at: number): Finding {
  return missing(context, {
    ...basis(entry),
    item: `${entry.name ?? ''}.${said.name}`,
    kind: 'field-missing',
    what: 'field',
    name: said.rust,
    expected: `${said.rust}: ${said.type}`,
    within: item.path,
    candidates: new Map(
      item.fields.filter((one) => one.public).map((one) => [one.name, `${one.name}: ${printType(one.type)}`]),
    ),
    rename: (name) => [{ kind: 'set', target: targetOf(entry), path: ['fields', at, 'rust'], value: name }],
  })
}

function checkFieldType(
  context: VerifyContext,
  entry: TypeEntry,
  item: TypeItem,
  field: FieldItem,
  said: FieldEntry,
  path: readonly (string | number)[],
): readonly Finding[] {
  const mapping = mapType(resolveType(field.type, context.index), 'out', context.world)
  if (isRefusal(mapping) || isTextInside(context, field.type, said.type)) return []
  const text = boundaryText(mapping)
  if (sameBoundaryText(said.type, text)) return []
  return [
    {
      ...basis(entry),
      item: `${entry.name ?? ''}.${said.name}`,
      kind: 'field-type',
      message: `the field \`${field.name}\` of \`${item.path}\` is \`${printType(field.type)}\`, which crosses as \`${text}\`, not \`${said.type}\``,
      expected: `${said.rust}: ${said.type}`,
      found: `${field.name}: ${printType(field.type)}`,
      change: `set its \`type: "${text}"\``,
      fix: [{ kind: 'set', target: targetOf(entry), path, value: text }],
    },
  ]
}

/** A type that derefs to `str` may cross as text. */
function isTextInside(context: VerifyContext, type: RustType, said: string): boolean {
  if (type.kind === 'path' && type.path === 'std::option::Option')
    return type.args.some((arg) => isTextInside(context, arg, said.replace('?', '')))
  const path = pathOf(type)
  const item = path === undefined ? undefined : findType(context.index, path)
  const target = item === undefined ? undefined : derefTarget(context.index, item)?.type
  return said === 'text' && target?.kind === 'primitive' && target.name === 'str'
}

/** A field that is read by a call: a public method without arguments. */
function checkGetter(
  context: VerifyContext,
  entry: TypeEntry,
  item: TypeItem,
  said: FieldEntry,
  at: number,
): readonly Finding[] {
  const open = said.rust.indexOf('(')
  const name = open < 0 ? said.rust : said.rust.slice(0, open)
  const getters = item.methods.filter((method) => method.signature.receiver !== undefined)
  const getter = getters.find((method) => method.name === name)
  if (getter === undefined) {
    // Traits' methods and public fields give values too; their types are the compiler's to judge.
    const elsewhere =
      item.fields.some((field) => field.public && field.name === name) ||
      item.impls.some((impl) => impl.methods.some((method) => method.name === name) || impl.methods.length === 0)
    if (elsewhere) return []
    return [
      missing(context, {
        ...basis(entry),
        item: `${entry.name ?? ''}.${said.name}`,
        kind: 'field-missing',
        what: 'getter',
        name,
        expected: `${said.rust} gives ${said.type}`,
        within: item.path,
        candidates: new Map(getters.map((method) => [method.name, method.path])),
        rename: (near) => [
          {
            kind: 'set',
            target: targetOf(entry),
            path: ['fields', at, 'rust'],
            value: `${near}${open < 0 ? '' : said.rust.slice(open)}`,
          },
        ],
      }),
    ]
  }
  const { receiver, params, returns } = getter.signature
  if (params.length > 0 || receiver === 'mut')
    return [
      {
        ...basis(entry),
        item: `${entry.name ?? ''}.${said.name}`,
        kind: params.length > 0 ? 'arity' : 'mutability',
        message: `\`${getter.path}\` is no getter: it ${params.length > 0 ? 'takes arguments' : 'changes its object'}`,
        expected: `${said.rust} gives ${said.type}`,
        found: getter.path,
        change: 'name a method that only takes `&self`, or take the field out',
      },
    ]
  return checkFieldType(context, entry, item, { name, type: returns, public: true, docs: '' }, said, [
    'fields',
    at,
    'type',
  ])
}

export function checkEnum(context: VerifyContext, enumeration: EnumEntry): readonly Finding[] {
  const entry: TypeEntry = { ...enumeration, section: 'enums' }
  const found = typeOf(context, entry)
  if (found === undefined) return []
  if ('finding' in found) return [found.finding]
  const { item } = found
  const deprecated = checkDeprecatedType(entry, enumeration.doc, item)
  if (item.kind !== 'enum') return [...deprecated, kindChanged(entry, item, `\`${item.path}\` is no enum`, 'enum')]
  const listed = new Set(enumeration.variants.map((variant) => variant.rust))
  const unlisted = item.variants.filter((variant) => !listed.has(variant.name))
  const variants = enumeration.variants.flatMap((said, at) => checkVariant(context, entry, item, said, at, unlisted))
  // A variant that was renamed is not also a new one.
  const renamed = new Set(variants.flatMap((finding) => (finding.fix === undefined ? [] : [finding.found])))
  return [
    ...deprecated,
    ...variants,
    ...(enumeration.nonExhaustive ? [] : checkExhaustive(entry, item, unlisted, renamed)),
  ]
}

type VariantEntry = EnumEntry['variants'][number]

function checkVariant(
  context: VerifyContext,
  entry: TypeEntry,
  item: TypeItem,
  said: VariantEntry,
  at: number,
  unlisted: readonly VariantItem[],
): readonly Finding[] {
  const variant = item.variants.find((one) => one.name === said.rust)
  const named = { ...basis(entry), item: `${entry.name ?? ''}.${said.name}`, expected: said.rust }
  if (variant === undefined)
    return [
      missing(context, {
        ...named,
        kind: 'variant-missing',
        what: 'variant',
        name: said.rust,
        within: item.path,
        candidates: new Map(unlisted.map((one) => [one.name, one.name])),
        rename: (name) => [{ kind: 'set', target: targetOf(entry), path: ['variants', at, 'rust'], value: name }],
      }),
    ]
  if (said.fields.length !== variant.fields.length)
    return [
      {
        ...named,
        kind: 'field-missing',
        message: `\`${item.path}::${variant.name}\` has ${fieldCount(variant.fields.length)}, and the spec lists ${String(said.fields.length)}`,
        found: `${variant.name}(${variant.fields.map((field) => printType(field.type)).join(', ')})`,
        change: 'list every field of the variant',
      },
    ]
  return said.fields.flatMap((field, index) => {
    const actual = variant.fields.find((one) => one.name === field.rust) ?? variant.fields[index]
    return actual === undefined
      ? []
      : checkFieldType(context, entry, item, actual, field, ['variants', at, 'fields', index, 'type'])
  })
}

/** A match over the variants needs all of them, unless the spec lets others be. */
function checkExhaustive(
  entry: TypeEntry,
  item: TypeItem,
  unlisted: readonly VariantItem[],
  renamed: ReadonlySet<string>,
): readonly Finding[] {
  if (item.nonExhaustive)
    return [
      {
        ...basis(entry),
        kind: 'kind-changed',
        message: `\`${item.path}\` is non_exhaustive: later versions may have more variants`,
        expected: 'all variants known',
        found: `#[non_exhaustive] enum ${item.path}`,
        change: 'set `non_exhaustive: true`',
        fix: [{ kind: 'set', target: targetOf(entry), path: ['non_exhaustive'], value: true }],
      },
    ]
  return unlisted
    .filter((variant) => !renamed.has(variant.name))
    .map((variant) => ({
      ...basis(entry),
      kind: 'variant-missing',
      message: `\`${item.path}\` has the variant \`${variant.name}\`, and the spec does not`,
      expected: `no variant ${variant.name}`,
      found: `${item.path}::${variant.name}`,
      change: `add the variant \`${variant.name}\``,
    }))
}

const fieldCount = (fields: number): string =>
  fields === 0 ? 'no fields' : fields === 1 ? '1 field' : `${String(fields)} fields`

const kindChanged = (entry: TypeEntry, item: TypeItem, message: string, expected: string): Finding => ({
  ...basis(entry),
  kind: 'kind-changed',
  message,
  expected,
  found: declared(item),
  change: 'make it a handle, or a record of its getters (`by: getter`)',
})

const declared = (item: TypeItem): string =>
  `${item.nonExhaustive ? '#[non_exhaustive] ' : ''}${item.kind} ${item.path}${
    item.kind === 'struct'
      ? ` { ${item.fields.map((field) => `${field.public ? '' : 'private '}${field.name}: ${printType(field.type)}`).join(', ')} }`
      : ''
  }`
