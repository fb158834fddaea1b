/** Which records and enums go in, and which come out, at any depth. */
import type { Package } from '../../ir/ir.js'
import type { Mapping } from '../../rules/mapping.js'

export interface Uses {
  readonly in: ReadonlySet<string>
  readonly out: ReadonlySet<string>
  /** Whether text of JSON crosses. */
  readonly json: boolean
}

export function usesOf(p: Package): Uses {
  const uses = { in: new Set<string>(), out: new Set<string>(), json: false }
  const walk = (m: Mapping, direction: 'in' | 'out'): void => {
    switch (m.kind) {
      case 'option':
      case 'result':
      case 'list':
        walk(m.of, direction)
        break
      case 'tuple':
        m.items.forEach((item) => walk(item, direction))
        break
      case 'map':
        walk(m.key, direction)
        walk(m.value, direction)
        break
      case 'record':
      case 'enum': {
        if (uses[direction].has(m.name)) break
        uses[direction].add(m.name)
        const record = p.records.find((candidate) => candidate.name === m.name)
        record?.fields.forEach((field) => walk(field.mapping, direction))
        const shape = p.enums.find((candidate) => candidate.name === m.name)
        shape?.variants.forEach((variant) => variant.fields.forEach((field) => walk(field.mapping, direction)))
        break
      }
      case 'json':
        uses.json = true
        break
      case 'callback':
        m.params.forEach((param) => walk(param, direction === 'in' ? 'out' : 'in'))
        walk(m.returns, direction)
        break
      default:
    }
  }
  for (const item of p.exports) {
    item.params.forEach((param) => walk(param.mapping, 'in'))
    walk(item.returns, 'out')
  }
  return uses
}
