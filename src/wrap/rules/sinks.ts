/**
 * Arguments that the call writes into. JavaScript gets them as results: the glue owns the buffer, lends it to the call, and gives
 * it back. A signature with such arguments crosses as another one, without them:
 *
 * - `out: &mut String`, `&mut Vec<T>`, `impl Write`: nothing is passed; the buffer begins empty.
 * - `out: &mut [u8]` with a `usize` that says how much was filled, or with a result that is a part of it: `length` is passed.
 * - any other `&mut [T]`, `&mut [T; N]`, and a collection that is all a function has to work on: a value is passed, and its
 *   changed copy comes back.
 *
 * `Result<(), E>` gives the buffer alone, a further result is the first of a tuple.
 */
import type { Bound, GenericParameter, RustSignature, RustType } from '../model/rust-type.js'
import { isPath, isPrimitive, isUnit, path, primitive, reference, some, string, type PathType } from './rust-types.js'

/** One argument that the call writes into. */
export interface Sink {
  /** Among the crate's parameters, its object not counted. */
  readonly place: number
  /** As the crate calls it. */
  readonly name: string
  /** What JavaScript passes in its place. */
  readonly takes: 'nothing' | 'length' | 'value'
  /** What the glue owns. */
  readonly buffer: RustType
  /** It is written through a cursor. */
  readonly cursor: boolean
  /** It is lent as a slice. */
  readonly slice: boolean
  /** What of it comes back: all, as much as the result says, or nothing, as the result is a part of it. */
  readonly gives: 'whole' | 'filled' | 'view'
}

export interface Sinks {
  readonly all: readonly Sink[]
  /** Where the result stands that the buffers are put into. */
  readonly through: 'value' | 'result' | 'option'
  /** Whether the crate's result comes too, before the buffers. */
  readonly keeps: boolean
}

/** The longest `length`, in bytes: what is asked for is allocated. */
export const LONGEST_BUFFER = 2 ** 30

const COLLECTIONS = new Set([
  'std::string::String',
  'std::vec::Vec',
  'std::collections::VecDeque',
  'std::collections::HashSet',
  'std::collections::BTreeSet',
  'std::collections::HashMap',
  'std::collections::BTreeMap',
])

/** What a buffer is besides something to write into. */
const HARMLESS = new Set([
  'std::marker::Send',
  'std::marker::Sync',
  'std::marker::Sized',
  'std::marker::Unpin',
  'std::fmt::Debug',
])

const byteVector = path('std::vec::Vec', primitive('u8'))

/**
 * The signature as it crosses, and its sinks; the same signature and undefined when it has none.
 *
 * @param outer parameters of the impl block.
 */
export function withSinks(
  signature: RustSignature,
  outer: readonly GenericParameter[] = [],
): { readonly signature: RustSignature; readonly sinks?: Sinks } {
  const generics = new Map([...outer, ...signature.generics].map((parameter) => [parameter.name, parameter]))
  const found = signature.params.flatMap((param, at) => bufferOf(param, at, generics, signature) ?? [])
  if (found.length === 0) return { signature }
  const outcome = outcomeOf(signature, found)
  if (outcome === undefined) return { signature }
  const { sinks, returns } = outcome
  return { signature: crossing(signature, sinks.all, returns), sinks }
}

/** A parameter that is a buffer, before it is known what comes back. */
interface Buffer {
  readonly place: number
  readonly name: string
  readonly type: RustType
  readonly owned: RustType
  readonly cursor: boolean
  readonly kind: 'collection' | 'slice' | 'array' | 'writer'
  /** A function with nothing else works on it. */
  readonly alone: boolean
}

function bufferOf(
  { name, type }: RustSignature['params'][number],
  place: number,
  generics: ReadonlyMap<string, GenericParameter>,
  signature: RustSignature,
): Buffer | undefined {
  const mutable = type.kind === 'ref' && type.mutable && type.lifetime !== "'static"
  const target = mutable ? type.to : type
  const bounds = boundsOf(target, mutable, generics)
  if (bounds !== undefined) {
    if (target.kind === 'generic' && mentions(signature.returns, target.name)) return undefined
    const writer = writerOf(bounds)
    return writer && { place, name, type, ...writer, kind: 'writer', alone: false }
  }
  if (!mutable) return undefined
  const alone = signature.receiver === undefined && signature.params.length === 1
  const base = { place, name, type, cursor: false, alone }
  if (target.kind === 'path' && COLLECTIONS.has(target.path)) return { ...base, owned: target, kind: 'collection' }
  if (target.kind === 'slice') return { ...base, owned: path('std::vec::Vec', target.of), kind: 'slice' }
  if (target.kind === 'array') return { ...base, owned: target, kind: 'array' }
  return undefined
}

