/** One export: its function and its registration. */
import type { ExportIr, Package } from '../../ir/ir.js'
import type { Mapping } from '../../rules/mapping.js'
import { boundaryError, made, node, nth, plain, resultOk, type Crossing, type Surroundings } from './crossing.js'
import { throughOf } from '../../rules/adapted.js'
import { callbackArgument } from './callback.js'
import { errorNames } from './errors.js'
import { given } from './given.js'
import { lazyOf } from '../../rules/lazy.js'
import { pullText } from './iterators.js'
import { lazyText } from './lazy.js'
import { pairText } from './pairs.js'
import { shapeNames } from './shapes.js'
import { streamText } from './streams.js'
import { bufferNames, filling } from './sinks.js'
import { absolutePath, absoluteType, identifier, literal, snake } from './text.js'
import { argument, type Argument } from './taken.js'

export interface ItemText {
  readonly name: string
  readonly text: string
  readonly registration: string
}

/** A function's name for every export, none of them twice and none of the glue's own. */
export function functionNames(p: Package): ReadonlyMap<string, string> {
  const own = ['register', 'failed', 'failed_silently']
  const used = new Set([...own, ...errorNames(p), ...shapeNames(p)])
  const names = new Map<string, string>()
  for (const item of p.exports) {
    let name = identifier(snake(item.name))
    while (used.has(name)) name = name.startsWith('r#') ? `${name.slice(2)}_` : `${name}_`
    used.add(name)
    names.set(item.name, name)
  }
  return names
}

export function itemText(p: Package, item: ExportIr, name: string): ItemText {
  const self = selfOf(item)
  const at: Surroundings = {
    pkg: p,
    ...(self === undefined ? {} : { self }),
    owned: item.runs === 'lane',
    nested: false,
    operation: item.name,
    stoppable: item.checkpoint !== undefined,
    ...parentOf(item),
    consumesSelf: item.call.kind === 'method' && item.call.consumes,
  }
  const names = parameterNames(item)
  if (item.stream !== undefined) return streamText(item, item.stream, name, argumentsOf(item, names, at), at)
  const lazy = lazyOf(item.returns)
  if (lazy !== undefined) return lazyText(item, lazy, name, names, at)
  if (item.pulls !== undefined) return pullText(item, item.pulls, name, at)
  if (item.keeps !== undefined) return pairText(item, item.keeps, name, names, at)
  const args = argumentsOf(item, names, at)
  const filled = filling(
    item,
    args.map((arg) => arg.value),
    at,
  )
  const call =
    callText(item, withCheckpoint(item, filled.values), at) + (item.runs === 'lane' && isCall(item) ? '.await' : '')
  const result = resultOf(item, filled.given(call), at)
  const calls = item.params.some((param) => isCalledHere(param.mapping))
  const usesTry = args.some((arg, place) => fails(arg, nth(item.params, place).mapping))
  const canFail = result.fallible || usesTry || filled.fallible

  const params = args.map(declared)
  if (item.runs === 'pool') {
    params.push(`${item.checkpoint === undefined ? '_' : 'token'}: &${node}::core::cancel::CancelToken`)
  }
  if (item.running !== undefined) params.unshift(`scope: &${node}::Scope`)
  const failure = calls ? `${node}::Failure` : boundaryError
  const type = canFail || calls ? `::std::result::Result<${result.type}, ${failure}>` : result.type
  const returns = type === '()' ? '' : ` -> ${type}`
  const plainLast = (canFail || calls) && !result.fallible ? `${resultOk}(${result.value})` : result.value
  const last = item.running === undefined ? plainLast : told(item.running, plainLast, canFail || calls)
  const lines = [...args.map((arg) => arg.before).filter((line) => line !== ''), ...filled.before, last]
  const body = calls ? catching(lines, result.type) : lines
  return {
    name: item.name,
    text: `// @item ${item.name}
${item.runs === 'lane' ? 'async ' : ''}fn ${name}(${params.join(', ')})${returns} {
    ${body.join('\n    ')}
}
`,
    registration: `    // @item ${item.name}
    system.${{ here: 'sync', pool: 'blocking', lane: 'future' }[item.runs]}(${literal(item.name)}, &[${item.params
      .map((param) => literal(param.name))
      .join(', ')}], ${name});
`,
  }
}

/** The environment learns that the object works by itself, or does no more. */
function told(running: 'begins' | 'ends', call: string, canFail: boolean): string {
  const telling = `scope.${running === 'begins' ? 'running' : 'stopped'}(this.handle);`
  return canFail ? `${call}?; ${telling} ${resultOk}(())` : `${call}; ${telling}`
}

/** What a callback throws unwinds up to here. */
function catching(lines: readonly string[], type: string): string[] {
  return [
    `let throws = ${node}::Throws::new();`,
    `throws.catch(|| -> ::std::result::Result<${type}, ${boundaryError}> {`,
    ...lines.map((line) => `    ${line}`),
    '})?',
    '.map_err(::std::convert::Into::into)',
  ]
}

/** What the crate asks whether to go on stands where the crate has it. */
function withCheckpoint(item: ExportIr, values: readonly string[]): readonly string[] {
  if (item.checkpoint === undefined) return values
  const { place, prefix, kept } = item.checkpoint
  const at = place + item.params.filter((param) => param.isSelf).length
  const asked = `|| token.check().map_err(|_| ::std::default::Default::default())`
  const closure = kept
    ? `${prefix}{ let token = ::std::clone::Clone::clone(token); move ${asked} }`
    : `${prefix}${asked}`
  return [...values.slice(0, at), closure, ...values.slice(at)]
}

