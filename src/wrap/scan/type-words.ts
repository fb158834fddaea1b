/** A type as part of a name. */
import { lastName } from '../model/paths.js'
import type { RustType } from '../model/rust-type.js'
import { isPrimitive } from '../rules/rust-types.js'
import { capitalized } from './names.js'

/** `U64`, `String`, `Bytes`, `Version`. */
export function typeWord(type: RustType): string {
  switch (type.kind) {
    case 'primitive':
      return isPrimitive(type, 'str') ? 'String' : capitalized(type.name)
    case 'generic':
      return type.name
    case 'path':
      return capitalized(lastName(type.path)) + type.args.map(typeWord).join('')
    case 'ref':
      return typeWord(type.to)
    case 'slice':
    case 'array':
      return isPrimitive(type.of, 'u8') ? 'Bytes' : `${typeWord(type.of)}s`
    case 'tuple':
      return type.items.length === 0 ? 'Nothing' : type.items.map(typeWord).join('')
    default:
      return 'Value'
  }
}
