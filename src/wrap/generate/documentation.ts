/**
 * A package with the crate's own words: what the spec does not say of an item is taken from the crate. The spec stays free of
 * text that the crate has already, and a `doc` in it is stronger.
 */
import type { ClassIr, EnumIr, MemberIr, Package, RustCall, ShapeIr } from '../ir/ir.js'
import type { CrateModel, ItemFacts } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import type { RecordEntry } from '../spec/spec.js'

/** What is known of an item by its path: `semver::Version::parse`. */
interface Words {
  readonly docs: string
  readonly deprecated?: string
}

export function withCrateDocs(p: Package, model: CrateModel): Package {
  const words = wordsOf(model)
  const members = (list: readonly MemberIr[]): MemberIr[] => list.map((member) => documented(member, words))
  const classes = p.classes.map((item): ClassIr => {
    const known = words.get(pathOf(item.rustType))
    return { ...item, entry: described(item.entry, known), members: members(item.members) }
  })
  return {
    ...p,
    classes,
    members: members(p.members),
    records: p.records.map((shape): ShapeIr<RecordEntry> => {
      const path = pathOf(shape.rustType)
      const fields = shape.fields.map((field) => withDocs(field, words.get(`${path}::${field.rust}`)))
      return { ...shape, entry: described(shape.entry, words.get(path)), fields }
    }),
    enums: p.enums.map((shape): EnumIr => {
      const path = pathOf(shape.rustType)
      const variants = shape.variants.map((variant) => {
        const at = `${path}::${variant.rust}`
        const fields = variant.fields.map((field) => withDocs(field, words.get(`${at}::${field.rust}`)))
        return { ...withDocs(variant, words.get(at)), fields }
      })
      return { ...shape, entry: described(shape.entry, words.get(path)), variants }
    }),
  }
}

function documented(member: MemberIr, words: ReadonlyMap<string, Words>): MemberIr {
  const known = pathsOf(member.export.call)
    .map((path) => words.get(path))
    .find((found) => found !== undefined)
  if (known === undefined) return member
  const deprecated = member.deprecated ?? known.deprecated
  const docs = member.docs === '' ? known.docs : member.docs
  return { ...member, docs, ...(deprecated === undefined ? {} : { deprecated }) }
}

function withDocs<T extends { readonly docs?: string }>(item: T, known: Words | undefined): T {
  return known === undefined || known.docs === '' || item.docs !== undefined ? item : { ...item, docs: known.docs }
}

function described<T extends { readonly doc?: string }>(entry: T, known: Words | undefined): T {
  return known === undefined || known.docs === '' || entry.doc !== undefined ? entry : { ...entry, doc: known.docs }
}

/** Where the words of a call may stand, the nearest first: a trait's own come last. */
function pathsOf(call: RustCall): string[] {
  switch (call.kind) {
    case 'function': {
      const paths = call.owner === undefined ? [call.path] : [`${pathOf(call.owner)}::${call.path}`]
      return call.trait === undefined ? paths : [...paths, `${pathOf(call.trait)}::${call.path}`]
    }
    case 'constant':
      return [call.path]
    case 'field':
      return [`${pathOf(call.type)}::${call.field}`]
    case 'method': {
      const own = `${pathOf(call.type)}::${call.method}`
      return call.trait === undefined ? [own] : [own, `${pathOf(call.trait)}::${call.method}`]
    }
  }
}

const pathOf = (type: RustType): string => (type.kind === 'path' ? type.path : '')

function wordsOf(model: CrateModel): Map<string, Words> {
  const words = new Map<string, Words>()
  const add = (path: string, facts: Pick<ItemFacts, 'docs' | 'deprecated'>): void => {
    if (words.has(path) || (facts.docs === '' && facts.deprecated === undefined)) return
    const { deprecated } = facts
    words.set(path, {
      docs: facts.docs,
      ...(deprecated === undefined ? {} : { deprecated: deprecationOf(deprecated) }),
    })
  }
  for (const item of [...model.functions, ...model.constants]) add(item.path, item)
  for (const type of model.types) {
    add(type.path, type)
    for (const item of [...type.methods, ...type.constants]) add(`${type.path}::${item.name}`, item)
    for (const field of type.fields) add(`${type.path}::${field.name}`, field)
    for (const variant of type.variants) {
      add(`${type.path}::${variant.name}`, variant)
      for (const field of variant.fields) add(`${type.path}::${variant.name}::${field.name}`, field)
    }
    for (const { methods } of type.impls) for (const item of methods) add(`${type.path}::${item.name}`, item)
  }
  for (const trait of model.traits) {
    for (const item of trait.methods) add(`${trait.path}::${item.name}`, item)
  }
  return words
}

function deprecationOf({ since, note }: NonNullable<ItemFacts['deprecated']>): string {
  const when = since === undefined ? '' : `since ${since}`
  return [when, note ?? ''].filter((part) => part !== '').join(': ')
}
