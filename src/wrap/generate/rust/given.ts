/** Results: from what the crate's function gives to what crosses. */
import { named } from '../../ir/contract.js'
import type { RustType } from '../../model/rust-type.js'
import type { Mapping } from '../../rules/mapping.js'
import { errorFunction } from './errors.js'
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
import { absoluteType, isCollection, isPath, isPrimitive, literal, snake, withoutReferences } from './text.js'
import { joined, tupleOf } from './taken.js'

/** `lent`: the expression is a reference to the mapping's Rust type. */
export function given(m: Mapping, expr: string, lent: boolean, at: Surroundings): Crossing {
  const { base, reference } = withoutReferences(m.rust)
  const borrowed = lent || reference
  switch (m.kind) {
    case 'boolean':
      return copied('bool', expr, depth(m.rust, lent))
    case 'number':
      return copied(m.name.startsWith('NonZero') ? `::std::num::${m.name}` : m.name, expr, depth(m.rust, lent))
    case 'duration':
      return copied('::std::time::Duration', expr, depth(m.rust, lent))
    case 'bigint': {
      const type = `${node}::Big${m.name.toUpperCase()}`
      return made(type, `${type}(${stars(depth(m.rust, lent))}${expr})`)
    }
    case 'text':
      return givenText(m.rust, base, expr, lent)
    case 'bytes':
      return givenBytes(base, expr, borrowed)
    case 'void':
      return plain('()', expr)
    case 'option': {
      const of = given(m.of, 'value', borrowed, at)
      const type = `${option}<${of.type}>`
      if (of.same && !borrowed) return plain(type, expr)
      const mapped = `${expr}${borrowed ? '.as_ref()' : ''}.map(|value| ${of.value})`
      return of.fallible ? made(type, `${mapped}.transpose()`, true) : made(type, mapped)
    }
    case 'result': {
      if (borrowed) throw new CannotCross('a result behind a reference')
      const of = given(m.of, 'value', false, at)
      const result = isPath(m.rust, 'Option') ? `${expr}.transpose()` : expr
      const failed = `${result}.map_err(${failing(errorFunction(at.pkg, m.error, at.self), at)})`
      if (of.same) return made(of.type, failed, true)
      if (m.of.kind === 'void') return made('()', `${failed}.map(|_| ())`, true)
      return made(of.type, `${failed}.${of.fallible ? 'and_then' : 'map'}(|value| ${of.value})`, true)
    }
    case 'tuple':
      return isPath(base, 'Range', 'RangeInclusive')
        ? givenRange(m.items, base, expr, borrowed, at)
        : givenTuple(m.items, expr, borrowed, at)
    case 'list': {
      if (m.packed === true) return givenPacked(m, base, expr, borrowed, at)
      const elementsLent = borrowed || base.kind === 'slice'
      const of = given(m.of, 'value', elementsLent, at)
      const type = `${vec}<${of.type}>`
      if (of.same && !elementsLent && isPath(base, 'Vec')) return plain(type, expr)
      return { ...collected(`${expr}.${elementsLent ? 'iter' : 'into_iter'}()`, of), type }
    }
    case 'map': {
      const pair = givenTuple([m.key, m.value], 'value', false, at, borrowed)
      const all = collected(`${expr}.${borrowed ? 'iter' : 'into_iter'}()`, pair)
      return { ...all, type: `${vec}<${pair.type}>` }
    }
    case 'date': {
      const time = '::std::time::SystemTime'
      const value = borrowed ? `::std::clone::Clone::clone(${expr})` : expr
      if (isPath(base, 'SystemTime')) return borrowed ? made(time, value) : plain(time, expr)
      return made(time, `<${time} as ::std::convert::From<${absoluteType(base, at.self)}>>::from(${value})`)
    }
    case 'handle':
      return givenHandle(m.name, expr, borrowed, at)
    case 'record': {
      named(at.pkg.records, m.name)
      return made(`${m.name}Out`, `take_${snake(m.name)}(${borrowed ? '' : '&'}${expr})`, true)
    }
    case 'enum': {
      const shape = named(at.pkg.enums, m.name)
      if (shape.untagged === true) {
        const value = borrowed ? `::std::clone::Clone::clone(${expr})` : expr
        return made(`${node}::Scalar`, `take_${snake(m.name)}(${value})`, shape.entry.nonExhaustive)
      }
      if (shape.carriesData) {
        return made(`${m.name}Out`, `take_${snake(m.name)}(${borrowed ? '' : '&'}${expr})`, true)
      }
      return made(m.name, `${m.name}::from_rust(${borrowed ? '' : '&'}${expr})`, true)
    }
    case 'json': {
      const type = `${node}::json::Json`
      return made(type, `${type}::of(${borrowed ? '' : '&'}${expr})`, true)
    }
    case 'ordering':
      return copied('::std::cmp::Ordering', expr, depth(m.rust, lent))
    case 'callback':
      throw new CannotCross('a callback as a result')
  }
}

