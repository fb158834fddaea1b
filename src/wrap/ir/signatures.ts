/** What an export takes and gives: the crate's signature, and each of its types at the boundary. */
import { parseSignature, printType, RustTextError } from '../model/text.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import { withoutCheckpoint, type Checkpoint } from '../rules/checkpoint.js'
import { laterOf } from '../rules/later.js'
import { lazyOf } from '../rules/lazy.js'
import { boundaryText, mapType } from '../rules/map-type.js'
import { isRefusal, type Direction, type Mapping, type World } from '../rules/mapping.js'
import { keepingOf, type Keeping } from '../rules/pairs.js'
import { placesPassed, withSinks, type Sinks } from '../rules/sinks.js'
import type { FunctionEntry, MethodEntry, Place } from '../spec/spec.js'
import type { Building } from './building.js'
import type { ExportIr, ParameterIr } from './ir.js'
import { usualType } from './short-form.js'
import { agree, asBigints, lazy, packed, readBoundary } from './type-texts.js'

export type Callable = FunctionEntry | MethodEntry

const unit: RustType = { kind: 'tuple', items: [] }

/** What an export takes and gives. */
export type Types = Pick<ExportIr, 'params' | 'returns' | 'stream'> & {
  readonly sinks?: Sinks
  readonly checkpoint?: Checkpoint
  readonly keeps?: Keeping
}

export function mapSignature(
  entry: Callable,
  whole: RustSignature,
  world: World,
  at: Building,
  { chains, pulls }: { readonly chains: boolean; readonly pulls: boolean } = { chains: false, pulls: false },
): Types | undefined {
  const asked = withoutCheckpoint(whole, entry.checkpoint)
  if ('fault' in asked || (entry.checkpoint !== undefined && entry.async !== 'blocking')) {
    const message = 'fault' in asked ? asked.fault : '`checkpoint` needs `async: blocking`'
    at.faults.push({ place: entry.place, message: `${entry.name}: ${message}` })
    return undefined
  }
  const { signature: written, checkpoint } = asked
  const later = laterOf(written)
  if ('refused' in later) {
    at.faults.push({ place: entry.place, message: `${entry.name}: ${later.reason}` })
    return undefined
  }
  if (entry.rust !== undefined && (later.stream !== undefined) !== entry.stream) {
    const message = entry.stream ? 'gives no stream, as `stream` says' : 'gives a stream, and `stream` does not say so'
    at.faults.push({ place: entry.place, message: `${entry.name} ${message}` })
    return undefined
  }
  const { signature, sinks } = withSinks(later.signature)
  if (signature.params.length !== entry.params.length) {
    at.faults.push({
      place: entry.place,
      message: `${entry.name} has ${entry.params.length} parameters, its \`rust\` ${signature.params.length}${sinks === undefined ? '' : ' besides what it writes into'}`,
    })
    return undefined
  }
  const passed = placesPassed(written, sinks)
  const params: ParameterIr[] = []
  for (const [index, param] of entry.params.entries()) {
    const rust = signature.params[index]
    const mapping =
      rust && mapOne(rust.type, 'in', param.type, param.place, signature, world, at, entry.rust !== undefined)
    if (mapping === undefined) return undefined
    const writes = passed[index]?.takes
    const isWritten = writes === 'length' || writes === 'value'
    params.push({ name: param.name, mapping, isSelf: false, ...(isWritten ? { writes } : {}) })
  }
  const returned = chains ? unit : signature.returns
  const text = chains ? 'void' : entry.returns
  const returns = mapOne(returned, 'out', text, entry.place, signature, world, at, entry.rust !== undefined)
  if (returns === undefined) return undefined
  if (lazyOf(returns) !== undefined && (entry.async !== false || signature.async)) {
    at.faults.push({ place: entry.place, message: `${entry.name}: an iterator cannot come out of a promise` })
    return undefined
  }
  const mappings = params.map((param) => param.mapping)
  const keeps = keepingOf({ ...signature, returns: returned }, mappings, returns, world, {
    writes: sinks !== undefined,
    pulls,
  })
  const { stream } = later
  const types = {
    params,
    returns,
    ...(sinks === undefined ? {} : { sinks }),
    ...(stream === undefined ? {} : { stream }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  }
  if (keeps === undefined) return types
  if (!('refused' in keeps) && entry.async === false) return { ...types, keeps }
  const reason = 'refused' in keeps ? keeps.reason : 'what borrows cannot come out of a promise'
  at.faults.push({ place: entry.place, message: `${entry.name}: ${reason}` })
  return undefined
}

function mapOne(
  type: RustType,
  direction: Direction,
  text: string,
  place: Place,
  signature: RustSignature,
  world: World,
  at: Building,
  compare: boolean,
): Mapping | undefined {
  const usual = mapType(type, direction, world, { generics: signature.generics })
  if (isRefusal(usual)) {
    at.faults.push({ place, message: `\`${printType(type)}\` does not cross: ${usual.reason}` })
    return undefined
  }
  const written = readBoundary(text, place, at)
  const mapping = lazy(packed(asBigints(usual, written), written, direction), written)
  if (compare && !agree(text, boundaryText(mapping))) {
    at.faults.push({
      place,
      message: `\`${text}\` is said, but \`${printType(type)}\` is \`${boundaryText(mapping)}\` at the boundary`,
      hint: `write \`${boundaryText(mapping)}\``,
    })
    return undefined
  }
  return mapping
}

/** The crate's signature as the spec has it, or the usual one for its type texts. */
export function signatureOf(entry: Callable, at: Building): RustSignature | undefined {
  if (entry.rust !== undefined) {
    try {
      return parseSignature(entry.rust)
    } catch (error) {
      if (!(error instanceof RustTextError)) throw error
      at.faults.push({ place: entry.place, message: `\`${entry.rust}\` is no Rust signature: ${error.message}` })
      return undefined
    }
  }
  return usualSignature(entry, at)
}

function usualSignature(entry: Callable, at: Building): RustSignature | undefined {
  const params: { name: string; type: RustType }[] = []
  for (const param of entry.params) {
    const type = usual(param.type, 'in', param.place, at)
    if (type === undefined) return undefined
    params.push({ name: param.name, type })
  }
  const returns = usual(entry.returns, 'out', entry.place, at)
  if (returns === undefined) return undefined
  return { generics: [], params, returns: thrownBy(entry, returns), async: entry.async === 'lane', unsafe: false }
}

/** `throws` names the error type of the result. */
function thrownBy(entry: Callable, returns: RustType): RustType {
  if (entry.throws === undefined) return returns
  const error: RustType = { kind: 'path', path: 'std::fmt::Error', lifetimes: [], args: [], bindings: [] }
  return { kind: 'path', path: 'std::result::Result', lifetimes: [], args: [returns, error], bindings: [] }
}

function usual(text: string, direction: Direction, place: Place, at: Building): RustType | undefined {
  const type = readBoundary(text, place, at)
  if (type === undefined) return undefined
  const rust = usualType(type, direction, at.names.types)
  if (rust === undefined) {
    at.faults.push({
      place,
      message: `\`${text}\` has no usual Rust type`,
      hint: "say the crate's signature under `rust`",
    })
  }
  return rust
}

export function withSelf(at: Building, self: RustType | undefined): World {
  return self === undefined ? at.names.world : { ...at.names.world, self }
}

/** `&mut self -> &mut Self`. */
export function returnsItself(signature: RustSignature, receiver: string): boolean {
  const { returns } = signature
  if (receiver !== 'mut' || returns.kind !== 'ref' || !returns.mutable) return false
  return returns.to.kind === 'generic' && returns.to.name === 'Self'
}
