/** Results that come later: a future is awaited, a stream is pulled item by item. */
import { lastName } from '../model/paths.js'
import type { Bound, RustSignature, RustType } from '../model/rust-type.js'
import { refuse } from './context.js'
import type { Refusal } from './mapping.js'
import { isPath } from './rust-types.js'

/** A stream among results. */
export interface Streaming {
  /** Making it may fail, with this. */
  readonly error?: RustType
  /** The function that makes it is itself a future. */
  readonly awaited: boolean
  /** It may borrow from the object and the arguments, so they stay with it. */
  readonly holds: boolean
}

export interface Later {
  /** Async where it was a future or a stream; it returns what comes in the end, of a stream one item. */
  readonly signature: RustSignature
  readonly stream?: Streaming
}

/** The signature as it is, when nothing comes later. */
export function laterOf(written: RustSignature): Later | Refusal {
  const future = futureOf(written.returns)
  if (future !== undefined && 'refused' in future) return future
  const signature = future === undefined ? written : { ...written, async: true, returns: future.item }
  const [ok, error] = isPath(signature.returns, 'std::result::Result') ? signature.returns.args : [signature.returns]
  const stream = ok === undefined ? undefined : streamOf(ok)
  if (stream === undefined) return { signature }
  if ('refused' in stream) return stream
  if (stream.holds && signature.receiver === 'mut') {
    return refuse('stream-held', 'the stream may keep its object, which it would change')
  }
  const streaming = { awaited: signature.async, holds: stream.holds, ...(error === undefined ? {} : { error }) }
  return { signature: { ...signature, async: true, returns: stream.item }, stream: streaming }
}

interface Found {
  readonly item: RustType
  readonly holds: boolean
}

const FUTURES: Form = { trait: ['std::future::Future'], item: 'Output', alias: 'BoxFuture', local: 'LocalBoxFuture' }

const STREAMS: Form = {
  trait: ['futures_core::Stream', 'futures_core::stream::Stream', 'futures::Stream', 'futures::stream::Stream'],
  item: 'Item',
  alias: 'BoxStream',
  local: 'LocalBoxStream',
}

interface Form {
  readonly trait: readonly string[]
  readonly item: string
  /** `futures::future::BoxFuture<'a, T>` and its sister that stays on its thread. */
  readonly alias: string
  readonly local: string
}

const futureOf = (type: RustType): Found | Refusal | undefined => find(type, FUTURES, 'future')

function streamOf(type: RustType): Found | Refusal | undefined {
  const [item] = type.kind === 'path' ? type.args : []
  if (type.kind === 'path' && item !== undefined && isReceiver(type.path)) return { item, holds: false }
  return find(type, STREAMS, 'stream-bound')
}

/** Receiving halves of channels, as functions give them out. */
const isReceiver = (path: string): boolean =>
  path.startsWith('tokio_stream::wrappers::') &&
  ['ReceiverStream', 'UnboundedReceiverStream', 'WatchStream'].includes(lastName(path))

function find(type: RustType, form: Form, rule: 'future' | 'stream-bound'): Found | Refusal | undefined {
  if (type.kind === 'impl') return ofBounds(type.bounds, form, !isStatic(type.bounds))
  if (type.kind !== 'path') return undefined
  const [inner] = type.args
  if (inner === undefined) return undefined
  const name = lastName(type.path)
  if (type.path.startsWith('futures') && name === form.local) return refuse(rule, `${name} cannot leave its thread`)
  if (type.path.startsWith('futures') && name === form.alias) {
    return { item: inner, holds: type.lifetimes[0] !== "'static" }
  }
  const boxed = isPath(type, 'std::pin::Pin') && isPath(inner, 'std::boxed::Box') ? inner.args[0] : undefined
  if (boxed?.kind !== 'dyn') return undefined
  // A box without a lifetime is `'static`.
  const found = ofBounds(boxed.bounds, form, boxed.bounds.some(isShort))
  if (found === undefined || boxed.bounds.some((bound) => bound.trait === 'std::marker::Send')) return found
  return refuse(rule, 'without `Send` it cannot leave its thread')
}

function ofBounds(bounds: readonly Bound[], form: Form, holds: boolean): Found | undefined {
  const bound = bounds.find((one) => form.trait.includes(one.trait))
  const item = bound?.bindings.find((binding) => binding.name === form.item)?.type
  return item === undefined ? undefined : { item, holds }
}

const isStatic = (bounds: readonly Bound[]): boolean => bounds.some((bound) => bound.trait === "'static")
const isShort = (bound: Bound): boolean => bound.trait.startsWith("'") && bound.trait !== "'static"
