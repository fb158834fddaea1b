/** Types with their parameters and projections filled in. */
import type { Binding, Bound, GenericParameter, RustSignature, RustType } from '../model/rust-type.js'

/** What to put in place of a type, `undefined` to keep it. */
export type Replace = (type: RustType) => RustType | undefined

export function replaceInType(type: RustType, replace: Replace): RustType {
  const found = replace(type)
  if (found !== undefined) {
    return found
  }
  const inner = (part: RustType): RustType => replaceInType(part, replace)
  switch (type.kind) {
    case 'primitive':
    case 'generic':
      return type
    case 'path':
      return { ...type, args: type.args.map(inner), bindings: replaceInBindings(type.bindings, replace) }
    case 'ref':
    case 'pointer':
      return { ...type, to: inner(type.to) }
    case 'tuple':
      return { ...type, items: type.items.map(inner) }
    case 'slice':
    case 'array':
      return { ...type, of: inner(type.of) }
    case 'impl':
    case 'dyn':
      return { ...type, bounds: replaceInBounds(type.bounds, replace) }
    case 'projection':
      return {
        ...type,
        of: inner(type.of),
        ...(type.traitArgs === undefined ? {} : { traitArgs: type.traitArgs.map(inner) }),
      }
    case 'fn':
      return { ...type, params: type.params.map(inner), returns: inner(type.returns) }
  }
}

export function replaceInSignature(signature: RustSignature, replace: Replace): RustSignature {
  return {
    ...signature,
    generics: signature.generics.map((generic) => replaceInGeneric(generic, replace)),
    params: signature.params.map((param) => ({ ...param, type: replaceInType(param.type, replace) })),
    returns: replaceInType(signature.returns, replace),
  }
}

function replaceInGeneric(generic: GenericParameter, replace: Replace): GenericParameter {
  return { ...generic, bounds: replaceInBounds(generic.bounds, replace) }
}

function replaceInBounds(bounds: readonly Bound[], replace: Replace): Bound[] {
  return bounds.map((bound) => ({
    ...bound,
    args: bound.args.map((arg) => replaceInType(arg, replace)),
    bindings: replaceInBindings(bound.bindings, replace),
  }))
}

function replaceInBindings(bindings: readonly Binding[], replace: Replace): Binding[] {
  return bindings.map((binding) => ({ ...binding, type: replaceInType(binding.type, replace) }))
}

/** `Self::Err` and `<Self as FromStr>::Err` of an impl of `trait`, and its trait's parameters. */
export function inImpl(
  trait: string,
  associated: readonly { readonly name: string; readonly type: RustType }[],
  parameters: ReadonlyMap<string, RustType>,
): Replace {
  return (type) => {
    if (type.kind === 'generic') {
      return parameters.get(type.name)
    }
    if (type.kind !== 'projection' || type.of.kind !== 'generic' || type.of.name !== 'Self') {
      return undefined
    }
    const known = type.trait === undefined || type.trait === trait
    return known ? associated.find((one) => one.name === type.name)?.type : undefined
  }
}
