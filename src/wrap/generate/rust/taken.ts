/** Arguments: from what crosses to what the crate's function takes. */
import { lastName } from '../../model/paths.js'
import { isTakenWhole, named } from '../../ir/contract.js'
import { takesAll } from '../../ir/scalars.js'
import type { RustType } from '../../model/rust-type.js'
import type { Mapping } from '../../rules/mapping.js'
import {
  CannotCross,
  collected,
  made,
  node,
  nth,
  option,
  plain,
  refusal,
  vec,
  type Crossing,
  type Surroundings,
} from './crossing.js'
import { seen } from './cells.js'
import { isBorrowing } from '../../rules/pairs.js'
import { absoluteType, isCollection, isPath, isPrimitive, literal, snake, withoutReferences } from './text.js'

/** What an argument becomes: statements before the call, and what stands in the call. */
export interface Argument {
  /** The parameter's type. */
  readonly type: string
  /** What must be said before the call, of the same name; empty when nothing. */
  readonly before: string
  readonly value: string
}

/** A parameter called `name`, from its mapping. */
export function argument(m: Mapping, name: string, at: Surroundings): Argument {
  const crossing = taken(m, name, at)
  const { reference, base } = withoutReferences(m.rust)
  const value = crossing.fallible ? `${crossing.value}?` : crossing.value
  if (m.rule === 'reader' && reference && base.kind === 'slice' && m.rust.kind === 'ref' && m.rust.mutable) {
    return { type: crossing.type, before: `let mut ${name} = ${value};`, value: `&mut ${name}` }
  }
  if (reference && !givesReference(m, base)) {
    const mutable = m.rust.kind === 'ref' && m.rust.mutable
    if (crossing.same && !mutable) return { type: crossing.type, before: '', value: `&${name}` }
    const before = `let ${mutable ? 'mut ' : ''}${name} = ${value};`
    return { type: crossing.type, before, value: `&${mutable ? 'mut ' : ''}${name}` }
  }
  const borrow = borrowedInside(m)
  if (borrow !== undefined) {
    return { type: crossing.type, before: `let ${name} = ${value};`, value: `${name}.${borrow}()` }
  }
  return { type: crossing.type, before: '', value }
}

/** `Option<&[T]>` and the like: kept as an owned value beside the call, borrowed in it. */
function borrowedInside(m: Mapping): 'as_deref' | 'as_ref' | undefined {
  if (m.kind !== 'option') return undefined
  const { base, reference } = withoutReferences(m.of.rust)
  if (!reference || givesReference(m.of, base)) return undefined
  return base.kind === 'slice' ? 'as_deref' : 'as_ref'
}

/** Whether what `taken` makes is a reference already, as the mapping's Rust type is. */
function givesReference(m: Mapping, base: RustType): boolean {
  if (m.kind === 'handle') return true
  if (m.kind === 'text') return isPrimitive(base, 'str') || isPath(base, 'Path', 'OsStr')
  return m.kind === 'bytes' && base.kind === 'slice'
}

const inside = (at: Surroundings): Surroundings => ({ ...at, nested: true })

