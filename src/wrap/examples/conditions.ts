/** `#[cfg(…)]` on statements: what holds is decided by the features the model was read with. */
import type { SyntaxNode } from '@lezer/common'
import type { Condition } from './rust-ast.js'
import { childNamed, childrenOf, partsOf, textOf, type Source } from './syntax.js'

/** The condition of one attribute; none when it is another attribute. */
export function parseConditions(source: Source, attribute: SyntaxNode): Condition[] {
  const meta = childNamed(attribute, 'MetaItem')
  const [name, tokens] = meta === undefined ? [] : partsOf(meta)
  if (name === undefined || tokens === undefined || textOf(source, name) !== 'cfg') return []
  return conditionsIn(source, tokens)
}

function conditionsIn(source: Source, tokens: SyntaxNode): Condition[] {
  const children = childrenOf(tokens)
  const conditions: Condition[] = []
  children.forEach((child, index) => {
    if (child.name !== 'Identifier') return
    const name = textOf(source, child)
    const next = children[index + 1]
    if (next?.name === 'ParenthesizedTokens') {
      const kind = name === 'all' || name === 'any' || name === 'not' ? name : undefined
      const of = conditionsIn(source, next)
      conditions.push(kind === undefined ? { kind: 'flag', name, value: undefined } : { kind, of })
    } else {
      const value = next?.name === '=' ? children[index + 2] : undefined
      const text = value === undefined ? undefined : textOf(source, value).slice(1, -1)
      conditions.push({ kind: 'flag', name, value: text })
    }
  })
  return conditions
}

/** Undefined when it depends on the platform or on something else that is not known here. */
export function holds(condition: Condition, features: ReadonlySet<string>): boolean | undefined {
  switch (condition.kind) {
    case 'flag':
      if (condition.name === 'feature') return features.has(condition.value ?? '')
      if (condition.name === 'doctest') return true
      return ['test', 'miri', 'doc', 'docsrs', 'no_std'].includes(condition.name) ? false : undefined
    case 'not': {
      const [inner] = condition.of
      const value = inner === undefined ? undefined : holds(inner, features)
      return value === undefined ? undefined : !value
    }
    case 'all': {
      const values = condition.of.map((inner) => holds(inner, features))
      if (values.includes(false)) return false
      return values.includes(undefined) ? undefined : true
    }
    case 'any': {
      const values = condition.of.map((inner) => holds(inner, features))
      if (values.includes(true)) return true
      return values.includes(undefined) ? undefined : false
    }
  }
}
