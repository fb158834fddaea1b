/** Rust types and signatures printed as text. */
import type { Bound, GenericParameter, RustSignature, RustType } from './rust-type.js'
import { shortPath } from './prelude.js'

/** `std::collections::HashMap<String, &'a [u8]>`. */
export function printType(type: RustType): string {
  switch (type.kind) {
    case 'primitive':
      return type.name === 'never' ? '!' : type.name
    case 'path':
      return shortPath(type.path) + printArguments(type)
    case 'ref':
      return `&${type.lifetime === undefined ? '' : `${type.lifetime} `}${type.mutable ? 'mut ' : ''}${printPointee(type.to)}`
    case 'tuple':
      return type.items.length === 1
        ? `(${type.items.map(printType).join('')},)`
        : `(${type.items.map(printType).join(', ')})`
    case 'slice':
      return `[${printType(type.of)}]`
    case 'array':
      return `[${printType(type.of)}; ${type.length}]`
    case 'impl':
      return `impl ${printBounds(type.bounds)}`
    case 'dyn':
      return `dyn ${printBounds(type.bounds)}`
    case 'generic':
      return type.name
    case 'projection':
      return printProjection(type)
    case 'fn':
      return `fn(${type.params.map(printType).join(', ')})${printReturns(type.returns)}`
    case 'pointer':
      return `*${type.mutable ? 'mut' : 'const'} ${printPointee(type.to)}`
  }
}

/**
 * One line: `(&self, other: &Self) -> std::cmp::Ordering`, with `async`, `unsafe` and generics in front when there are any. A
 * name that is not empty stands where Rust has it: `fn cmp(&self, other: &Self) -> std::cmp::Ordering`.
 */
export function printSignature(name: string, signature: RustSignature): string {
  const words = [
    ...(signature.async ? ['async'] : []),
    ...(signature.unsafe ? ['unsafe'] : []),
    ...(name === '' ? [] : ['fn']),
  ]
  const generics = signature.generics.filter((generic) => !isClause(generic)).map(printGeneric)
  const clauses = signature.generics.filter(isClause).map(printGeneric)
  const params = signature.params.map((param) => `${param.name}: ${printType(param.type)}`)
  const list = [...printReceiver(signature), ...params].join(', ')
  const head = `${name}${generics.length > 0 ? `<${generics.join(', ')}>` : ''}`
  return `${words.map((word) => `${word} `).join('')}${head}(${list})${printReturns(signature.returns)}${clauses.length > 0 ? ` where ${clauses.join(', ')}` : ''}`
}

/** A bound on a type that is no parameter of the function: `Self: Sized`, `T::Item: Display`. */
function isClause(generic: GenericParameter): boolean {
  return (
    generic.name === 'Self' || generic.name.includes('::') || generic.name.includes('<') || generic.name.includes('&')
  )
}

/** `T: Display + Send = u8`, `const N: usize`, `'a: 'b`. */
export function printGeneric(generic: GenericParameter): string {
  const bounds = generic.bounds.length > 0 ? `: ${printBounds(generic.bounds)}` : ''
  const preset = generic.default === undefined ? '' : ` = ${printType(generic.default)}`
  return generic.kind === 'const'
    ? `const ${generic.name}: ${generic.type === undefined ? 'usize' : printType(generic.type)}${preset}`
    : `${generic.name}${bounds}${preset}`
}

/** `Iterator<Item = u32> + 'a`. */
export function printBounds(bounds: readonly Bound[]): string {
  return bounds.map(printBound).join(' + ')
}

function printBound(bound: Bound): string {
  if (bound.trait.startsWith("'")) {
    return bound.trait
  }
  const maybe = bound.trait.startsWith('?') ? '?' : ''
  const name = shortPath(bound.trait.slice(maybe.length))
  const input = bound.args[0]
  if ((name === 'Fn' || name === 'FnMut' || name === 'FnOnce') && input?.kind === 'tuple') {
    const output = bound.bindings.find((binding) => binding.name === 'Output')
    return `${name}(${input.items.map(printType).join(', ')})${output === undefined ? '' : printReturns(output.type)}`
  }
  return `${maybe}${name}${printArguments({ lifetimes: bound.lifetimes ?? [], args: bound.args, bindings: bound.bindings })}`
}

function printArguments(from: {
  lifetimes: readonly string[]
  args: readonly RustType[]
  bindings: Bound['bindings']
}): string {
  const all = [
    ...from.lifetimes,
    ...from.args.map(printType),
    ...from.bindings.map((binding) => `${binding.name} = ${printType(binding.type)}`),
  ]
  return all.length > 0 ? `<${all.join(', ')}>` : ''
}

function printProjection(type: RustType & { kind: 'projection' }): string {
  if (type.trait === undefined) {
    const of = printType(type.of)
    return type.of.kind === 'generic' || type.of.kind === 'projection' ? `${of}::${type.name}` : `<${of}>::${type.name}`
  }
  const args = printArguments({ lifetimes: [], args: type.traitArgs ?? [], bindings: [] })
  return `<${printType(type.of)} as ${shortPath(type.trait)}${args}>::${type.name}`
}

/** Behind `&` and `*` several bounds need parentheses. */
function printPointee(type: RustType): string {
  const several = (type.kind === 'dyn' || type.kind === 'impl') && type.bounds.length > 1
  return several ? `(${printType(type)})` : printType(type)
}

function printReturns(type: RustType): string {
  return type.kind === 'tuple' && type.items.length === 0 ? '' : ` -> ${printType(type)}`
}

function printReceiver(signature: RustSignature): string[] {
  switch (signature.receiver) {
    case 'ref':
      return ['&self']
    case 'mut':
      return ['&mut self']
    case 'value':
      return ['self']
    case 'other':
      return [`self: ${signature.receiverType === undefined ? 'Self' : printType(signature.receiverType)}`]
    default:
      return []
  }
}
