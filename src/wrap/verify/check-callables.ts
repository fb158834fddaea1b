/** Functions and methods of the spec against the crate's. */
import type { Callable, FieldItem } from '../model/model.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import type { SpecEdit } from '../spec/edit.js'
import type { FunctionEntry, MethodEntry } from '../spec/spec.js'
import {
  base,
  expectedText,
  paramAt,
  printed,
  readSignature,
  signatureText,
  type CallableItem,
} from './callable-item.js'
import { checkFacts } from './check-facts.js'
import { lookupFindings, movedOwner } from './check-lookup.js'
import { checkTexts, textFixes } from './check-texts.js'
import { signatureDifferences, type SignatureDifference } from './compare-signatures.js'
import type { VerifyContext } from './context.js'
import { findFunction, findMethod } from './find-callable.js'
import type { Finding } from './finding.js'
import { parseItemPath } from './item-path.js'
import { resolveSignature } from './resolve-types.js'
import type { Candidate } from './resolve.js'
import { noSubstitution, substituteSignature } from './substitute.js'

export function checkCallables(context: VerifyContext): readonly Finding[] {
  const functions = context.spec.functions.map((entry) => functionItem(context, entry))
  const methods = context.spec.methods.map((entry) => methodItem(context, entry))
  return [...functions, ...methods]
    .filter((item) => item.entry.skip === undefined)
    .flatMap((item) => checkCallable(context, item))
}

const functionItem = (context: VerifyContext, entry: FunctionEntry): CallableItem => ({
  entry,
  target: { section: 'functions', name: entry.name, ...(entry.owner === undefined ? {} : { of: entry.owner }) },
  item: entry.owner === undefined ? entry.name : `${entry.owner}.${entry.name}`,
  rustName: parseItemPath(entry.rustFn).segments.at(-1) ?? entry.rustFn,
  lookup: findFunction(context, entry),
})

const methodItem = (context: VerifyContext, entry: MethodEntry): CallableItem => ({
  entry,
  method: entry,
  target: { section: 'methods', name: entry.name, of: entry.handle },
  item: `${entry.handle}.${entry.name}`,
  rustName: entry.rustMethod,
  lookup: findMethod(context, entry),
})

function checkCallable(context: VerifyContext, item: CallableItem): readonly Finding[] {
  const { lookup } = item
  const moved = movedOwner(context, item)
  if (lookup.kind === 'found') return [...moved, ...checkFound(context, item, lookup.candidates)]
  if (lookup.kind === 'field' && lookup.field.public) return checkTexts(context, item, fieldRead(lookup.field))
  return [...moved, ...lookupFindings(context, item)]
}

/** A public field, read like a method that lends it. */
function fieldRead(field: FieldItem): Candidate {
  const returns: RustType = { kind: 'ref', mutable: false, to: field.type }
  const signature: RustSignature = {
    receiver: 'ref',
    generics: [],
    params: [],
    returns,
    async: false,
    unsafe: false,
  }
  const { name, docs } = field
  const callable: Callable = { path: name, name, docs, signature, isConst: false, implGenerics: [] }
  return { callable, signature, substitution: noSubstitution }
}

/** Of several with the name (impl blocks for other arguments) the one that fits best is meant. */
function checkFound(context: VerifyContext, item: CallableItem, candidates: readonly Candidate[]): readonly Finding[] {
  const all = candidates.map((candidate) => checkCandidate(context, item, candidate))
  return all.reduce((best, one) => (one.length < best.length ? one : best), all[0] ?? [])
}

