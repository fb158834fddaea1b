/** The boundary's view of an item, its `params` and `return`, against what the crate's signature maps to. */
import type { RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { boundaryText, mapType } from '../rules/map-type.js'
import { isRefusal, type Direction, type Mapping, type Refusal } from '../rules/mapping.js'
import { withoutCheckpoint } from '../rules/checkpoint.js'
import { laterOf } from '../rules/later.js'
import { withSinks } from '../rules/sinks.js'
import type { SpecEdit } from '../spec/edit.js'
import { sameBoundaryText } from './boundary-text.js'
import { objectFirst, paramAt, printed, type CallableItem } from './callable-item.js'
import { count, resultOf } from './compare-signatures.js'
import type { VerifyContext } from './context.js'
import type { Finding, FindingKind } from './finding.js'
import type { Candidate } from './resolve.js'

export function checkTexts(context: VerifyContext, item: CallableItem, found: Candidate): readonly Finding[] {
  const { entry } = item
  const asked = withoutCheckpoint(found.signature, entry.checkpoint)
  if ('fault' in asked) {
    const change = 'name the parameter that asks whether to go on, as `rust` has it'
    return [finding(item, found, 'parameter-type', asked.fault, { expected: entry.checkpoint ?? '', change })]
  }
  const candidate = asCrossing({ ...found, signature: asked.signature })
  const wanted = candidate.signature.params.length + objectFirst(item, candidate)
  if (entry.params.length !== wanted) {
    const message = `takes ${count(wanted)}, and the spec lists ${count(entry.params.length)}`
    return [
      finding(item, candidate, 'arity', message, {
        expected: entry.params.map((param) => param.type).join(', ') || 'no parameters',
        change: 'list one entry in `params` for each of them',
      }),
    ]
  }
  return [...checkParams(context, item, candidate), ...checkReturn(context, item, candidate)]
}

/** What comes later is what it is in the end, and what the call writes into is a result at the boundary. */
function asCrossing(candidate: Candidate): Candidate {
  const later = laterOf(candidate.signature)
  const awaited = 'refused' in later ? candidate.signature : later.signature
  return { ...candidate, signature: withSinks(awaited, candidate.callable.implGenerics).signature }
}

function checkParams(context: VerifyContext, item: CallableItem, candidate: Candidate): readonly Finding[] {
  return candidate.signature.params.flatMap((param, index): Finding[] => {
    const said = paramAt(item, candidate, index)
    if (said === undefined) return []
    const mapping = map(context, candidate, param.type, 'in')
    const place = { place: said.place, expected: said.type }
    if (isRefusal(mapping)) {
      // With `rust` the item was weighed by whoever wrote it; the generator has the last word.
      if (item.entry.rust !== undefined) return []
      return [
        finding(item, candidate, refusedKind(param.type), `parameter \`${said.name}\`: ${mapping.reason}`, {
          ...place,
          change: 'leave the item out with `skip`, or wrap a function with a type that crosses',
        }),
      ]
    }
    const text = boundaryText(mapping)
    if (sameBoundaryText(said.type, text)) return []
    const fix = setType(item, candidate, index, text)
    return [
      finding(
        item,
        candidate,
        'parameter-type',
        `parameter \`${said.name}\` is \`${printType(param.type)}\`, which crosses as \`${text}\`, not \`${said.type}\``,
        { ...place, change: `set its \`type: "${text}"\``, fix: [fix] },
      ),
    ]
  })
}

function checkReturn(context: VerifyContext, item: CallableItem, candidate: Candidate): readonly Finding[] {
  const { entry } = item
  const { returns } = candidate.signature
  const threw = checkThrows(item, candidate)
  if (item.method?.chains === true) return threw
  const mapping = map(context, candidate, returns, 'out')
  if (isRefusal(mapping)) {
    if (entry.rust !== undefined) return threw
    return [
      ...threw,
      finding(item, candidate, 'return', `the result: ${mapping.reason}`, {
        expected: entry.returns,
        change: 'leave the item out with `skip`, or wrap a function whose result crosses',
      }),
    ]
  }
  const text = boundaryText(mapping)
  if (sameBoundaryText(entry.returns, text)) return threw
  return [
    ...threw,
    finding(
      item,
      candidate,
      'return',
      `returns \`${printType(returns)}\`, which crosses as \`${text}\`, not \`${entry.returns}\``,
      { expected: entry.returns, change: `set \`return: "${text}"\``, fix: [setReturn(item, text)] },
    ),
  ]
}

/** `throws` names an error type: the crate has to fail with it. */
function checkThrows(item: CallableItem, candidate: Candidate): readonly Finding[] {
  const { throws } = item.entry
  if (throws?.includes('::') !== true) return []
  const result = resultOf(candidate.signature.returns)
  const error = result === undefined ? undefined : printType(result.error)
  if (error === throws) return []
  const message = error === undefined ? 'does not fail' : `fails with \`${error}\`, not \`${throws}\``
  return [
    finding(item, candidate, 'error-type', message, {
      expected: `throws ${throws}`,
      change: error === undefined ? 'take `throws` away' : `set \`throws: "${error}"\``,
      fix: [
        error === undefined
          ? { kind: 'remove', target: item.target, path: ['throws'] }
          : { kind: 'set', target: item.target, path: ['throws'], value: error },
      ],
    }),
  ]
}

/** The edits that bring the texts into line; nothing when parameters came or went, or something does not cross. */
export function textFixes(
  context: VerifyContext,
  item: CallableItem,
  found: Candidate,
): readonly SpecEdit[] | undefined {
  const candidate = asCrossing(found)
  const { entry } = item
  if (entry.params.length !== candidate.signature.params.length + objectFirst(item, candidate)) return undefined
  const edits: SpecEdit[] = []
  for (const [index, param] of candidate.signature.params.entries()) {
    const mapping = map(context, candidate, param.type, 'in')
    if (isRefusal(mapping)) return undefined
    const text = boundaryText(mapping)
    const said = paramAt(item, candidate, index)
    if (said !== undefined && !sameBoundaryText(said.type, text)) edits.push(setType(item, candidate, index, text))
  }
  if (item.method?.chains === true) return edits
  const mapping = map(context, candidate, candidate.signature.returns, 'out')
  if (isRefusal(mapping)) return undefined
  const text = boundaryText(mapping)
  return sameBoundaryText(entry.returns, text) ? edits : [...edits, setReturn(item, text)]
}

function map(context: VerifyContext, candidate: Candidate, type: RustType, direction: Direction): Mapping | Refusal {
  const { self } = candidate.substitution
  return mapType(type, direction, self === undefined ? context.world : { ...context.world, self }, {
    generics: [...candidate.callable.implGenerics, ...candidate.signature.generics],
  })
}

const setType = (item: CallableItem, candidate: Candidate, index: number, text: string): SpecEdit => ({
  kind: 'set',
  target: item.target,
  path: ['params', index + objectFirst(item, candidate), 'type'],
  value: text,
})

const setReturn = (item: CallableItem, text: string): SpecEdit => ({
  kind: 'set',
  target: item.target,
  path: ['return'],
  value: text,
})

/** What sort of type it is that the rules refuse as an argument. */
function refusedKind(type: RustType): FindingKind {
  if (type.kind === 'generic' || type.kind === 'impl' || type.kind === 'projection') return 'generic'
  if (type.kind === 'ref' && type.lifetime === "'static") return 'not-static'
  if (type.kind === 'ref' && type.mutable) return 'mutability'
  return 'parameter-type'
}

function finding(
  item: CallableItem,
  candidate: Candidate,
  kind: FindingKind,
  message: string,
  more: Partial<Finding> & Pick<Finding, 'expected' | 'change'>,
): Finding {
  return {
    place: item.entry.place,
    item: item.item,
    kind,
    severity: 'error',
    message: `\`${candidate.callable.path}\`: ${message}`,
    found: printed(candidate),
    ...more,
  }
}
