/** Types by path: those of the standard library, and what the spec names. */
import { lastName } from '../model/paths.js'
import { printType } from '../model/text.js'
import type { RustType } from '../model/rust-type.js'
import { mapCallback } from './map-bounds.js'
import { mapped, refuse, type Context } from './context.js'
import { map, mapList, mapValue } from './map-type.js'
import { isRefusal, type Mapping, type NamedType, type Refusal, type World } from './mapping.js'
import { bytesSlice, isPrimitive, sameType, type PathType } from './rust-types.js'

const TEXT = new Set([
  'std::string::String',
  'std::path::Path',
  'std::path::PathBuf',
  'std::ffi::OsStr',
  'std::ffi::OsString',
])

/** What they print is what everybody writes. As results only, until arguments are parsed. */
const ADDRESSES = new Set(
  ['IpAddr', 'Ipv4Addr', 'Ipv6Addr', 'SocketAddr', 'SocketAddrV4', 'SocketAddrV6'].map((name) => `std::net::${name}`),
)

/** One element type, in order or not: a list. */
const LISTS = new Set([
  'std::vec::Vec',
  'std::collections::VecDeque',
  'std::collections::LinkedList',
  'std::collections::HashSet',
  'std::collections::BTreeSet',
  'std::collections::BinaryHeap',
])

const MAPS = new Set(['std::collections::HashMap', 'std::collections::BTreeMap'])

/** The same of other authors: nobody but the crate can make one, so they only come out. */
const OTHER_MAPS = new Set(['hashbrown::map::HashMap', 'indexmap::map::IndexMap'])
const OTHER_SETS = new Set(['hashbrown::set::HashSet', 'indexmap::set::IndexSet'])

/** What they hold is what counts, when that is text, bytes or a list. */
const POINTERS = new Set(['std::boxed::Box', 'std::rc::Rc', 'std::sync::Arc'])

const NONZERO = 'std::num::NonZero'

export function mapPath(written: PathType, context: Context): Mapping | Refusal {
  const type = withoutSelf(written, context)
  const named = findNamed(type, context.world)
  if (named !== undefined) return mapNamed(type, named, context)
  if (TEXT.has(type.path)) return mapped('text', type, { kind: 'text' })
  const [first] = type.args
  if (first !== undefined) {
    if (LISTS.has(type.path)) return mapList(type, first, context)
    if (MAPS.has(type.path)) return mapMap(type, context)
    if (context.direction === 'out' && OTHER_SETS.has(type.path)) return mapList(type, first, context)
    if (context.direction === 'out' && OTHER_MAPS.has(type.path)) return mapMap(type, context)
    if (type.path === 'std::option::Option') return mapOption(type, first, context)
    if (type.path === 'std::result::Result') return mapResult(type, context)
    if (type.path === 'std::borrow::Cow') return mapCow(type, first, context)
    if (POINTERS.has(type.path)) return mapPointer(type, first, context)
    if (type.path === 'std::io::Cursor' && context.direction === 'in' && isByteVector(first)) {
      return mapped('reader', type, { kind: 'bytes' })
    }
    if (type.path === 'std::ops::Range' || type.path === 'std::ops::RangeInclusive')
      return mapRange(type, first, context)
  }
  return mapPlain(type, context)
}

/** `DateTime<Self>` is found under what `Self` is. */
function withoutSelf(type: PathType, context: Context): PathType {
  const { self } = context.world
  if (self === undefined || !type.args.some((arg) => arg.kind === 'generic' && arg.name === 'Self')) return type
  return { ...type, args: type.args.map((arg) => (arg.kind === 'generic' && arg.name === 'Self' ? self : arg)) }
}

