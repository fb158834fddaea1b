/** Functions, methods and constants of a spec as exports and members. */
import { exportName, uncapitalized } from '../model/names.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import { mapType } from '../rules/map-type.js'
import { isRefusal } from '../rules/mapping.js'
import { withSinks } from '../rules/sinks.js'
import type { ConstantEntry, FunctionEntry, MethodEntry } from '../spec/spec.js'
import type { Building } from './building.js'
import type { ExportIr, MemberIr, ParameterIr, RustCall } from './ir.js'
import { readFunctionPath } from './paths.js'
import { fieldType } from './short-form.js'
import { mapSignature, returnsItself, signatureOf, withSelf, type Callable, type Types } from './signatures.js'
import { readBoundary } from './type-texts.js'
import { asBatches, pullOf } from './pulls.js'
import { isNext, isNextBack, readType } from './world.js'

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
  const all = exportOf(entry, name, call, { ...types, params: [self, ...types.params] }, signature)
  const item = entry.running === undefined ? all : { ...all, running: entry.running }
  if (entry.running !== undefined && !mayRun(item)) {
    const message = `${entry.name}: \`running\` is for a method with \`&self\` that runs on the JavaScript thread and returns nothing`
    at.faults.push({ place: entry.place, message })
    return undefined
  }
  const pull = end && receiver === 'mut' && types.params.length === 0 ? pullOf(types.returns, end) : undefined
  if (pull === undefined) return memberOf(entry, entry.handle, 'method', item, at)
  return memberOf(entry, entry.handle, pull.end === 'front' ? 'iterator' : 'method', asBatches(item, pull), at)
}

/** Whether what the call is about can be told to work by itself when it has succeeded. */
function mayRun({ call, runs, returns }: ExportIr): boolean {
  const given = returns.kind === 'result' ? returns.of : returns
  return runs === 'here' && given.kind === 'void' && call.kind === 'method' && call.receiver === 'ref'
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