function checkCandidate(context: VerifyContext, item: CallableItem, candidate: Candidate): readonly Finding[] {
  const { entry } = item
  const resolved = { ...candidate, signature: resolveSignature(candidate.signature, context.index) }
  const facts = checkFacts(context, item, resolved)
  if (entry.rust === undefined) return [...facts, ...checkTexts(context, item, resolved)]
  const written = readSignature(entry.rust)
  if (typeof written === 'string') return [...facts, unreadable(item, written, candidate)]
  const said = substituteSignature(written, candidate.substitution)
  const actual = { ...candidate, signature: asSaid(said, candidate) }
  const differences = signatureDifferences(said, actual.signature, context.index)
  // The spec's own signature may name types that the crate leaves open: those are what crosses.
  if (differences.length === 0) return [...facts, ...checkTexts(context, item, { ...candidate, signature: said })]
  const fix = signatureFix(context, item, resolved)
  // What the keys claim is judged again once the signature is right; the fix takes care of them.
  const warnings = facts.filter((finding) => finding.kind === 'deprecated')
  return [...warnings, ...differences.map((difference) => differenceFinding(item, actual, difference, fix))]
}

/** A function of the spec may have a method's object as its first parameter. */
function asSaid(said: RustSignature, { signature: crate, substitution }: Candidate): RustSignature {
  const { receiver, ...rest } = crate
  const { self } = substitution
  if (said.receiver !== undefined || receiver === undefined || receiver === 'other' || self === undefined) return crate
  if (said.params.length !== crate.params.length + 1) return crate
  const type: RustType = receiver === 'value' ? self : { kind: 'ref', mutable: receiver === 'mut', to: self }
  return { ...rest, params: [{ name: 'self', type }, ...crate.params] }
}

function differenceFinding(
  item: CallableItem,
  candidate: Candidate,
  difference: SignatureDifference,
  fix: readonly SpecEdit[] | undefined,
): Finding {
  const param = difference.parameter === undefined ? undefined : paramAt(item, candidate, difference.parameter)
  const found = printed(candidate)
  return {
    place: param?.place ?? item.entry.place,
    item: item.item,
    kind: difference.kind,
    severity: 'error',
    message: `\`${candidate.callable.path}\`: ${difference.message}`,
    expected: expectedText(item),
    found,
    change:
      fix === undefined
        ? `bring \`rust\`, \`params\` and \`return\` into line with the crate's signature, or leave the item out with \`skip\``
        : `set \`rust: "${signatureText(candidate)}"\`${fix.length > 1 ? ' and the types that follow from it' : ''}`,
    ...(fix === undefined ? {} : { fix }),
  }
}

/** The crate's signature with the types that follow from it; nothing when parameters came, went or cannot cross. */
function signatureFix(
  context: VerifyContext,
  item: CallableItem,
  candidate: Candidate,
): readonly SpecEdit[] | undefined {
  if (candidate.callable.signature.unsafe) return undefined
  const texts = textFixes(context, item, candidate)
  if (texts === undefined) return undefined
  const rust: SpecEdit = { kind: 'set', target: item.target, path: ['rust'], value: signatureText(candidate) }
  return [rust, ...texts, ...keyFixes(item, candidate)]
}

/** Keys that the new signature contradicts. */
function keyFixes(item: CallableItem, candidate: Candidate): readonly SpecEdit[] {
  const { entry, method, target } = item
  const { signature } = candidate
  const isAsync = signature.async
  const edits: SpecEdit[] = []
  if (isAsync && entry.async === false) edits.push({ kind: 'set', target, path: ['async'], value: true })
  if (!isAsync && entry.async === 'lane' && !entry.stream)
    edits.push({ kind: 'set', target, path: ['async'], value: 'blocking' })
  if (method?.consumes === true && signature.receiver !== 'value')
    edits.push({ kind: 'remove', target, path: ['consumes'] })
  return edits
}

const unreadable = (item: CallableItem, why: string, candidate: Candidate): Finding => ({
  ...base(item),
  kind: 'parameter-type',
  message: `\`rust\` cannot be read: ${why}`,
  found: printed(candidate),
  change: `set \`rust: "${signatureText(candidate)}"\``,
  fix: [{ kind: 'set', target: item.target, path: ['rust'], value: signatureText(candidate) }],
})
