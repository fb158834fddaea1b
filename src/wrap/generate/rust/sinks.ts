/** What a call writes into: made by the glue before it, given back after it. */
import type { ExportIr } from '../../ir/ir.js'
import { LONGEST_BUFFER, type Sink, type Sinks } from '../../rules/sinks.js'
import { nth, refusal, resultOk, vec, type Surroundings } from './crossing.js'
import { tupleOf } from './taken.js'
import { absoluteType } from './text.js'

/** A call with its buffers. */
export interface Filling {
  /** Statements before the call. */
  readonly before: readonly string[]
  /** Every argument of the call, in the crate's order. */
  readonly values: readonly string[]
  /** The call with its buffers in the result. */
  readonly given: (call: string) => string
  /** Whether a statement may leave the function with an error. */
  readonly fallible: boolean
}

const cursor = '::std::io::Cursor'
const failing = (message: string): string => `return ::std::result::Result::Err(${refusal('OUT_OF_RANGE', message)});`

/** Names that no parameter may have. */
export const bufferNames = (item: ExportIr): string[] => (item.sinks?.all ?? []).map((_, at) => bufferName(at))

const bufferName = (at: number): string => `filled_${String(at)}`

/** @param passed what stands for each argument that is passed, the object first. */
export function filling(item: ExportIr, passed: readonly string[], at: Surroundings): Filling {
  const { sinks } = item
  if (sinks === undefined) return { before: [], values: passed, given: (call) => call, fallible: false }
  const objects = item.params.filter((param) => param.isSelf).length
  const rest = passed.slice(objects)
  const values = passed.slice(0, objects)
  const before: string[] = []
  const places = new Map(sinks.all.map((sink, index) => [sink.place, { sink, name: bufferName(index) }]))
  for (let place = 0; rest.length > 0 || places.has(place); place += 1) {
    const found = places.get(place)
    if (found === undefined) {
      values.push(rest.shift() ?? '')
      continue
    }
    const value = found.sink.takes === 'nothing' ? undefined : rest.shift()
    before.push(...made(found.sink, found.name, value, at))
    values.push(`&mut ${found.name}${found.sink.slice ? '[..]' : ''}`)
  }
  return {
    before,
    values,
    given: (call) => withBuffers(sinks, call),
    fallible: sinks.all.some((sink) => sink.takes === 'length'),
  }
}

function made(sink: Sink, name: string, value: string | undefined, at: Surroundings): string[] {
  const type = absoluteType(sink.buffer, at.self)
  if (sink.takes === 'value') return [`let mut ${name}: ${type} = ${value ?? ''};`]
  if (value === undefined) {
    const empty = '::std::default::Default::default()'
    return [sink.cursor ? `let mut ${name}: ${cursor}<${type}> = ${empty};` : `let mut ${name}: ${type} = ${empty};`]
  }
  return [
    `if ${value} > ${String(LONGEST_BUFFER)} { ${failing(`"length must be at most ${String(LONGEST_BUFFER)}"`)} }`,
    `let mut ${name}: ${vec}<u8> = ::std::vec![0; ${value}];`,
  ]
}

function withBuffers(sinks: Sinks, call: string): string {
  const [first] = sinks.all
  if (first?.gives === 'view') return call
  const buffers = sinks.all.map((sink, at) => `${bufferName(at)}${sink.cursor ? '.into_inner()' : ''}`)
  const parts = sinks.keeps ? ['value', ...buffers] : buffers
  const result = parts.length === 1 ? nth(parts, 0) : tupleOf(parts)
  const statements = first?.gives === 'filled' ? cut(bufferName(0)) : ''
  const whole = `{ ${statements} ${result} }`
  switch (sinks.through) {
    case 'value':
      return `({ let value = ${call}; ${statements} ${result} })`
    case 'result':
      return `(match ${call} { ${resultOk}(value) => ${resultOk}(${whole}), ::std::result::Result::Err(error) => ::std::result::Result::Err(error) })`
    case 'option':
      return `(match ${call} { ::std::option::Option::Some(value) => ::std::option::Option::Some(${whole}), ::std::option::Option::None => ::std::option::Option::None })`
  }
}

/** To what the call says it has filled; more than there is means that there was too little. */
function cut(name: string): string {
  const message = `::std::format!("length is too small: {value} are needed")`
  return `if value > ${name}.len() { ${failing(message)} } ${name}.truncate(value); ${name}.shrink_to_fit();`
}
