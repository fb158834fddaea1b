/** Records and enums of the glue, in whichever direction something uses them. */
import { lastName } from '../../model/paths.js'
import { takesAll, scalarOf, type Scalar } from '../../ir/scalars.js'
import type { EnumIr, Package, ShapeIr } from '../../ir/ir.js'
import type { Mapping } from '../../rules/mapping.js'
import type { RecordEntry } from '../../spec/spec.js'
import { boundaryError, node, nth, refusal, resultOk, tried, type Crossing, type Surroundings } from './crossing.js'
import { given } from './given.js'
import { absolutePath, absoluteType, identifier, literal, snake } from './text.js'
import { taken, tupleOf } from './taken.js'
import type { Uses } from './uses.js'

/** Fields are owned: what is made of them may outlive the call. */
const surroundings = (p: Package, shape: ShapeIr<unknown> | EnumIr): Surroundings => ({
  pkg: p,
  owned: true,
  nested: true,
  operation: shape.name,
  stoppable: false,
  consumesSelf: false,
  self: shape.rustType,
})

/** The functions that a record or enum is made and taken apart by. */
export const shapeNames = (p: Package): string[] =>
  [...p.records, ...p.enums].flatMap(({ name }) => [`make_${snake(name)}`, `take_${snake(name)}`])

const fallible = (type: string): string => `::std::result::Result<${type}, ${boundaryError}>`

export function recordText(p: Package, shape: ShapeIr<RecordEntry>, uses: Uses): string {
  const at = surroundings(p, shape)
  const type = absoluteType(shape.rustType)
  const name = snake(shape.name)
  const locals = shape.fields.map((_, place) => `field_${String(place)}`)
  let text = `// @record ${shape.name}\n`
  if (uses.in.has(shape.name) && shape.entry.by === 'field') {
    const parts = shape.fields.map((field, place) => taken(field.mapping, nth(locals, place), at))
    const fields = shape.fields.map((field, place) => `${memberName(field.rust)}: ${tried(nth(parts, place))}`)
    text += `type ${shape.name}In = ${tupleOf(parts.map((part) => part.type))};

fn make_${name}(${tupleOf(locals)}: ${shape.name}In) -> ${fallible(type)} {
    ${resultOk}(${constructorOf(shape)} { ${fields.join(', ')} })
}

`
  }
  if (uses.out.has(shape.name)) {
    const parts = shape.fields.map((field) => {
      if (shape.entry.by === 'field') return fieldOut(field.mapping, `value.${memberName(field.rust)}`, at)
      const getter = field.rust.endsWith('()') ? field.rust.slice(0, -2) : field.rust
      const value = `value.${identifier(getter)}()`
      return given(field.mapping, gotten(field.mapping, value), false, at)
    })
    text += `type ${shape.name}Out = ${tupleOf(parts.map((part) => part.type))};

fn take_${name}(value: &${type}) -> ${fallible(`${shape.name}Out`)} {
    ${resultOk}(${tupleOf(parts.map(tried))})
}

`
  }
  return text
}

/** What a getter gives: a number may be lent, a pair of numbers may be a range. */
function gotten(m: Mapping, value: string): string {
  if (isPair(m)) return `${node}::pair::Pair::pair(${value})`
  if (m.kind !== 'boolean' && m.kind !== 'number') return value
  return `*::std::borrow::Borrow::<${absoluteType(m.rust)}>::borrow(&${value})`
}

/** Two numbers, which may be a range's. */
const isPair = (m: Mapping): boolean =>
  m.kind === 'tuple' && m.items.length === 2 && m.items.every((item) => item.kind === 'number')

/** Numbers are read where they are, everything else through a reference. */
function fieldOut(m: Mapping, place: string, at: Surroundings): Crossing {
  if ((m.kind === 'boolean' || m.kind === 'number') && m.rust.kind !== 'ref') return given(m, place, false, at)
  return given(m, `(&${place})`, true, at)
}

/** Fields of tuple structs are numbers. */
const memberName = (rust: string): string => (/^\d+$/.test(rust) ? rust : identifier(rust))

/** The path in an expression: `::geo::Point::<f64>`. */
function constructorOf(shape: ShapeIr<unknown> | EnumIr): string {
  const { rustType } = shape
  if (rustType.kind !== 'path' || rustType.args.length === 0) return absoluteType(rustType)
  return `${absolutePath(rustType.path)}::<${rustType.args.map((of) => absoluteType(of)).join(', ')}>`
}

const variantName = (rust: string): string => identifier(lastName(rust))

const unknownVariant = (shape: EnumIr): string => {
  const error = refusal('UNSUPPORTED', literal(`the result is a ${shape.name} that this version does not know`))
  return shape.entry.nonExhaustive ? `_ => ::std::result::Result::Err(${error}),` : ''
}

export function enumText(p: Package, shape: EnumIr, uses: Uses): string {
  const text =
    shape.untagged === true
      ? untaggedText(shape, uses)
      : shape.carriesData
        ? unionText(p, shape, uses)
        : stringsText(shape, uses)
  return `// @enum ${shape.name}\n${text}`
}

/** What carries bytes is a type of the boundary's own. */
const CARRIED: Partial<Record<Scalar, string>> = { Bytes: `${node}::Bytes` }

