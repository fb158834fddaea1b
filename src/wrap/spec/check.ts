/** What must hold between the entries of a spec: names, references, cycles. */
import { exportName, uncapitalized } from '../model/names.js'
import { checkCycles } from './cycles.js'
import { nearest } from './nearest.js'
import { complain, type Reading } from './read.js'
import type { FunctionEntry, MethodEntry, Place, Spec } from './spec.js'
import { parseTypeText, TypeTextError, type BoundaryType, type KnownNames } from './type-text.js'

/** Adds the faults it finds to `reading.faults`. */
export function checkSpec(spec: Spec, reading: Reading): void {
  checkLibrary(spec, reading)
  checkTypeNames(spec, reading)
  const names = namesOf(spec)
  checkTypes(reading, names)
  checkReferences(spec, reading, names)
  checkExports(spec, reading)
  checkModuleNames(spec, reading)
  for (const item of [...spec.functions, ...spec.methods]) checkCallable(item, reading, names)
  checkErrors(spec, reading)
  checkShapes(spec, reading)
  checkCycles(spec, reading)
}

function checkLibrary({ lib }: Spec, reading: Reading): void {
  if (lib.name !== '' && !/^[a-z][a-z0-9_]*$/.test(lib.name)) {
    const hint = 'lower case letters, digits and _, a letter first: `rust_decimal`'
    complain(reading, lib.place, `\`name\` of the library is ${JSON.stringify(lib.name)}`, hint)
  }
  if (lib.apiVersion !== undefined && !/^[1-9][0-9]{0,8}$/.test(lib.apiVersion)) {
    const hint = 'a whole number from 1: `api_version: "2"`'
    complain(reading, lib.place, `\`api_version\` of the library is ${JSON.stringify(lib.apiVersion)}`, hint)
  }
  if (lib.lang !== 'rust' || !reading.isLibraryWhole) return
  if (lib.rustCrate === '') {
    complain(reading, lib.place, '`lang: rust` needs `rust_crate`', "the crate's name on the registry")
  } else if (lib.rustCrateVersion === '' && lib.cratePath === undefined) {
    complain(
      reading,
      lib.place,
      'the library needs `rust_crate_version` or `path`',
      'for example `rust_crate_version: "1.13"`',
    )
  }
}

export function namesOf(spec: Spec): KnownNames {
  const set = (list: readonly { readonly name: string }[]): Set<string> => new Set(list.map(({ name }) => name))
  return {
    handle: new Set([...set(spec.handles), ...set(spec.instances)]),
    record: set(spec.records),
    enum: set(spec.enums),
    callback: set(spec.callbacks),
  }
}

/** Types share one space of names; an instance may be told of as a handle type too, if it is the same type. */
function checkTypeNames(spec: Spec, reading: Reading): void {
  const firsts = new Map<string, { section: string; rustType: string; place: Place }>()
  const add = (section: string, name: string, rustType: string, place: Place): void => {
    const first = firsts.get(name)
    if (first === undefined || name === '') {
      firsts.set(name, { section, rustType, place })
      return
    }
    const isSameType = first.section !== section && first.rustType === rustType
    if (section === 'instances' && first.section === 'handle_types' && isSameType) return
    complain(
      reading,
      place,
      `\`${name}\` is already the name of a type, under \`${first.section}\` on line ${first.place.line}`,
      'give one of them another `name`',
    )
  }
  for (const item of spec.handles) add('handle_types', item.name, item.rustType, item.place)
  for (const item of spec.instances) add('instances', item.name, item.rustType, item.place)
  for (const item of spec.records) add('records', item.name, item.rustType, item.place)
  for (const item of spec.enums) add('enums', item.name, item.rustType, item.place)
  for (const item of spec.callbacks) add('callbacks', item.name, '', item.place)
}

