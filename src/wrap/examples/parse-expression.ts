/** Expressions, from the syntax tree. */
import type { SyntaxNode } from '@lezer/common'
import { parseBlock } from './parse.js'
import { characterLiteral, floatLiteral, integerLiteral, rawStringLiteral, stringLiteral } from './literals.js'
import { parsePath, parsePattern, parseTypeNode, typeArgs } from './parse-type.js'
import type { BinaryOperator, Expression } from './rust-ast.js'
import { childNamed, childrenOf, hasChild, partsOf, plainName, textOf, type Source } from './syntax.js'

const other = (what: string): Expression => ({ kind: 'other', what })
const broken = other('something that does not parse')

export function parseExpression(source: Source, node: SyntaxNode): Expression {
  const parts = partsOf(node).filter((part) => part.name !== 'Attribute')
  const [first, second] = parts
  const inner = (part: SyntaxNode | undefined): Expression =>
    part === undefined ? broken : parseExpression(source, part)
  switch (node.name) {
    case 'Integer':
      return integerLiteral(textOf(source, node))
    case 'Float':
      return floatLiteral(textOf(source, node))
    case 'String':
      return stringLiteral(textOf(source, node))
    case 'RawString':
      return rawStringLiteral(textOf(source, node))
    case 'Char':
      return characterLiteral(textOf(source, node))
    case 'Boolean':
      return { kind: 'boolean', value: textOf(source, node) === 'true' }
    case 'Identifier':
    case 'ScopedIdentifier':
    case 'self':
      return { kind: 'path', path: parsePath(source, node) }
    case 'UnitExpression':
      return { kind: 'tuple', items: [] }
    case 'ParenthesizedExpression':
      return inner(first)
    case 'UnaryExpression':
      return unary(textOf(source, node).charAt(0), inner(parts.at(-1)))
    case 'ReferenceExpression':
      return { kind: 'reference', mutable: hasChild(node, 'mut'), of: inner(parts.at(-1)) }
    case 'TryExpression':
      return { kind: 'try', of: inner(first) }
    case 'AwaitExpression':
      return { kind: 'await', of: inner(first) }
    case 'BinaryExpression':
      return binary(source, node)
    case 'AssignmentExpression': {
      const operator = childrenOf(node).find((child) => child.name === '=' || child.name === 'UpdateOp')
      if (operator === undefined || first === undefined) return broken
      return { kind: 'assign', operator: textOf(source, operator), target: inner(first), value: inner(parts.at(-1)) }
    }
    case 'TypeCastExpression':
      return second === undefined ? broken : { kind: 'cast', of: inner(first), to: parseTypeNode(source, second) }
    case 'FieldExpression':
      return second === undefined
        ? broken
        : { kind: 'field', of: inner(first), name: plainName(textOf(source, second)) }
    case 'IndexExpression':
      return { kind: 'index', of: inner(first), at: inner(second) }
    case 'CallExpression':
      return call(source, node)
    case 'GenericFunction':
      return genericFunction(source, node)
    case 'TupleExpression':
      return { kind: 'tuple', items: parts.map(inner) }
    case 'ArrayExpression':
      return hasChild(node, ';')
        ? { kind: 'repeat', item: inner(first), count: inner(second) }
        : { kind: 'array', items: parts.map(inner) }
    case 'StructExpression':
      return structure(source, node)
    case 'RangeExpression':
      return range(source, node)
    case 'MacroInvocation':
      return macro(source, node)
    case 'ClosureExpression':
      return closure(source, node)
    case 'Block':
      return { kind: 'block', body: parseBlock(source, node) }
    case 'IfExpression':
      return condition(source, node)
    case 'ForExpression':
      return loop(source, node)
    default:
      return other(words[node.name] ?? 'an expression of another kind')
  }
}

const words: Readonly<Record<string, string>> = {
  MatchExpression: 'a `match`',
  WhileExpression: 'a loop',
  LoopExpression: 'a loop',
  UnsafeBlock: 'an `unsafe` block',
  AsyncBlock: 'an `async` block',
  ReturnExpression: 'a `return`',
  BreakExpression: 'a `break`',
  LabeledBlock: 'a labelled block',
}

function unary(operator: string, of: Expression): Expression {
  return operator === '-' || operator === '!' || operator === '*' ? { kind: 'unary', operator, of } : broken
}

function binary(source: Source, node: SyntaxNode): Expression {
  const children = childrenOf(node)
  const operator = children.find((child) => ['ArithOp', 'BitOp', 'CompareOp', 'LogicOp'].includes(child.name))
  const left = children[0]
  const right = children.at(-1)
  if (operator === undefined || left === undefined || right === undefined) return broken
  return {
    kind: 'binary',
    operator: textOf(source, operator) as BinaryOperator,
    left: parseExpression(source, left),
    right: parseExpression(source, right),
  }
}

