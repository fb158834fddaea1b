/** rustdoc's types, bounds and generics as ours. */
import type { Binding, Bound, GenericParameter, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import type { JsonArguments, JsonBound, JsonGenerics, JsonParameter, JsonPath, JsonType } from './format57.js'
import { itemOf, nameOf, type Source, type World } from './world.js'

/** Whose rustdoc is converted, and the lifetimes of `for<'a>` around the place: those are left out, they say nothing. */
export interface Place {
  readonly world: World
  readonly source: Source
  readonly erased?: ReadonlySet<string>
}

export const UNIT: RustType = { kind: 'tuple', items: [] }

export function convertType(place: Place, type: JsonType): RustType {
  if (type === 'infer') {
    return { kind: 'generic', name: '_' }
  }
  const inner = (json: JsonType): RustType => convertType(place, json)
  if (type.resolved_path !== undefined) {
    return convertPath(place, type.resolved_path)
  }
  if (type.generic !== undefined) {
    return { kind: 'generic', name: type.generic }
  }
  if (type.primitive !== undefined) {
    return { kind: 'primitive', name: type.primitive }
  }
  if (type.borrowed_ref !== undefined) {
    const { lifetime, is_mutable: mutable, type: to } = type.borrowed_ref
    const kept = lifetime === null || lifetime === "'_" || place.erased?.has(lifetime) === true ? {} : { lifetime }
    return { kind: 'ref', mutable, ...kept, to: inner(to) }
  }
  if (type.tuple !== undefined) {
    return { kind: 'tuple', items: type.tuple.map(inner) }
  }
  if (type.slice !== undefined) {
    return { kind: 'slice', of: inner(type.slice) }
  }
  if (type.array !== undefined) {
    return { kind: 'array', of: inner(type.array.type), length: type.array.len }
  }
  if (type.impl_trait !== undefined) {
    return { kind: 'impl', bounds: convertBounds(place, type.impl_trait) }
  }
  return convertRareType(place, type)
}

function convertRareType(place: Place, type: Exclude<JsonType, 'infer'>): RustType {
  if (type.dyn_trait !== undefined) {
    const bounds = type.dyn_trait.traits.map((one) => convertTraitBound(place, one.trait, one.generic_params, ''))
    const { lifetime } = type.dyn_trait
    return { kind: 'dyn', bounds: lifetime === null ? bounds : [...bounds, lifetimeBound(lifetime)] }
  }
  if (type.qualified_path !== undefined) {
    const { name, self_type: of, trait } = type.qualified_path
    const projected = { kind: 'projection', of: convertType(place, of), name } as const
    if (trait === null || trait.path === '') {
      return projected
    }
    const { args } = convertArguments(place, trait.args)
    return {
      ...projected,
      trait: nameOf(place.world, place.source, trait.id, trait.path),
      ...(args.length > 0 ? { traitArgs: args } : {}),
    }
  }
  if (type.function_pointer !== undefined) {
    const { sig, generic_params: params } = type.function_pointer
    const there = erase(place, params)
    return {
      kind: 'fn',
      params: sig.inputs.map(([, input]) => convertType(there, input)),
      returns: sig.output === null ? UNIT : convertType(there, sig.output),
    }
  }
  if (type.raw_pointer !== undefined) {
    return { kind: 'pointer', mutable: type.raw_pointer.is_mutable, to: convertType(place, type.raw_pointer.type) }
  }
  return { kind: 'generic', name: '_' }
}

function convertPath(place: Place, path: JsonPath): RustType {
  const args = convertArguments(place, path.args)
  const lifetimes = args.lifetimes.length > 0 ? args.lifetimes : elided(place, path.id)
  return { kind: 'path', path: nameOf(place.world, place.source, path.id, path.path), ...args, lifetimes }
}

/** `Iter` where the type is `Iter<'a>`: written out, so that nobody takes it for a type that borrows nothing. */
function elided(place: Place, id: number): string[] {
  const inner = itemOf(place.source, id)?.inner
  const generics = inner?.struct?.generics ?? inner?.enum?.generics ?? inner?.type_alias?.generics
  return (generics?.params ?? []).filter((one) => one.kind.lifetime !== undefined).map(() => "'_")
}

function convertArguments(
  place: Place,
  json: JsonArguments | null,
): { lifetimes: string[]; args: RustType[]; bindings: Binding[] } {
  const lifetimes: string[] = []
  const args: RustType[] = []
  const bindings: Binding[] = []
  if (json?.parenthesized !== undefined) {
    const { inputs, output } = json.parenthesized
    args.push({ kind: 'tuple', items: inputs.map((input) => convertType(place, input)) })
    if (output !== null) {
      bindings.push({ name: 'Output', type: convertType(place, output) })
    }
  }
  for (const arg of json?.angle_bracketed?.args ?? []) {
    if (arg === 'infer') {
      args.push({ kind: 'generic', name: '_' })
    } else if (arg.lifetime !== undefined) {
      lifetimes.push(place.erased?.has(arg.lifetime) === true ? "'_" : arg.lifetime)
    } else if (arg.type !== undefined) {
      args.push(convertType(place, arg.type))
    } else if (arg.const !== undefined) {
      args.push({ kind: 'generic', name: arg.const.expr })
    }
  }
  for (const { name, binding } of json?.angle_bracketed?.constraints ?? []) {
    if (binding.equality?.type !== undefined) {
      bindings.push({ name, type: convertType(place, binding.equality.type) })
    } else if (binding.constraint !== undefined) {
      bindings.push({ name, type: { kind: 'impl', bounds: convertBounds(place, binding.constraint) } })
    }
  }
  return { lifetimes, args, bindings }
}

export function convertBounds(place: Place, bounds: readonly JsonBound[]): Bound[] {
  return bounds.flatMap((bound) => {
    if (bound.outlives !== undefined) {
      return [lifetimeBound(bound.outlives)]
    }
    // What captures nothing lives for ever.
    if (bound.use?.length === 0) {
      return [lifetimeBound("'static")]
    }
    const trait = bound.trait_bound
    return trait === undefined
      ? []
      : [convertTraitBound(place, trait.trait, trait.generic_params, trait.modifier === 'maybe' ? '?' : '')]
  })
}

function convertTraitBound(place: Place, trait: JsonPath, params: readonly JsonParameter[], maybe: string): Bound {
  const { lifetimes, args, bindings } = convertArguments(erase(place, params), trait.args)
  const name = `${maybe}${nameOf(place.world, place.source, trait.id, trait.path)}`
  return { trait: name, ...(lifetimes.length > 0 ? { lifetimes } : {}), args, bindings }
}

function lifetimeBound(lifetime: string): Bound {
  return { trait: lifetime, args: [], bindings: [] }
}

function erase(place: Place, params: readonly JsonParameter[]): Place {
  return params.length === 0
    ? place
    : { ...place, erased: new Set([...(place.erased ?? []), ...params.map((param) => param.name)]) }
}

/**
 * The parameters with the bounds of `where` clauses merged in. Clauses on anything else are entries of their own behind them.
 * `impl Trait` in an argument is no parameter here.
 */
export function convertGenerics(place: Place, generics: JsonGenerics): GenericParameter[] {
  const params = generics.params.flatMap((param) => convertParameter(place, param))
  const clauses = generics.where_predicates.flatMap((clause): GenericParameter[] => {
    if (clause.bound_predicate !== undefined) {
      const { type, bounds, generic_params: forall } = clause.bound_predicate
      const there = erase(place, forall)
      return [{ name: printType(convertType(there, type)), kind: 'type', bounds: convertBounds(there, bounds) }]
    }
    const lifetimes = clause.lifetime_predicate
    return lifetimes === undefined
      ? []
      : [{ name: lifetimes.lifetime, kind: 'lifetime', bounds: lifetimes.outlives.map(lifetimeBound) }]
  })
  return mergeClauses(params, clauses)
}

/** Adds each clause to the parameter it is about, or behind the parameters. */
export function mergeClauses(
  params: readonly GenericParameter[],
  clauses: readonly GenericParameter[],
): GenericParameter[] {
  const merged = [...params]
  for (const clause of clauses) {
    const at = merged.findIndex((param) => param.name === clause.name)
    const param = merged[at]
    if (param === undefined) {
      merged.push(clause)
    } else {
      merged[at] = { ...param, bounds: [...param.bounds, ...clause.bounds] }
    }
  }
  return merged
}

function convertParameter(place: Place, param: JsonParameter): GenericParameter[] {
  const { lifetime, type, const: constant } = param.kind
  if (lifetime !== undefined) {
    return [{ name: param.name, kind: 'lifetime', bounds: lifetime.outlives.map(lifetimeBound) }]
  }
  if (constant !== undefined) {
    const preset = constant.default === null ? {} : { default: { kind: 'generic', name: constant.default } as const }
    return [{ name: param.name, kind: 'const', bounds: [], type: convertType(place, constant.type), ...preset }]
  }
  if (type === undefined || type.is_synthetic) {
    return []
  }
  const preset = type.default === null ? {} : { default: convertType(place, type.default) }
  return [{ name: param.name, kind: 'type', bounds: convertBounds(place, type.bounds), ...preset }]
}
