/** How the signature a spec has differs from the crate's. */
import type { Receiver, RustSignature, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { sameType, typeDifference, type Closeness, type TypeDifference } from './compare-types.js'
import type { CrateIndex } from './crate-index.js'
import type { FindingKind } from './finding.js'
import { chooseGenerics, genericsDifference, withNamedImpls } from './generics.js'
import { resolveSignature, withGenerics } from './resolve-types.js'
import { satisfiesBounds } from './satisfies-bounds.js'

export interface SignatureDifference {
  readonly kind: FindingKind
  /** Of a parameter: its index without the receiver. */
  readonly parameter?: number
  readonly message: string
}

/**
 * Every difference once: parameters are compared one by one only when there are as many. The spec may name concrete types
 * where the crate has type parameters or `impl Trait`, write aliases out, and say `impl Trait` for a type that has it.
 */
export function signatureDifferences(
  spec: RustSignature,
  crate: RustSignature,
  index: CrateIndex,
): readonly SignatureDifference[] {
  const said = withNamedImpls(resolveSignature(spec, index))
  const open = withNamedImpls(resolveSignature(crate, index))
  const chosen = chooseGenerics(said, open)
  const actual = resolveSignature(withGenerics(open, chosen), index)
  const satisfies: Satisfies = (type, bounds) => satisfiesBounds(type, bounds, index)
  const found: SignatureDifference[] = []
  if (said.unsafe !== actual.unsafe)
    found.push({ kind: 'unsafe', message: actual.unsafe ? 'is unsafe in the crate' : 'is not unsafe in the crate' })
  if (said.async !== actual.async)
    found.push({ kind: 'async', message: actual.async ? 'is async in the crate' : 'is not async in the crate' })
  found.push(...receiverDifference(said.receiver, actual.receiver))
  const parameters = parameterDifferences(said, actual, satisfies)
  // A parameter that differs because of a type parameter says more than the list of type parameters does.
  if (!parameters.some((difference) => difference.kind === 'generic'))
    found.push(...genericsDifference(said, actual, chosen, satisfies))
  return [...found, ...parameters, ...returnDifference(said.returns, actual.returns, satisfies)]
}

type Satisfies = Closeness['satisfies']

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

function parameterDifferences(
  spec: RustSignature,
  crate: RustSignature,
  satisfies: Satisfies,
): readonly SignatureDifference[] {
  if (spec.params.length !== crate.params.length)
    return [{ kind: 'arity', message: `takes ${count(crate.params.length)}, not ${count(spec.params.length)}` }]
  return crate.params.flatMap((param, index) => {
    const said = spec.params[index]
    const difference = said === undefined ? undefined : typeDifference(said.type, param.type, satisfies)
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

function returnDifference(spec: RustType, crate: RustType, satisfies: Satisfies): readonly SignatureDifference[] {
  const loose = { staticMatters: false, satisfies }
  const difference = typeDifference(spec, crate, satisfies)
  // A result that lives longer than the spec says harms nobody.
  if (difference === undefined || (difference === 'not-static' && sameType(spec, crate, loose))) return []
  const specResult = resultOf(spec)
  const crateResult = resultOf(crate)
  const onlyError =
    specResult !== undefined && crateResult !== undefined && sameType(specResult.ok, crateResult.ok, loose)
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
