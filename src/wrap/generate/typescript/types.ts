/** Types as text: what users see, and what the native half takes and gives. */
import { named } from '../../ir/contract.js'
import type { Package } from '../../ir/ir.js'
import type { Direction, Mapping } from '../../rules/mapping.js'
import { convertersOf, type Naming } from './naming.js'

/** What the printing of a package's types needs. */
export interface TypeContext {
  readonly p: Package
  readonly naming: Naming
}

/** A type as users read it. */
export function publicType(c: TypeContext, m: Mapping, direction: Direction): string {
  const inner = (mapping: Mapping): string => publicType(c, mapping, direction)
  switch (m.kind) {
    case 'handle':
    case 'record':
    case 'enum':
      return c.naming.local(m.name)
    case 'map':
      return `${c.naming.global(direction === 'in' ? 'ReadonlyMap' : 'Map')}<${inner(m.key)}, ${inner(m.value)}>`
    case 'json':
      return 'unknown'
    case 'option':
      return `${inUnion(inner(m.of))} | null`
    case 'list':
      if (m.lazy === true) return `${c.naming.helper('NativeIterator')}<${inner(m.of)}>`
      return m.packed === true && m.of.kind !== 'enum' ? c.naming.global('Uint32Array') : listType(m, direction, inner)
    case 'callback':
      return callbackType(c, m, publicType)
    default:
      return commonType(c, m, direction, inner)
  }
}

/** A type as native.ts has it: objects are numbers, records arrays. */
export function nativeType(c: TypeContext, m: Mapping, direction: Direction): string {
  const inner = (mapping: Mapping): string => nativeType(c, mapping, direction)
  switch (m.kind) {
    case 'handle':
      return c.naming.helper('Handle')
    case 'record':
      return convertersOf(m.name)[2]
    case 'enum':
      return named(c.p.enums, m.name).carriesData ? convertersOf(m.name)[2] : c.naming.local(m.name)
    case 'map': {
      const pair = `${direction === 'in' ? 'readonly ' : ''}[${inner(m.key)}, ${inner(m.value)}]`
      return direction === 'in' ? `readonly (${pair})[]` : `${pair}[]`
    }
    case 'json':
      return 'string'
    case 'option':
      return `${inUnion(inner(m.of))} | null${direction === 'in' ? ' | undefined' : ''}`
    case 'list':
      if (m.lazy === true) return c.naming.helper('Handle')
      if (m.packed === true && m.of.kind === 'enum') return `string | ${listType(m, direction, inner)}`
      return m.packed === true ? c.naming.helper('Packed') : listType(m, direction, inner)
    case 'callback':
      return callbackType(c, m, nativeType)
    default:
      return commonType(c, m, direction, inner)
  }
}

type Plain = Exclude<
  Mapping,
  { readonly kind: 'handle' | 'record' | 'enum' | 'map' | 'option' | 'list' | 'json' | 'callback' }
>

function commonType(c: TypeContext, m: Plain, direction: Direction, inner: (m: Mapping) => string): string {
  switch (m.kind) {
    case 'boolean':
    case 'bigint':
    case 'void':
      return m.kind
    case 'number':
    case 'duration':
      return 'number'
    case 'text':
      return 'string'
    case 'bytes':
      return c.naming.global('Uint8Array')
    case 'date':
      return c.naming.global('Date')
    case 'ordering':
      return '-1 | 0 | 1'
    case 'result':
      return inner(m.of)
    case 'tuple':
      return `${direction === 'in' ? 'readonly ' : ''}[${m.items.map(inner).join(', ')}]`
  }
}

function listType(
  m: Extract<Mapping, { readonly kind: 'list' }>,
  direction: Direction,
  inner: (m: Mapping) => string,
): string {
  return `${direction === 'in' ? 'readonly ' : ''}${inList(inner(m.of))}[]`
}

type CallbackMapping = Extract<Mapping, { readonly kind: 'callback' }>

function callbackType(c: TypeContext, m: CallbackMapping, print: typeof publicType): string {
  const params = m.params.map((param, at) => `${argumentName(at)}: ${print(c, param, 'out')}`)
  const returns = print(c, m.returns, 'in')
  const result = m.policy === 'blocking' ? `${inUnion(returns)} | ${c.naming.global('Promise')}<${returns}>` : returns
  return `(${params.join(', ')}) => ${result}`
}

/** What the arguments of a callback are called. */
export function argumentName(at: number): string {
  return at === 0 ? 'value' : `value${at + 1}`
}

const isUnion = (text: string): boolean => text.includes(' | ') && !isClosed(text)
const isFunction = (text: string): boolean => text.startsWith('(') && text.includes('=>')

/** Whether a bracket holds the whole text: `Map<string, number | null>`, `[a, b]`. */
function isClosed(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if ('<[('.includes(char)) depth++
    else if (')]'.includes(char) || (char === '>' && text.charAt(at - 1) !== '=')) depth--
    else if (char === '|' && depth === 0) return false
  }
  return true
}

const inUnion = (text: string): string => (isFunction(text) ? `(${text})` : text)
const inList = (text: string): string =>
  isUnion(text) || isFunction(text) || text.startsWith('readonly ') ? `(${text})` : text
