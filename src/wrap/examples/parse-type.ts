/** Types and patterns, from the syntax tree. Paths stay as written: the scope resolves them. */
import type { SyntaxNode } from '@lezer/common'
import type { RustType } from '../model/rust-type.js'
import { parseExpression } from './parse-expression.js'
import type { Path, PathSegment, Pattern } from './rust-ast.js'
import { childNamed, childrenOf, hasChild, partsOf, plainName, textOf, type Source } from './syntax.js'

const primitives: ReadonlySet<string> = new Set([
  ...['u8', 'u16', 'u32', 'u64', 'u128', 'usize', 'i8', 'i16', 'i32', 'i64', 'i128', 'isize'],
  ...['f32', 'f64', 'bool', 'char', 'str'],
])

/** `_`, and whatever an example's types are not expected to be: the translator asks for nothing then. */
export const inferredType: RustType = { kind: 'generic', name: '_' }

export function parseTypeNode(source: Source, node: SyntaxNode): RustType {
  const parts = partsOf(node)
  switch (node.name) {
    case 'TypeIdentifier':
    case 'ScopedTypeIdentifier':
      return pathType(source, node, [])
    case 'GenericType': {
      const [base, list] = parts
      return base === undefined
        ? inferredType
        : pathType(source, base, list === undefined ? [] : typeArgs(source, list))
    }
    case 'ReferenceType': {
      const to = parts.at(-1)
      return to === undefined
        ? inferredType
        : { kind: 'ref', mutable: hasChild(node, 'mut'), to: parseTypeNode(source, to) }
    }
    case 'UnitType':
      return { kind: 'tuple', items: [] }
    case 'TupleType':
      return { kind: 'tuple', items: parts.map((part) => parseTypeNode(source, part)) }
    case 'ArrayType': {
      const [of, length] = parts
      if (of === undefined) return inferredType
      const item = parseTypeNode(source, of)
      return length === undefined
        ? { kind: 'slice', of: item }
        : { kind: 'array', of: item, length: textOf(source, length) }
    }
    default:
      return inferredType
  }
}

/** Of `<u8, _>`: types only. */
export const typeArgs = (source: Source, list: SyntaxNode): RustType[] =>
  childrenOf(list)
    .filter((child) => !['<', '>', ',', 'Lifetime', 'TypeBinding'].includes(child.name))
    .map((child) => parseTypeNode(source, child))

function pathType(source: Source, node: SyntaxNode, args: readonly RustType[]): RustType {
  const path = pathNames(source, node).join('::')
  if (primitives.has(path)) return { kind: 'primitive', name: path }
  return { kind: 'path', path, lifetimes: [], args, bindings: [] }
}

const nameNodes: ReadonlySet<string> = new Set([
  'Identifier',
  'TypeIdentifier',
  'ScopeIdentifier',
  'BoundIdentifier',
  'crate',
  'self',
  'super',
])

export function pathNames(source: Source, node: SyntaxNode): string[] {
  if (nameNodes.has(node.name)) return [plainName(textOf(source, node))]
  return childrenOf(node).flatMap((child) =>
    nameNodes.has(child.name) || child.name.startsWith('Scoped') ? pathNames(source, child) : [],
  )
}

/** A path in an expression, with the arguments of its segments. */
export function parsePath(source: Source, node: SyntaxNode): Path {
  if (nameNodes.has(node.name)) return { segments: [{ name: plainName(textOf(source, node)), args: [] }] }
  const segments: PathSegment[] = []
  let of: RustType | undefined
  for (const child of childrenOf(node)) {
    if (child.name === 'QualifiedScope') {
      const type = partsOf(child)[0]
      if (type !== undefined) of = parseTypeNode(source, type)
    } else if (child.name === 'TypeArgList') {
      const last = segments.pop()
      if (last !== undefined) segments.push({ name: last.name, args: typeArgs(source, child) })
    } else if (child.name.startsWith('Scoped')) {
      segments.push(...parsePath(source, child).segments)
    } else if (nameNodes.has(child.name)) {
      segments.push({ name: plainName(textOf(source, child)), args: [] })
    }
  }
  return of === undefined ? { segments } : { segments, of }
}

export function parsePattern(source: Source, node: SyntaxNode): Pattern {
  const parts = partsOf(node)
  const [first] = parts
  switch (node.name) {
    case '_':
      return { kind: 'any' }
    case 'BoundIdentifier':
      return namePattern(plainName(textOf(source, node)), false)
    case 'MutPattern':
      return first?.name === 'BoundIdentifier'
        ? { kind: 'name', name: plainName(textOf(source, first)), mutable: true }
        : { kind: 'other', what: 'a pattern' }
    case 'ReferencePattern':
    case 'RefPattern':
      return first === undefined ? { kind: 'other', what: 'a pattern' } : parsePattern(source, first)
    case 'TuplePattern': {
      const open = childNamed(node, '(')
      const inside = childrenOf(node).filter(
        (child) => child.from > (open?.from ?? 0) && ![',', ')', '('].includes(child.name),
      )
      const items = inside.map((child) => parsePattern(source, child))
      const named = first !== undefined && first.from < (open?.from ?? 0)
      return named ? { kind: 'variant', path: pathNames(source, first), items } : { kind: 'tuple', items }
    }
    case 'ScopedIdentifier':
      return { kind: 'variant', path: pathNames(source, node), items: undefined }
    case 'LiteralPattern': {
      const literal = parts.at(-1)
      if (literal === undefined) return { kind: 'other', what: 'a pattern' }
      const value = parseExpression(source, literal)
      return { kind: 'literal', value: first === literal ? value : { kind: 'unary', operator: '-', of: value } }
    }
    default:
      return { kind: 'other', what: 'a pattern' }
  }
}

/** A bare capital name is a variant or a constant, not a new name. */
function namePattern(name: string, mutable: boolean): Pattern {
  const first = name.charAt(0)
  const isUpper = first !== first.toLowerCase()
  return isUpper ? { kind: 'variant', path: [name], items: undefined } : { kind: 'name', name, mutable }
}
