/** Records and enums of index.ts: their types, and the functions that take them across. */
import type { EnumIr, FieldIr, ShapeIr } from '../../ir/ir.js'
import type { RecordEntry } from '../../spec/spec.js'
import { fromNative, isConverted, toNative, type CrossingContext } from './convert.js'
import { docComment, firstParagraphs } from './docs.js'
import { access, convertersOf, discriminantOf, propertyKey, quote } from './naming.js'
import { publicType, type TypeContext } from './types.js'
import { sentence, valueFacts } from './values.js'

const declared = (c: TypeContext, name: string): string => (c.naming.local(name) === name ? 'export ' : '')

/** `export interface Point { readonly x: number }`. */
export function recordType(c: TypeContext, record: ShapeIr<RecordEntry>): string[] {
  return [
    ...docComment(paragraphs(record.entry.doc)),
    `${declared(c, record.name)}interface ${c.naming.local(record.name)} {`,
    ...record.fields.flatMap((field) => [
      ...docComment([...paragraphs(field.docs), sentence(valueFacts(field.mapping))], '  '),
      `  readonly ${propertyKey(field.name)}: ${publicType(c, field.mapping, 'out')}`,
    ]),
    `}`,
    ``,
  ]
}

/** A union of texts, or of objects told apart by `kind`. */
export function enumType(c: TypeContext, shape: EnumIr): string[] {
  const head = `${declared(c, shape.name)}type ${c.naming.local(shape.name)} =`
  const docs = docComment(paragraphs(shape.entry.doc))
  if (shape.variants.length === 0) return [...docs, `${head} never`, ``]
  if (shape.untagged === true) {
    const types = shape.variants.flatMap((variant) => [
      ...docComment(paragraphs(variant.docs), '  '),
      `  | ${variant.fields[0] === undefined ? 'null' : publicType(c, variant.fields[0].mapping, 'out')}`,
    ])
    return [...docs, head, ...types, ``]
  }
  if (!shape.carriesData) {
    const texts = shape.variants.flatMap((variant) => [
      ...docComment(paragraphs(variant.docs), '  '),
      `  | ${quote(variant.name)}`,
    ])
    return [...docs, head, ...texts, ``]
  }
  const discriminant = propertyKey(discriminantOf(shape))
  return [
    ...docs,
    head,
    ...shape.variants.flatMap((variant) => {
      const fields = variant.fields.map(
        (field) => `readonly ${propertyKey(field.name)}: ${publicType(c, field.mapping, 'out')}`,
      )
      return [
        ...docComment(paragraphs(variant.docs), '  '),
        `  | { ${[`readonly ${discriminant}: ${quote(variant.name)}`, ...fields].join('; ')} }`,
      ]
    }),
    ``,
  ]
}

export function recordConverters(c: TypeContext, record: ShapeIr<RecordEntry>): string[] {
  const [to, from, tuple] = convertersOf(record.name)
  const type = c.naming.local(record.name)
  const names = record.fields.map(({ name }) => name)
  return [
    `function ${to}(value: ${type}, operation: string, argument: string): ${tuple} {`,
    `  ${c.naming.helper('checkedObject')}(value, ${quote(expected(names))}, operation, argument)`,
    `  return [${record.fields.map((field) => given(c, field)).join(', ')}]`,
    `}`,
    ``,
    `function ${from}(${record.fields.length === 0 ? '_value' : 'value'}: ${tuple}): ${type} {`,
    `  return { ${record.fields.map((field, at) => `${propertyKey(field.name)}: ${taken(c, field, at)}`).join(', ')} }`,
    `}`,
    ``,
  ]
}

export function enumConverters(c: TypeContext, shape: EnumIr): string[] {
  const [to, from, tuple] = convertersOf(shape.name)
  const type = c.naming.local(shape.name)
  const kind = discriminantOf(shape)
  const discriminant = propertyKey(kind)
  const { helper } = c.naming
  return [
    `function ${to}(value: ${type}, operation: string, argument: string): ${tuple} {`,
    `  ${helper('checkedObject')}(value, ${quote(expected([kind]))}, operation, argument)`,
    `  switch (${access('value', kind)}) {`,
    ...shape.variants.flatMap((variant) => [
      `    case ${quote(variant.name)}:`,
      `      return [${[quote(variant.name), ...variant.fields.map((field) => given(c, field))].join(', ')}]`,
    ]),
    `    default:`,
    `      throw ${helper('unknownKind')}(value, ${quote(kind)}, [${shape.variants.map(({ name }) => quote(name)).join(', ')}], operation, argument)`,
    `  }`,
    `}`,
    ``,
    `function ${from}(value: ${tuple}): ${type} {`,
    `  switch (value[0]) {`,
    ...shape.variants.flatMap((variant) => {
      const fields = variant.fields.map((field, at) => `${propertyKey(field.name)}: ${taken(c, field, at + 1)}`)
      return [
        `    case ${quote(variant.name)}:`,
        `      return { ${[`${discriminant}: ${quote(variant.name)}`, ...fields].join(', ')} }`,
      ]
    }),
    `  }`,
    `}`,
    ``,
  ]
}

/** Which of a shape's converters are needed is for the caller to say; this is what a field is worth. */
function given(c: TypeContext, field: FieldIr): string {
  const value = access('value', field.name)
  return isConverted(c, field.mapping) ? toNative(context(c), field.mapping, value) : value
}

function taken(c: TypeContext, field: FieldIr, at: number): string {
  return fromNative(context(c), field.mapping, `value[${at}]`)
}

const context = (c: TypeContext): CrossingContext => ({ ...c, operation: 'operation', argument: 'argument', depth: 0 })

/** `an object with x, y`. */
function expected(names: readonly string[]): string {
  return names.length === 0 ? 'an object' : `an object with ${names.join(', ')}`
}

function paragraphs(doc: string | undefined): string[] {
  return firstParagraphs(doc ?? '').split('\n\n')
}