/** The value without the outermost reference, where what crosses is none itself. */
export function taken(m: Mapping, expr: string, at: Surroundings): Crossing {
  const { base } = withoutReferences(m.rust)
  switch (m.kind) {
    case 'boolean':
      return plain('bool', expr)
    case 'number':
      return plain(m.name.startsWith('NonZero') ? `::std::num::${m.name}` : m.name, expr)
    case 'bigint':
      return made(`${node}::Big${m.name.toUpperCase()}`, `${expr}.0`)
    case 'text':
      return takenText(base, expr, at)
    case 'bytes':
      return takenBytes(base, expr, at)
    case 'option': {
      const of = taken(m.of, 'value', inside(at))
      const type = `${option}<${of.type}>`
      if (of.same) return plain(type, expr)
      const mapped = `${expr}.map(|value| ${of.value})`
      return of.fallible ? made(type, `${mapped}.transpose()`, true) : made(type, mapped)
    }
    case 'void':
      return plain('()', expr)
    case 'tuple':
      return isPath(base, 'Range', 'RangeInclusive')
        ? takenRange(m.items, base, expr, at)
        : takenTuple(m.items, expr, at)
    case 'list':
      if (m.packed === true) return takenPacked(m.of, base, expr, at)
      return takenList(m.of, base, expr, at)
    case 'map': {
      const pair = takenTuple([m.key, m.value], 'value', at)
      const all = collected(`${expr}.into_iter()`, pair, containerOf(base, at))
      return { ...all, type: `${vec}<${pair.type}>` }
    }
    case 'duration':
      return plain('::std::time::Duration', expr)
    case 'date':
      return takenDate(base, expr, at)
    case 'handle':
      return takenHandle(m.name, m.by, expr, at)
    case 'record': {
      named(at.pkg.records, m.name)
      return made(`${m.name}In`, `make_${snake(m.name)}(${expr})`, true)
    }
    case 'enum': {
      const shape = named(at.pkg.enums, m.name)
      if (shape.untagged === true) return made(`${node}::Scalar`, `make_${snake(m.name)}(${expr})`, !takesAll(shape))
      if (shape.carriesData) return made(`${m.name}In`, `make_${snake(m.name)}(${expr})`, true)
      return made(m.name, `${expr}.into_rust()`)
    }
    case 'json':
      // The type that is read follows from where the value goes.
      return made(`${node}::json::Json`, `${expr}.read()`, true)
    case 'ordering':
      return plain('::std::cmp::Ordering', expr)
    case 'result':
      throw new CannotCross('a result is no argument')
    case 'callback':
      throw new CannotCross('a callback inside another argument')
  }
}

function takenText(base: RustType, expr: string, at: Surroundings): Crossing {
  if (isPrimitive(base, 'char')) return plain('char', expr)
  const owned = '::std::string::String'
  if (isPath(base, 'String')) return plain(owned, expr)
  const borrowed = at.owned ? `${expr}.as_str()` : expr
  const type = at.owned ? owned : '&str'
  if (isPath(base, 'Cow')) {
    return at.owned
      ? made(owned, `::std::borrow::Cow::Owned(${expr})`)
      : made('&str', `::std::borrow::Cow::Borrowed(${expr})`)
  }
  if (isPath(base, 'Path')) return made(type, `::std::path::Path::new(${borrowed})`)
  if (isPath(base, 'OsStr')) return made(type, `::std::ffi::OsStr::new(${borrowed})`)
  if (isPrimitive(base, 'str')) return at.owned ? made(owned, borrowed) : plain('&str', expr)
  if (base.kind === 'path')
    return made(owned, `<${absoluteType(base, at.self)} as ::std::convert::From<${owned}>>::from(${expr})`)
  // `impl AsRef<str>`, `impl Into<String>`: both take what is there.
  return plain(type, expr)
}

function takenBytes(base: RustType, expr: string, at: Surroundings): Crossing {
  const owned = `${node}::Bytes`
  if (base.kind === 'array') return made(`${node}::ByteArray<${base.length}>`, `${expr}.0`)
  if (isPath(base, 'Vec')) return made(owned, `${expr}.0`)
  if (isCollection(base)) return made(owned, `${expr}.0.into_iter().collect::<${absoluteType(base, at.self)}>()`)
  if (isPath(base, 'Cursor')) return made(owned, `::std::io::Cursor::new(${expr}.0)`)
  if (isPath(base, 'Cow') && !at.owned) return made('&[u8]', `::std::borrow::Cow::Borrowed(${expr})`)
  if (base.kind === 'path') {
    return made(owned, `<${absoluteType(base, at.self)} as ::std::convert::From<${vec}<u8>>>::from(${expr}.0)`)
  }
  return at.owned ? made(owned, `${expr}.0.as_slice()`) : plain('&[u8]', expr)
}

