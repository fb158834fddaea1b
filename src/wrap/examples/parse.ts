/** An example's text to statements, over the grammar of `@lezer/rust`. */
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/rust'
import { parseConditions } from './conditions.js'
import { parseExpression } from './parse-expression.js'
import { parsePattern, parseTypeNode, pathNames } from './parse-type.js'
import {
  assertionMacros,
  type Block,
  type Expression,
  type Import,
  type Pattern,
  type Statement,
  type StatementKind,
} from './rust-ast.js'
import { childNamed, childrenOf, hasChild, hasError, partsOf, plainName, textOf, type Source } from './syntax.js'

export interface ParsedExample {
  /** Undefined when the text is no Rust. */
  readonly block: Block | undefined
  readonly assertions: number
}

/** What stands in a function's body; an example without `main` is one. */
export function parseExample(text: string): ParsedExample {
  const source = { text: `fn main() {\n${text}\n}` }
  const { topNode } = parser.parse(source.text)
  return { block: blockOf(source, topNode), assertions: countAssertions(source, topNode) }
}

/** The body of the one function; undefined when the grammar had to guess. */
function blockOf(source: Source, topNode: SyntaxNode): Block | undefined {
  const body = topNode.firstChild === null ? undefined : childNamed(topNode.firstChild, 'Block')
  return body === undefined || hasError(topNode) ? undefined : parseBlock(source, body)
}

/** The arguments of a macro that takes expressions: `assert_eq!`, `vec!`. Undefined when they are something else. */
export function parseArguments(tokens: string): Expression[] | undefined {
  const value = parseValue(`_f(${tokens}\n)`)
  return value?.kind === 'call' ? [...value.args] : undefined
}

/** `1; 3` of `vec![1; 3]`, and the plain form. */
export const parseArray = (tokens: string): Expression | undefined => parseValue(`[${tokens}\n]`)

/** `x, Some(_)` of `matches!`: the expression and the pattern. */
export function parseMatches(tokens: string): { value: Expression; pattern: Pattern } | undefined {
  const comma = topLevelComma(tokens)
  if (comma === undefined) return undefined
  const value = parseValue(tokens.slice(0, comma))
  const rest = tokens.slice(comma + 1).trim()
  const pattern = rest.endsWith(',') ? rest.slice(0, -1) : rest
  const source = { text: `fn main() { let ${pattern} = _x; }` }
  const tree = parser.parse(source.text)
  if (value === undefined || hasError(tree.topNode)) return undefined
  const body = tree.topNode.firstChild === null ? undefined : childNamed(tree.topNode.firstChild, 'Block')
  const statement = body === undefined ? undefined : childNamed(body, 'LetDeclaration')
  const node = statement === undefined ? undefined : childrenOf(statement)[1]
  return node === undefined ? undefined : { value, pattern: parsePattern(source, node) }
}

function parseValue(text: string): Expression | undefined {
  const source = { text: `fn main() {\nlet _ = ${text};\n}` }
  const [statement] = blockOf(source, parser.parse(source.text).topNode)?.statements ?? []
  return statement?.kind === 'let' ? statement.value : undefined
}

/** Where the first argument ends, by the grammar's own tokens. */
function topLevelComma(tokens: string): number | undefined {
  const prefix = 'm!('
  const tree = parser.parse(`fn main() { ${prefix}${tokens}) }`)
  const start = `fn main() { ${prefix}`.length
  let found: number | undefined
  tree.iterate({
    enter(node) {
      if (node.name === ',' && found === undefined && depthOf(node.node) === 1) found = node.from - start
    },
  })
  return found
}

function depthOf(node: SyntaxNode): number {
  let depth = 0
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.name.endsWith('Tokens')) depth += 1
  }
  return depth
}

export function parseBlock(source: Source, node: SyntaxNode): Block {
  return { statements: childrenOf(node).flatMap((child) => parseStatement(source, child)) }
}

const notStatements: ReadonlySet<string> = new Set(['{', '}', 'EmptyStatement', 'InnerAttribute', 'Attribute', ';'])

function parseStatement(source: Source, node: SyntaxNode): Statement[] {
  if (notStatements.has(node.name)) return []
  const attributes = childrenOf(node).filter((child) => child.name === 'Attribute')
  const core = node.name === 'AttributeItem' ? childrenOf(node).find((child) => child.name !== 'Attribute') : node
  if (core === undefined) return []
  return [
    {
      ...statementKind(source, core),
      conditions: attributes.flatMap((attribute) => parseConditions(source, attribute)),
      mentions: () => mentionsOf(source, node),
      assertions: () => countAssertions(source, node),
    },
  ]
}

