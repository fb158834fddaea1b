/** The crate's callable behind a function or a method of the spec, or what there is instead. */
import type { FieldItem, TypeItem } from '../model/model.js'
import type { FunctionEntry, MethodEntry } from '../spec/spec.js'
import type { VerifyContext, Owner } from './context.js'
import { pathOf, readType } from './moved.js'
import { withoutAlias } from './resolve-types.js'
import { findType, isOwnPath } from './crate-index.js'
import { parseItemPath, type ItemPath } from './item-path.js'
import { derefTarget, implCandidates, inherentCandidates, traitCandidates, type Candidate } from './resolve.js'
import { satisfiesBounds } from './satisfies-bounds.js'
import { noSubstitution, substituteSignature, type Substitution } from './substitute.js'

export type Lookup =
  | { readonly kind: 'found'; readonly candidates: readonly Candidate[] }
  /** There, or nobody can tell: another crate's, a trait's whose signature the model does not have. */
  | { readonly kind: 'unknown' }
  /** A public field, read like a method. */
  | { readonly kind: 'field'; readonly field: FieldItem }
  | { readonly kind: 'no-field'; readonly item: TypeItem; readonly name: string }
  /** The type itself is missing. */
  | { readonly kind: 'no-type'; readonly path: string }
  | { readonly kind: 'not-implemented'; readonly trait: string; readonly within: string }
  /** There, but as a method of this trait. */
  | {
      readonly kind: 'in-trait'
      readonly trait: string
      readonly within: string
      readonly candidates: readonly Candidate[]
    }
  | {
      readonly kind: 'missing'
      readonly within: string
      readonly name: string
      /** What else the owner has. */
      readonly others: readonly Candidate[]
    }

export function findMethod(context: VerifyContext, entry: MethodEntry): Lookup {
  const owner = context.owners.get(entry.handle)
  if (owner === undefined) return { kind: 'no-type', path: entry.handle }
  if (entry.isField === true) return findField(owner, entry.rustMethod)
  if (entry.deref !== undefined) return findForwarded(context, owner, entry.rustMethod, entry.deref)
  return findMember(context, owner, entry.rustMethod, entry.trait)
}

/** A method of what the owner derefs to. */
function findForwarded(context: VerifyContext, owner: Owner, name: string, text: string): Lookup {
  const { item } = owner
  if (item === undefined) return findMember(context, owner, name, undefined)
  const target = derefTarget(context.index, item)
  const said = readType(text)
  if (target === undefined) return { kind: 'not-implemented', trait: 'std::ops::Deref', within: item.path }
  if (target.item === undefined || said === undefined) return { kind: 'unknown' }
  const isMeant = said.kind === 'path' && target.type.kind === 'path' && said.path === target.type.path
  if (!isMeant) return { kind: 'not-implemented', trait: `std::ops::Deref<Target = ${text}>`, within: item.path }
  const candidates = inherentCandidates(target.item, said, name)
  if (candidates.length > 0) return { kind: 'found', candidates }
  return { kind: 'missing', within: target.item.path, name, others: inherentCandidates(target.item, said) }
}

export function findFunction(context: VerifyContext, entry: FunctionEntry): Lookup {
  const path = parseItemPath(entry.rustFn)
  const full = path.segments.join('::')
  const callable = context.index.functions.get(full)
  if (callable !== undefined && path.trait === undefined) {
    return {
      kind: 'found',
      candidates: [{ callable, signature: callable.signature, substitution: noSubstitution }],
    }
  }
  const name = path.segments.at(-1) ?? ''
  const writtenOwner = path.segments.slice(0, -1).join('::')
  const ownerPath = context.moved.get(writtenOwner) ?? writtenOwner
  const item = findType(context.index, ownerPath)
  if (item !== undefined) {
    const read = readType(path.owner)
    const written = read && withoutAlias(read, context.index)
    const isConcrete = written?.kind === 'path' && written.args.length > 0
    const type = isConcrete
      ? { ...written, path: item.path }
      : ([...context.owners.values()].find((one) => one.path === ownerPath || one.path === item.path)?.type ?? written)
    const owner: Owner = { name: item.name, path: ownerPath, type: type ?? { kind: 'generic', name: item.name }, item }
    return findMember(context, owner, name, path.trait)
  }
  if (path.trait !== undefined && !isOwnType(context, path.owner)) return findExtension(context, path, name)
  if (!isOwnPath(`${ownerPath}::`, context.spec.crate.dependencies)) return { kind: 'unknown' }
  const isModule = ownerPath === context.model.name || hasModule(context, ownerPath)
  if (!isModule && startsUpper(path.segments.at(-2) ?? '')) return { kind: 'no-type', path: ownerPath }
  return { kind: 'missing', within: ownerPath, name, others: functionsOf(context) }
}