function mapPlain(type: PathType, context: Context): Mapping | Refusal {
  if (type.path.startsWith(NONZERO)) return mapNonZero(type)
  switch (type.path) {
    case 'std::time::Duration':
      return mapped('duration', type, { kind: 'duration' })
    case 'std::time::SystemTime':
      return mapped('date', type, { kind: 'date' })
    case 'serde_json::Value':
      return mapped('json', type, { kind: 'json' })
    case 'std::cmp::Ordering':
      return mapped('ordering', type, { kind: 'ordering' })
    case 'std::convert::Infallible':
      return refuse('never', 'it never returns')
    case 'std::fmt::Formatter':
      return refuse('formatter', 'a formatter exists only inside of formatting')
    default:
      if (context.direction === 'out' && ADDRESSES.has(type.path)) return mapped('text', type, { kind: 'text' })
      return type.path.startsWith('std::')
        ? refuse('std-type', `no rule for ${printType(type)}`)
        : refuse('foreign-type', `${printType(type)} is no type of this spec`)
  }
}

/** `NonZeroU32` and `NonZero<u32>` are numbers by the name of the first. */
function mapNonZero(type: PathType): Mapping | Refusal {
  const [of] = type.args
  const suffix = of?.kind === 'primitive' ? of.name.toUpperCase() : lastName(type.path).slice('NonZero'.length)
  const name = `NonZero${suffix.charAt(0)}${suffix.slice(1).toLowerCase()}`
  if (suffix.endsWith('128')) return refuse('std-type', `no rule for ${printType(type)}`)
  return mapped('nonzero', type, { kind: 'number', name })
}

/** What the spec says of a path: the type itself, or the one instance with these arguments. */
export function findNamed(type: PathType, world: World): NamedType | undefined {
  return byPath(world)
    .get(type.path)
    ?.find((named) => sameType(named.rustType, type))
}

type ByPath = ReadonlyMap<string, readonly NamedType[]>

const indexes = new WeakMap<World['named'], ByPath>()

function byPath(world: World): ByPath {
  const known = indexes.get(world.named)
  if (known !== undefined) return known
  const index = new Map<string, NamedType[]>()
  for (const named of world.named.values()) {
    if (named.rustType.kind !== 'path') continue
    const list = index.get(named.rustType.path)
    if (list === undefined) index.set(named.rustType.path, [named])
    else list.push(named)
  }
  indexes.set(world.named, index)
  return index
}

function mapNamed(type: PathType, named: NamedType, context: Context): Mapping | Refusal {
  switch (named.kind) {
    case 'handle': {
      if (context.direction === 'in' && context.nested && named.clone === false) {
        return refuse('consumed-inside', `${printType(type)} inside another type is taken for good`)
      }
      return mapped('handle', type, { kind: 'handle', name: named.name, by: 'value', child: false })
    }
    case 'record':
      if (named.view === true && context.direction === 'in') {
        return refuse('view-argument', `${printType(type)} borrows, so it cannot be made from JavaScript`)
      }
      return mapped(named.view === true ? 'view-record' : 'record', type, { kind: 'record', name: named.name })
    case 'enum':
      return mapped('enum', type, { kind: 'enum', name: named.name })
    case 'error':
      return refuse('error-value', `${printType(type)} is an error: it is thrown, not given`)
  }
}

function mapOption(type: PathType, of: RustType, context: Context): Mapping | Refusal {
  if (context.direction === 'out' && !context.nested && of.kind === 'path' && of.path === 'std::result::Result') {
    return mapMaybeResult(type, of, context)
  }
  const inner = mapValue(of, context)
  if (isRefusal(inner)) return inner
  if (inner.kind === 'option') return refuse('option-nested', 'null cannot say which of two options is empty')
  return mapped('option', { ...type, args: [inner.rust] }, { kind: 'option', of: inner })
}

/** `Option<Result<T, E>>` throws, or is null, or gives a T. */
function mapMaybeResult(type: PathType, of: PathType, context: Context): Mapping | Refusal {
  const [ok, error] = of.args
  if (ok === undefined || error === undefined) return refuse('unknown-type', `${printType(of)} names no error`)
  const result = mapResult({ ...of, args: [{ ...type, args: [ok] }, error] }, context)
  return isRefusal(result) ? result : { ...result, rust: type }
}