/** An enum whose variants are told apart by the type of their value: it crosses as a scalar. */
function untaggedText(shape: EnumIr, uses: Uses): string {
  const type = absoluteType(shape.rustType)
  const path = constructorOf(shape)
  const name = snake(shape.name)
  const rows = shape.variants.map((variant) => {
    const scalar = scalarOf(variant) ?? 'Null'
    const own = variantName(variant.rust)
    const carrier = CARRIED[scalar]
    const inner = carrier === undefined ? 'value' : `${carrier}(value)`
    if (scalar === 'Null') return { scalar: 'Null', own }
    const field = variant.shape === 'tuple' ? '(value)' : ` { ${memberName(nth(variant.fields, 0).rust)}: value }`
    return { scalar: `${scalar}(${inner})`, own: `${own}${field}` }
  })
  let text = ''
  if (uses.in.has(shape.name)) {
    const isWhole = takesAll(shape)
    const wrapped = (value: string): string => (isWhole ? value : `${resultOk}(${value})`)
    const arms = rows.map(({ scalar, own }) => `${node}::Scalar::${scalar} => ${wrapped(`${path}::${own}`)},`)
    const error = refusal('INVALID_ARG_TYPE', literal(`${shape.name} has no variant for a value of this type`))
    text += `fn make_${name}(value: ${node}::Scalar) -> ${isWhole ? type : fallible(type)} {
    match value { ${arms.join(' ')} ${isWhole ? '' : `_ => ::std::result::Result::Err(${error}),`} }
}

`
  }
  if (uses.out.has(shape.name)) {
    const scalar = `${node}::Scalar`
    const { nonExhaustive } = shape.entry
    const wrapped = (value: string): string => (nonExhaustive ? `${resultOk}(${value})` : value)
    const arms = rows.map((row) => `${path}::${row.own} => ${wrapped(`${scalar}::${row.scalar}`)},`)
    text += `fn take_${name}(value: ${type}) -> ${nonExhaustive ? fallible(scalar) : scalar} {
    match value { ${arms.join(' ')} ${unknownVariant(shape)} }
}

`
  }
  return text
}

/** An enum without data: a union of strings, and the way there and back. */
function stringsText(shape: EnumIr, uses: Uses): string {
  const type = constructorOf(shape)
  const variants = shape.variants.map((each) => ({ name: variantName(each.rust), text: each.name }))
  const declared = variants.map(({ name, text }) => `${name} = ${literal(text)}`)
  let methods = ''
  if (uses.in.has(shape.name)) {
    methods += `
    fn into_rust(self) -> ${absoluteType(shape.rustType)} {
        match self { ${variants.map(({ name }) => `Self::${name} => ${type}::${name},`).join(' ')} }
    }
`
  }
  if (uses.out.has(shape.name)) {
    const arms = variants.map(({ name }) => `${type}::${name} => ${resultOk}(Self::${name}),`)
    methods += `
    fn from_rust(value: &${absoluteType(shape.rustType)}) -> ${fallible('Self')} {
        match value { ${arms.join(' ')} ${unknownVariant(shape)} }
    }
`
  }
  return `${node}::string_enum! {
    pub(crate) enum ${shape.name} { ${declared.join(', ')} }
}

impl ${shape.name} {${methods}}
`
}

/** An enum with data: an array, its tag first. */
function unionText(p: Package, shape: EnumIr, uses: Uses): string {
  const at = surroundings(p, shape)
  const type = absoluteType(shape.rustType)
  const path = constructorOf(shape)
  const name = snake(shape.name)
  const fieldNames = (variant: EnumIr['variants'][number]): string[] =>
    variant.fields.map((_, place) => `field_${String(place)}`)
  const pattern = (variant: EnumIr['variants'][number], values: readonly string[]): string => {
    if (variant.shape === 'unit') return ''
    if (variant.shape === 'tuple') return `(${values.join(', ')})`
    return ` { ${variant.fields.map((field, place) => `${memberName(field.rust)}: ${nth(values, place)}`).join(', ')} }`
  }
  let text = ''
  if (uses.in.has(shape.name)) {
    const rows = shape.variants.map((variant, index) => {
      const parts = variant.fields.map((field, place) => taken(field.mapping, `field_${String(place)}`, at))
      const declared = parts.map((part, place) => `field_${String(place)}: ${part.type}`)
      const own = variantName(variant.rust)
      const list = fieldNames(variant)
      return {
        declared: `variant_${String(index)}: ${own} = ${literal(variant.name)} (${declared.join(', ')})`,
        arm: `${shape.name}In::${own}(${list.join(', ')}) => ${path}::${own}${pattern(variant, parts.map(tried))},`,
      }
    })
    text += `${node}::union_in! {
    enum ${shape.name}In { ${rows.map((row) => row.declared).join(', ')} }
}

fn make_${name}(value: ${shape.name}In) -> ${fallible(type)} {
    ${resultOk}(match value { ${rows.map((row) => row.arm).join(' ')} })
}

`
  }
  if (uses.out.has(shape.name)) {
    const rows = shape.variants.map((variant) => {
      const parts = variant.fields.map((field, place) => given(field.mapping, `field_${String(place)}`, true, at))
      const declared = parts.map((part, place) => `field_${String(place)}: ${part.type}`)
      const own = variantName(variant.rust)
      return {
        declared: `${own} = ${literal(variant.name)} (${declared.join(', ')})`,
        arm: `${path}::${own}${pattern(variant, fieldNames(variant))} => ${resultOk}(${shape.name}Out::${own}(${parts.map(tried).join(', ')})),`,
      }
    })
    text += `${node}::union_out! {
    enum ${shape.name}Out { ${rows.map((row) => row.declared).join(', ')} }
}

fn take_${name}(value: &${type}) -> ${fallible(`${shape.name}Out`)} {
    match value { ${rows.map((row) => row.arm).join(' ')} ${unknownVariant(shape)} }
}

`
  }
  return text
}
