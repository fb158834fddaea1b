/** Expressions that take a value across, and back. Most need none: the native half reads and makes JavaScript values itself. */
import { named } from '../../ir/contract.js'
import type { Mapping } from '../../rules/mapping.js'
import { convertersOf, quote } from './naming.js'
import { argumentName, nativeType, publicType, type TypeContext } from './types.js'

/** Where a value is going. */
export interface CrossingContext extends TypeContext {
  /** As refusals name it: expressions that give strings, quoted ones mostly. */
  readonly operation: string
  readonly argument: string
  /** The object that a child made here belongs to: `this`. */
  readonly parent?: string
  readonly depth: number
}

/** Whether a value must be taken apart or made up on its way. */
export function isConverted(c: TypeContext, m: Mapping): boolean {
  switch (m.kind) {
    case 'handle':
    case 'record':
    case 'map':
    case 'json':
      return true
    case 'enum':
      return named(c.p.enums, m.name).carriesData
    case 'list':
      return m.packed === true || m.lazy === true || isConverted(c, m.of)
    case 'option':
    case 'result':
      return isConverted(c, m.of)
    case 'tuple':
      return m.items.some((item) => isConverted(c, item))
    case 'callback':
      return true
    default:
      return false
  }
}

/** An argument, as the native half takes it. */
export function toNative(c: CrossingContext, m: Mapping, value: string): string {
  if (!isConverted(c, m)) return value
  const { helper } = c.naming
  const where = `${c.operation}, ${c.argument}`
  const name = lambdaName(c)
  const inner = (mapping: Mapping, of = name): string => toNative({ ...c, depth: c.depth + 1 }, mapping, of)
  switch (m.kind) {
    case 'handle':
      return `${helper('numberOf')}(${value}, ${quote(m.name)}, ${where})`
    case 'json':
      return `${helper('toJson')}(${value}, ${where})`
    case 'record':
    case 'enum':
      return `${convertersOf(m.name)[0]}(${value}, ${where})`
    case 'option':
      return `${helper('maybe')}(${value}, (${name}) => ${inner(m.of)})`
    case 'result':
      return toNative(c, m.of, value)
    case 'list':
      if (m.packed === true) return `${helper('boundary')}.scalars.pack(${value})`
      return `${helper('convertedArray')}(${value}, (${name}) => ${inner(m.of)}, ${where})`
    case 'map': {
      const pairs = `[...${helper('checkedMap')}(${value}, ${where})]`
      if (!isConverted(c, m.key) && !isConverted(c, m.value)) return pairs
      const [key, item] = [`${name}Key`, `${name}Value`]
      return `${pairs}.map(([${key}, ${item}]) => [${inner(m.key, key)}, ${inner(m.value, item)}] as const)`
    }
    case 'tuple': {
      const items = m.items.map((item, at) => inner(item, `${name}[${at}]`))
      return `((${name}: ${publicType(c, m, 'in')}) => [${items.join(', ')}] as const)(${helper('checkedArray')}(${value}, ${where}))`
    }
    case 'callback':
      return callback(c, m, value)
    default:
      return value
  }
}

/** A result, as users get it. */
export function fromNative(c: CrossingContext, m: Mapping, value: string): string {
  if (!isConverted(c, m)) return value
  const { helper, global, local } = c.naming
  const name = lambdaName(c)
  const inner = (mapping: Mapping, of = name): string => fromNative({ ...c, depth: c.depth + 1 }, mapping, of)
  switch (m.kind) {
    case 'handle': {
      const parent = m.child && c.parent !== undefined ? `, ${c.parent}` : ''
      return `${helper('adopt')}(${local(m.name)}, ${value}${parent})`
    }
    case 'json':
      return `${helper('fromJson')}(${value})`
    case 'record':
    case 'enum':
      return `${convertersOf(m.name)[1]}(${value})`
    case 'option':
      return `${helper('maybe')}(${value}, (${name}) => ${inner(m.of)})`
    case 'result':
      return fromNative(c, m.of, value)
    case 'list':
      if (m.packed === true && m.of.kind === 'enum') return `${helper('boundary')}.scalars.unpack(${value})`
      return m.packed === true ? `${helper('unpacked')}(${value})` : `${value}.map((${name}) => ${inner(m.of)})`
    case 'map': {
      if (!isConverted(c, m.key) && !isConverted(c, m.value)) return `new ${global('Map')}(${value})`
      const [key, item] = [`${name}Key`, `${name}Value`]
      const pairs = `${value}.map(([${key}, ${item}]) => [${inner(m.key, key)}, ${inner(m.value, item)}] as const)`
      return `new ${global('Map')}(${pairs})`
    }
    case 'tuple': {
      const items = m.items.map((item, at) => inner(item, `${name}[${at}]`))
      return `((${name}: ${nativeType(c, m, 'out')}): ${publicType(c, m, 'out')} => [${items.join(', ')}])(${value})`
    }
    default:
      return value
  }
}

/** A function that native code calls; what is no function is passed on for the native half to refuse by name. */
function callback(c: CrossingContext, m: Extract<Mapping, { readonly kind: 'callback' }>, value: string): string {
  const { helper } = c.naming
  const converts = isConverted(c, m.returns) || m.params.some((param) => isConverted(c, param))
  let result = value
  if (converts) {
    const fn = `fn${c.depth > 0 ? c.depth + 1 : ''}`
    const params = m.params.map((param, at) => `${argumentName(at)}: ${nativeType(c, param, 'out')}`).join(', ')
    const given = m.params
      .map((param, at) => fromNative({ ...c, depth: c.depth + 1 }, param, argumentName(at)))
      .join(', ')
    const waits = m.policy === 'blocking'
    const call = waits ? `await ${fn}(${given})` : `${fn}(${given})`
    const back = toNative(
      { ...c, depth: c.depth + 1 },
      m.returns,
      isConverted(c, m.returns) && waits ? `(${call})` : call,
    )
    result = `${helper('wrapped')}(${value}, (${fn}) => ${waits ? 'async ' : ''}(${params}) => ${back})`
  }
  return m.policy === 'sync' ? result : `${helper('boundary')}.callback(${result})`
}

function lambdaName(c: CrossingContext): string {
  return c.depth === 0 ? 'item' : `item${c.depth + 1}`
}