function statementKind(source: Source, node: SyntaxNode): StatementKind {
  switch (node.name) {
    case 'LetDeclaration':
      return letStatement(source, node)
    case 'ExpressionStatement': {
      const value = childrenOf(node).find((child) => child.name !== 'Attribute')
      if (value === undefined) break
      return { kind: 'expression', value: parseExpression(source, value) }
    }
    case 'MacroInvocation':
      return { kind: 'expression', value: parseExpression(source, node) }
    case 'UseDeclaration': {
      const clause = partsOf(node).find((part) => part.name !== 'Vis')
      return { kind: 'use', imports: clause === undefined ? [] : importsOf(source, clause, []) }
    }
    case 'ConstItem':
      return letStatement(source, node)
    case 'FunctionItem':
      return functionItem(source, node)
  }
  const name = partsOf(node).find((part) => part.name === 'TypeIdentifier' || part.name === 'BoundIdentifier')
  return { kind: 'item', what: node.name, name: name === undefined ? undefined : textOf(source, name) }
}

function letStatement(source: Source, node: SyntaxNode): StatementKind {
  const children = childrenOf(node).filter((child) => child.name !== 'Attribute' && child.name !== 'Vis')
  const colon = children.findIndex((child) => child.name === ':')
  const equals = children.findIndex((child) => child.name === '=')
  const patternNode = children.find((child) => !['let', 'const', 'mut'].includes(child.name))
  const type = colon === -1 ? undefined : children[colon + 1]
  const value = equals === -1 ? undefined : children[equals + 1]
  return {
    kind: 'let',
    pattern: letPattern(source, node, patternNode),
    type: type === undefined ? undefined : parseTypeNode(source, type),
    value: value === undefined ? undefined : parseExpression(source, value),
    hasElse: hasChild(node, 'else'),
  }
}

function letPattern(source: Source, node: SyntaxNode, pattern: SyntaxNode | undefined): Pattern {
  if (pattern === undefined) return { kind: 'other', what: 'a pattern' }
  // A constant's name is upper case and no variant.
  if (node.name === 'ConstItem') return { kind: 'name', name: plainName(textOf(source, pattern)), mutable: false }
  if (pattern.name === 'BoundIdentifier' && hasChild(node, 'mut')) {
    return { kind: 'name', name: plainName(textOf(source, pattern)), mutable: true }
  }
  return parsePattern(source, pattern)
}

function functionItem(source: Source, node: SyntaxNode): StatementKind {
  const name = childNamed(node, 'BoundIdentifier')
  const list = childNamed(node, 'ParamList')
  const body = childNamed(node, 'Block')
  if (name === undefined || body === undefined) return { kind: 'item', what: node.name, name: undefined }
  return {
    kind: 'function',
    name: plainName(textOf(source, name)),
    params: list === undefined ? 0 : partsOf(list).length,
    async: hasChild(node, 'async'),
    body: parseBlock(source, body),
  }
}

function importsOf(source: Source, node: SyntaxNode, prefix: readonly string[]): Import[] {
  switch (node.name) {
    case 'UseAsClause': {
      const [path, as] = partsOf(node)
      if (path === undefined) return []
      return [
        { path: [...prefix, ...pathNames(source, path)], as: as === undefined ? '_' : plainName(textOf(source, as)) },
      ]
    }
    case 'UseList':
      return partsOf(node).flatMap((part) => importsOf(source, part, prefix))
    case 'ScopedUseList': {
      const list = childNamed(node, 'UseList')
      return list === undefined ? [] : importsOf(source, list, [...prefix, ...pathNames(source, node)])
    }
    case 'UseWildcard':
      return [{ path: [...prefix, ...pathNames(source, node)], as: undefined }]
    default: {
      const names = pathNames(source, node)
      const path = [...prefix, ...names]
      const whole = path.at(-1) === 'self' ? path.slice(0, -1) : path
      const as = whole.at(-1)
      return as === undefined ? [] : [{ path: whole, as }]
    }
  }
}

function countAssertions(source: Source, node: SyntaxNode): number {
  let count = 0
  node.cursor().iterate((inner) => {
    if (inner.name !== 'Identifier') return
    if (!assertionMacros.has(source.text.slice(inner.from, inner.to))) return
    if (source.text.slice(inner.to).trimStart().startsWith('!')) count += 1
  })
  return count
}

/** Format strings name variables too: every word of a string counts as mentioned. */
function mentionsOf(source: Source, node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>()
  node.cursor().iterate((inner) => {
    const text = (): string => source.text.slice(inner.from, inner.to)
    if (inner.name.endsWith('Identifier') || inner.name === 'self') names.add(plainName(text()))
    if (inner.name === 'String' || inner.name === 'RawString') {
      for (const word of wordsIn(text())) names.add(word)
    }
  })
  return names
}

function wordsIn(text: string): string[] {
  const words: string[] = []
  let word = ''
  for (const letter of `${text} `) {
    const inWord = letter === '_' || letter.toLowerCase() !== letter.toUpperCase() || (letter >= '0' && letter <= '9')
    if (inWord) word += letter
    else if (word !== '') {
      words.push(word)
      word = ''
    }
  }
  return words
}