function boundsOf(
  type: RustType,
  behindReference: boolean,
  generics: ReadonlyMap<string, GenericParameter>,
): readonly Bound[] | undefined {
  if (type.kind === 'impl') return type.bounds
  if (type.kind === 'dyn') return behindReference ? type.bounds : undefined
  return type.kind === 'generic' ? generics.get(type.name)?.bounds : undefined
}

const mentions = (type: RustType, name: string): boolean =>
  some(type, (part) => part.kind === 'generic' && part.name === name)

/** What is written into, when the bounds ask for that and nothing else. */
function writerOf(bounds: readonly Bound[]): { owned: RustType; cursor: boolean } | undefined {
  const traits = new Set(bounds.map((bound) => bound.trait))
  const isBytes = traits.has('std::io::Write')
  if (isBytes === traits.has('std::fmt::Write') || traits.has("'static")) return undefined
  const known = new Set([...HARMLESS, ...(isBytes ? ['std::io::Write', 'std::io::Seek'] : ['std::fmt::Write'])])
  for (const trait of traits) {
    if (!trait.startsWith("'") && !trait.startsWith('?') && !known.has(trait)) return undefined
  }
  return { owned: isBytes ? byteVector : string, cursor: traits.has('std::io::Seek') }
}

/** What comes back; undefined when the result keeps hold of a buffer in a way that has no rule. */
function outcomeOf(signature: RustSignature, buffers: readonly Buffer[]): Outcome | undefined {
  const { returns } = signature
  if (some(returns, (part) => part.kind === 'impl' || part.kind === 'dyn')) return undefined
  const lending = buffers.filter((buffer) => borrows(returns, buffer, signature))
  const [only, another] = buffers
  if (only === undefined) return undefined
  if (lending.length > 0) return another === undefined ? viewOutcome(returns, only) : undefined
  return filledOutcome(returns, buffers) ?? wholeOutcome(returns, buffers, signature)
}

interface Outcome {
  readonly sinks: Sinks
  readonly returns: RustType
}

/** `-> &'a mut str` of `out: &'a mut [u8]`: the result is a part of the buffer. */
function viewOutcome(returns: RustType, buffer: Buffer): Outcome | undefined {
  const { ok, rebuilt } = insideOf(returns)
  if (ok.kind !== 'ref') return undefined
  const isPart = isPrimitive(ok.to, 'str') || (ok.to.kind === 'slice' && isPrimitive(ok.to.of, 'u8'))
  if (!isPart) return undefined
  const takes = takesOf(buffer, true)
  const sinks: Sinks = { all: [sinkOf(buffer, takes, 'view')], through: 'value', keeps: true }
  return { sinks, returns: rebuilt(reference(ok.to)) }
}

/** `out: &mut [u8]` with `usize`, `Result<usize, E>`, `Option<usize>`: so much of it is filled. */
function filledOutcome(returns: RustType, buffers: readonly Buffer[]): Outcome | undefined {
  const slices = buffers.filter((buffer) => buffer.kind === 'slice' && isPath(buffer.owned, 'std::vec::Vec'))
  const [slice, another] = slices
  const { ok, through, rebuilt } = insideOf(returns)
  if (slice === undefined || another !== undefined || buffers.length > 1 || slice.alone) return undefined
  if (!isPrimitive(ok, 'usize') || !isBytes(slice.owned)) return undefined
  return {
    sinks: { all: [sinkOf(slice, 'length', 'filled')], through, keeps: false },
    returns: rebuilt(slice.owned),
  }
}

const isBytes = (type: RustType): boolean => type.kind === 'path' && type.args.some((arg) => isPrimitive(arg, 'u8'))