function mapResult(type: PathType, context: Context): Mapping | Refusal {
  const [of, error] = type.args
  if (context.direction === 'in') return refuse('result-argument', 'a result is thrown or returned, not passed')
  if (context.nested) return refuse('result-nested', `${printType(type)} has an error to throw where none can be`)
  if (of === undefined || error === undefined) return refuse('unknown-type', `${printType(type)} names no error`)
  const ok = map(of, context)
  if (isRefusal(ok)) return ok
  if (ok.kind === 'result') return refuse('result-nested', `${printType(type)} has two errors`)
  const fault = faultOf(error, context)
  if (fault !== undefined) return fault
  return mapped('result', type, { kind: 'result', of: ok, error })
}

/** Why an error type cannot be thrown. */
function faultOf(error: RustType, context: Context): Refusal | undefined {
  if (error.kind === 'path') {
    if (error.path.startsWith('std::') || findNamed(error, context.world)?.kind === 'error') return undefined
    return refuse('error-type', `${printType(error)} is no error of this spec`)
  }
  if (error.kind === 'generic' || error.kind === 'projection' || error.kind === 'impl') {
    return refuse('error-type', `the caller chooses the error ${printType(error)}`)
  }
  return undefined
}

function mapCow(type: PathType, of: RustType, context: Context): Mapping | Refusal {
  const inner = map(of, context)
  if (isRefusal(inner)) return inner
  if (inner.kind === 'text' || inner.kind === 'bytes' || inner.kind === 'list') return { ...inner, rust: type }
  return refuse('smart-pointer', `no rule for ${printType(type)}`)
}

function mapPointer(type: PathType, of: RustType, context: Context): Mapping | Refusal {
  const isUnsized = isPrimitive(of, 'str') || of.kind === 'slice' || (of.kind === 'path' && TEXT.has(of.path))
  if (isUnsized) {
    const inner = map(of, context)
    return isRefusal(inner) ? inner : { ...inner, rust: type }
  }
  if (of.kind === 'dyn') {
    // What is owned may be kept, whether it says so or not.
    const kept = type.path === 'std::rc::Rc' ? [] : [...of.bounds, { trait: "'static", args: [], bindings: [] }]
    const callback = mapCallback(kept, type, context)
    if (callback !== undefined) return callback
  }
  if (of.kind === 'dyn') return refuse('dyn', `${printType(type)} is any of many types`)
  return refuse('smart-pointer', `no rule for ${printType(type)}`)
}

function mapMap(type: PathType, context: Context): Mapping | Refusal {
  const [keyType = bytesSlice, valueType = bytesSlice] = type.args
  const key = mapValue(keyType, context)
  if (isRefusal(key)) return key
  const value = mapValue(valueType, context)
  if (isRefusal(value)) return value
  if (key.kind !== 'text' && key.kind !== 'number' && key.kind !== 'enum') {
    if (context.direction === 'in') return refuse('map-key', `${printType(keyType)} is no text or number`)
    // A Map compares objects by identity: nothing would be found in it by a key.
    const pair: RustType = { kind: 'tuple', items: [key.rust, value.rust] }
    return mapped('map-pairs', type, {
      kind: 'list',
      of: mapped('tuple', pair, { kind: 'tuple', items: [key, value] }),
    })
  }
  return mapped('map', type, { kind: 'map', key, value })
}

const isByteVector = (type: RustType): boolean =>
  type.kind === 'path' && type.path === 'std::vec::Vec' && type.args.some((arg) => isPrimitive(arg, 'u8'))

/** `start..end` is a pair. */
function mapRange(type: PathType, of: RustType, context: Context): Mapping | Refusal {
  const end = mapValue(of, context)
  if (isRefusal(end)) return end
  if (end.kind !== 'number') return refuse('std-type', `no rule for ${printType(type)}`)
  return mapped('range', type, { kind: 'tuple', items: [end, end] })
}
