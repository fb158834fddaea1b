/** Macros that are values: `vec!`, `format!`, `matches!`. */
import { parseArguments, parseArray, parseMatches } from './parse.js'
import { boolean, isFloat, text, type Known } from './known.js'
import type { Expression, Pattern } from './rust-ast.js'
import { findVariable } from './scope.js'
import type { Here } from './session.js'
import { stringCode } from './text-literal.js'
import { translate } from './translate-expression.js'
import { kept } from './translate-method.js'
import { targetOf } from './translate-path.js'
import { giveUp, looseValue, tight, value, type Value } from './value.js'

export function translateMacro(
  here: Here,
  e: Extract<Expression, { kind: 'macro' }>,
  wanted: Known | undefined,
): Value {
  switch (e.name) {
    case 'vec': {
      const array = parseArray(e.tokens)
      return array === undefined ? giveUp('a `vec!` that does not parse') : translate(here, array, wanted)
    }
    case 'format':
      return format(here, e.tokens)
    case 'concat': {
      const parts = (parseArguments(e.tokens) ?? []).map((part) => translate(here, part))
      if (parts.some((part) => part.known.kind !== 'text')) return giveUp('`concat!` of other literals')
      return value(`[${parts.map((part) => part.code).join(', ')}].join('')`, text)
    }
    case 'matches': {
      const parsed = parseMatches(e.tokens)
      return parsed === undefined ? giveUp('a `matches!` of another form') : matches(here, parsed.value, parsed.pattern)
    }
    default:
      return giveUp(`the macro \`${e.name}!\``)
  }
}

function matches(here: Here, e: Expression, pattern: Pattern): Value {
  const of = translate(here, e)
  const isAny = (items: readonly Pattern[] | undefined): boolean => items?.length === 1 && items[0]?.kind === 'any'
  if (pattern.kind !== 'variant') return giveUp('a `matches!` of another form')
  const [name, second] = pattern.path
  if (second === undefined && isAny(pattern.items)) {
    if (name === 'Some' && of.known.kind === 'option') return looseValue(`${tight(of)} !== null`, boolean)
    if (name === 'Ok' && of.known.kind === 'result') return value(`${kept(here, of)}.ok`, boolean)
    if (name === 'Err' && of.known.kind === 'result') return looseValue(`!${kept(here, of)}.ok`, boolean)
  }
  if (pattern.items !== undefined) return giveUp('a `matches!` of another form')
  if (name === 'None' && second === undefined && of.known.kind === 'option')
    return looseValue(`${tight(of)} === null`, boolean)
  const target = targetOf(here, { segments: pattern.path.map((segment) => ({ name: segment, args: [] })) })
  const isUnit = target.kind === 'variant' && !target.shape.carriesData
  if (!isUnit || of.known.kind !== 'enum' || of.known.name !== target.shape.name)
    return giveUp('a `matches!` of another form')
  return looseValue(`${tight(of)} === ${stringCode(target.variant.name)}`, boolean)
}

/** `{}` and `{name}` of text and integers; whatever is spelled another way gives up. */
function format(here: Here, tokens: string): Value {
  const [pattern, ...args] = parseArguments(tokens) ?? []
  if (pattern?.kind !== 'string') return giveUp('a `format!` of another form')
  const pieces: string[] = []
  let literal = ''
  let next = 0
  let at = 0
  while (at < pattern.value.length) {
    const two = pattern.value.slice(at, at + 2)
    if (two === '{{' || two === '}}') {
      literal += two.charAt(0)
      at += 2
    } else if (two.startsWith('{')) {
      const end = pattern.value.indexOf('}', at)
      const name = pattern.value.slice(at + 1, end)
      pieces.push(stringCode(literal), displayed(here, name === '' ? args[next++] : named(here, name)))
      literal = ''
      at = end + 1
    } else {
      literal += two.charAt(0)
      at += 1
    }
  }
  if (next < args.length) return giveUp('a `format!` of another form')
  pieces.push(stringCode(literal))
  const shown = pieces.filter((piece) => piece !== "''")
  const [only = "''", second] = shown
  if (second === undefined) return { ...value(only, text), isLiteral: pieces.length === 1 }
  // Text first, so that `+` joins.
  const head = pieces.some((piece) => piece.startsWith("'") && piece !== "''") ? shown : ["''", ...shown]
  return looseValue(head.join(' + '), text)
}

function named(here: Here, name: string): Expression {
  const isVariable = findVariable(here.scope, name) !== undefined
  return isVariable ? { kind: 'path', path: { segments: [{ name, args: [] }] } } : giveUp('a `format!` of another form')
}

function displayed(here: Here, e: Expression | undefined): string {
  if (e === undefined) return giveUp('a `format!` of another form')
  const of = translate(here, e)
  if (of.known.kind === 'text') return tight(of)
  if (of.known.kind === 'bigint' || (of.known.kind === 'number' && !isFloat(of.known))) return `String(${of.code})`
  if (of.known.kind === 'boolean') return `String(${of.code})`
  const shown = translate(here, { kind: 'method', of: e, name: 'to_string', typeArgs: [], args: [] })
  return shown.known.kind === 'text' ? tight(shown) : giveUp('a `format!` of another value')
}
