/** From a spec to what is emitted: types mapped, names decided, everything that cannot be emitted told. */
import { camel, exportsBehind, pascal, screaming } from '../model/names.js'
import type { RustType } from '../model/rust-type.js'
import { mapType } from '../rules/map-type.js'
import { isRefusal, type Mapping } from '../rules/mapping.js'
import { classEntries } from '../spec/class-entries.js'
import type { Fault } from '../spec/fault.js'
import type { EnumEntry, Place, RecordEntry, Spec } from '../spec/spec.js'
import type { Building } from './building.js'
import { constantMember, functionMember, methodMember } from './callables.js'
import { takesWhole } from './contract.js'
import type { ClassIr, EnumIr, ExportIr, MemberIr, Package, ShapeIr } from './ir.js'
import { scalarOf } from './scalars.js'
import { fieldType, getterType } from './short-form.js'
import { withAhead } from './pulls.js'
import { asBigints, readBoundary } from './type-texts.js'
import { isKept, readNames } from './world.js'

/** The most arguments an export takes, its object counted; an async one takes the call's number besides. */
const MOST_ARGUMENTS = 8
/** The longest array that crosses as a tuple. */
const LONGEST_TUPLE = 16

/** Every entry that is neither skipped nor rejected. With faults there is no package. */
export function buildPackage(spec: Spec): { package?: Package; faults: Fault[] } {
  const faults: Fault[] = []
  if (spec.lib.lang !== 'rust') {
    faults.push({
      place: spec.lib.place,
      message: `\`lang: ${spec.lib.lang}\` is read and verified, but not generated yet`,
    })
    return { faults }
  }
  const system = camel(spec.lib.name)
  const names = readNames(spec, faults)
  const handles = new Map(
    classEntries(spec)
      .filter(isKept)
      .map((entry) => [entry.name, entry]),
  )
  const at: Building = { system, names, handles, faults }

  const owned = new Map<string, MemberIr[]>(Array.from(handles.keys(), (name) => [name, []]))
  const members: MemberIr[] = []
  const add = (owner: string | undefined, place: Place, member: MemberIr | undefined): void => {
    if (member === undefined) return
    if (member.export.params.length > MOST_ARGUMENTS) {
      faults.push({ place, message: `${member.name} takes more than ${MOST_ARGUMENTS} arguments` })
      return
    }
    const list = owner === undefined ? members : owned.get(owner)
    list?.push(member)
  }
  for (const entry of spec.functions) if (isKept(entry)) add(entry.owner, entry.place, functionMember(entry, at))
  for (const entry of spec.methods) if (isKept(entry)) add(entry.handle, entry.place, methodMember(entry, at))
  for (const entry of spec.constants) if (isKept(entry)) add(entry.owner, entry.place, constantMember(entry, at))

  const exports = [...Array.from(owned.values()).flat(), ...members].map((member) => member.export)
  refuseTwins(exports, faults)
  const pkg: Package = {
    spec,
    system,
    errorClass: `${pascal(spec.lib.name)}Error`,
    errorCode: `ERR_${screaming(spec.lib.name)}`,
    classes: classesOf(at, owned),
    records: spec.records.filter(isKept).flatMap((entry) => recordOf(entry, at)),
    enums: spec.enums.filter(isKept).flatMap((entry) => enumOf(entry, at)),
    errors: spec.errors.filter(isKept),
    members,
    exports,
  }
  if (faults.length > 0) return { faults }
  return { package: withAhead(withConsumed(pkg)), faults }
}

function classesOf(at: Building, owned: ReadonlyMap<string, MemberIr[]>): ClassIr[] {
  return Array.from(at.handles.values()).flatMap((entry) => {
    const rustType = at.names.types.get(entry.name)
    if (rustType === undefined) return []
    const parent = entry.parent === undefined ? {} : { parent: entry.parent }
    return [{ name: entry.name, entry, rustType, consumable: false, ...parent, members: owned.get(entry.name) ?? [] }]
  })
}