function parentOf(item: ExportIr): Pick<Surroundings, 'parent'> {
  const place = item.params.findIndex((param) => param.name === item.parent)
  return place < 0 ? {} : { parent: `${nth(parameterNames(item), place)}.handle` }
}

/** An object that comes with its number. */
const lentParent = (arg: Argument, m: Mapping): Argument =>
  m.kind === 'handle' ? { ...arg, type: `${node}::This<${m.name}>` } : arg

export interface NamedArgument extends Argument {
  readonly name: string
}

const argumentsOf = (item: ExportIr, names: readonly string[], at: Surroundings): NamedArgument[] =>
  item.params.map((param, place) => {
    const name = nth(names, place)
    const arg = argumentOf(param.mapping, name, at)
    const isNumbered = param.name === item.parent || (param.isSelf && item.running !== undefined)
    return { name, ...(isNumbered ? lentParent(arg, param.mapping) : arg) }
  })

/** As the function's list of parameters has it. */
export const declared = ({ name, type }: NamedArgument): string =>
  `${type.startsWith(`${node}::Exclusive<`) ? 'mut ' : ''}${name}: ${type}`

function argumentOf(m: Mapping, name: string, at: Surroundings): Argument {
  return m.kind === 'callback' ? callbackArgument(m, name, at) : argument(m, name, at)
}

/** A function that is called while the export runs. */
const isCalledHere = (m: Mapping): boolean => m.kind === 'callback' && m.policy === 'sync'

/** Whether making the argument may fail; what a closure does inside is its own. */
const fails = (arg: Argument, m: Mapping): boolean => m.kind !== 'callback' && `${arg.before}${arg.value}`.includes('?')

const isCall = (item: ExportIr): boolean => item.call.kind === 'function' || item.call.kind === 'method'

function selfOf(item: ExportIr): Surroundings['self'] {
  switch (item.call.kind) {
    case 'function':
      return item.call.owner
    case 'method':
    case 'field':
      return item.call.type
    case 'constant':
      return undefined
  }
}

/** The object is `this`; every other parameter has a name of its own. */
function parameterNames(item: ExportIr): string[] {
  const used = new Set([
    'this',
    ...(item.checkpoint === undefined ? [] : ['token']),
    ...bufferNames(item),
    ...(item.running === undefined ? [] : ['scope']),
  ])
  return item.params.map((param) => {
    if (param.isSelf) return 'this'
    let name = identifier(snake(param.name))
    while (used.has(name)) name += '_'
    used.add(name)
    return name
  })
}

export function callText(item: ExportIr, values: readonly string[], at: Surroundings): string {
  const { call } = item
  const list = values.join(', ')
  switch (call.kind) {
    case 'function': {
      const through = throughOf(call.trait, call.path)
      if (through !== undefined) return `${node}::${through}(${list})`
      const turbofish =
        call.turbofish.length > 0 ? `::<${call.turbofish.map((type) => absoluteType(type, at.self)).join(', ')}>` : ''
      if (call.owner === undefined) return `${absolutePath(call.path)}${turbofish}(${list})`
      const owner = absoluteType(call.owner)
      const of = call.trait === undefined ? `<${owner}>` : `<${owner} as ${absoluteType(call.trait, at.self)}>`
      return `${of}::${identifier(call.path)}${turbofish}(${list})`
    }
    case 'method': {
      const through = throughOf(call.trait, call.method)
      if (through !== undefined) return `${node}::${through}(${list})`
      const type = absoluteType(call.type)
      const of = call.trait === undefined ? `<${type}>` : `<${type} as ${absoluteType(call.trait, at.self)}>`
      const args =
        call.derefs === true ? [dereferenced(nth(values, 0), call.receiver), ...values.slice(1)].join(', ') : list
      return `${of}::${identifier(call.method)}(${args})`
    }
    case 'constant':
      return call.owner === undefined
        ? absolutePath(call.path)
        : `<${absoluteType(call.owner)}>::${identifier(call.path)}`
    case 'field':
      return fieldText(call.field, nth(values, 0))
  }
}

const dereferenced = (object: string, receiver: 'ref' | 'mut' | 'value'): string =>
  receiver === 'mut' ? `::std::ops::DerefMut::deref_mut(${object})` : `::std::ops::Deref::deref(${object})`

/** The object's value is a reference, `&this.0`. */
const fieldText = (field: string, value: string): string => `(${value}).${identifier(field)}`

function resultOf(item: ExportIr, call: string, at: Surroundings): Crossing {
  if (item.call.kind === 'method' && item.call.chains) return made('()', `{ let _ = ${call}; }`)
  // What a field holds is looked at where it is.
  if (item.call.kind === 'field') return lookedAt(item.returns, call, at)
  return given(item.returns, call, false, at)
}

function lookedAt(m: Mapping, place: string, at: Surroundings): Crossing {
  if (m.rust.kind === 'ref') return given(m, `(&${place})`, false, at)
  if (m.kind === 'boolean' || m.kind === 'number') return plain(given(m, place, false, at).type, place)
  return given(m, `(&${place})`, true, at)
}