function takenTuple(items: readonly Mapping[], expr: string, at: Surroundings): Crossing {
  const names = items.map((_, place) => `item_${String(place)}`)
  const parts = items.map((item, place) => taken(item, nth(names, place), inside(at)))
  const type = tupleOf(parts.map((part) => part.type))
  if (parts.every((part) => part.same)) return plain(type, expr)
  const pattern = `let ${tupleOf(names)} = ${expr};`
  return joined(type, pattern, parts, tupleOf)
}

/** `start..end`, as a pair of both. */
function takenRange(items: readonly Mapping[], base: RustType, expr: string, at: Surroundings): Crossing {
  const pair = takenTuple(items, expr, at)
  const range = `|(start, end)| start..${isPath(base, 'RangeInclusive') ? '=' : ''}end`
  return pair.fallible
    ? made(pair.type, `${pair.value}.map(${range})`, true)
    : made(pair.type, `(${range})(${pair.value})`)
}

/** Several parts made into one value: a block, a closure when a part may fail. */
export function joined(
  type: string,
  before: string,
  parts: readonly Crossing[],
  join: (values: string[]) => string,
): Crossing {
  if (!parts.some((part) => part.fallible)) return made(type, `{ ${before} ${join(parts.map((part) => part.value))} }`)
  const value = join(parts.map((part) => (part.fallible ? `${part.value}?` : part.value)))
  const result = `::std::result::Result::<_, ::ferrule_node::core::error::BoundaryError>::Ok(${value})`
  return made(type, `(move || { ${before} ${result} })()`, true)
}

export const tupleOf = (parts: readonly string[]): string =>
  parts.length === 1 ? `(${nth(parts, 0)},)` : `(${parts.join(', ')})`

/** Values of an untagged enum, in one crossing. */
function takenPacked(of: Mapping, base: RustType, expr: string, at: Surroundings): Crossing {
  const all = takenList(of, base, `${expr}.0`, at)
  if (all.type !== `${vec}<${node}::Scalar>`) throw new CannotCross('only untagged enums are packed in an argument')
  return { ...all, type: `${node}::PackedScalars` }
}

function takenList(of: Mapping, base: RustType, expr: string, at: Surroundings): Crossing {
  const { base: inner, reference } = withoutReferences(of.rust)
  if (reference && !givesReference(of, inner)) {
    // `impl IntoIterator<Item = &u32>`: lent from the list itself.
    const item = taken(of, 'value', inside(at))
    if (!item.same || (base.kind !== 'impl' && base.kind !== 'generic')) {
      throw new CannotCross('a list of references to values that are made on the way')
    }
    return made(`${vec}<${item.type}>`, `${expr}.iter()`)
  }
  const item = taken(of, 'value', inside(at))
  const type = `${vec}<${item.type}>`
  if (base.kind === 'array') return takenArray(base, item, expr)
  if (base.kind === 'slice' || isPath(base, 'Vec')) {
    return item.same ? plain(type, expr) : { ...collected(`${expr}.into_iter()`, item), type }
  }
  if (isPath(base, 'IntoIter') || isPath(base, 'Cow')) {
    const all = item.same ? made(type, expr) : collected(`${expr}.into_iter()`, item)
    const value = (list: string): string =>
      isPath(base, 'Cow') ? `::std::borrow::Cow::Owned(${list})` : `${list}.into_iter()`
    return made(type, all.fallible ? `${all.value}.map(|values| ${value('values')})` : value(all.value), all.fallible)
  }
  if (base.kind === 'path') return { ...collected(`${expr}.into_iter()`, item, containerOf(base, at)), type }
  const isIterator =
    base.kind === 'impl' &&
    base.bounds.some((bound) => lastName(bound.trait).endsWith('Iterator') && lastName(bound.trait) !== 'IntoIterator')
  if (item.same) return made(type, isIterator ? `${expr}.into_iter()` : expr)
  const all = collected(`${expr}.into_iter()`, item)
  if (!isIterator) return { ...all, type }
  return made(
    type,
    all.fallible ? `${all.value}.map(|values| values.into_iter())` : `${all.value}.into_iter()`,
    all.fallible,
  )
}

