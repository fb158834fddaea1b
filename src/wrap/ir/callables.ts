/** Functions, methods and constants of a spec as exports and members. */
import { exportName, uncapitalized } from '../model/names.js'
import { parseSignature, printType, RustTextError } from '../model/text.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import { boundaryText, mapType } from '../rules/map-type.js'
import { laterOf } from '../rules/later.js'
import { lazily, lazyOf } from '../rules/lazy.js'
import { keepingOf, type Keeping } from '../rules/pairs.js'
import { isRefusal, type Direction, type Mapping, type World } from '../rules/mapping.js'
import { withoutCheckpoint, type Checkpoint } from '../rules/checkpoint.js'
import { placesPassed, withSinks, type Sinks } from '../rules/sinks.js'
import type { Fault } from '../spec/fault.js'
import { parseTypeText, printTypeText, TypeTextError, type BoundaryType } from '../spec/type-text.js'
import type { ConstantEntry, FunctionEntry, HandleEntry, MethodEntry, Place } from '../spec/spec.js'
import type { ExportIr, MemberIr, ParameterIr, RustCall } from './ir.js'
import { asBatches, pullOf } from './pulls.js'
import { readFunctionPath } from './paths.js'
import { fieldType, usualType } from './short-form.js'
import { isNext, isNextBack, readType, type Names } from './world.js'

export interface Building {
  readonly system: string
  readonly names: Names
  readonly handles: ReadonlyMap<string, HandleEntry>
  readonly faults: Fault[]
}

const unit: RustType = { kind: 'tuple', items: [] }

export function functionMember(entry: FunctionEntry, at: Building): MemberIr | undefined {
  const owner = entry.owner === undefined ? undefined : at.names.types.get(entry.owner)
  if (entry.owner !== undefined && owner === undefined) {
    at.faults.push({ place: entry.place, message: `${entry.owner} is no type of this spec` })
    return undefined
  }
  const path = readFunctionPath(entry.rustFn, owner)
  if (typeof path === 'string') {
    at.faults.push({ place: entry.place, message: `\`${entry.rustFn}\` names no function: ${path}` })
    return undefined
  }
  const signature = signatureOf(entry, at)
  if (signature === undefined) return undefined
  const world = withSelf(at, path.owner ?? owner)
  const types = mapSignature(entry, signature, world, at)
  if (types === undefined) return undefined
  const call: RustCall = { kind: 'function', ...path }
  const item = exportOf(entry, exportName(entry.owner, entry.name), call, types, signature)
  return memberOf(
    entry,
    entry.owner,
    entry.isConstructor ? 'constructor' : entry.owner === undefined ? 'function' : 'static',
    item,
    at,
  )
}

export function methodMember(entry: MethodEntry, at: Building): MemberIr | undefined {
  const handle = at.handles.get(entry.handle)
  const type = at.names.types.get(entry.handle)
  if (handle === undefined || type === undefined) {
    at.faults.push({ place: entry.place, message: `${entry.handle} is no handle of this spec` })
    return undefined
  }
  const trait = entry.trait === undefined ? undefined : readType(entry.trait, entry.place, at.faults)
  if (entry.trait !== undefined && trait === undefined) return undefined
  const target = entry.deref === undefined ? undefined : readType(entry.deref, entry.place, at.faults)
  if (entry.deref !== undefined && target === undefined) return undefined
  const signature = signatureOf(entry, at)
  if (signature === undefined) return undefined
  const receiver = signature.receiver ?? (entry.exclusive ? 'mut' : 'ref')
  if (receiver === 'other') {
    at.faults.push({ place: entry.place, message: `${entry.name}: only \`self\`, \`&self\` and \`&mut self\` cross` })
    return undefined
  }
  const chains = entry.chains || returnsItself(withSinks(signature).signature, receiver)
  const end = isNext(entry) ? 'front' : isNextBack(entry) ? 'back' : undefined
  const doing = { chains, pulls: end !== undefined }
  const types = mapSignature(entry, signature, withSelf(at, target ?? type), at, doing)
  if (types === undefined) return undefined
  if (target !== undefined && (types.keeps !== undefined || receiver === 'value')) {
    const why = receiver === 'value' ? 'it takes what is only lent' : 'what it gives borrows from what is only lent'
    at.faults.push({ place: entry.place, message: `${entry.name}: no method through \`deref\`: ${why}` })
    return undefined
  }
  const call: RustCall =
    entry.isField === true
      ? { kind: 'field', type, field: entry.rustMethod }
      : {
          kind: 'method',
          type: target ?? type,
          ...(target === undefined ? {} : { derefs: true as const }),
          ...(trait === undefined ? {} : { trait }),
          method: entry.rustMethod,
          receiver,
          consumes: receiver === 'value' && (entry.consumes || !handle.clone),
          chains,
        }
  const self: ParameterIr = {
    name: entry.self ?? uncapitalized(entry.handle),
    isSelf: true,
    mapping: {
      kind: 'handle',
      name: entry.handle,
      by: receiver,
      child: false,
      rule: 'handle',
      rust: receiver === 'value' ? type : { kind: 'ref', mutable: receiver === 'mut', to: type },
    },
  }
  const name = exportName(entry.handle, entry.name)
  const item = exportOf(entry, name, call, { ...types, params: [self, ...types.params] }, signature)
  const pull = end && receiver === 'mut' && types.params.length === 0 ? pullOf(types.returns, end) : undefined
  if (pull === undefined) return memberOf(entry, entry.handle, 'method', item, at)
  return memberOf(entry, entry.handle, pull.end === 'front' ? 'iterator' : 'method', asBatches(item, pull), at)
}