function checkTypes(reading: Reading, names: KnownNames): void {
  for (const { text, isResult, at } of reading.types) {
    try {
      const type = parseTypeText(text, names)
      if (!isResult && type.kind === 'simple' && type.name === 'void') {
        complain(reading, at(0), '`void` is only a result')
      }
      const inner = innerVoid(type)
      if (inner) complain(reading, at(0), '`void` is a whole result, not a part of a type')
    } catch (error) {
      if (!(error instanceof TypeTextError)) throw error
      complain(reading, at(error.offset), error.message, error.hint)
    }
  }
}

/** Whether something inside the type is `void` where only a value can be. */
function innerVoid(type: BoundaryType): boolean {
  const isVoid = (of: BoundaryType): boolean => (of.kind === 'simple' && of.name === 'void') || innerVoid(of)
  switch (type.kind) {
    case 'option':
    case 'list':
      return isVoid(type.of)
    case 'tuple':
      return type.items.some(isVoid)
    case 'map':
      return isVoid(type.key) || isVoid(type.value)
    case 'function':
      return type.params.some(isVoid) || innerVoid(type.returns)
    default:
      return false
  }
}

function checkReferences(spec: Spec, reading: Reading, names: KnownNames): void {
  const known = (name: string | undefined, place: Place, key: string): void => {
    if (name === undefined || name === '' || names.handle.has(name)) return
    const near = nearest(name, names.handle)
    const hint = near === undefined ? 'declare it under `handle_types`' : `did you mean \`${near}\`?`
    complain(reading, place, `\`${key}\` is \`${name}\`, and the spec declares no such handle type`, hint)
  }
  for (const item of spec.handles) known(item.parent, item.place, 'parent')
  for (const item of spec.methods) known(item.handle, item.place, 'handle')
  for (const item of [...spec.functions, ...spec.constants]) {
    const isShape = names.record.has(item.owner ?? '') || names.enum.has(item.owner ?? '')
    if (!isShape) known(item.owner, item.place, 'owner')
  }
}

/** What a module does with exports of these names. */
const MODULE_MEMBERS: ReadonlyMap<string, string> = new Map([
  ['then', '`import()` would call it'],
  ['default', '`import` would take the whole module for it'],
  ['__esModule', 'it says what kind of module this is'],
])

function checkModuleNames({ functions, constants }: Spec, reading: Reading): void {
  for (const { name, owner, skip, place } of [...functions, ...constants]) {
    const why = owner === undefined && skip === undefined ? MODULE_MEMBERS.get(name) : undefined
    if (why !== undefined)
      complain(reading, place, `a module cannot export \`${name}\`: ${why}`, 'give it another `name`')
  }
}

/** No two exports have one name. Items that are left out have none. */
function checkExports(spec: Spec, reading: Reading): void {
  const firsts = new Map<string, { what: string; place: Place }>()
  const add = (name: string, what: string, place: Place): void => {
    const first = firsts.get(name)
    if (first === undefined) {
      firsts.set(name, { what, place })
      return
    }
    const isSame = first.what === what
    const message = isSame
      ? `${what} is there twice, first on line ${first.place.line}`
      : `${what} and ${first.what} on line ${first.place.line} are both exported as \`${name}\``
    complain(reading, place, message, isSame ? 'take one of them out' : 'give one of them another `name`')
  }
  const addCallable = (owner: string | undefined, item: FunctionEntry | MethodEntry, what: string): void => {
    if (item.skip !== undefined || item.name === '') return
    const name = exportName(owner, item.name)
    add(name, what, item.place)
    if (item.async !== false && item.sync) add(`${name}Sync`, `the Sync door of ${what}`, item.place)
    if (item.stream) add(`${name}Next`, `the pull of ${what}`, item.place)
  }
  for (const item of spec.functions) {
    const prefix = item.owner === undefined ? '' : `${item.owner}.`
    addCallable(item.owner, item, `the function \`${prefix}${item.name}\``)
  }
  for (const item of spec.methods) addCallable(item.handle, item, `the method \`${item.handle}.${item.name}\``)
  for (const item of spec.constants) {
    if (item.skip !== undefined) continue
    const prefix = item.owner === undefined ? '' : `${item.owner}.`
    add(exportName(item.owner, item.name), `the constant \`${prefix}${item.name}\``, item.place)
  }
  checkConstructors(spec, reading)
}

