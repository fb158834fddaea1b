/**
 * The contract of a package: the signatures that its binary has and its TypeScript expects, item by item. The Rust types of the
 * glue give the same texts at run time; a difference is ERR_CONTRACT at the first import.
 */
import type { RustType } from '../model/rust-type.js'
import type { Mapping } from '../rules/mapping.js'
import { capitalized } from '../model/names.js'
import { lazyOf } from '../rules/lazy.js'
import type { EnumIr, ExportIr, Package, ParameterIr } from './ir.js'
import { lazyExport } from './lazy.js'

/** One text per export, in order; an async one has two. */
export function contractItems(p: Package): string[] {
  return p.exports.flatMap((item) => exportItems(p, item))
}

export function exportItems(p: Package, item: ExportIr): string[] {
  const params = item.params.map((param) => `${param.name}: ${parameterText(p, item, param)}`).join(', ')
  if (item.stream !== undefined) return streamItems(p, item, params)
  const rest = `(${params}) -> ${returnText(p, item)}`
  const lazy = lazyOf(item.returns)
  if (lazy !== undefined) {
    const items = `[${crossingText(p, lazy.of)}[], boolean]`
    return [`${item.name}${rest}`, `${lazyExport(item)}(iterator: exclusive handle Iterator, most: u32) -> ${items}`]
  }
  if (item.runs === 'here') return [`${item.name}${rest}`]
  return [`async ${item.name}${rest}`, `timed ${item.name}Sync${rest}`]
}

/** The export that makes it, the export that pulls. */
function streamItems(p: Package, item: ExportIr, params: string): string[] {
  const object = `handle ${itemsName(item)}`
  const pull = `(items: exclusive ${object}, max: u32) -> ${crossingText(p, item.returns)}[]?`
  return [
    `async ${item.name}(${params}) -> ${object}`,
    `timed ${item.name}Sync(${params}) -> ${object}`,
    `async ${item.name}Next${pull}`,
    `timed ${item.name}NextSync${pull}`,
  ]
}

/** What a stream's object is called: `VersionTagsItems`. */
export const itemsName = (item: ExportIr): string => `${capitalized(item.name)}Items`

/** FNV-1a, 64 bit, over the items with a line feed behind each: what the loader compares first. */
export function contractDigest(items: readonly string[]): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of Buffer.from(items.map((item) => `${item}\n`).join(''), 'utf8')) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}

function returnText(p: Package, item: ExportIr): string {
  if (item.call.kind === 'method' && item.call.chains) return 'void'
  return crossingText(p, item.returns)
}

function parameterText(p: Package, item: ExportIr, param: ParameterIr): string {
  const text = crossingText(p, param.mapping, 'in')
  const consumed = param.mapping.kind === 'handle' && takesWhole(p, item, param)
  return consumed ? `exclusive ${text}` : text
}

/** Whether a parameter takes a handle's object out of it, for good. */
export function takesWhole(p: Package, item: ExportIr, param: ParameterIr): boolean {
  if (param.mapping.kind !== 'handle' || param.mapping.by !== 'value') return false
  if (param.isSelf && item.call.kind === 'method' && item.call.consumes) return true
  return isTakenWhole(p, param.mapping.name)
}

/** Whether by value means out of the handle: the type has no copy to give. */
export function isTakenWhole(p: Package, className: string): boolean {
  return p.classes.find((candidate) => candidate.name === className)?.entry.clone === false
}

/** The type's name in a contract. */
export function crossingText(p: Package, m: Mapping, direction: 'in' | 'out' = 'out'): string {
  const inner = (mapping: Mapping): string => crossingText(p, mapping, direction)
  switch (m.kind) {
    case 'boolean':
    case 'void':
    case 'date':
    case 'ordering':
    case 'json':
      return m.kind
    case 'bytes':
      return direction === 'in' && m.length !== undefined ? `bytes[${m.length}]` : 'bytes'
    case 'text':
      return isChar(m.rust) ? 'char' : 'text'
    case 'number':
      return m.name
    case 'bigint':
      return { i64: 'bigint64', u64: 'biguint64', i128: 'bigint128', u128: 'biguint128' }[m.name] ?? m.name
    case 'option':
      return `${inner(m.of)}?`
    case 'result':
      return inner(m.of)
    case 'tuple':
      return `[${m.items.map(inner).join(', ')}]`
    case 'list':
      if (m.lazy === true) return 'handle Iterator'
      return `${m.packed === true ? 'packed ' : ''}${inner(m.of)}[${direction === 'in' ? (m.length ?? '') : ''}]`
    case 'map':
      return `[${inner(m.key)}, ${inner(m.value)}][]`
    case 'duration':
      return 'milliseconds'
    case 'handle':
      return `${direction === 'in' && m.by === 'mut' ? 'exclusive ' : ''}handle ${m.name}`
    case 'record':
      return `[${named(p.records, m.name)
        .fields.map((field) => inner(field.mapping))
        .join(', ')}]`
    case 'enum':
      return enumText(named(p.enums, m.name), inner)
    case 'callback':
      return `${m.policy} (${m.params.map((of) => crossingText(p, of, 'out')).join(', ')}) => ${crossingText(p, m.returns, 'in')}`
  }
}

function isChar(type: RustType): boolean {
  return type.kind === 'ref' ? isChar(type.to) : type.kind === 'primitive' && type.name === 'char'
}

function enumText(shape: EnumIr, inner: (m: Mapping) => string): string {
  if (shape.untagged === true) return 'scalar'
  return shape.variants
    .map((variant) => {
      if (!shape.carriesData) return `"${variant.name}"`
      return `[${[`"${variant.name}"`, ...variant.fields.map((field) => inner(field.mapping))].join(', ')}]`
    })
    .join(' | ')
}

/** The record or enum of that name; the builder has checked that there is one. */
export function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no type is called ${name}`)
  return found
}
