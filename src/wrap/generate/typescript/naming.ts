/**
 * Names in generated TypeScript. What users see keeps the name the package gives it, whatever that is; what only the generated
 * file sees steps aside.
 */
import type { EnumIr, ExportIr, MemberIr, Package } from '../../ir/ir.js'

/** No variable can be called this. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof undefined var void while with yield NaN Infinity globalThis ' +
    // Taken by the compiler in a CommonJS module.
    'exports require module Object Promise Reflect __filename __dirname'
  ).split(' '),
)

/** No class, interface or type can be called this. */
const RESERVED_TYPES = new Set(
  'any bigint boolean never number object string symbol unknown intrinsic asserts infer keyof'.split(' '),
)

/** Names of `NativeObject` and of the language that no generated member may take over. */
const TAKEN_MEMBERS = new Set(['constructor', 'prototype', '__proto__', 'handle', 'dispose', 'isDisposed', 'then'])

/** Global names that generated types and code use. */
const GLOBALS = ['Map', 'ReadonlyMap', 'Date', 'Uint8Array', 'Uint32Array', 'Promise', 'Symbol', 'Error'] as const
export type GlobalName = (typeof GLOBALS)[number]

/** What generated files import or define for themselves. */
const HELPERS = [
  'boundary',
  'native',
  'Handle',
  'Packed',
  'NativeObject',
  'ItemStream',
  'NativeIterator',
  'ItemIterator',
  'CallOptions',
  'SyncCallOptions',
  'checkedTimeout',
  'adopt',
  'notConstructible',
  'numberOf',
  'maybe',
  'checkedObject',
  'checkedArray',
  'convertedArray',
  'checkedMap',
  'wrapped',
  'unpacked',
  'unknownKind',
  'toJson',
  'fromJson',
] as const
export type HelperName = (typeof HELPERS)[number]

/** The names of one package's generated files. */
export interface Naming {
  /** What a helper is called in the file. */
  readonly helper: (name: HelperName) => string
  /** A global as the file reaches it: `globalThis.Date` where the package has a `Date` of its own. */
  readonly global: (name: GlobalName) => string
  /** What an exported thing is called inside the file: its own name where that can be. */
  readonly local: (exported: string) => string
  /** Names for parameters, that hide nothing a body uses. */
  readonly parameters: (wanted: readonly string[]) => string[]
}

export function namingOf(p: Package): Naming {
  const exported = new Set(exportedNames(p))
  const locals = new Map<string, string>()
  for (const name of exported) {
    const isTaken = (other: string): boolean => isBodyName(other) || (other !== name && exported.has(other))
    const word = safeIdentifier(name)
    locals.set(name, freeName(RESERVED_TYPES.has(word) ? `${word}_` : word, isTaken))
  }
  const helpers = new Map(HELPERS.map((name) => [name as string, freeName(name, (other) => isLocal(other))]))
  const inUse = new Set<string>([...helpers.values(), ...locals.values(), ...GLOBALS, 'call', 'options', 'globalThis'])
  for (const shape of [...p.records, ...p.enums]) for (const name of convertersOf(shape.name)) inUse.add(name)

  function isLocal(name: string): boolean {
    return exported.has(name) || [...locals.values()].includes(name)
  }

  return {
    helper: (name) => helpers.get(name) ?? name,
    global: (name) => (isLocal(name) ? `globalThis.${name}` : name),
    local: (name) => locals.get(name) ?? name,
    parameters: (wanted) => {
      const taken = new Set<string>()
      return wanted.map((name) => {
        const free = freeName(safeIdentifier(name), (other) => inUse.has(other) || taken.has(other))
        taken.add(free)
        return free
      })
    },
  }
}

/** Everything a package exports, types included. */
export function exportedNames(p: Package): string[] {
  return [...p.records.map(({ name }) => name), ...p.enums.map(({ name }) => name), ...valueNames(p)]
}

/** What is there at run time. */
export function valueNames(p: Package): string[] {
  return [
    ...p.classes.map(({ name }) => name),
    ...p.members
      .filter((member) => !isLazyConstant(member))
      .flatMap(({ name, export: item }) => (hasDoor(item) ? [name, `${name}Sync`] : [name])),
    ...(p.members.some(isLazyConstant) ? ['constants'] : []),
    p.errorClass,
  ]
}

/** Whether users can call it on their own thread, too. */
export const hasDoor = ({ runs, stream }: ExportIr): boolean => runs !== 'here' && stream === undefined

/**
 * Constants of the module that are made when they are asked for, in `constants`: objects, which one caller could dispose for all,
 * and numbers that may be too large for JavaScript, which would fail the import.
 */
export function isLazyConstant(member: MemberIr): boolean {
  if (member.kind !== 'constant') return false
  const { returns } = member.export
  return !(
    returns.kind === 'boolean' ||
    returns.kind === 'text' ||
    returns.kind === 'bigint' ||
    returns.kind === 'ordering' ||
    (returns.kind === 'number' && !/^(?:NonZero)?[iu](?:64|size)$/i.test(returns.name))
  )
}

/** A member's name in its class: its own, unless that would take over what every object has. */
export function memberName(member: MemberIr): string {
  return TAKEN_MEMBERS.has(member.name) ? `${member.name}_` : member.name
}

/** The property that tells variants apart: `kind`, unless a variant has a field of that name. */
export function discriminantOf(shape: EnumIr): string {
  const taken = new Set(shape.variants.flatMap((variant) => variant.fields.map((field) => field.name)))
  return freeName('kind', (name) => taken.has(name))
}

/** The functions that take a record or an enum with data across, and its form in native.ts. */
export function convertersOf(name: string): [toNative: string, fromNative: string, tuple: string] {
  const word = safeIdentifier(name)
  const lower = word.charAt(0).toLowerCase() + word.slice(1)
  return [`${lower}ToNative`, `${lower}FromNative`, `${word}Tuple`]
}

/** As a property is written or read: `major`, `'not a name'`. */
export function propertyKey(name: string): string {
  return isIdentifier(name) ? name : quote(name)
}

/** `value.major`, `value['not a name']`. */
export function access(value: string, name: string): string {
  return isIdentifier(name) ? `${value}.${name}` : `${value}[${quote(name)}]`
}

/** A string literal, whatever is in it. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (char) => {
      return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
  return `'${escaped}'`
}

/** What bodies call their own variables. */
function isBodyName(name: string): boolean {
  return /^(?:(?:item|value|fn)\d*(?:Key|Value)?|call|options)$/.test(name)
}

function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
}

function safeIdentifier(name: string): string {
  const word = name.replace(/[^\p{ID_Continue}$]/gu, '_')
  const started = isIdentifier(word) ? word : `_${word}`
  return RESERVED.has(started) ? `${started}_` : started
}

function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted
  while (isTaken(name)) name += '_'
  return name
}