/** Whether the crate should have the type: `str` and `[u8]` are nobody's. */
function isOwnType(context: VerifyContext, text: string): boolean {
  const path = pathOf(readType(text) ?? { kind: 'tuple', items: [] })
  return path !== undefined && isOwnPath(path, context.spec.crate.dependencies)
}

/** A trait's method on a type of somebody else: `<str as heck::ToSnakeCase>::to_snake_case`. */
function findExtension(context: VerifyContext, path: ItemPath, name: string): Lookup {
  const trait = pathOf(readType(path.trait ?? '') ?? { kind: 'tuple', items: [] })
  const self = readType(path.owner)
  if (trait === undefined || self === undefined || !isOwnPath(trait, context.spec.crate.dependencies))
    return { kind: 'unknown' }
  const item = context.index.traits.get(trait)
  if (item === undefined) return { kind: 'no-type', path: trait }
  if (!satisfiesBounds(self, [{ trait, args: [], bindings: [] }], context.index))
    return { kind: 'not-implemented', trait, within: path.owner }
  const substitution: Substitution = { generics: new Map(), self, associated: new Map() }
  const all = item.methods.map((callable) => ({
    callable,
    signature: substituteSignature(callable.signature, substitution),
    substitution,
  }))
  const candidates = all.filter((candidate) => candidate.callable.name === name)
  return candidates.length > 0 ? { kind: 'found', candidates } : { kind: 'missing', within: trait, name, others: all }
}

function findField(owner: Owner, name: string): Lookup {
  if (owner.item === undefined) return { kind: 'unknown' }
  const field = owner.item.fields.find((one) => one.name === name)
  return field === undefined ? { kind: 'no-field', item: owner.item, name } : { kind: 'field', field }
}

function findMember(context: VerifyContext, owner: Owner, name: string, trait: string | undefined): Lookup {
  const { item, type } = owner
  if (item === undefined)
    return isOwnPath(owner.path, context.spec.crate.dependencies)
      ? { kind: 'no-type', path: owner.path }
      : { kind: 'unknown' }
  if (trait !== undefined) {
    const found = traitCandidates(context.index, item, type, trait, name)
    switch (found.kind) {
      case 'found':
      case 'unknown':
        return found
      case 'not-implemented':
        return { kind: 'not-implemented', trait: pathOf(readType(trait) ?? type) ?? trait, within: item.path }
      case 'no-method':
        return { kind: 'missing', within: trait, name, others: implCandidates(item, type) }
    }
  }
  const inherent = inherentCandidates(item, type, name)
  if (inherent.length > 0) return { kind: 'found', candidates: inherent }
  if (item.variants.some((variant) => variant.name === name && variant.shape !== 'unit')) return { kind: 'unknown' }
  const field = item.fields.find((one) => one.name === name)
  if (field !== undefined) return { kind: 'field', field }
  const target = derefTarget(context.index, item)
  if (target !== undefined) {
    if (target.item === undefined) return { kind: 'unknown' }
    const forwarded = inherentCandidates(target.item, target.type, name)
    if (forwarded.length > 0) return { kind: 'found', candidates: forwarded }
  }
  const written = implCandidates(item, type, name)
  const [first] = written
  if (first?.callable.trait !== undefined)
    return { kind: 'in-trait', trait: first.callable.trait, within: item.path, candidates: written }
  return { kind: 'missing', within: item.path, name, others: inherentCandidates(item, type) }
}

const functionsOf = ({ model }: VerifyContext): readonly Candidate[] =>
  model.functions.map((callable) => ({ callable, signature: callable.signature, substitution: noSubstitution }))

function hasModule({ model }: VerifyContext, path: string): boolean {
  const start = `${path}::`
  return [...model.functions, ...model.types, ...model.constants, ...model.traits].some((item) =>
    item.path.startsWith(start),
  )
}

const startsUpper = (name: string): boolean => name !== '' && name[0] !== name[0]?.toLowerCase()