function wholeOutcome(returns: RustType, buffers: readonly Buffer[], signature: RustSignature): Outcome {
  const inner = insideOf(returns)
  const isResult = inner.through === 'result'
  const ok = isResult ? inner.ok : returns
  const keeps = !isUnit(ok) && !isObjectItself(ok, signature)
  const owned = buffers.map((buffer) => buffer.owned)
  const parts = keeps ? [ok, ...owned] : owned
  const [single, second] = parts
  const value: RustType = single !== undefined && second === undefined ? single : { kind: 'tuple', items: parts }
  return {
    sinks: {
      all: buffers.map((buffer) => sinkOf(buffer, takesOf(buffer, false), 'whole')),
      through: isResult ? 'result' : 'value',
      keeps,
    },
    returns: isResult ? inner.rebuilt(value) : value,
  }
}

/** `&mut self -> &mut Self`: the object is at hand anyway. */
const isObjectItself = (type: RustType, signature: RustSignature): boolean =>
  signature.receiver === 'mut' && type.kind === 'ref' && type.to.kind === 'generic' && type.to.name === 'Self'

function takesOf(buffer: Buffer, isView: boolean): Sink['takes'] {
  if (buffer.kind === 'writer') return 'nothing'
  if (buffer.alone) return 'value'
  if (buffer.kind === 'collection') return 'nothing'
  return isView && buffer.kind === 'slice' && isBytes(buffer.owned) ? 'length' : 'value'
}

const sinkOf = (buffer: Buffer, takes: Sink['takes'], gives: Sink['gives']): Sink => ({
  place: buffer.place,
  name: buffer.name,
  takes,
  buffer: buffer.owned,
  cursor: buffer.cursor,
  slice: buffer.kind === 'slice',
  gives,
})

/** The ok side of a result, what an option holds, or the type itself, and how to put another type there. */
function insideOf(type: RustType): { ok: RustType; through: Sinks['through']; rebuilt: (of: RustType) => RustType } {
  const isWrapper = (one: RustType): one is PathType =>
    isPath(one, 'std::result::Result') || isPath(one, 'std::option::Option')
  const [ok, ...rest] = isWrapper(type) ? type.args : []
  if (!isWrapper(type) || ok === undefined) return { ok: type, through: 'value', rebuilt: (of) => of }
  const through = type.path === 'std::result::Result' ? 'result' : 'option'
  return { ok, through, rebuilt: (of) => ({ ...type, args: [of, ...rest] }) }
}

/** Whether a result holds a reference into the buffer. */
function borrows(returns: RustType, buffer: Buffer, signature: RustSignature): boolean {
  if (buffer.type.kind !== 'ref') return false
  const lifetime = buffer.type.lifetime ?? "'_"
  // Without a name the object is what results borrow from; in a function of a value, that value.
  if (lifetime === "'_" && (signature.receiver !== undefined || lendsAnother(signature, buffer))) return false
  return some(returns, (part) => {
    if (part.kind === 'ref') return (part.lifetime ?? "'_") === lifetime
    return part.kind === 'path' && part.lifetimes.includes(lifetime)
  })
}

const lendsAnother = (signature: RustSignature, buffer: Buffer): boolean =>
  signature.params.some(
    ({ type }, place) => place !== buffer.place && type.kind === 'ref' && (type.lifetime ?? "'_") === "'_",
  )

/** The signature that JavaScript sees. */
function crossing(signature: RustSignature, sinks: readonly Sink[], returns: RustType): RustSignature {
  const params = signature.params.flatMap((param, at) => {
    const sink = sinks.find((candidate) => candidate.place === at)
    if (sink === undefined) return [param]
    if (sink.takes === 'nothing') return []
    return sink.takes === 'length'
      ? [{ name: 'length', type: primitive('usize') }]
      : [{ name: param.name, type: sink.buffer }]
  })
  const gone = new Set(
    sinks.flatMap((sink) => {
      const type = signature.params[sink.place]?.type
      const target = type?.kind === 'ref' ? type.to : type
      return target?.kind === 'generic' ? [target.name] : []
    }),
  )
  const rest = signature.generics.filter((parameter) => !gone.has(parameter.name))
  return { ...signature, generics: rest, params, returns }
}

/** For each parameter that is passed the sink it stands for, if any. */
export const placesPassed = (signature: RustSignature, sinks: Sinks | undefined): readonly (Sink | undefined)[] =>
  signature.params.flatMap((_, at) => {
    const sink = sinks?.all.find((candidate) => candidate.place === at)
    return sink?.takes === 'nothing' ? [] : [sink]
  })
