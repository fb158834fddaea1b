/** From what was read to the entries of a Spec: keys get their names in TypeScript, defaults that depend on others are filled in. */
import { capitalized } from '../model/names.js'
import { entries, flag, list, maybeText, placeOf, text, texts, textsByName, type Fields } from './fields.js'
import type {
  CallbackEntry,
  ConstantEntry,
  CrateEntry,
  EnumEntry,
  ErrorEntry,
  FunctionEntry,
  HandleEntry,
  InstanceEntry,
  LibraryEntry,
  MethodEntry,
  Place,
  RecordEntry,
} from './spec.js'

/** Only what is there: an absent key is an absent property. */
function optional<Key extends string>(fields: Fields, keys: Record<Key, string>): Partial<Record<Key, string>> {
  const found: Partial<Record<Key, string>> = {}
  for (const name of Object.keys(keys) as Key[]) {
    const value = maybeText(fields, keys[name])
    if (value !== undefined) found[name] = value
  }
  return found
}

export function libraryEntry(fields: Fields): LibraryEntry {
  return {
    place: fields.place,
    name: text(fields, 'name'),
    version: text(fields, 'version'),
    lang: text(fields, 'lang') as LibraryEntry['lang'],
    rustCrate: text(fields, 'rust_crate'),
    rustCrateVersion: text(fields, 'rust_crate_version'),
    ...optional(fields, { cratePath: 'path', apiVersion: 'api_version', library: 'library', header: 'header' }),
  }
}

export function crateEntry(fields: Fields): CrateEntry {
  return {
    place: fields.place,
    features: texts(fields, 'features'),
    defaultFeatures: flag(fields, 'default_features'),
    dependencies: textsByName(fields, 'dependencies'),
    ...optional(fields, { rustVersion: 'rust_version', license: 'license' }),
  }
}

type Facts = Pick<HandleEntry, 'place' | 'doc' | 'skip' | 'rejected' | 'required' | 'since' | 'rule'>

function facts(fields: Fields): Facts {
  return {
    place: fields.place,
    required: flag(fields, 'required'),
    ...optional(fields, { doc: 'doc', skip: 'skip', rejected: 'rejected', since: 'since', rule: 'rule' }),
  }
}

const named = (fields: Fields): { name: string; rustType: string } => ({
  name: text(fields, 'name'),
  rustType: text(fields, 'rust_type'),
})

export const instanceEntry = (fields: Fields): InstanceEntry => ({
  ...facts(fields),
  ...named(fields),
  ...optional(fields, { nativeBytes: 'native_bytes' }),
  share: flag(fields, 'share'),
  bound: flag(fields, 'bound'),
  clone: flag(fields, 'clone'),
})

export const handleEntry = (fields: Fields): HandleEntry => ({
  ...instanceEntry(fields),
  ...optional(fields, { parent: 'parent', dropFn: 'drop_fn' }),
})

const fieldsOf = (fields: Fields): RecordEntry['fields'] =>
  entries(fields, 'fields').map((field) => {
    const name = text(field, 'name')
    return { name, type: text(field, 'type'), rust: maybeText(field, 'rust') ?? rustName(name) }
  })

/** The field in Rust that a name in TypeScript usually means: `maxValue` → `max_value`. */
export function rustName(name: string): string {
  let rust = ''
  for (const letter of name) {
    const lower = letter.toLowerCase()
    rust += letter !== lower && rust !== '' ? `_${lower}` : lower
  }
  return rust
}

/** The variant in Rust that a string usually means: `monday` → `Monday`. */
export const rustVariant = (name: string): string => capitalized(name)

export const recordEntry = (fields: Fields): RecordEntry => ({
  ...facts(fields),
  ...named(fields),
  fields: fieldsOf(fields),
  by: text(fields, 'by') as RecordEntry['by'],
})

export const enumEntry = (fields: Fields): EnumEntry => ({
  ...facts(fields),
  ...named(fields),
  variants: entries(fields, 'variants').map((variant) => {
    const name = text(variant, 'name')
    return { name, rust: maybeText(variant, 'rust') ?? rustVariant(name), fields: fieldsOf(variant) }
  }),
  nonExhaustive: flag(fields, 'non_exhaustive'),
  untagged: flag(fields, 'untagged'),
})

export const errorEntry = (fields: Fields): ErrorEntry => ({
  ...facts(fields),
  rustType: text(fields, 'rust_type'),
  code: text(fields, 'code'),
  fields: texts(fields, 'fields'),
})

export const callbackEntry = (fields: Fields): CallbackEntry => ({
  ...facts(fields),
  name: text(fields, 'name'),
  params: texts(fields, 'params'),
  returns: text(fields, 'return'),
  policy: text(fields, 'policy') as CallbackEntry['policy'],
})

const ASYNC: ReadonlyMap<string, FunctionEntry['async']> = new Map([
  ['true', 'lane'],
  ['lane', 'lane'],
  ['blocking', 'blocking'],
])

type Callable = Omit<FunctionEntry, 'rustFn' | 'owner' | 'isConstructor'>

function callable(fields: Fields): Callable {
  const offsets = maybeText(fields, 'offsets') as 'bytes' | 'utf16' | undefined
  return {
    ...facts(fields),
    name: text(fields, 'name'),
    params: entries(fields, 'params').map((param) => ({
      place: param.place,
      name: text(param, 'name'),
      type: text(param, 'type'),
    })),
    returns: text(fields, 'return'),
    async: ASYNC.get(text(fields, 'async')) ?? false,
    sync: flag(fields, 'sync'),
    consumes: flag(fields, 'consumes'),
    stream: flag(fields, 'stream'),
    waits: flag(fields, 'waits'),
    independent: flag(fields, 'independent'),
    ...(offsets === undefined ? {} : { offsets }),
    ...optional(fields, { rust: 'rust', throws: 'throws', parent: 'parent', checkpoint: 'checkpoint' }),
    examples: entries(fields, 'examples').map((example) => ({
      place: example.place,
      call: text(example, 'call'),
      ...optional(example, { gives: 'gives', throws: 'throws' }),
    })),
  }
}

export const functionEntry = (fields: Fields): FunctionEntry => ({
  ...callable(fields),
  rustFn: text(fields, 'rust_fn'),
  isConstructor: flag(fields, 'is_constructor'),
  ...optional(fields, { owner: 'owner' }),
})

export const methodEntry = (fields: Fields): MethodEntry => ({
  ...callable(fields),
  handle: text(fields, 'handle'),
  rustMethod: text(fields, 'rust_method'),
  exclusive: flag(fields, 'exclusive'),
  chains: flag(fields, 'chains'),
  isField: flag(fields, 'is_field'),
  ...optional(fields, { trait: 'trait', self: 'self', deref: 'deref' }),
  ...runningOf(fields),
})

function runningOf(fields: Fields): Pick<MethodEntry, 'running'> {
  const running = maybeText(fields, 'running') as MethodEntry['running']
  return running === undefined ? {} : { running }
}

export const constantEntry = (fields: Fields): ConstantEntry => ({
  ...facts(fields),
  name: text(fields, 'name'),
  rust: text(fields, 'rust'),
  type: text(fields, 'type'),
  ...optional(fields, { owner: 'owner' }),
})

/** The place of a list's element, for faults about it. */
export const placeOfElement = (fields: Fields, key: string, index: number): Place =>
  list(fields, key)[index]?.place ?? placeOf(fields, key)
