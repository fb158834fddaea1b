/** The crate's own traits, and those of dependencies it re-exports. */
import type { AssociatedType, Callable, ConstantItem, TraitImpl, TraitItem } from '../model/model.js'
import { printType } from '../model/text.js'
import { convertConstant, convertFunction, factsOf } from './callables.js'
import { convertBounds, convertGenerics, convertType, type Place } from './convert.js'
import type { JsonTrait } from './format57.js'
import { convertTraitImpl, selfPath } from './impls.js'
import type { Reached } from './walk.js'
import { itemOf, type World } from './world.js'

export function convertTrait(world: World, reached: Reached, json: JsonTrait): TraitItem {
  const { source, item, path } = reached
  const place = { world, source }
  const generics = convertGenerics(place, json.generics)
  const methods: (Callable & { provided: boolean })[] = []
  const associated: AssociatedType[] = []
  const constants: ConstantItem[] = []
  for (const id of json.items) {
    const member = itemOf(source, id)
    if (member?.inner.function !== undefined) {
      const callable = convertFunction(place, member, member.inner.function, { path, generics, trait: path })
      methods.push({ ...callable, provided: member.inner.function.has_body })
    } else if (member?.inner.assoc_type !== undefined) {
      const { bounds, type } = member.inner.assoc_type
      const preset = type === null ? {} : { default: convertType(place, type) }
      associated.push({ name: member.name ?? '', bounds: convertBounds(place, bounds), ...preset })
    } else if (member !== undefined) {
      constants.push(...optional(convertConstant(place, member, `${path}::${member.name ?? ''}`)))
    }
  }
  return {
    ...factsOf(source, item, path),
    name: path.slice(path.lastIndexOf('::') + 2),
    generics: generics.filter((generic) => generic.name !== 'Self'),
    supertraits: [
      ...convertBounds(place, json.bounds),
      ...generics.filter((generic) => generic.name === 'Self').flatMap((generic) => generic.bounds),
    ],
    methods,
    associated,
    constants,
    ...(source === world.main ? {} : { foreign: source.name }),
    // Those of another crate's trait that are of that crate say nothing about this one.
    implementors: source === world.main ? implementors(place, json) : [],
    elsewhere: implsElsewhere(place, path, json),
  }
}

function implementors(place: Place, json: JsonTrait): string[] {
  const names = json.implementations.flatMap((id) => {
    const impl = itemOf(place.source, id)?.inner.impl
    if (impl === undefined || impl.is_negative) {
      return []
    }
    const type = convertType(place, impl.for)
    return [type.kind === 'path' ? type.path : printType(type)]
  })
  return [...new Set(names)].sort()
}

/** The crate's own types have theirs with them. */
function implsElsewhere(place: Place, path: string, json: JsonTrait): TraitImpl[] {
  return json.implementations.flatMap((id) => {
    const impl = itemOf(place.source, id)?.inner.impl
    if (impl === undefined || impl.is_negative || impl.is_synthetic || impl.trait === null) {
      return []
    }
    const converted = convertTraitImpl(place, path, impl, path, undefined)
    const self = selfPath(converted.for)
    return self === undefined || self.startsWith('std::') ? [{ ...converted, methods: [] }] : []
  })
}

function optional<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}