function call(source: Source, node: SyntaxNode): Expression {
  const [callee, list] = partsOf(node)
  if (callee === undefined || list === undefined) return broken
  const args = partsOf(list)
    .filter((part) => part.name !== 'Attribute')
    .map((part) => parseExpression(source, part))
  const generic = callee.name === 'GenericFunction' ? partsOf(callee) : undefined
  const field = generic?.[0] ?? callee
  if (field.name === 'FieldExpression') {
    const [of, name] = partsOf(field)
    if (of === undefined || name === undefined) return broken
    const turbofish = generic?.[1]
    return {
      kind: 'method',
      of: parseExpression(source, of),
      name: plainName(textOf(source, name)),
      typeArgs: turbofish === undefined ? [] : typeArgs(source, turbofish),
      args,
    }
  }
  return { kind: 'call', callee: parseExpression(source, callee), args }
}

function genericFunction(source: Source, node: SyntaxNode): Expression {
  const [path, list] = partsOf(node)
  if (path === undefined || list === undefined || path.name === 'FieldExpression') return broken
  const parsed = parsePath(source, path)
  const last = parsed.segments.at(-1)
  if (last === undefined) return broken
  const segments = [...parsed.segments.slice(0, -1), { name: last.name, args: typeArgs(source, list) }]
  return { kind: 'path', path: { ...parsed, segments } }
}

function structure(source: Source, node: SyntaxNode): Expression {
  const [name] = partsOf(node)
  const list = childNamed(node, 'FieldInitializerList')
  if (name === undefined || list === undefined) return broken
  const initializers = partsOf(list)
  const fields = initializers.flatMap((field) => {
    const [key, value] = partsOf(field)
    if (key === undefined || field.name === 'BaseFieldInitializer') return []
    return [{ name: plainName(textOf(source, key)), value: parseExpression(source, value ?? key) }]
  })
  const hasBase = initializers.some((field) => field.name === 'BaseFieldInitializer')
  return { kind: 'struct', path: parsePath(source, name), fields, hasBase }
}

function range(source: Source, node: SyntaxNode): Expression {
  const children = childrenOf(node)
  const operator = children.find((child) => child.name.startsWith('..'))
  const parts = partsOf(node)
  // The grammar names `..` alone: the inclusive form is read from the text between the ends.
  const at = operator?.from ?? parts[0]?.to ?? node.from
  const from = parts.find((part) => part.to <= at)
  const to = parts.find((part) => part.from > at)
  const between = source.text.slice(from?.to ?? node.from, to?.from ?? node.to)
  return {
    kind: 'range',
    from: from === undefined ? undefined : parseExpression(source, from),
    to: to === undefined ? undefined : parseExpression(source, to),
    inclusive: between.includes('='),
  }
}

function macro(source: Source, node: SyntaxNode): Expression {
  const [name, tokens] = partsOf(node)
  const body = tokens ?? childrenOf(node).find((child) => child.name.endsWith('Tokens'))
  if (name === undefined || body === undefined) return broken
  return { kind: 'macro', name: textOf(source, name), tokens: source.text.slice(body.from + 1, body.to - 1) }
}

function closure(source: Source, node: SyntaxNode): Expression {
  const parts = partsOf(node)
  const body = parts.at(-1)
  const list = childNamed(node, 'ParamList')
  if (body === undefined || hasChild(node, 'async')) return other('a closure')
  const params = list === undefined ? [] : partsOf(list).filter((part) => part.name === 'Parameter')
  return {
    kind: 'closure',
    params: params.map((param) => {
      const pattern = childrenOf(param).find((child) => child.name !== 'mut')
      return pattern === undefined ? { kind: 'any' } : parsePattern(source, pattern)
    }),
    body: parseExpression(source, body),
  }
}

/** `else if` and chains of `let` are given up. */
function condition(source: Source, node: SyntaxNode): Expression {
  const children = childrenOf(node)
  const [given, then, otherwise] = children.filter((child) => !['if', 'else'].includes(child.name))
  const isPlain = then?.name === 'Block' && (otherwise === undefined || otherwise.name === 'Block')
  if (given === undefined || !isPlain || given.name === 'LetChain') return other('an `if`')
  const blocks = {
    then: parseBlock(source, then),
    otherwise: otherwise === undefined ? undefined : parseBlock(source, otherwise),
  }
  if (given.name !== 'LetDeclaration') {
    return { kind: 'if', condition: parseExpression(source, given), pattern: undefined, ...blocks }
  }
  const [pattern, value] = childrenOf(given).filter((child) => !['let', '='].includes(child.name))
  if (pattern === undefined || value === undefined) return broken
  return { kind: 'if', condition: parseExpression(source, value), pattern: parsePattern(source, pattern), ...blocks }
}

function loop(source: Source, node: SyntaxNode): Expression {
  const [pattern, items, body] = childrenOf(node).filter((child) => !['for', 'in'].includes(child.name))
  if (pattern === undefined || items === undefined || body?.name !== 'Block') return other('a loop')
  return {
    kind: 'for',
    pattern: parsePattern(source, pattern),
    items: parseExpression(source, items),
    body: parseBlock(source, body),
  }
}
