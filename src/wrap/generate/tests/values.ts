/** Calls and values in generated tests. */
import { named } from '../../ir/contract.js'
import type { ClassIr, MemberIr, Package, ParameterIr } from '../../ir/ir.js'
import type { Mapping } from '../../rules/mapping.js'
import {
  access,
  discriminantOf,
  isLazyConstant,
  memberName,
  propertyKey,
  quote,
  type Naming,
} from '../typescript/naming.js'

export interface TestContext {
  readonly p: Package
  readonly naming: Naming
}

export interface CallOptions {
  /** This parameter gets what no parameter takes. */
  readonly wrong?: ParameterIr
  /** The object the method is called on; by default one that is made for it. */
  readonly on?: string
  /** Variables that stand for texts and numbers, instead of fixed ones. */
  readonly guess?: boolean
}

/** A call as a user writes it, with values that its types allow. */
export function callOf(
  c: TestContext,
  member: MemberIr,
  owner: ClassIr | undefined,
  options: CallOptions = {},
): string {
  const args = member.export.params
    .filter((param) => !param.isSelf)
    .map((param) => (param === options.wrong ? 'wrong' : valueOf(c, param.mapping, options.guess === true)))
  const given = `(${args.join(', ')})`
  if (owner === undefined) {
    if (member.kind === 'constant') {
      return isLazyConstant(member) ? access('api.constants', member.name) : access('api', member.name)
    }
    return `${access('api', member.name)}${given}`
  }
  const cls = access('api', owner.name)
  switch (member.kind) {
    case 'constructor':
      return `new ${cls}${given}`
    case 'constant':
      return access(cls, memberName(member))
    case 'static':
    case 'function':
      return `${access(cls, memberName(member))}${given}`
    case 'iterator':
      return `${options.on ?? object(owner.name)}.next()`
    case 'getter':
      return access(options.on ?? object(owner.name), memberName(member))
    case 'method':
      return `${access(options.on ?? object(owner.name), memberName(member))}${given}`
  }
}

const object = (name: string): string => `object(${quote(name)})`

/** A value of a type; with `guess` texts and numbers are the variables of those names. */
export function valueOf(c: TestContext, m: Mapping, guess = false): string {
  const inner = (mapping: Mapping): string => valueOf(c, mapping, guess)
  switch (m.kind) {
    case 'boolean':
      return 'true'
    case 'number':
      return guess ? 'number' : '1'
    case 'duration':
      return '1'
    case 'bigint':
      return guess ? 'BigInt(number)' : '1n'
    case 'text':
      if (m.rust.kind === 'primitive' && m.rust.name === 'char') return `'a'`
      return guess ? 'text' : `'a'`
    case 'bytes':
      return `new Uint8Array(${m.length ?? 1})`
    case 'option':
      return 'null'
    case 'result':
      return inner(m.of)
    case 'void':
      return 'undefined'
    case 'tuple':
      return `[${m.items.map(inner).join(', ')}]`
    case 'list':
      return m.length === undefined || m.length === 0
        ? '[]'
        : `[${Array.from({ length: Math.min(m.length, 64) }, () => inner(m.of)).join(', ')}]`
    case 'map':
      return 'new Map()'
    case 'date':
      return 'new Date(0)'
    case 'ordering':
      return '0'
    case 'json':
      return '{}'
    case 'handle':
      return object(m.name)
    case 'record': {
      const fields = named(c.p.records, m.name).fields.map(
        ({ name, mapping }) => `${propertyKey(name)}: ${inner(mapping)}`,
      )
      return `{ ${fields.join(', ')} }`
    }
    case 'enum':
      return variant(c, m.name, inner)
    case 'callback':
      return `() => (${inner(m.returns)})`
  }
}

function variant(c: TestContext, name: string, inner: (m: Mapping) => string): string {
  const shape = named(c.p.enums, name)
  // The simplest one: fewest fields, then the first.
  const [first] = [...shape.variants].sort((one, other) => one.fields.length - other.fields.length)
  if (first === undefined) return `undefined as never`
  if (shape.untagged === true) return first.fields[0] === undefined ? 'null' : inner(first.fields[0].mapping)
  if (!shape.carriesData) return quote(first.name)
  const fields = first.fields.map((field) => `${propertyKey(field.name)}: ${inner(field.mapping)}`)
  return `{ ${[`${propertyKey(discriminantOf(shape))}: ${quote(first.name)}`, ...fields].join(', ')} }`
}
