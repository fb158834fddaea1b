/** Structs, enums, unions and aliases. */
import type { FieldItem, TypeItem, VariantItem } from '../model/model.js'
import { factsOf } from './callables.js'
import { convertGenerics, convertType, type Place } from './convert.js'
import type { JsonFields, JsonItem } from './format57.js'
import { convertImpls, type Implemented, type KnownTraits } from './impls.js'
import type { Reached } from './walk.js'
import { itemOf, type World } from './world.js'

const NOTHING: Implemented = { methods: [], constants: [], impls: [], outward: [], send: undefined, sync: undefined }

/** `undefined` for an item that is no type. */
export function convertTypeItem(world: World, reached: Reached, traits: KnownTraits): TypeItem | undefined {
  const { source, item, path } = reached
  const place = { world, source }
  const { struct, enum: choice, union, type_alias: alias } = item.inner
  const json = struct ?? choice ?? union
  const generics = (json ?? alias)?.generics
  if (generics === undefined) {
    return undefined
  }
  const { outward, ...implemented } = json === undefined ? NOTHING : convertImpls(place, path, json.impls, traits)
  const fields = fieldsOf(place, struct?.kind === 'unit' ? undefined : struct?.kind, union)
  const nonExhaustive = item.attrs.includes('non_exhaustive') || choice?.has_stripped_variants === true
  return {
    ...factsOf(source, item, path),
    name: path.slice(path.lastIndexOf('::') + 2),
    kind: struct !== undefined ? 'struct' : choice !== undefined ? 'enum' : union !== undefined ? 'union' : 'alias',
    generics: convertGenerics(place, generics),
    nonExhaustive,
    fields: fields.items,
    isPlain: struct !== undefined && fields.complete && !nonExhaustive,
    variants: (choice?.variants ?? []).flatMap((id) => convertVariant(place, itemOf(source, id))),
    ...(alias === undefined ? {} : { aliasOf: convertType(place, alias.type) }),
    ...implemented,
    ...(outward.length > 0 ? { outward } : {}),
    ...(source === world.main ? {} : { foreign: source.name }),
  }
}

interface Fields {
  readonly items: readonly FieldItem[]
  /** None is private or hidden. */
  readonly complete: boolean
}

function fieldsOf(place: Place, json: JsonFields | undefined, union: JsonItem['inner']['union']): Fields {
  const named = json?.plain ?? json?.struct ?? union
  if (named !== undefined) {
    const items = named.fields.flatMap((id) => convertField(place, itemOf(place.source, id)))
    return { items, complete: !named.has_stripped_fields && items.every((field) => field.public) }
  }
  const positions = json?.tuple ?? []
  const items = positions.flatMap((id) => (id === null ? [] : convertField(place, itemOf(place.source, id))))
  return { items, complete: positions.length === items.length && items.every((field) => field.public) }
}

function convertField(place: Place, item: JsonItem | undefined): FieldItem[] {
  if (item?.inner.struct_field === undefined) {
    return []
  }
  // Fields of variants have no visibility of their own: they are as public as the enum.
  const open = item.visibility === 'public' || item.visibility === 'default'
  const type = convertType(place, item.inner.struct_field)
  return [{ name: item.name ?? '', type, public: open, docs: item.docs ?? '' }]
}

function convertVariant(place: Place, item: JsonItem | undefined): VariantItem[] {
  const variant = item?.inner.variant
  if (item === undefined || variant === undefined) {
    return []
  }
  const { kind, discriminant } = variant
  return [
    {
      name: item.name ?? '',
      docs: item.docs ?? '',
      shape: kind === 'plain' ? 'unit' : kind.tuple !== undefined ? 'tuple' : 'struct',
      fields: kind === 'plain' ? [] : fieldsOf(place, kind, undefined).items,
      ...(discriminant === null ? {} : { discriminant: discriminant.value }),
    },
  ]
}
