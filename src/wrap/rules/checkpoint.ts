/**
 * The parameter through which a running call asks whether to go on, by the spec's `checkpoint`: a closure without arguments
 * that gives `Result<(), E>`. The glue passes the call's own, so nothing crosses for it.
 */
import type { Bound, RustSignature, RustType } from '../model/rust-type.js'
import { isUnit } from './rust-types.js'

export interface Checkpoint {
  /** Among the crate's parameters, its object not counted. */
  readonly place: number
  /** How the closure is passed: itself, or lent as `&dyn Fn` asks for. */
  readonly prefix: '' | '&' | '&mut '
  /** Whether the crate keeps the closure (`Send`, `'static`): then it holds the call's token itself. */
  readonly kept: boolean
}

/** The signature without that parameter; or why there is none of that name. */
export function withoutCheckpoint(
  signature: RustSignature,
  name: string | undefined,
): { readonly signature: RustSignature; readonly checkpoint?: Checkpoint } | { readonly fault: string } {
  if (name === undefined) return { signature }
  const place = signature.params.findIndex((param) => param.name === name)
  const param = signature.params[place]
  if (param === undefined) return { fault: `\`checkpoint: ${name}\` is no parameter of its \`rust\`` }
  const prefix = param.type.kind !== 'ref' ? '' : param.type.mutable ? '&mut ' : '&'
  const bounds = boundsOf(param.type, signature)
  if (!asksToGoOn(bounds)) {
    return { fault: `\`${name}\` is no closure that takes nothing and gives \`Result<(), E>\`` }
  }
  if (!isResult(signature.returns)) {
    return { fault: 'what can be stopped has to say so: it must give a `Result`' }
  }
  const params = signature.params.filter((_, at) => at !== place)
  const kept = bounds.some(({ trait }) => trait === 'std::marker::Send')
  return { signature: { ...signature, params }, checkpoint: { place, prefix, kept } }
}

function boundsOf(type: RustType, signature: RustSignature): readonly Bound[] {
  switch (type.kind) {
    case 'ref':
      return boundsOf(type.to, signature)
    case 'dyn':
    case 'impl':
      return type.bounds
    case 'generic':
      return signature.generics.find((generic) => generic.name === type.name)?.bounds ?? []
    default:
      return []
  }
}

const asksToGoOn = (bounds: readonly Bound[]): boolean =>
  bounds.some(
    ({ trait, args: [inputs], bindings }) =>
      (trait === 'std::ops::Fn' || trait === 'std::ops::FnMut') &&
      inputs?.kind === 'tuple' &&
      inputs.items.length === 0 &&
      bindings.some(({ name, type }) => name === 'Output' && isAnswer(type)),
  )

function isAnswer(type: RustType): boolean {
  if (!isResult(type) || type.kind !== 'path') return false
  const [ok, error] = type.args
  return ok !== undefined && isUnit(ok) && error !== undefined
}

const isResult = (type: RustType): boolean => type.kind === 'path' && /(?:^|::)Result$/.test(type.path)
