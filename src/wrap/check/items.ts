/** From an export of the glue back to the entry of the spec it was made from. */
import type { Package } from '../ir/ir.js'
import { classEntries } from '../spec/class-entries.js'
import type { EditTarget } from '../spec/edit.js'
import type { Place, Spec } from '../spec/spec.js'

/** An entry that may be left out of a package. */
export interface Rejectable {
  /** `Version.parse`. */
  readonly label: string
  /** The class it belongs to. */
  readonly owner: string | undefined
  readonly required: boolean
  readonly target: EditTarget
  readonly place: Place
}

/** By export name: the entry behind it. Exports that no entry stands for are part of the structure and missing here. */
export function rejectableExports(p: Package): Map<string, Rejectable> {
  const entries = new Map(entriesOf(p.spec).map((entry) => [placeKey(entry.place), entry]))
  const found = new Map<string, Rejectable>()
  for (const item of p.exports) {
    const entry = entries.get(placeKey(item.place))
    if (entry !== undefined) found.set(item.name, entry)
  }
  return found
}

/** The callable entries of a spec, those left out included. */
export function entriesOf(spec: Spec): readonly Rejectable[] {
  const of = (owner: string | undefined): { of: string } | Record<string, never> =>
    owner === undefined ? {} : { of: owner }
  const label = (owner: string | undefined, name: string): string => (owner === undefined ? name : `${owner}.${name}`)
  return [
    ...spec.functions.map(({ name, owner, required, place }) => ({
      label: label(owner, name),
      owner,
      required,
      place,
      target: { section: 'functions' as const, name, ...of(owner) },
    })),
    ...spec.methods.map(({ name, handle, required, place }) => ({
      label: label(handle, name),
      owner: handle,
      required,
      place,
      target: { section: 'methods' as const, name, of: handle },
    })),
    ...spec.constants.map(({ name, owner, required, place }) => ({
      label: label(owner, name),
      owner,
      required,
      place,
      target: { section: 'constants' as const, name, ...of(owner) },
    })),
  ]
}

/** The entry of a class. */
export function rejectableClass(spec: Spec, name: string): Rejectable | undefined {
  const entry = classEntries(spec).find((candidate) => candidate.name === name)
  if (entry === undefined) return undefined
  const { required, place, section } = entry
  return { label: name, owner: undefined, required, place, target: { section, name } }
}

/** How many callable entries a spec has, and how many of them it leaves out. */
export function countEntries(spec: Spec): { all: number; skipped: number; rejected: number } {
  const entries = [...spec.functions, ...spec.methods, ...spec.constants]
  return {
    all: entries.length,
    skipped: entries.filter((entry) => entry.skip !== undefined).length,
    rejected: entries.filter((entry) => entry.skip === undefined && entry.rejected !== undefined).length,
  }
}

const placeKey = (place: Place): string => `${place.line}:${place.column}`
