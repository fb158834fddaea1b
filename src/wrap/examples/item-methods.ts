/** Methods of lists, iterators and maps. */
import { closureOver } from './closure.js'
import { coerce } from './coerce.js'
import { boolean, list, option, text, usize, type Known } from './known.js'
import type { Method } from './translate-method.js'
import { helper, knownOf, type Here } from './session.js'
import { translate } from './translate-expression.js'
import { giveUp, looseValue, tight, value, type Value } from './value.js'

export function itemMethod(here: Here, of: Value, e: Method, wanted: Known | undefined): Value {
  if (of.known.kind === 'map') return mapMethod(here, of, e)
  const item =
    of.known.kind === 'list' || of.known.kind === 'iterator' ? of.known.of : giveUp('a method of something else')
  const isIterator = of.known.kind === 'iterator'
  if (isIterator && e.name === 'next' && e.args.length === 0) {
    if (!of.isPlace) return first(here, of, item)
    if (item.kind === 'option') return giveUp('an option of an option')
    here.session.spent.delete(of.code)
    return value(`${helper(here, 'next')}(${of.code})`, option(item))
  }
  // An iterator in a variable is used up by whatever reads it, in JavaScript as in Rust.
  if (isIterator) return iteratorMethod(here, of, e, item, wanted)
  return listMethod(here, of, e, item)
}

function first(here: Here, of: Value, item: Known): Value {
  if (item.kind === 'option') return giveUp('an option of an option')
  return value(`${helper(here, 'next')}(${helper(here, 'iterate')}(${of.code}))`, option(item))
}

function listMethod(here: Here, of: Value, e: Method, item: Known): Value {
  const [argument, second] = e.args
  if (second !== undefined) return giveUp(`\`${e.name}\` of a list`)
  if (argument === undefined) {
    switch (e.name) {
      case 'len':
        return value(`${tight(of)}.length`, usize)
      case 'is_empty':
        return looseValue(`${tight(of)}.length === 0`, boolean)
      case 'iter':
      case 'into_iter':
      case 'drain':
        return { ...value(of.code, { kind: 'iterator', of: item }), loose: of.loose }
      case 'as_slice':
      case 'as_ref':
      case 'clone':
      case 'to_vec':
      case 'to_owned':
        if (item.kind === 'handle') break
        return value(`[...${tight(of)}]`, of.known)
      case 'first':
      case 'last':
        if (item.kind === 'option') break
        return value(`(${tight(of)}.at(${e.name === 'first' ? 0 : -1}) ?? null)`, option(item))
    }
    return giveUp(`\`${e.name}\` of a list`)
  }
  if (e.name === 'get' && item.kind !== 'option') {
    const at = coerce(translate(here, argument, usize), usize)
    return value(`(${tight(of)}[${at.code}] ?? null)`, option(item))
  }
  if (e.name === 'contains' && (item.kind === 'text' || item.kind === 'number')) {
    return value(`${tight(of)}.includes(${coerce(translate(here, argument, item), item).code})`, boolean)
  }
  if (e.name === 'join' && item.kind === 'text') {
    return value(`${tight(of)}.join(${coerce(translate(here, argument, text), text).code})`, text)
  }
  return giveUp(`\`${e.name}\` of a list`)
}

function iteratorMethod(here: Here, of: Value, e: Method, item: Known, wanted: Known | undefined): Value {
  const [argument, second] = e.args
  if (second !== undefined) return giveUp(`\`${e.name}\` of an iterator`)
  const items = `[...${tight(of)}]`
  const again = (code: string, inner: Known): Value => value(code, { kind: 'iterator', of: inner })
  if (argument === undefined) {
    switch (e.name) {
      case 'collect':
        return collect(here, items, e, item, wanted)
      case 'count':
      case 'len':
        if (e.name === 'len' && of.isPlace) break
        return value(`${items}.length`, usize)
      case 'last':
        if (item.kind === 'option') break
        return value(`(${items}.at(-1) ?? null)`, option(item))
      case 'rev':
        return again(`${items}.reverse()`, item)
      case 'by_ref':
      case 'into_iter':
      case 'iter':
      case 'copied':
      case 'peekable':
        return of
      case 'cloned':
        if (item.kind !== 'handle') return of
        break
      case 'enumerate':
        return again(`[...${items}.entries()]`, { kind: 'tuple', items: [usize, item] })
    }
    return giveUp(`\`${e.name}\` of an iterator`)
  }
  switch (e.name) {
    case 'map': {
      const { code, returns } = mapping(here, argument, item)
      return again(code === undefined ? items : `${items}.map(${code})`, returns)
    }
    case 'filter': {
      const { code } = closureOver(here, argument, [item], boolean)
      return again(`${items}.filter(${code})`, item)
    }
    case 'all':
    case 'any': {
      const { code } = closureOver(here, argument, [item], boolean)
      return value(`${items}.${e.name === 'all' ? 'every' : 'some'}(${code})`, boolean)
    }
    case 'take':
    case 'skip': {
      if (of.isPlace) break
      const amount = coerce(translate(here, argument, usize), usize)
      return again(e.name === 'take' ? `${items}.slice(0, ${amount.code})` : `${items}.slice(${amount.code})`, item)
    }
    case 'nth': {
      if (of.isPlace || item.kind === 'option') break
      return value(`(${items}[${coerce(translate(here, argument, usize), usize).code}] ?? null)`, option(item))
    }
  }
  return giveUp(`\`${e.name}\` of an iterator`)
}

/** A closure, or the name of a method that does nothing to what crosses as text. */
function mapping(here: Here, e: Method['args'][number], item: Known): { code: string | undefined; returns: Known } {
  if (e.kind === 'path') {
    const name = e.path.segments.at(-1)?.name ?? ''
    const isSame = ['to_string', 'from', 'to_owned', 'into'].includes(name) && item.kind === 'text'
    return isSame && e.path.segments[0]?.name !== 'Box'
      ? { code: undefined, returns: item }
      : giveUp('a function as an argument')
  }
  return closureOver(here, e, [item], undefined)
}

function collect(here: Here, items: string, e: Method, item: Known, wanted: Known | undefined): Value {
  const [named] = e.typeArgs
  const target = named === undefined ? wanted : knownOf(here, named)
  if (target === undefined || target.kind === 'open') return giveUp('`collect` into a type that is not known')
  if (target.kind === 'list') return value(items, target.sorted ? list(item) : { ...target, of: item })
  if (target.kind === 'bytes' && item.kind === 'number') return value(`Uint8Array.from(${items})`, target)
  if (target.kind === 'text' && item.kind === 'text') return value(`${items}.join('')`, text)
  return giveUp('`collect` into something else')
}

function mapMethod(here: Here, of: Value, e: Method): Value {
  if (of.known.kind !== 'map') return giveUp('a method of something else')
  const { key, value: item } = of.known
  const [argument, second] = e.args
  if (argument === undefined) {
    if (e.name === 'len') return value(`${tight(of)}.size`, usize)
    if (e.name === 'is_empty') return looseValue(`${tight(of)}.size === 0`, boolean)
    return giveUp(`\`${e.name}\` of a map`)
  }
  if (second !== undefined) return giveUp(`\`${e.name}\` of a map`)
  if (e.name === 'get' && item.kind !== 'option') {
    return value(`(${tight(of)}.get(${coerce(translate(here, argument, key), key).code}) ?? null)`, option(item))
  }
  if (e.name === 'contains_key') {
    return value(`${tight(of)}.has(${coerce(translate(here, argument, key), key).code})`, boolean)
  }
  return giveUp(`\`${e.name}\` of a map`)
}
