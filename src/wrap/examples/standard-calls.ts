/** Functions of the standard library that examples call. */
import { coerce } from './coerce.js'
import { list, number, open, option, text, type Known } from './known.js'
import type { Expression } from './rust-ast.js'
import { helper, type Here } from './session.js'
import { callStatic } from './translate-call.js'
import { translate } from './translate-expression.js'
import { convertInto } from './translate-method.js'
import { giveUp, literalValue, looseValue, tight, value, type Value } from './value.js'

/** Milliseconds in one unit. */
const durations: Readonly<Record<string, number>> = {
  from_secs: 1000,
  from_millis: 1,
  from_micros: 1e-3,
  from_nanos: 1e-6,
  from_secs_f64: 1000,
  from_mins: 60_000,
  from_hours: 3_600_000,
}

export function standardCall(
  here: Here,
  path: readonly string[],
  args: readonly Expression[],
  wanted: Known | undefined,
): Value {
  const name = path.slice(1).join('::')
  const [first, second] = args
  if (first === undefined) return withoutArguments(here, name, wanted)
  if (name === 'time::Duration::new' && second !== undefined) return durationOf(here, first, second)
  if (second !== undefined) return giveUp('a function of the standard library')
  switch (name) {
    case 'string::String::from':
    case 'path::Path::new':
    case 'path::PathBuf::from':
    case 'string::ToString::to_string':
      return onlyText(translate(here, first, text))
    case 'boxed::Box::new':
    case 'rc::Rc::new':
    case 'sync::Arc::new':
    case 'borrow::Cow::Borrowed':
    case 'borrow::Cow::Owned':
    case 'borrow::Cow::from':
      return translate(here, first, wanted)
    case 'vec::Vec::from':
      return translate(here, first, wanted)
    case 'vec::Vec::with_capacity':
      return emptyList(wanted)
    case 'string::String::with_capacity':
      return literalValue("''", text)
    case 'str::FromStr::from_str':
    case 'convert::From::from':
      return convertInto(here, wanted, first, name.endsWith('from_str') ? 'from_str' : 'from')
  }
  if (name.startsWith('time::Duration::')) return duration(here, name.slice('time::Duration::'.length), first)
  if (name.startsWith('num::NonZero')) return nonZero(here, name, first)
  return giveUp('a function of the standard library')
}

function withoutArguments(here: Here, name: string, wanted: Known | undefined): Value {
  switch (name) {
    case 'string::String::new':
    case 'string::String::default':
      return literalValue("''", text)
    case 'vec::Vec::new':
    case 'vec::Vec::default':
      return emptyList(wanted)
    case 'collections::HashMap::new':
    case 'collections::BTreeMap::new':
      return value('new Map()', wanted?.kind === 'map' ? wanted : { kind: 'map', key: open, value: open })
    case 'default::Default::default': {
      const index = wanted?.kind === 'handle' ? here.session.api.classes.get(wanted.name) : undefined
      return index === undefined
        ? giveUp('`default` of a type that is not known')
        : callStatic(here, index, 'default', [])
    }
  }
  return giveUp('a function of the standard library')
}

const emptyList = (wanted: Known | undefined): Value =>
  wanted?.kind === 'bytes'
    ? value('new Uint8Array()', wanted)
    : value('[]', wanted?.kind === 'list' ? wanted : list(open))

const onlyText = (of: Value): Value => (of.known.kind === 'text' ? of : giveUp('a string made of something else'))

function duration(here: Here, name: string, amount: Expression): Value {
  const unit = durations[name] ?? giveUp('a function of the standard library')
  const wanted = number(name.endsWith('f64') ? 'f64' : 'u64')
  const of = coerce(translate(here, amount, wanted), wanted)
  if (unit === 1) return { ...of, known: { kind: 'duration' } }
  if (unit >= 1) {
    return of.isLiteral
      ? literalValue(String(Number(of.code) * unit), { kind: 'duration' })
      : looseValue(`${tight(of)} * ${unit}`, { kind: 'duration' })
  }
  const milliseconds = Number(of.code) / Math.round(1 / unit)
  return of.isLiteral && Number.isInteger(milliseconds)
    ? literalValue(String(milliseconds), { kind: 'duration' })
    : giveUp('a fraction of a millisecond')
}

/** Seconds and nanoseconds. */
function durationOf(here: Here, seconds: Expression, nanoseconds: Expression): Value {
  const [whole, part] = [translate(here, seconds, number('u64')), translate(here, nanoseconds, number('u32'))]
  const milliseconds = Number(whole.code) * 1000 + Number(part.code) / 1e6
  return whole.isLiteral && part.isLiteral && Number.isInteger(milliseconds)
    ? literalValue(String(milliseconds), { kind: 'duration' })
    : giveUp('a fraction of a millisecond')
}

/** `NonZeroU32::new(5)` is an option of its number. */
function nonZero(here: Here, name: string, amount: Expression): Value {
  const type = name.slice('num::NonZero'.length, name.lastIndexOf('::')).toLowerCase()
  if (type === '' || type.endsWith('128') || !name.endsWith('::new'))
    return giveUp('a function of the standard library')
  const of = coerce(translate(here, amount, number(type)), number(type))
  if (of.isLiteral && Number(of.code) !== 0) return { ...of, known: option(of.known) }
  return value(`${helper(here, 'nonZero')}(${of.code})`, option(of.known))
}