/** Classes whose objects some export takes for good. */
function withConsumed(pkg: Package): Package {
  const consumed = new Set<string>()
  for (const item of pkg.exports) {
    for (const param of item.params) {
      if (param.mapping.kind === 'handle' && takesWhole(pkg, item, param)) consumed.add(param.mapping.name)
    }
  }
  return { ...pkg, classes: pkg.classes.map((shape) => ({ ...shape, consumable: consumed.has(shape.name) })) }
}

function recordOf(entry: RecordEntry, at: Building): ShapeIr<RecordEntry>[] {
  const rustType = at.names.types.get(entry.name)
  if (rustType === undefined) return []
  if (entry.fields.length === 0 || entry.fields.length > LONGEST_TUPLE) {
    at.faults.push({ place: entry.place, message: `a record has 1 to ${LONGEST_TUPLE} fields` })
    return []
  }
  const fields = entry.fields.map((field) => fieldOf(field, entry.place, at, entry.by))
  const known = fields.filter((field) => field !== undefined)
  return known.length === fields.length ? [{ name: entry.name, entry, rustType, fields: known }] : []
}

interface Field {
  readonly name: string
  readonly rust: string
  readonly mapping: Mapping
}

function fieldOf(
  field: { readonly name: string; readonly type: string; readonly rust: string },
  place: Place,
  at: Building,
  by: RecordEntry['by'] = 'field',
): Field | undefined {
  const type = readBoundary(field.type, place, at)
  const rust: RustType | undefined =
    type && (by === 'getter' ? getterType(type, at.names.types) : fieldType(type, at.names.types))
  if (rust === undefined) {
    if (type !== undefined) at.faults.push({ place, message: `\`${field.type}\` is no type of a field` })
    return undefined
  }
  const mapping = mapType(rust, 'out', at.names.world)
  if (isRefusal(mapping)) {
    at.faults.push({ place, message: `${field.name}: ${mapping.reason}` })
    return undefined
  }
  return { name: field.name, rust: field.rust, mapping: asBigints(mapping, type) }
}

function enumOf(entry: EnumEntry, at: Building): EnumIr[] {
  const rustType = at.names.types.get(entry.name)
  if (rustType === undefined) return []
  const variants: EnumIr['variants'][number][] = []
  for (const variant of entry.variants) {
    const fields = variant.fields.map((field) => fieldOf(field, entry.place, at))
    const known = fields.filter((field) => field !== undefined)
    if (known.length < fields.length) return []
    const isTuple = known.every((field) => /^\d+$/.test(field.rust))
    const shape = known.length === 0 ? 'unit' : isTuple ? 'tuple' : 'struct'
    variants.push({ name: variant.name, rust: variant.rust, shape, fields: known })
  }
  const untagged = entry.untagged === true
  if (untagged) {
    const fault = untaggedFault(variants)
    if (fault !== undefined) {
      at.faults.push({ place: entry.place, message: `${entry.name}: ${fault}` })
      return []
    }
  }
  const carriesData = !untagged && variants.some((variant) => variant.fields.length > 0)
  return [{ name: entry.name, entry, rustType, variants, carriesData, untagged }]
}

/** Why a value's type would not say which variant it is. */
function untaggedFault(variants: EnumIr['variants']): string | undefined {
  const seen = new Set<string>()
  for (const variant of variants) {
    const form = scalarOf(variant)
    if (form === undefined) {
      return `the untagged variant \`${variant.name}\` needs one field of type boolean, f64, bigint64, text or bytes, or none`
    }
    if (seen.has(form)) return `two untagged variants are told by ${form}`
    seen.add(form)
  }
  return undefined
}

/** Two exports of one name, Sync doors counted. */
function refuseTwins(exports: readonly ExportIr[], faults: Fault[]): void {
  const seen = new Set<string>()
  for (const item of exports) {
    for (const end of ['', ...exportsBehind(item.runs !== 'here', item.stream !== undefined)]) {
      const name = item.name + end
      if (seen.has(name)) {
        faults.push({ place: item.place, message: `two items are exported as ${name}`, hint: 'give one another name' })
      }
      seen.add(name)
    }
  }
}
