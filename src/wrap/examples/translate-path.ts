/** Names, constants, variants and struct expressions. */
import { discriminantOf, isLazyConstant, memberName, propertyKey } from '../generate/typescript/naming.js'
import type { EnumIr } from '../ir/ir.js'
import { findNamed, type Named } from './api.js'
import { coerce } from './coerce.js'
import { fromMapping, open, option, type Known } from './known.js'
import type { Expression, Path } from './rust-ast.js'
import { findVariable, ownItem, resolve, resolveType } from './scope.js'
import { imported, type Here } from './session.js'
import { standardConstant } from './standard-constants.js'
import { stringCode } from './text-literal.js'
import { translate } from './translate-expression.js'
import { giveUp, literalValue, placeValue, value, type Value } from './value.js'

/** Where a path leads. */
export type Target =
  | { readonly kind: 'constructor'; readonly name: 'Some' | 'None' | 'Ok' | 'Err' }
  | { readonly kind: 'variant'; readonly shape: EnumIr; readonly variant: EnumIr['variants'][number] }
  | { readonly kind: 'associated'; readonly named: Named; readonly name: string }
  | { readonly kind: 'crate' | 'standard'; readonly path: readonly string[] }

export function targetOf(here: Here, path: Path): Target {
  const { api } = here.session
  const names = path.segments.map((segment) => segment.name)
  const last = names.at(-1) ?? ''
  if (path.of !== undefined) {
    const type = resolveType(api, here.scope, path.of)
    const named = type.kind === 'path' ? findNamed(api, type.path, type.args) : undefined
    return named === undefined ? giveUp('a type that the package leaves out') : associated(named, last)
  }
  const full = resolve(api, here.scope, names)
  if (full === undefined) return giveUp(ownItem(here.scope, names[0] ?? '') ?? 'a name from outside of the crate')
  const [first] = full
  if (full.length === 1 && (first === 'Some' || first === 'None' || first === 'Ok' || first === 'Err')) {
    return { kind: 'constructor', name: first }
  }
  if (first === 'std') return { kind: 'standard', path: full }
  const args = (path.segments.at(-2)?.args ?? []).map((arg) => resolveType(api, here.scope, arg))
  const named = findNamed(api, full.slice(0, -1).join('::'), args)
  return named === undefined ? { kind: 'crate', path: full } : associated(named, full.at(-1) ?? '')
}

function associated(named: Named, name: string): Target {
  if (named.kind === 'enum') {
    const variant = named.shape.variants.find((other) => other.rust === name || other.rust.endsWith(`::${name}`))
    if (variant !== undefined) return { kind: 'variant', shape: named.shape, variant }
  }
  return { kind: 'associated', named, name }
}

export function translatePath(here: Here, path: Path, wanted: Known | undefined): Value {
  const [only, second] = path.segments
  if (only !== undefined && second === undefined && path.of === undefined) {
    const variable = findVariable(here.scope, only.name)
    if (variable !== undefined) {
      if ('lost' in variable) return giveUp(variable.lost)
      if (variable.known.kind === 'iterator') here.session.spent.add(variable.code)
      return placeValue(variable.code, variable.known)
    }
  }
  const target = targetOf(here, path)
  switch (target.kind) {
    case 'constructor':
      if (target.name !== 'None') return giveUp('a constructor as a value')
      return literalValue('null', wanted?.kind === 'option' ? wanted : option(open))
    case 'variant':
      return unitVariant(target.shape, target.variant)
    case 'standard':
      return standardConstant(target.path)
    case 'associated':
      return constantOf(here, target.named, target.name)
    case 'crate': {
      const member = here.session.api.functions.get(target.path.join('::'))
      if (member?.export.call.kind !== 'constant') return giveUp('an item that the package leaves out')
      // A constant that is made when it is asked for stands behind a getter.
      const code = isLazyConstant(member)
        ? `${imported(here, 'constants')}.${member.name}`
        : imported(here, member.name)
      return value(code, fromMapping(member.export.returns))
    }
  }
}

function constantOf(here: Here, named: Named, name: string): Value {
  if (named.kind === 'ambiguous') return giveUp('a generic type whose instance is not known')
  if (named.kind !== 'handle') return giveUp('a constant that the package leaves out')
  const member = named.index.constants.get(name)
  if (member === undefined) return giveUp('a constant that the package leaves out')
  const owner = imported(here, named.index.ir.name)
  return value(`${owner}.${memberName(member)}`, fromMapping(member.export.returns))
}

function unitVariant(shape: EnumIr, variant: EnumIr['variants'][number]): Value {
  if (variant.shape !== 'unit') return giveUp('a variant as a function')
  if (shape.untagged === true) return giveUp('a variant without a tag')
  const known: Known = { kind: 'enum', name: shape.name }
  if (!shape.carriesData) return literalValue(stringCode(variant.name), known)
  return literalValue(`{ ${discriminantOf(shape)}: ${stringCode(variant.name)} }`, known)
}

/** `Shape::Circle(2.0)`. */
export function dataVariant(
  here: Here,
  target: Extract<Target, { kind: 'variant' }>,
  args: readonly Expression[],
): Value {
  const { shape, variant } = target
  if (variant.shape !== 'tuple' || variant.fields.length !== args.length) return giveUp('a variant of another form')
  const fields = variant.fields.map((field, at) => {
    const wanted = fromMapping(field.mapping)
    const arg = args[at]
    return `${propertyKey(field.name)}: ${arg === undefined ? 'undefined' : coerce(translate(here, arg, wanted), wanted).code}`
  })
  if (shape.untagged === true) return giveUp('a variant without a tag')
  const tag = `${discriminantOf(shape)}: ${stringCode(variant.name)}`
  return value(`{ ${[tag, ...fields].join(', ')} }`, { kind: 'enum', name: shape.name })
}

/** `Point { x: 1, y: 2 }`, of a record or a variant. */
export function translateStruct(here: Here, e: Extract<Expression, { kind: 'struct' }>): Value {
  const { api } = here.session
  if (e.hasBase) return giveUp('a struct with the rest of another')
  const full = resolve(
    api,
    here.scope,
    e.path.segments.map((segment) => segment.name),
  )
  const named = full === undefined ? undefined : findNamed(api, full.join('::'), [])
  if (named?.kind === 'record' && named.shape.entry.by === 'field') {
    return value(`{ ${fieldsOf(here, e, named.shape.fields)} }`, { kind: 'record', name: named.shape.name })
  }
  const owner = full === undefined ? undefined : findNamed(api, full.slice(0, -1).join('::'), [])
  if (owner?.kind !== 'enum') return giveUp('a struct that is no record of the package')
  const target = associated(owner, full?.at(-1) ?? '')
  if (target.kind !== 'variant' || target.variant.shape !== 'struct') return giveUp('a variant of another form')
  const tag = `${discriminantOf(target.shape)}: ${stringCode(target.variant.name)}`
  return value(`{ ${tag}, ${fieldsOf(here, e, target.variant.fields)} }`, { kind: 'enum', name: target.shape.name })
}

function fieldsOf(
  here: Here,
  e: Extract<Expression, { kind: 'struct' }>,
  fields: EnumIr['variants'][number]['fields'],
): string {
  if (fields.length !== e.fields.length) giveUp('a struct with fields that the package leaves out')
  return fields
    .map((field) => {
      const given = e.fields.find((other) => other.name === field.rust)
      if (given === undefined) return giveUp('a struct with fields that the package leaves out')
      const wanted = fromMapping(field.mapping)
      return `${propertyKey(field.name)}: ${coerce(translate(here, given.value, wanted), wanted).code}`
    })
    .join(', ')
}
