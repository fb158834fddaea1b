/** How the signature a spec has differs from the crate's. */
import type { Receiver, RustSignature, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { genericsDifference, sameType, typeDifference, type TypeDifference } from './compare-types.js'
import type { FindingKind } from './finding.js'
import { noSubstitution, substituteSignature } from './substitute.js'

export interface SignatureDifference {
  readonly kind: FindingKind
  /** Of a parameter: its index without the receiver. */
  readonly parameter?: number
  readonly message: string
}

/** Every difference once: parameters are compared one by one only when there are as many. */
export function signatureDifferences(spec: RustSignature, crate: RustSignature): readonly SignatureDifference[] {
  const renamed = withNamesOf(spec, crate)
  const found: SignatureDifference[] = []
  if (renamed.unsafe !== crate.unsafe)
    found.push({ kind: 'unsafe', message: crate.unsafe ? 'is unsafe in the crate' : 'is not unsafe in the crate' })
  if (renamed.async !== crate.async)
    found.push({ kind: 'async', message: crate.async ? 'is async in the crate' : 'is not async in the crate' })
  found.push(...receiverDifference(renamed.receiver, crate.receiver))
  const generics = genericsDifference(renamed.generics, crate.generics)
  const parameters = parameterDifferences(renamed, crate)
  // A parameter that became generic says more than the list of generics does.
  if (generics !== undefined && !parameters.some((difference) => difference.kind === 'generic'))
    found.push({
      kind: generics,
      message:
        generics === 'not-static' ? "a type parameter must live for 'static" : 'has other type parameters in the crate',
    })
  return [...found, ...parameters, ...returnDifference(renamed.returns, crate.returns)]
}

/** The spec's type parameters under the crate's names, by position. */
function withNamesOf(spec: RustSignature, crate: RustSignature): RustSignature {
  const types = (signature: RustSignature): readonly string[] =>
    signature.generics.filter((generic) => generic.kind !== 'lifetime').map((generic) => generic.name)
  const names = types(crate)
  const generics = new Map<string, RustType>()
  types(spec).forEach((name, index) => {
    const other = names[index]
    if (other !== undefined) generics.set(name, { kind: 'generic', name: other })
  })
  return substituteSignature(spec, { ...noSubstitution, generics })
}

function receiverDifference(spec: Receiver | undefined, crate: Receiver | undefined): readonly SignatureDifference[] {
  if (spec === crate) return []
  if (spec === undefined || crate === undefined)
    return [{ kind: 'arity', message: crate === undefined ? 'takes no object' : `takes ${RECEIVERS[crate]}` }]
  const borrows = (receiver: Receiver): boolean => receiver === 'ref' || receiver === 'mut'
  const kind = borrows(spec) && borrows(crate) ? 'mutability' : 'ownership'
  return [{ kind, message: `takes ${RECEIVERS[crate]}, not ${RECEIVERS[spec]}` }]
}

export const RECEIVERS: Readonly<Record<Receiver, string>> = {
  ref: '`&self`',
  mut: '`&mut self`',
  value: '`self` by value',
  other: '`self` in a box or a counted pointer',
}

function parameterDifferences(spec: RustSignature, crate: RustSignature): readonly SignatureDifference[] {
  if (spec.params.length !== crate.params.length)
    return [{ kind: 'arity', message: `takes ${count(crate.params.length)}, not ${count(spec.params.length)}` }]
  return crate.params.flatMap((param, index) => {
    const said = spec.params[index]
    const difference = said === undefined ? undefined : typeDifference(said.type, param.type)
    if (said === undefined || difference === undefined) return []
    return [
      { kind: KIND_OF_PARAMETER[difference], parameter: index, message: said_is(param.name, said.type, param.type) },
    ]
  })
}

const said_is = (name: string, spec: RustType, crate: RustType): string =>
  `parameter \`${name}\` is \`${printType(crate)}\`, not \`${printType(spec)}\``

const KIND_OF_PARAMETER: Readonly<Record<TypeDifference, FindingKind>> = {
  'not-static': 'not-static',
  mutability: 'mutability',
  ownership: 'ownership',
  generic: 'generic',
  other: 'parameter-type',
}

function returnDifference(spec: RustType, crate: RustType): readonly SignatureDifference[] {
  const difference = typeDifference(spec, crate)
  // A result that lives longer than the spec says harms nobody.
  if (difference === undefined || (difference === 'not-static' && sameType(spec, crate, false))) return []
  const specResult = resultOf(spec)
  const crateResult = resultOf(crate)
  const onlyError =
    specResult !== undefined && crateResult !== undefined && sameType(specResult.ok, crateResult.ok, false)
  if (onlyError)
    return [
      {
        kind: 'error-type',
        message: `fails with \`${printType(crateResult.error)}\`, not \`${printType(specResult.error)}\``,
      },
    ]
  return [{ kind: 'return', message: `returns \`${printType(crate)}\`, not \`${printType(spec)}\`` }]
}

/** Both sides of a `Result`; the error of an alias that hides it is the alias itself. */
export function resultOf(type: RustType): { readonly ok: RustType; readonly error: RustType } | undefined {
  if (type.kind !== 'path' || !(type.path === 'std::result::Result' || type.path.endsWith('::Result'))) return undefined
  const [ok, error] = type.args
  return ok === undefined ? undefined : { ok, error: error ?? type }
}

export const count = (parameters: number): string =>
  parameters === 0 ? 'no parameters' : parameters === 1 ? '1 parameter' : `${String(parameters)} parameters`
