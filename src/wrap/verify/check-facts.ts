/** What the keys of an item claim beside its types: threads, consuming, chaining; and what the crate says of it. */
import type { RustType } from '../model/rust-type.js'
import { laterOf } from '../rules/later.js'
import type { SpecEdit } from '../spec/edit.js'
import { expectedText, printed, type CallableItem } from './callable-item.js'
import type { VerifyContext } from './context.js'
import { RECEIVERS } from './compare-signatures.js'
import { findType } from './crate-index.js'
import type { Finding } from './finding.js'
import type { Candidate } from './resolve.js'

export function checkFacts(context: VerifyContext, item: CallableItem, candidate: Candidate): readonly Finding[] {
  return [
    ...checkDeprecated(item, candidate),
    ...checkUnsafe(item, candidate),
    ...checkAsync(item, candidate),
    ...checkThreads(context, item, candidate),
    ...checkReceiver(context, item, candidate),
  ]
}

/** Said once: an entry whose own doc says `deprecated` knows. */
function checkDeprecated(item: CallableItem, candidate: Candidate): readonly Finding[] {
  const { deprecated } = candidate.callable
  if (deprecated === undefined || item.entry.doc?.toLowerCase().includes('deprecated') === true) return []
  const since = deprecated.since === undefined ? '' : ` since ${deprecated.since}`
  return [
    finding(item, candidate, {
      kind: 'deprecated',
      severity: 'warning',
      message: `is deprecated${since}${deprecated.note === undefined ? '' : `: ${deprecated.note}`}`,
      change: 'move to what the crate offers instead, or say in the entry’s `doc` that it is deprecated',
    }),
  ]
}

/** With `rust` the comparison of signatures finds it. */
function checkUnsafe(item: CallableItem, candidate: Candidate): readonly Finding[] {
  if (item.entry.rust !== undefined || !candidate.signature.unsafe) return []
  return [
    finding(item, candidate, {
      kind: 'unsafe',
      message: 'is unsafe: its caller must keep promises that JavaScript cannot give',
      change: 'leave the item out with `skip`, or wrap a safe function',
    }),
  ]
}

function checkAsync(item: CallableItem, candidate: Candidate): readonly Finding[] {
  const { entry } = item
  const later = laterOf(candidate.signature)
  const isStream = !('refused' in later) && later.stream !== undefined
  if (isStream !== entry.stream)
    return [
      finding(item, candidate, {
        kind: 'async',
        message: isStream ? 'gives a stream, and the spec takes it for one value' : 'gives no stream, as the spec says',
        change: isStream ? 'set `stream: true` and `async: true`' : 'take `stream` away',
        fix: isStream
          ? [
              { kind: 'set', target: item.target, path: ['stream'], value: true },
              { kind: 'set', target: item.target, path: ['async'], value: true },
            ]
          : [{ kind: 'remove', target: item.target, path: ['stream'] }],
      }),
    ]
  const isAsync = !('refused' in later) && later.signature.async
  if (entry.rust !== undefined && candidate.signature.async !== entry.rust.trimStart().startsWith('async ')) return []
  if (isAsync && entry.async === false)
    return [
      finding(item, candidate, {
        kind: 'async',
        message: 'is async in the crate, and the spec runs it on the JavaScript thread',
        change: 'set `async: true`',
        fix: [{ kind: 'set', target: item.target, path: ['async'], value: true }],
      }),
    ]
  if (!isAsync && entry.async === 'lane' && !entry.stream)
    return [
      finding(item, candidate, {
        kind: 'async',
        message: 'is not async in the crate, and would hold up the lane',
        change: 'set `async: blocking`',
        fix: [{ kind: 'set', target: item.target, path: ['async'], value: 'blocking' }],
      }),
    ]
  return []
}

/**
 * An async item runs on another thread. Its object and its arguments are used there; its result is made there and moves, so it
 * may be of a bound handle, as long as it is `Send`.
 */
function checkThreads(context: VerifyContext, item: CallableItem, candidate: Candidate): readonly Finding[] {
  if (item.entry.async === false) return []
  const owner = item.method === undefined ? undefined : context.owners.get(item.method.handle)
  const used = [
    ...(owner === undefined ? [] : [owner.type]),
    ...candidate.signature.params.map((param) => param.type),
  ].flatMap((type) => pathsIn(type))
  const found =
    used.find((path) => isUnsendable(context, path) || isBoundHandle(context, path)) ??
    pathsIn(candidate.signature.returns).find((path) => isUnsendable(context, path))
  if (found === undefined) return []
  return [
    finding(item, candidate, {
      kind: 'not-send',
      message: `runs on another thread, and \`${found}\` must stay on the thread that made it`,
      change: 'take `async` away',
      ...(candidate.signature.async
        ? {}
        : { fix: [{ kind: 'remove', target: item.target, path: ['async'] }] satisfies readonly SpecEdit[] }),
    }),
  ]
}

const isUnsendable = (context: VerifyContext, path: string): boolean =>
  path === 'std::rc::Rc' || path === 'std::rc::Weak' || findType(context.index, path)?.send === false

const isBoundHandle = (context: VerifyContext, path: string): boolean =>
  [...context.owners.values()].some((owner) => owner.path === path && owner.handle?.bound === true)

function pathsIn(type: RustType): readonly string[] {
  switch (type.kind) {
    case 'path':
      return [type.path, ...type.args.flatMap(pathsIn)]
    case 'ref':
      return pathsIn(type.to)
    case 'slice':
    case 'array':
      return pathsIn(type.of)
    case 'tuple':
      return type.items.flatMap(pathsIn)
    default:
      return []
  }
}

function checkReceiver(context: VerifyContext, item: CallableItem, candidate: Candidate): readonly Finding[] {
  const { method } = item
  const { receiver } = candidate.signature
  if (method === undefined || receiver === undefined) return []
  const base = { expected: method.exclusive ? '`&mut self`' : method.consumes ? '`self` by value' : '`&self`' }
  if (method.consumes && (receiver === 'ref' || receiver === 'mut'))
    return [
      finding(item, candidate, {
        ...base,
        kind: 'ownership',
        message: `takes ${RECEIVERS[receiver]}, and the spec says that it consumes its object`,
        change: 'take `consumes` away',
        fix: [{ kind: 'remove', target: item.target, path: ['consumes'] }],
      }),
    ]
  if (method.rust !== undefined) return []
  if (receiver === 'mut' && !method.exclusive)
    return [
      finding(item, candidate, {
        ...base,
        kind: 'mutability',
        message: 'takes `&mut self`, and the spec lends its object shared',
        change: 'set `exclusive: true`',
        fix: [{ kind: 'set', target: item.target, path: ['exclusive'], value: true }],
      }),
    ]
  const isCopied = context.owners.get(method.handle)?.handle?.clone === true
  if (receiver === 'value' && !method.consumes && !isCopied)
    return [
      finding(item, candidate, {
        ...base,
        kind: 'ownership',
        message: 'takes `self` by value, and the spec keeps its object',
        change: 'set `consumes: true`',
        fix: [{ kind: 'set', target: item.target, path: ['consumes'], value: true }],
      }),
    ]
  return []
}

function finding(
  item: CallableItem,
  candidate: Candidate,
  more: Pick<Finding, 'kind' | 'message' | 'change'> & Partial<Finding>,
): Finding {
  return {
    place: item.entry.place,
    item: item.item,
    severity: 'error',
    expected: expectedText(item),
    found: printed(candidate),
    ...more,
    message: `\`${candidate.callable.path}\`: ${more.message}`,
  }
}
