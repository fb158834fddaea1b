/** The walk over a Rust type: the types inside of it, and the type with those changed. */
import type { Bound, RustType } from './rust-type.js'

/** Every type directly inside. */
export function inner(type: RustType): readonly RustType[] {
  switch (type.kind) {
    case 'primitive':
    case 'generic':
      return []
    case 'path':
      return [...type.args, ...type.bindings.map((binding) => binding.type)]
    case 'ref':
    case 'pointer':
      return [type.to]
    case 'tuple':
      return type.items
    case 'slice':
    case 'array':
      return [type.of]
    case 'impl':
    case 'dyn':
      return type.bounds.flatMap(ofBound)
    case 'projection':
      return [type.of, ...(type.traitArgs ?? [])]
    case 'fn':
      return [...type.params, type.returns]
  }
}

const ofBound = (bound: Bound): readonly RustType[] => [...bound.args, ...bound.bindings.map((binding) => binding.type)]

/** Whether the type or one inside it is asked for. */
export const some = (type: RustType, test: (part: RustType) => boolean): boolean =>
  test(type) || inner(type).some((part) => some(part, test))

/** The type with every part changed, the innermost first. Where nothing changes, it is the same object. */
export function rewrite(type: RustType, change: (part: RustType) => RustType): RustType {
  const one = (part: RustType): RustType => rewrite(part, change)
  return change(withParts(type, one))
}

/** The type with each part directly inside changed; where nothing changes, it is the same object. */
export function withParts(type: RustType, one: (part: RustType) => RustType): RustType {
  switch (type.kind) {
    case 'primitive':
    case 'generic':
      return type
    case 'path': {
      const args = each(type.args, one)
      const bindings = each(type.bindings, (binding) => rewriteBinding(binding, one))
      return args === type.args && bindings === type.bindings ? type : { ...type, args, bindings }
    }
    case 'ref':
    case 'pointer': {
      const to = one(type.to)
      return to === type.to ? type : { ...type, to }
    }
    case 'tuple': {
      const items = each(type.items, one)
      return items === type.items ? type : { ...type, items }
    }
    case 'slice':
    case 'array': {
      const of = one(type.of)
      return of === type.of ? type : { ...type, of }
    }
    case 'projection': {
      const of = one(type.of)
      const traitArgs = type.traitArgs && each(type.traitArgs, one)
      if (of === type.of && traitArgs === type.traitArgs) return type
      return traitArgs === undefined ? { ...type, of } : { ...type, of, traitArgs }
    }
    case 'impl':
    case 'dyn': {
      const bounds = each(type.bounds, (bound) => rewriteBound(bound, one))
      return bounds === type.bounds ? type : { ...type, bounds }
    }
    case 'fn': {
      const params = each(type.params, one)
      const returns = one(type.returns)
      return params === type.params && returns === type.returns ? type : { ...type, params, returns }
    }
  }
}

/** As `map`, but the same list where every element stays. */
function each<Item>(items: readonly Item[], one: (item: Item) => Item): readonly Item[] {
  const changed = items.map(one)
  return changed.some((item, place) => item !== items[place]) ? changed : items
}

/** A bound with the types in it changed. */
export function rewriteBound(bound: Bound, one: (part: RustType) => RustType): Bound {
  const args = each(bound.args, one)
  const bindings = each(bound.bindings, (binding) => rewriteBinding(binding, one))
  return args === bound.args && bindings === bound.bindings ? bound : { ...bound, args, bindings }
}

function rewriteBinding<Binding extends { readonly type: RustType }>(
  binding: Binding,
  one: (part: RustType) => RustType,
): Binding {
  const type = one(binding.type)
  return type === binding.type ? binding : { ...binding, type }
}