function checkConstructors(spec: Spec, reading: Reading): void {
  const firsts = new Map<string, FunctionEntry>()
  for (const item of spec.functions) {
    if (!item.isConstructor || item.skip !== undefined) continue
    if (item.owner === undefined) {
      complain(
        reading,
        item.place,
        `\`${item.name}\` is a constructor without \`owner\``,
        'say whose: `owner: Version`',
      )
      continue
    }
    const first = firsts.get(item.owner)
    if (first === undefined) firsts.set(item.owner, item)
    else {
      const message = `\`${item.owner}\` has two constructors, the first on line ${first.place.line}`
      complain(reading, item.place, message, 'take `is_constructor` from one of them')
    }
    if (item.async !== false) {
      complain(reading, item.place, `the constructor of \`${item.owner}\` is async, which \`new\` cannot be`)
    }
  }
}

function checkCallable(item: FunctionEntry | MethodEntry, reading: Reading, names: KnownNames): void {
  const self = 'handle' in item ? (item.self ?? uncapitalized(item.handle)) : undefined
  const firsts = new Set<string>()
  for (const param of item.params) {
    if (param.name !== '' && firsts.has(param.name)) {
      complain(reading, param.place, `\`${item.name}\` has two parameters \`${param.name}\``, 'give one another name')
    }
    firsts.add(param.name)
  }
  const { parent } = item
  if (parent !== undefined && !firsts.has(parent) && parent !== self && !names.handle.has(parent)) {
    const near = nearest(parent, [...firsts, ...names.handle])
    const hint = near === undefined ? undefined : `did you mean \`${near}\`?`
    complain(
      reading,
      item.place,
      `\`parent\` is \`${parent}\`, which is no parameter of \`${item.name}\` and no handle type`,
      hint,
    )
  }
  for (const example of item.examples) {
    if ((example.gives === undefined) === (example.throws === undefined)) {
      complain(reading, example.place, 'an example has either `gives` or `throws`')
    }
  }
  if (item.required && item.skip !== undefined) {
    complain(reading, item.place, `\`${item.name}\` is \`required\` and has a \`skip\``, 'take one of the two out')
  }
}

function checkErrors(spec: Spec, reading: Reading): void {
  const firsts = new Map<string, Place>()
  for (const item of spec.errors) {
    const first = firsts.get(item.rustType)
    if (first === undefined) firsts.set(item.rustType, item.place)
    else if (item.rustType !== '') {
      complain(reading, item.place, `the error \`${item.rustType}\` is there twice, first on line ${first.line}`)
    }
  }
}

/** Names inside records and enums. */
function checkShapes(spec: Spec, reading: Reading): void {
  const unique = (names: readonly string[], place: Place, what: string): void => {
    const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
    if (twice !== undefined) complain(reading, place, `${what} \`${twice}\` twice`, 'give one another name')
  }
  for (const item of spec.records) {
    const names = item.fields.map(({ name }) => name)
    unique(names, item.place, `\`${item.name}\` has the field`)
  }
  for (const item of spec.enums) {
    const names = item.variants.map(({ name }) => name)
    unique(names, item.place, `\`${item.name}\` has the variant`)
    if (names.length === 0 && item.name !== '') complain(reading, item.place, `\`${item.name}\` has no variants`)
    for (const variant of item.variants) {
      const fields = variant.fields.map(({ name }) => name)
      unique(fields, item.place, `the variant \`${variant.name}\` of \`${item.name}\` has the field`)
    }
  }
}
