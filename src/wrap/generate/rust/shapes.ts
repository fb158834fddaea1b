/** Classes, records and enums of the glue. */
import type { ClassIr, EnumIr, Package, ShapeIr } from '../../ir/ir.js'
import type { Mapping } from '../../rules/mapping.js'
import type { RecordEntry } from '../../spec/spec.js'
import { boundaryError, node, nth, refusal, resultOk, tried, type Crossing, type Surroundings } from './crossing.js'
import { given } from './given.js'
import { absolutePath, absoluteType, identifier, lastOf, literal, snake } from './text.js'
import { taken, tupleOf } from './taken.js'

export function classText(shape: ClassIr): string {
  const type = absoluteType(shape.rustType)
  return `// @class ${shape.name}
struct ${shape.name}(${shape.consumable ? `${node}::Consumable<${type}>` : type});

impl ${node}::Object for ${shape.name} {
    const NAME: &'static str = ${literal(shape.name)};
}
`
}

/** Which records and enums go in, and which come out, at any depth. */
export interface Uses {
  readonly in: ReadonlySet<string>
  readonly out: ReadonlySet<string>
}

export function usesOf(p: Package): Uses {
  const uses = { in: new Set<string>(), out: new Set<string>() }
  const walk = (m: Mapping, direction: 'in' | 'out'): void => {
    switch (m.kind) {
      case 'option':
      case 'result':
      case 'list':
        walk(m.of, direction)
        break
      case 'tuple':
        m.items.forEach((item) => walk(item, direction))
        break
      case 'map':
        walk(m.key, direction)
        walk(m.value, direction)
        break
      case 'record':
      case 'enum': {
        if (uses[direction].has(m.name)) break
        uses[direction].add(m.name)
        const record = p.records.find((candidate) => candidate.name === m.name)
        record?.fields.forEach((field) => walk(field.mapping, direction))
        const shape = p.enums.find((candidate) => candidate.name === m.name)
        shape?.variants.forEach((variant) => variant.fields.forEach((field) => walk(field.mapping, direction)))
        break
      }
      case 'callback':
        m.params.forEach((param) => walk(param, 'out'))
        walk(m.returns, 'in')
        break
      default:
    }
  }
  for (const item of p.exports) {
    item.params.forEach((param) => walk(param.mapping, 'in'))
    walk(item.returns, 'out')
  }
  return uses
}

const surroundings = (p: Package, name: string): Surroundings => ({
  pkg: p,
  owned: true,
  nested: true,
  operation: name,
  consumesSelf: false,
})

/** A record's functions, for the module `convert`. */
export function recordText(p: Package, shape: ShapeIr<RecordEntry>, uses: Uses): string {
  const at = { ...surroundings(p, shape.name), self: shape.rustType }
  const type = absoluteType(shape.rustType)
  const name = snake(shape.name)
  const locals = shape.fields.map((_, place) => `field_${String(place)}`)
  let text = `    // @record ${shape.name}\n`
  if (uses.in.has(shape.name) && shape.entry.by === 'field') {
    const parts = shape.fields.map((field, place) => taken(field.mapping, nth(locals, place), at))
    const fields = shape.fields.map((field, place) => `${identifier(field.rust)}: ${tried(nth(parts, place))}`)
    text += `    pub(super) type ${shape.name}In = ${tupleIn(parts)};

    pub(super) fn make_${name}(${tupleOf(locals)}: ${shape.name}In) -> ::std::result::Result<${type}, ${boundaryError}> {
        ${resultOk}(${literalOf(shape, type)} { ${fields.join(', ')} })
    }

`
  }
  if (uses.out.has(shape.name)) {
    const parts = shape.fields.map((field) => {
      if (shape.entry.by === 'getter') return given(field.mapping, `value.${identifier(field.rust)}()`, false, at)
      return given(field.mapping, `(&value.${identifier(field.rust)})`, true, at)
    })
    text += `    pub(super) type ${shape.name}Out = ${tupleIn(parts)};

    pub(super) fn take_${name}(value: &${type}) -> ::std::result::Result<${shape.name}Out, ${boundaryError}> {
        ${resultOk}(${tupleOf(parts.map(tried))})
    }

`
  }
  return text
}

/** Inside the module the glue's own types are one level up. */
const tupleIn = (parts: readonly Crossing[]): string => tupleOf(parts.map((part) => upwards(part.type)))

function upwards(type: string): string {
  const own = type.startsWith('convert::') ? `super::${type}` : type
  // A class or an enum: a name without a path.
  return /^[A-Z]\w*$/.test(own) ? `super::${own}` : own
}

/** A struct literal's path: `::geo::Point::<f64>`. */
function literalOf(shape: ShapeIr<RecordEntry>, type: string): string {
  const { rustType } = shape
  if (rustType.kind !== 'path' || rustType.args.length === 0) return type
  return `${absolutePath(rustType.path)}::<${rustType.args.map((of) => absoluteType(of)).join(', ')}>`
}

/** An enum without data: a union of strings, and the way there and back. */
export function enumText(shape: EnumIr, uses: Uses): string {
  const type = absoluteType(shape.rustType)
  const variant = (rust: string): string => identifier(lastOf(rust))
  const declared = shape.variants.map((each) => `${variant(each.rust)} = ${literal(each.name)}`)
  const into = shape.variants.map((each) => `Self::${variant(each.rust)} => ${type}::${variant(each.rust)},`)
  const from = shape.variants.map(
    (each) => `${type}::${variant(each.rust)} => ${resultOk}(Self::${variant(each.rust)}),`,
  )
  const unknown = refusal('UNSUPPORTED', literal(`a ${shape.name} that this version does not know`))
  const rest = shape.entry.nonExhaustive ? `_ => ::std::result::Result::Err(${unknown}),` : ''
  let methods = ''
  if (uses.in.has(shape.name)) {
    methods += `
    fn into_rust(self) -> ${type} {
        match self { ${into.join(' ')} }
    }
`
  }
  if (uses.out.has(shape.name)) {
    methods += `
    fn from_rust(value: &${type}) -> ::std::result::Result<Self, ${boundaryError}> {
        match value { ${from.join(' ')} ${rest} }
    }
`
  }
  return `// @enum ${shape.name}
${node}::string_enum! {
    pub(crate) enum ${shape.name} { ${declared.join(', ')} }
}

impl ${shape.name} {${methods}}
`
}
