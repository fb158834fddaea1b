/** Findings for items whose callable the crate does not have as the spec says. */
import { lastName } from '../model/paths.js'
import type { TypeItem } from '../model/model.js'
import { printType } from '../model/text.js'
import type { SpecEdit } from '../spec/edit.js'
import { base, printed, readSignature, type CallableItem } from './callable-item.js'
import { signatureDifferences } from './compare-signatures.js'
import type { VerifyContext } from './context.js'
import type { Lookup } from './find-callable.js'
import type { Finding } from './finding.js'
import { parseItemPath } from './item-path.js'
import { missing } from './missing.js'
import type { Candidate } from './resolve.js'
import { substituteSignature } from './substitute.js'

/** What is wrong, when it is not the signature: nothing for what is there or cannot be known. */
export function lookupFindings(context: VerifyContext, item: CallableItem): readonly Finding[] {
  const { lookup } = item
  switch (lookup.kind) {
    case 'unknown':
    case 'found':
      return []
    case 'field':
      return lookup.field.public ? [] : [hiddenField(item, lookup.field.name)]
    case 'no-field':
      return [noField(context, item, lookup.item, lookup.name)]
    case 'no-type':
      return context.missingTypes.has(lookup.path) ? [] : [noType(context, item, lookup.path)]
    case 'not-implemented':
      return [notImplemented(item, lookup.within, lookup.trait)]
    case 'in-trait':
      return [inTrait(item, lookup.within, lookup.trait, lookup.candidates)]
    case 'missing':
      return [missingCallable(context, item, lookup)]
  }
}

const hiddenField = (item: CallableItem, field: string): Finding => ({
  ...base(item),
  kind: 'visibility',
  message: `the field \`${field}\` is private`,
  found: `private field \`${field}\``,
  change: 'name a public method that gives it, or take the entry out',
})

/** The type in a function's path, or the handle of a method. */
function noType(context: VerifyContext, item: CallableItem, path: string): Finding {
  const types = new Map(context.model.types.map((type) => [type.name, type.path]))
  return missing(context, {
    ...base(item),
    kind: 'type-missing',
    what: 'type',
    name: lastName(path),
    within: context.model.name,
    candidates: types,
    ...(item.method === undefined ? { rename: (near: string) => [setOwner(item, path, types.get(near) ?? near)] } : {}),
  })
}

const setOwner = (item: CallableItem, from: string, to: string): SpecEdit => ({
  kind: 'set',
  target: item.target,
  path: ['rust_fn'],
  value: rustFn(item).replace(from, () => to),
})

const rustFn = (item: CallableItem): string => ('rustFn' in item.entry ? item.entry.rustFn : '')

/** A function of a type that has another path now; what it takes and gives is compared as well. */
export function movedOwner(context: VerifyContext, item: CallableItem): readonly Finding[] {
  if (item.method !== undefined) return []
  const from = parseItemPath(rustFn(item)).segments.slice(0, -1).join('::')
  const to = context.moved.get(from)
  if (to === undefined) return []
  return [
    {
      ...base(item),
      kind: 'type-missing',
      message: `\`${from}\` is no public path of the crate`,
      found: `${context.index.types.get(to)?.kind ?? 'type'} ${to}`,
      change: `write \`${to}\``,
      fix: [setOwner(item, from, to)],
    },
  ]
}

function noField(context: VerifyContext, item: CallableItem, type: TypeItem, name: string): Finding {
  const fields = type.fields.filter((field) => field.public)
  return missing(context, {
    ...base(item),
    kind: 'field-missing',
    what: 'field',
    name,
    within: type.path,
    candidates: new Map(fields.map((field) => [field.name, `${field.name}: ${printType(field.type)}`])),
    rename: (near) => [{ kind: 'set', target: item.target, path: ['rust_method'], value: near }],
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
    signatureDifferences(substituteSignature(written, other.substitution), other.signature, context.index).length === 0
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
  const written = rustFn(item)
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