/** As many elements as the array has: their number is checked where they cross. */
function takenArray(base: RustType & { kind: 'array' }, item: Crossing, expr: string): Crossing {
  const type = `[${item.type}; ${base.length}]`
  if (item.same) return plain(type, expr)
  if (!item.fallible) return made(type, `${expr}.map(|value| ${item.value})`)
  const whole = `<[_; ${base.length}] as ::std::convert::TryFrom<${vec}<_>>>::try_from(values)`
  const length = refusal('OUT_OF_RANGE', literal(`expected exactly ${base.length} elements`))
  const all = collected(`${expr}.into_iter()`, item).value
  return made(type, `${all}.and_then(|values| ${whole}.map_err(|_| ${length}))`, true)
}

/** The collection to collect into; a parameter's choice of hasher stays the standard one. */
function containerOf(base: RustType, at: Surroundings): string {
  return base.kind === 'path' ? absoluteType(base, at.self) : `${vec}<_>`
}

function takenDate(base: RustType, expr: string, at: Surroundings): Crossing {
  const time = '::std::time::SystemTime'
  if (isPath(base, 'SystemTime')) return plain(time, expr)
  const made_ = `<${absoluteType(base, at.self)} as ::std::convert::TryFrom<${time}>>::try_from(${expr})`
  const failed = `.map_err(|error| ${refusal('OUT_OF_RANGE', '::std::string::ToString::to_string(&error)')})`
  return made(time, made_ + failed, true)
}

function takenHandle(name: string, by: 'ref' | 'mut' | 'value', expr: string, at: Surroundings): Crossing {
  const shape = named(at.pkg.classes, name)
  if (isBorrowing(shape.rustType)) return takenBorrowing(name, by, expr, at)
  const whole = by === 'value' && (isTakenWhole(at.pkg, name) || (at.consumesSelf && expr === 'this'))
  const exclusive = by === 'mut' || whole
  const type = at.owned
    ? `${node}::${exclusive ? 'Exclusive' : 'Shared'}<${name}>`
    : `&${exclusive ? 'mut ' : ''}${name}`
  if (at.owned && at.nested && by !== 'value') throw new CannotCross('objects inside other arguments of an async call')
  // A `Shared` has a field of the same name.
  const place = at.owned ? `(*${expr})` : expr
  if (whole) return made(type, `${place}.0.take(${literal(at.operation)})`, true)
  if (!shape.consumable) {
    if (by === 'value') return made(type, `::std::clone::Clone::clone(&${place}.0)`)
    return made(type, by === 'mut' ? `&mut ${place}.0` : `&${place}.0`)
  }
  if (by === 'value') return made(type, `${place}.0.get().map(::std::clone::Clone::clone)`, true)
  return made(type, by === 'mut' ? `${place}.0.get_mut()` : `${place}.0.get()`, true)
}

/** What borrows is looked at in its cell, or copied out of it: a copy that outlives the call is one for a cell of its own. */
function takenBorrowing(name: string, by: 'ref' | 'mut' | 'value', expr: string, at: Surroundings): Crossing {
  if (by === 'mut') throw new CannotCross('an object that borrows, to be changed')
  if (at.owned && at.nested && by !== 'value') throw new CannotCross('objects inside other arguments of an async call')
  const type = at.owned ? `${node}::Shared<${name}>` : `&${name}`
  const value = seen(at.owned ? `(*${expr}).0` : `${expr}.0`)
  return made(type, by === 'ref' ? value : `::std::clone::Clone::clone(${value})`)
}
