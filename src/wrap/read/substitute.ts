/** Types with their parameters and projections filled in. */
import { rewriteBound, withParts } from '../model/parts.js'
import type { GenericParameter, RustSignature, RustType } from '../model/rust-type.js'

/** What to put in place of a type, `undefined` to keep it. */
export type Replace = (type: RustType) => RustType | undefined

export const replaceInType = (type: RustType, replace: Replace): RustType =>
  replace(type) ?? withParts(type, (part) => replaceInType(part, replace))

export function replaceInSignature(signature: RustSignature, replace: Replace): RustSignature {
  return {
    ...signature,
    generics: signature.generics.map((generic) => replaceInGeneric(generic, replace)),
    params: signature.params.map((param) => ({ ...param, type: replaceInType(param.type, replace) })),
    returns: replaceInType(signature.returns, replace),
  }
}

const replaceInGeneric = (generic: GenericParameter, replace: Replace): GenericParameter => ({
  ...generic,
  bounds: generic.bounds.map((bound) => rewriteBound(bound, (part) => replaceInType(part, replace))),
})

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