export function constantMember(entry: ConstantEntry, at: Building): MemberIr | undefined {
  const type = readBoundary(entry.type, entry.place, at)
  const rust = type && fieldType(type, at.names.types)
  if (rust === undefined) return undefined
  // A constant's text is `&'static str` as a rule.
  const isText = rust.kind === 'path' && rust.path === 'std::string::String'
  const shown: RustType = isText ? { kind: 'ref', mutable: false, to: { kind: 'primitive', name: 'str' } } : rust
  const mapping = mapType(shown, 'out', at.names.world)
  if (isRefusal(mapping)) {
    at.faults.push({ place: entry.place, message: `${entry.name}: ${mapping.reason}` })
    return undefined
  }
  const owner = entry.owner === undefined ? undefined : at.names.types.get(entry.owner)
  const path = readFunctionPath(entry.rust, owner)
  if (typeof path === 'string') {
    at.faults.push({ place: entry.place, message: `\`${entry.rust}\` names no constant: ${path}` })
    return undefined
  }
  const item: ExportIr = {
    name: exportName(entry.owner, entry.name),
    call: { kind: 'constant', path: path.path, ...(path.owner === undefined ? {} : { owner: path.owner }) },
    params: [],
    returns: mapping,
    runs: 'here',
    place: entry.place,
    docs: entry.doc ?? '',
    required: entry.required,
  }
  return memberOf(entry, entry.owner, 'constant', item, at)
}

type Callable = FunctionEntry | MethodEntry

function exportOf(entry: Callable, name: string, call: RustCall, types: Types, signature: RustSignature): ExportIr {
  const isLater = signature.async || types.stream !== undefined
  const runs = entry.async === 'lane' || isLater ? 'lane' : entry.async === 'blocking' ? 'pool' : 'here'
  const parent = entry.parent === undefined ? {} : { parent: entry.parent }
  return { name, call, ...types, ...parent, runs, place: entry.place, docs: entry.doc ?? '', required: entry.required }
}

function memberOf(
  entry: Callable | ConstantEntry,
  owner: string | undefined,
  kind: MemberIr['kind'],
  item: ExportIr,
  at: Building,
): MemberIr {
  const place = owner === undefined ? at.system : `${at.system}.${owner}`
  const operation = kind === 'constructor' ? place : `${place}.${entry.name}`
  return { name: entry.name, kind, export: item, docs: entry.doc ?? '', operation }
}

/** The crate's signature as the spec has it, or the usual one for its type texts. */
function signatureOf(entry: Callable, at: Building): RustSignature | undefined {
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

export function readBoundary(text: string, place: Place, at: Building): BoundaryType | undefined {
  try {
    return parseTypeText(text)
  } catch (error) {
    if (!(error instanceof TypeTextError)) throw error
    at.faults.push({ place, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) })
    return undefined
  }
}

function withSelf(at: Building, self: RustType | undefined): World {
  return self === undefined ? at.names.world : { ...at.names.world, self }
}

/** `&mut self -> &mut Self`. */
function returnsItself(signature: RustSignature, receiver: string): boolean {
  const { returns } = signature
  if (receiver !== 'mut' || returns.kind !== 'ref' || !returns.mutable) return false
  return returns.to.kind === 'generic' && returns.to.name === 'Self'
}

/** What an export takes and gives. */
type Types = Pick<ExportIr, 'params' | 'returns' | 'stream'> & {
  readonly sinks?: Sinks
  readonly checkpoint?: Checkpoint
  readonly keeps?: Keeping
}

function mapSignature(
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

/** 64-bit integers are bigints where the spec writes `bigint64` or `biguint64`. */
export function asBigints(m: Mapping, text: BoundaryType | undefined): Mapping {
  if (text === undefined) return m
  if (m.kind === 'result') return { ...m, of: asBigints(m.of, text) }
  if (m.kind === 'number' && text.kind === 'simple') {
    const name = { bigint64: 'i64', biguint64: 'u64' }[text.name]
    return m.name === name ? { kind: 'bigint', name, rust: m.rust, rule: 'bigint' } : m
  }
  if ((m.kind === 'option' && text.kind === 'option') || (m.kind === 'list' && text.kind === 'list')) {
    return { ...m, of: asBigints(m.of, text.of) }
  }
  if (m.kind === 'tuple' && text.kind === 'tuple') {
    return { ...m, items: m.items.map((item, place) => asBigints(item, text.items[place])) }
  }
  if (m.kind === 'map' && text.kind === 'map') {
    return { ...m, key: asBigints(m.key, text.key), value: asBigints(m.value, text.value) }
  }
  return m
}

/** Where the spec writes `packed u32[]`, what comes out crosses as one block. */
function packed(m: Mapping, text: BoundaryType | undefined, direction: Direction): Mapping {
  if (m.kind === 'result') return { ...m, of: packed(m.of, text, direction) }
  if (m.kind === 'option' && text?.kind === 'option') return { ...m, of: packed(m.of, text.of, direction) }
  if (m.kind !== 'list' || text?.kind !== 'list' || !text.packed) return m
  const isPackable = direction === 'out' && m.of.kind === 'number' && m.of.name === 'u32'
  return isPackable ? { ...m, packed: true } : m
}

/** Where the spec writes `lazy u32[]`, an iterator comes out as one. */
const lazy = (m: Mapping, text: BoundaryType | undefined): Mapping =>
  text?.kind === 'list' && text.lazy === true ? lazily(m) : m

/** Whether two type texts are the same type; whether a handle is taken alone, the signature says. */
function agree(text: string, other: string): boolean {
  const plain = (each: string): string => printTypeText(parseTypeText(each)).replaceAll('exclusive ', '')
  try {
    return text === other || plain(text) === plain(other)
  } catch (error) {
    if (error instanceof TypeTextError) return false
    throw error
  }
}
