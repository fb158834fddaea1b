/** Functions and methods of the spec against the crate's. */
import type { RustSignature } from '../model/rust-type.js'
import { parseSignature, RustTextError } from '../model/text.js'
import type { SpecEdit } from '../spec/edit.js'
import type { FunctionEntry, MethodEntry } from '../spec/spec.js'
import { expectedText, paramAt, printed, signatureText, type CallableItem } from './callable-item.js'
import { checkFacts } from './check-facts.js'
import { checkTexts, textFixes } from './check-texts.js'
import { signatureDifferences, type SignatureDifference } from './compare-signatures.js'
import type { VerifyContext } from './context.js'
import { findFunction, findMethod, type Lookup } from './find-callable.js'
import type { Finding } from './finding.js'
import { parseItemPath } from './item-path.js'
import { missing } from './missing.js'
import type { Candidate } from './resolve.js'
import { substituteSignature } from './substitute.js'

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
  switch (lookup.kind) {
    case 'unknown':
      return []
    case 'field':
      return lookup.field.public ? [] : [hiddenField(item, lookup.field.name)]
    case 'no-type':
      return context.missingTypes.has(lookup.path) ? [] : [noType(context, item, lookup.path)]
    case 'not-implemented':
      return [notImplemented(item, lookup.within, lookup.trait)]
    case 'in-trait':
      return [inTrait(item, lookup.within, lookup.trait, lookup.candidates)]
    case 'missing':
      return [missingCallable(context, item, lookup)]
    case 'found':
      return checkFound(context, item, lookup.candidates)
  }
}

/** Of several with the name (impl blocks for other arguments) the one that fits best is meant. */
function checkFound(context: VerifyContext, item: CallableItem, candidates: readonly Candidate[]): readonly Finding[] {
  const all = candidates.map((candidate) => checkCandidate(context, item, candidate))
  return all.reduce((best, one) => (one.length < best.length ? one : best), all[0] ?? [])
}

function checkCandidate(context: VerifyContext, item: CallableItem, candidate: Candidate): readonly Finding[] {
  const { entry } = item
  const facts = checkFacts(context, item, candidate)
  if (entry.rust === undefined) return [...facts, ...checkTexts(context, item, candidate)]
  const written = readSignature(entry.rust)
  if (typeof written === 'string') return [...facts, unreadable(item, written, candidate)]
  const differences = signatureDifferences(substituteSignature(written, candidate.substitution), candidate.signature)
  if (differences.length === 0) return [...facts, ...checkTexts(context, item, candidate)]
  const fix = signatureFix(context, item, candidate)
  return [...facts, ...differences.map((difference) => differenceFinding(item, candidate, difference, fix))]
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
  return [{ kind: 'set', target: item.target, path: ['rust'], value: signatureText(candidate) }, ...texts]
}

function readSignature(text: string): RustSignature | string {
  try {
    return parseSignature(text)
  } catch (error) {
    if (error instanceof RustTextError) return error.message
    throw error
  }
}

const base = (item: CallableItem): Pick<Finding, 'place' | 'item' | 'severity' | 'expected'> => ({
  place: item.entry.place,
  item: item.item,
  severity: 'error',
  expected: expectedText(item),
})

const unreadable = (item: CallableItem, why: string, candidate: Candidate): Finding => ({
  ...base(item),
  kind: 'parameter-type',
  message: `\`rust\` cannot be read: ${why}`,
  found: printed(candidate),
  change: `set \`rust: "${signatureText(candidate)}"\``,
  fix: [{ kind: 'set', target: item.target, path: ['rust'], value: signatureText(candidate) }],
})

const hiddenField = (item: CallableItem, field: string): Finding => ({
  ...base(item),
  kind: 'visibility',
  message: `the field \`${field}\` is private`,
  found: `private field \`${field}\``,
  change: 'name a public method that gives it, or take the entry out',
})

function noType(context: VerifyContext, item: CallableItem, path: string): Finding {
  const name = path.slice(path.lastIndexOf('::') + 1)
  return missing(context, {
    ...base(item),
    kind: 'type-missing',
    what: 'type',
    name,
    within: context.model.name,
    candidates: new Map(context.model.types.map((type) => [type.name, type.path])),
  })
}

const notImplemented = (item: CallableItem, within: string, trait: string): Finding => ({
  ...base(item),
  kind: 'missing',
  message: `\`${within}\` does not implement \`${trait}\``,
  found: `no impl of \`${trait}\``,
  change: 'take the entry out, or check whether the impl needs a feature',
})

const inTrait = (item: CallableItem, within: string, trait: string, candidates: readonly Candidate[]): Finding => ({
  ...base(item),
  kind: 'missing',
  message: `\`${within}\` has \`${item.rustName}\` only from the trait \`${trait}\``,
  found: candidates.map(printed).join('; '),
  change:
    item.method === undefined
      ? `set \`rust_fn: "<${within} as ${trait}>::${item.rustName}"\``
      : `set \`trait: "${trait}"\``,
  fix: [
    item.method === undefined
      ? { kind: 'set', target: item.target, path: ['rust_fn'], value: `<${within} as ${trait}>::${item.rustName}` }
      : { kind: 'set', target: item.target, path: ['trait'], value: trait },
  ],
})

function missingCallable(
  context: VerifyContext,
  item: CallableItem,
  lookup: Extract<Lookup, { kind: 'missing' }>,
): Finding {
  const used = usedNames(context, item, lookup.within)
  const free = lookup.others.filter((other) => !used.has(nameOf(other, item, lookup.within)))
  const written = item.entry.rust === undefined ? undefined : readSignature(item.entry.rust)
  const fits = (other: Candidate): boolean =>
    typeof written === 'object' &&
    signatureDifferences(substituteSignature(written, other.substitution), other.signature).length === 0
  return missing(context, {
    ...base(item),
    kind: 'missing',
    what: item.method === undefined ? 'function' : 'method',
    name: lookup.name,
    within: lookup.within,
    candidates: new Map(free.map((other) => [nameOf(other, item, lookup.within), printed(other)])),
    sameSignature: new Set(free.filter(fits).map((other) => nameOf(other, item, lookup.within))),
    rename: (name) => [renamed(item, name)],
  })
}

/** Functions of other modules are named from the crate on, so that the whole path is what changes. */
const nameOf = (other: Candidate, item: CallableItem, within: string): string =>
  other.callable.path === `${within}::${other.callable.name}` || item.method !== undefined
    ? other.callable.name
    : other.callable.path

function renamed(item: CallableItem, name: string): SpecEdit {
  if (item.method !== undefined) return { kind: 'set', target: item.target, path: ['rust_method'], value: name }
  const written = (item.entry as FunctionEntry).rustFn
  const start = name.includes('::') ? '' : written.slice(0, written.length - item.rustName.length)
  return { kind: 'set', target: item.target, path: ['rust_fn'], value: `${start}${name}` }
}

/** What the spec has already: nothing was renamed to that. */
function usedNames(context: VerifyContext, item: CallableItem, within: string): ReadonlySet<string> {
  const { method } = item
  const functions = context.spec.functions.map((entry) => parseItemPath(entry.rustFn).segments)
  const called = functions
    .filter((segments) => segments.slice(0, -1).join('::') === within)
    .map((segments) => segments.at(-1) ?? '')
  if (method === undefined) return new Set([...called, ...functions.map((segments) => segments.join('::'))])
  const methods = context.spec.methods.filter((entry) => entry.handle === method.handle)
  return new Set([...called, ...methods.map((entry) => entry.rustMethod)])
}