/** Of a call that was stopped its token knows why. */
function failing(failed: string, at: Surroundings): string {
  if (!at.stoppable) return failed
  const other = failed.startsWith('|') ? `(${failed})(error)` : `${failed}(error)`
  return `|error| match token.check() { ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop), ::std::result::Result::Ok(()) => ${other} }`
}

/** Numbers as one block: the vector or array itself where there is one. */
function givenPacked(
  m: Extract<Mapping, { readonly kind: 'list' }>,
  base: RustType,
  expr: string,
  borrowed: boolean,
  at: Surroundings,
): Crossing {
  if (m.of.kind === 'enum') {
    const list = given({ ...m, packed: false }, expr, borrowed, at)
    if (list.type !== `${vec}<${node}::Scalar>`) throw new CannotCross('only untagged enums are packed')
    const type = `${node}::PackedScalars`
    return list.fallible ? made(type, `${list.value}.map(${type})`, true) : made(type, `${type}(${list.value})`)
  }
  const isBlock = !borrowed && (base.kind === 'array' || isPath(base, 'Vec'))
  const numbers = isBlock ? expr : given({ ...m, packed: false }, expr, borrowed, at).value
  const type = isBlock && base.kind === 'array' ? absoluteType(base, at.self) : `${vec}<u32>`
  return made(`${node}::Packed<${type}>`, `${node}::Packed(${numbers})`)
}

/** How many references stand before a value. */
function depth(type: RustType, lent: boolean): number {
  let count = lent ? 1 : 0
  for (let at = type; at.kind === 'ref'; at = at.to) count += 1
  return count
}

const stars = (count: number): string => '*'.repeat(count)

const copied = (type: string, expr: string, references: number): Crossing =>
  references === 0 ? plain(type, expr) : made(type, `${stars(references)}${expr}`)

function givenText(rust: RustType, base: RustType, expr: string, lent: boolean): Crossing {
  const owned = '::std::string::String'
  if (isPrimitive(base, 'char')) return copied('char', expr, depth(rust, lent))
  if (rust.kind === 'ref' && !lent && isPrimitive(rust.to, 'str') && rust.lifetime?.endsWith('static') === true) {
    return plain("&'static str", expr)
  }
  if (isPath(base, 'String') && rust === base && !lent) return plain(owned, expr)
  if (isPath(base, 'Path', 'PathBuf', 'OsStr', 'OsString', 'CStr', 'CString')) {
    const failed = refusal('INVALID_STRING', literal('the result is not valid Unicode'))
    return made(
      owned,
      `${expr}.to_str()${isPath(base, 'CStr', 'CString') ? '.ok()' : ''}.map(<str>::to_owned).ok_or_else(|| ${failed})`,
      true,
    )
  }
  return made(owned, `::std::string::ToString::to_string(${depth(rust, lent) > 0 ? '' : '&'}${expr})`)
}

function givenBytes(base: RustType, expr: string, borrowed: boolean): Crossing {
  const type = `${node}::Bytes`
  if (isPath(base, 'Vec') && !borrowed) return made(type, `${type}(${expr})`)
  if (isCollection(base)) {
    return made(type, `${type}(${expr}${borrowed ? '.iter().copied()' : '.into_iter()'}.collect::<${vec}<u8>>())`)
  }
  return made(type, `${type}(${expr}.to_vec())`)
}

function givenTuple(
  items: readonly Mapping[],
  expr: string,
  borrowed: boolean,
  at: Surroundings,
  elementsBorrowed = borrowed,
): Crossing {
  const names = items.map((_, place) => `item_${String(place)}`)
  const parts = items.map((item, place) => given(item, nth(names, place), elementsBorrowed, at))
  const type = tupleOf(parts.map((part) => part.type))
  if (!elementsBorrowed && parts.every((part) => part.same)) return plain(type, expr)
  return joined(type, `let ${tupleOf(names)} = ${expr};`, parts, tupleOf)
}

function givenRange(
  items: readonly Mapping[],
  base: RustType,
  expr: string,
  borrowed: boolean,
  at: Surroundings,
): Crossing {
  const owned = borrowed ? `::std::clone::Clone::clone(${expr})` : expr
  const pair = isPath(base, 'RangeInclusive')
    ? `${owned}.into_inner()`
    : `(|range: ${absoluteType(base, at.self)}| (range.start, range.end))(${owned})`
  return { ...givenTuple(items, pair, false, at), same: false }
}

function givenHandle(name: string, expr: string, borrowed: boolean, at: Surroundings): Crossing {
  const shape = named(at.pkg.classes, name)
  const value = borrowed ? `::std::clone::Clone::clone(${expr})` : expr
  const held = shape.consumable ? `${node}::Consumable::new(${value})` : value
  const holder = shape.ahead === undefined ? `${name}(${held})` : `${name}(${held}, ::std::default::Default::default())`
  const object =
    at.parent === undefined ? `${node}::New::of(${holder})` : `${node}::New::child_of(${at.parent}, ${holder})`
  if (shape.entry.bound) return made(`${node}::NewBound<${name}>`, `${node}::NewBound(${object})`)
  return made(`${node}::New<${name}>`, object)
}
