/** Where a package's classes are used. */
import type { Mapping } from '../rules/mapping.js'
import type { ExportIr, FieldIr, Package } from './ir.js'

/** Whether a type is the class, or has one of its objects somewhere inside. */
export function mentions(p: Package, of: Mapping, name: string, seen = new Set<string>()): boolean {
  const inside = (m: Mapping): boolean => mentions(p, m, name, seen)
  switch (of.kind) {
    case 'handle':
      return of.name === name
    case 'option':
    case 'result':
    case 'list':
      return inside(of.of)
    case 'tuple':
      return of.items.some(inside)
    case 'map':
      return inside(of.key) || inside(of.value)
    case 'callback':
      return inside(of.returns) || of.params.some(inside)
    case 'record':
    case 'enum':
      return !seen.has(of.name) && fieldsOf(p, of.name, seen).some(({ mapping }) => inside(mapping))
    default:
      return false
  }
}

/** Whether a call is given an object of the class, in whatever. */
export const takes = (p: Package, item: ExportIr, name: string): boolean =>
  item.params.some(({ mapping }) => mentions(p, mapping, name))

function fieldsOf(p: Package, name: string, seen: Set<string>): readonly FieldIr[] {
  seen.add(name)
  return [
    ...p.records.filter((shape) => shape.name === name).flatMap(({ fields }) => fields),
    ...p.enums
      .filter((shape) => shape.name === name)
      .flatMap(({ variants }) => variants.flatMap(({ fields }) => fields)),
  ]
}
