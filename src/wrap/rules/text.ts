/** Mappings in words: the spec's type texts and TypeScript's. */
import type { RustType } from '../model/rust-type.js'
import type { Mapping } from './mapping.js'
import { isPrimitive } from './rust-types.js'

/** As a spec has it: `text`, `u32?`, `handle Version`, `text[]`. What is thrown is not part of it. */
export function boundaryText(m: Mapping): string {
  switch (m.kind) {
    case 'boolean':
    case 'bytes':
    case 'void':
    case 'duration':
    case 'date':
    case 'ordering':
    case 'json':
      return m.kind
    case 'text':
      return isCharacter(m.rust) ? 'char' : 'text'
    case 'number':
      return m.name
    case 'bigint':
      return BIGINTS.get(m.name) ?? m.name
    case 'option':
      return `${grouped(m.of, boundaryText(m.of))}?`
    case 'result':
      return boundaryText(m.of)
    case 'tuple':
      return `[${m.items.map(boundaryText).join(', ')}]`
    case 'list':
      if (m.lazy === true) return `lazy ${grouped(m.of, boundaryText(m.of))}[]`
      if (m.packed === true) return `packed ${boundaryText(m.of)}[]`
      return `${grouped(m.of, boundaryText(m.of))}[${m.length ?? ''}]`
    case 'map':
      return `map<${boundaryText(m.key)}, ${boundaryText(m.value)}>`
    case 'handle':
      return `${m.by === 'mut' ? 'exclusive ' : ''}handle ${m.name}`
    case 'record':
    case 'enum':
      return `${m.kind} ${m.name}`
    case 'callback':
      return `${m.policy} (${m.params.map(boundaryText).join(', ')}) => ${boundaryText(m.returns)}`
  }
}

/** As a user of the package sees it. */
export function typescriptText(m: Mapping): string {
  switch (m.kind) {
    case 'boolean':
    case 'void':
    case 'bigint':
      return m.kind
    case 'number':
    case 'duration':
      return 'number'
    case 'text':
      return 'string'
    case 'bytes':
      return 'Uint8Array'
    case 'date':
      return 'Date'
    case 'json':
      return 'unknown'
    case 'ordering':
      return '-1 | 0 | 1'
    case 'option':
      return `${grouped(m.of, typescriptText(m.of))} | null`
    case 'result':
      return typescriptText(m.of)
    case 'tuple':
      return `[${m.items.map(typescriptText).join(', ')}]`
    case 'list':
      if (m.lazy === true) return `IterableIterator<${typescriptText(m.of)}>`
      return m.of.kind === 'option' || m.of.kind === 'ordering' || m.of.kind === 'callback'
        ? `(${typescriptText(m.of)})[]`
        : `${typescriptText(m.of)}[]`
    case 'map':
      return `Map<${typescriptText(m.key)}, ${typescriptText(m.value)}>`
    case 'handle':
    case 'record':
    case 'enum':
      return m.name
    case 'callback': {
      const params = m.params.map((param, index) => `${PLACES[index] ?? `value${index}`}: ${typescriptText(param)}`)
      return `(${params.join(', ')}) => ${typescriptText(m.returns)}`
    }
  }
}

const PLACES = ['value', 'second', 'third', 'fourth']

const BIGINTS = new Map([
  ['i64', 'bigint64'],
  ['u64', 'biguint64'],
])

function isCharacter(type: RustType): boolean {
  return type.kind === 'ref' ? isCharacter(type.to) : isPrimitive(type, 'char')
}

const grouped = (m: Mapping, text: string): string => (m.kind === 'callback' ? `(${text})` : text)
