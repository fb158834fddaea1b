/** A draft as the file has it: keys as the file spells them, in the order of their descriptions, defaults left away. */
import { isNested, type KeyDescription, type Nested } from './describe.js'
import type {
  DraftCallback,
  DraftConstant,
  DraftEnum,
  DraftError,
  DraftFunction,
  DraftHandle,
  DraftInstance,
  DraftMethod,
  DraftRecord,
  SpecDraft,
} from './draft.js'
import type { SpecValue } from './edit.js'
import { rustName, rustVariant } from './entries.js'
import { isList } from './describe.js'
import { SECTIONS } from './sections.js'
import type { SpecObject } from './yaml-text.js'

type Values = { [key: string]: SpecValue | undefined }

/** Each section's value, in the order of the sections. An empty section is not there. */
export function draftSections(draft: SpecDraft): [key: string, value: SpecValue][] {
  const values: Values = {
    wrapper_lib: libraryValues(draft),
    crate: crateValues(draft),
    api: draft.api,
    handle_types: draft.handles.map(handleValues),
    instances: draft.instances.map(instanceValues),
    records: draft.records.map(recordValues),
    enums: draft.enums.map(enumValues),
    errors: draft.errors.map(errorValues),
    callbacks: draft.callbacks.map(callbackValues),
    functions: draft.functions.map(functionValues),
    methods: draft.methods.map(methodValues),
    constants: draft.constants.map(constantValues),
  }
  return SECTIONS.flatMap(({ key }) => {
    const value = values[key]
    const isEmpty =
      value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    return isEmpty || (key === 'api' && value === 'generated') ? [] : [[key, value]]
  })
}

function nestedOf(section: string): Nested {
  const kind = SECTIONS.find(({ key }) => key === section)?.kind
  const item = kind !== undefined && isList(kind) ? kind.listOf : kind
  if (item === undefined || !isNested(item)) throw new Error(`${section} is no section of mappings`)
  return item
}

/** Keys in their order, without those that say what their absence says. */
function ordered(section: string, values: Values): SpecObject {
  const entries: [string, SpecValue][] = []
  for (const description of nestedOf(section).keys) {
    const value = values[description.key]
    if (value !== undefined && !isDefault(description, value)) entries.push([description.key, value])
  }
  return Object.fromEntries(entries)
}

function isDefault(description: KeyDescription, value: SpecValue): boolean {
  if (description.required === true) return false
  const absent = description.default
  if (Array.isArray(value) || Array.isArray(absent))
    return Array.isArray(value) && value.length === 0 && Array.isArray(absent)
  return value === absent
}

function libraryValues({ lib }: SpecDraft): SpecObject {
  const values = ordered('wrapper_lib', {
    name: lib.name,
    version: lib.version,
    rust_crate: lib.rustCrate === '' ? undefined : lib.rustCrate,
    rust_crate_version: lib.rustCrateVersion === '' ? undefined : lib.rustCrateVersion,
    path: lib.cratePath,
    api_version: lib.apiVersion,
    library: lib.library,
    header: lib.header,
  })
  const { name = lib.name, version = lib.version, ...rest } = values
  return { name, version, lang: lib.lang, ...rest }
}

const crateValues = ({ crate }: SpecDraft): SpecObject => {
  const dependencies = crate.dependencies ?? {}
  return ordered('crate', {
    features: crate.features,
    default_features: crate.defaultFeatures,
    dependencies: Object.keys(dependencies).length === 0 ? undefined : dependencies,
    rust_version: crate.rustVersion,
    license: crate.license,
  })
}

interface Facts {
  readonly doc?: string
  readonly skip?: string
  readonly rejected?: string
  readonly required?: boolean
  readonly since?: string
  readonly rule?: string
}

const facts = ({ doc, skip, rejected, required, since, rule }: Facts): Values => ({
  doc,
  skip,
  rejected,
  required,
  since,
  rule,
})

const handleValues = (item: DraftHandle): SpecObject =>
  ordered('handle_types', {
    ...facts(item),
    name: item.name,
    rust_type: item.rustType,
    parent: item.parent,
    share: item.share,
    bound: item.bound,
    clone: item.clone,
    native_bytes: item.nativeBytes,
    drop_fn: item.dropFn,
  })

const instanceValues = (item: DraftInstance): SpecObject =>
  ordered('instances', {
    ...facts(item),
    name: item.name,
    rust_type: item.rustType,
    share: item.share,
    bound: item.bound,
    clone: item.clone,
    native_bytes: item.nativeBytes,
  })

const fieldValues = (fields: DraftRecord['fields']): SpecObject[] =>
  fields.map(({ name, type, rust }) => ({ name, type, ...(rust === rustName(name) ? {} : { rust }) }))

const recordValues = (item: DraftRecord): SpecObject =>
  ordered('records', {
    ...facts(item),
    name: item.name,
    rust_type: item.rustType,
    fields: fieldValues(item.fields),
    by: item.by,
  })

const enumValues = (item: DraftEnum): SpecObject =>
  ordered('enums', {
    ...facts(item),
    name: item.name,
    rust_type: item.rustType,
    variants: item.variants.map(({ name, rust, fields }) => {
      const isUsual = rust === rustVariant(name)
      if (isUsual && fields.length === 0) return name
      return {
        name,
        ...(isUsual ? {} : { rust }),
        ...(fields.length === 0 ? {} : { fields: fieldValues(fields) }),
      }
    }),
    non_exhaustive: item.nonExhaustive,
  })

const errorValues = (item: DraftError): SpecObject =>
  ordered('errors', { ...facts(item), rust_type: item.rustType, code: item.code, fields: item.fields })

const callbackValues = (item: DraftCallback): SpecObject =>
  ordered('callbacks', {
    ...facts(item),
    name: item.name,
    params: item.params,
    return: item.returns,
    policy: item.policy,
  })

function callableValues(item: DraftFunction | DraftMethod): Values {
  return {
    ...facts(item),
    name: item.name,
    params: item.params.map(({ name, type }) => ({ name, type })),
    return: item.returns,
    rust: item.rust,
    async: item.async === undefined || item.async === false ? undefined : item.async === 'lane' ? true : item.async,
    sync: item.sync,
    throws: item.throws,
    parent: item.parent,
    checkpoint: item.checkpoint,
    consumes: item.consumes,
    stream: item.stream,
    waits: item.waits,
    independent: item.independent,
    offsets: item.offsets,
    examples: (item.examples ?? []).map(({ call, gives, throws }) => ({
      call,
      ...(gives === undefined ? {} : { gives }),
      ...(throws === undefined ? {} : { throws }),
    })),
  }
}

const functionValues = (item: DraftFunction): SpecObject =>
  ordered('functions', {
    ...callableValues(item),
    rust_fn: item.rustFn,
    owner: item.owner,
    is_constructor: item.isConstructor,
  })

const methodValues = (item: DraftMethod): SpecObject =>
  ordered('methods', {
    ...callableValues(item),
    handle: item.handle,
    rust_method: item.rustMethod,
    trait: item.trait,
    exclusive: item.exclusive,
    chains: item.chains,
    is_field: item.isField,
    running: item.running,
    self: item.self,
    deref: item.deref,
  })

const constantValues = (item: DraftConstant): SpecObject =>
  ordered('constants', { ...facts(item), name: item.name, rust: item.rust, type: item.type, owner: item.owner })
