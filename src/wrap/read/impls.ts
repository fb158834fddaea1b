/** The impl blocks of one type: its own methods, the traits it has, and whether it may cross threads. */
import type { Callable, ConstantItem, TraitImpl, TraitItem } from '../model/model.js'
import type { GenericParameter, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { convertConstant, convertFunction } from './callables.js'
import { convertGenerics, convertType, type Place } from './convert.js'
import type { JsonImpl } from './format57.js'
import { inImpl, replaceInSignature, type Replace } from './substitute.js'
import { itemOf, nameOf } from './world.js'

export interface Implemented {
  readonly methods: readonly Callable[]
  readonly constants: readonly ConstantItem[]
  readonly impls: readonly TraitImpl[]
  readonly outward: readonly TraitImpl[]
  readonly send: boolean | undefined
  readonly sync: boolean | undefined
}

const SELF: RustType = { kind: 'generic', name: 'Self' }

/** Traits of the crate's own API by path; `limited` ones come with a whole crate of other authors. */
export type KnownTraits = ReadonlyMap<string, { readonly item: TraitItem; readonly limited: boolean }>

/** Traits that say something about the type but have nothing to call; `Send` and `Sync` are told apart. */
const MARKERS = new Set([
  'std::marker::Send',
  'std::marker::Sync',
  'std::marker::Unpin',
  'std::marker::Freeze',
  'std::marker::UnsafeUnpin',
  'std::marker::StructuralPartialEq',
  'std::panic::UnwindSafe',
  'std::panic::RefUnwindSafe',
  'std::panic::unwind_safe::UnwindSafe',
  'std::panic::unwind_safe::RefUnwindSafe',
])

/** `path` is the type's public path, `traits` are those whose docs and provided methods are known. */
export function convertImpls(place: Place, path: string, ids: readonly number[], traits: KnownTraits): Implemented {
  const methods: Callable[] = []
  const constants: ConstantItem[] = []
  const impls: TraitImpl[] = []
  const outward: TraitImpl[] = []
  const auto = new Map<string, boolean | undefined>()
  for (const id of ids) {
    const impl = itemOf(place.source, id)?.inner.impl
    if (impl === undefined) {
      continue
    }
    if (impl.trait === null) {
      addInherent(place, path, impl, methods, constants)
      continue
    }
    const trait = nameOf(place.world, place.source, impl.trait.id, impl.trait.path)
    if (MARKERS.has(trait)) {
      auto.set(trait, verdict(impl))
    } else if (
      !impl.is_negative &&
      !impl.is_synthetic &&
      (impl.blanket_impl === null || traits.get(trait)?.limited === false)
    ) {
      const converted = convertTraitImpl(place, path, impl, trait, traits.get(trait)?.item)
      const own = selfPath(converted.for) === path
      ;(own ? impls : outward).push(converted)
    }
  }
  return {
    methods,
    constants,
    impls: withOtherProjections(impls),
    outward,
    send: auto.has('std::marker::Send') ? auto.get('std::marker::Send') : false,
    sync: auto.has('std::marker::Sync') ? auto.get('std::marker::Sync') : false,
  }
}

/** A bound in the impl of an auto trait means that it depends on a parameter. */
function verdict(impl: JsonImpl): boolean | undefined {
  if (impl.is_negative) {
    return false
  }
  const bounded =
    impl.generics.where_predicates.some((clause) => clause.bound_predicate !== undefined) ||
    impl.generics.params.some((param) => (param.kind.type?.bounds ?? []).length > 0)
  return bounded ? undefined : true
}

function addInherent(place: Place, path: string, impl: JsonImpl, methods: Callable[], constants: ConstantItem[]): void {
  const around = { path, generics: convertGenerics(place, impl.generics), for: convertType(place, impl.for) }
  for (const id of impl.items) {
    const item = itemOf(place.source, id)
    if (item?.visibility !== 'public') {
      continue
    }
    if (item.inner.function !== undefined) {
      methods.push(convertFunction(place, item, item.inner.function, around))
    } else {
      const constant = convertConstant(place, item, `${path}::${item.name ?? ''}`)
      constants.push(...(constant === undefined ? [] : [{ ...constant, implFor: around.for }]))
    }
  }
}

export function convertTraitImpl(
  place: Place,
  path: string,
  impl: JsonImpl,
  trait: string,
  known: TraitItem | undefined,
): TraitImpl {
  const reference: JsonImpl['trait'] = impl.trait
  const wrapped = convertType(place, { resolved_path: reference ?? { path: '', id: -1, args: null } })
  const args = wrapped.kind === 'path' ? wrapped.args : []
  const generics = convertGenerics(place, impl.generics)
  const self = convertType(place, impl.for)
  const associated = associatedOf(place, impl)
  const parameters = parametersOf(known?.generics ?? [], args)
  const blanket = impl.blanket_impl
  if (blanket !== null && blanket !== 'infer' && blanket.generic !== undefined) {
    parameters.set(blanket.generic, SELF)
  }
  const replace = inImpl(trait, associated, parameters)
  const around = { path, generics, for: self, trait }
  const written = impl.items.flatMap((id) => {
    const item = itemOf(place.source, id)
    return item?.inner.function === undefined ? [] : [convertFunction(place, item, item.inner.function, around)]
  })
  const others = (known?.methods ?? []).filter((method) => !written.some((one) => one.name === method.name))
  const methods = [
    ...written.map((method) => withTraitDocs(method, known)),
    ...others.flatMap((method) => fromTrait(method, around)),
  ]
  return {
    trait,
    args,
    for: self,
    generics,
    associated,
    methods: methods.map((method) => ({ ...method, signature: replaceInSignature(method.signature, replace) })),
    ...(impl.blanket_impl === null ? {} : { blanket: true }),
  }
}

function associatedOf(place: Place, impl: JsonImpl): { name: string; type: RustType }[] {
  return impl.items.flatMap((id) => {
    const item = itemOf(place.source, id)
    const type = item?.inner.assoc_type?.type
    return type == null ? [] : [{ name: item?.name ?? '', type: convertType(place, type) }]
  })
}

function parametersOf(generics: readonly GenericParameter[], args: readonly RustType[]): Map<string, RustType> {
  const types = generics.filter((generic) => generic.kind !== 'lifetime')
  const pairs = types.map((generic, at) => [generic.name, args[at] ?? generic.default] as const)
  return new Map(pairs.flatMap(([name, type]) => (type === undefined ? [] : [[name, type] as const])))
}

/** `Self::Item` in `DoubleEndedIterator` is told by the impl of `Iterator` for the same type. */
function withOtherProjections(impls: readonly TraitImpl[]): TraitImpl[] {
  return impls.map((impl) => {
    const self = printType(impl.for)
    const others = impls.filter((one) => one.trait !== impl.trait && printType(one.for) === self)
    const replace: Replace = (type) =>
      type.kind === 'projection' && type.of.kind === 'generic' && type.of.name === 'Self'
        ? others
            .filter((one) => type.trait === undefined || one.trait === type.trait)
            .flatMap((one) => one.associated)
            .find((one) => one.name === type.name)?.type
        : undefined
    const methods = impl.methods.map((method) => ({
      ...method,
      signature: replaceInSignature(method.signature, replace),
    }))
    return { ...impl, methods }
  })
}

/** Impls seldom repeat the docs of their trait. */
function withTraitDocs(method: Callable, known: TraitItem | undefined): Callable {
  const docs = known?.methods.find((one) => one.name === method.name)?.docs ?? ''
  return method.docs === '' && docs !== '' ? { ...method, docs } : method
}

/** A method of the trait that the impl leaves as it is; none for one that every impl must write. */
function fromTrait(
  method: Callable & { readonly provided: boolean },
  around: { path: string; generics: readonly GenericParameter[]; for: RustType; trait: string },
): Callable[] {
  const { provided, ...callable } = method
  return provided
    ? [
        {
          ...callable,
          path: `${around.path}::${method.name}`,
          implGenerics: around.generics,
          implFor: around.for,
          trait: around.trait,
        },
      ]
    : []
}

/** The path of the type an impl is for, references looked through. */
export function selfPath(type: RustType): string | undefined {
  return type.kind === 'ref' ? selfPath(type.to) : type.kind === 'path' ? type.path : undefined
}
