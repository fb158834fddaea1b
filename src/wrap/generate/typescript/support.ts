/** The small files between native.ts and index.ts: the error class, the names in errors, and how objects and values cross. */
import type { ExportIr, Package } from '../../ir/ir.js'
import { lazyExport } from '../../ir/lazy.js'
import { lazyOf } from '../../rules/lazy.js'
import { docComment, withoutControls } from './docs.js'
import { namingOf, quote } from './naming.js'
import { PACKAGE_LAYOUT, type Layout } from './native.js'

/** By file name, beside index.ts. */
export function emitSupport(p: Package, layout: Layout = PACKAGE_LAYOUT): Map<string, string> {
  return new Map([
    ['error.ts', errorFile(p, layout)],
    ['names.ts', namesFile(p, layout)],
    ['objects.ts', objectsFile(p, layout)],
  ])
}

function errorFile(p: Package, layout: Layout): string {
  const local = namingOf(p).local(p.errorClass)
  const codes = new Map<string, Set<string>>([[p.errorCode, new Set()]])
  for (const { code, fields } of p.errors) {
    const known = codes.get(code) ?? new Set()
    for (const field of fields) known.add(field)
    codes.set(code, known)
  }
  return [
    `import { FerruleError, nameError } from ${quote(layout.boundary)}`,
    ``,
    ...docComment([
      `Every error of this package. Beside the codes of the boundary:`,
      ...[...codes].map(([code, fields]) => {
        const details =
          fields.size === 0 ? '' : `, with \`details\`: ${[...fields].map((field) => `\`${field}\``).join(', ')}`
        return `- \`${code}\`: ${code === p.errorCode ? 'what the crate reports' : 'see the crate'}${details}.`
      }),
    ]),
    `${local === p.errorClass ? 'export ' : ''}class ${local} extends FerruleError {}`,
    `nameError(${local}, ${quote(p.errorClass)})`,
    ...(local === p.errorClass ? [] : [`export { ${local} as ${p.errorClass} }`]),
    ``,
  ].join('\n')
}

function namesFile(p: Package, layout: Layout): string {
  const members = [...p.classes.flatMap((item) => item.members), ...p.members]
  const lines = members.flatMap(({ operation, export: item }) => {
    const self = item.params.find(({ isSelf }) => isSelf)
    const line = (all: readonly string[]): string =>
      `  [${all.map((name) => quote(withoutControls(name))).join(', ')}],`
    return [
      line([item.name, operation, ...(self === undefined ? [] : [self.name])]),
      ...(item.stream === undefined ? [] : [line([`${item.name}Next`, operation, 'items'])]),
      ...(lazyOf(item.returns) === undefined ? [] : [line([lazyExport(item), `${operation}.next`, 'iterator'])]),
    ]
  })
  const givesItems = ({ stream, returns }: ExportIr): boolean => stream !== undefined || lazyOf(returns) !== undefined
  const hasObjects = members.some(({ export: item }) => givesItems(item) || item.params.some(({ isSelf }) => isSelf))
  const hasDoors = members.some(({ export: item }) => item.runs !== 'here')
  return [
    `import type { PublicNames } from ${quote(layout.boundary)}`,
    ``,
    `/** Each export of glue.rs: what users call, and the parameter that is the object itself. */`,
    `const MEMBERS: readonly (readonly [name: string, operation: string, self?: string])[] = [`,
    ...[...new Set(lines)],
    `]`,
    ``,
    `const byExport = new Map(MEMBERS.map((member) => [member[0], member]))`,
    ``,
    `/** The member behind \`${p.system}.<export>\`${hasDoors ? ', Sync doors included' : ''}. */`,
    `function memberOf(native: string): (typeof MEMBERS)[number] | undefined {`,
    `  const name = native.slice(${quote(`${p.system}.`)}.length)`,
    hasDoors ? `  return byExport.get(name) ?? byExport.get(name.replace(/Sync$/, ''))` : `  return byExport.get(name)`,
    `}`,
    ``,
    `/** How errors speak of exports: as users know them. */`,
    `export const names: PublicNames = {`,
    `  operation: (native) => memberOf(native)?.[1] ?? native,`,
    hasObjects
      ? `  argument: (native, argument) => (memberOf(native)?.[2] === argument ? 'this' : argument),`
      : `  argument: (_native, argument) => argument,`,
    `}`,
    ``,
  ].join('\n')
}

function objectsFile(p: Package, layout: Layout): string {
  const naming = namingOf(p)
  const local = naming.local(p.errorClass)
  const error = local === p.errorClass ? local : `${p.errorClass} as ${local}`
  const iterates = p.classes.some(({ ahead }) => ahead !== undefined)
  const iterator = iterates ? ['NativeIterator'] : []
  const imported = ['invalidArgument', 'isNativeObject', 'JsonFault', 'jsonText', ...iterator, 'NativeObject'].join(
    ', ',
  )
  const base = iterates ? 'type.prototype instanceof NativeIterator ? NativeIterator : NativeObject' : 'NativeObject'
  return `import { ${imported} } from ${quote(layout.boundary)}
import { boundary } from '../addon.js'
import { ${error} } from './error.js'

/** A class, whatever its constructor takes. */
interface ClassOf<T> {
  readonly prototype: T
}

/**
 * An object of a class over what a native export returned. The class's own constructor is for users and is passed over; the
 * object is a \`NativeObject\` of that class all the same.
 */
export function adopt<T extends NativeObject>(type: ClassOf<T>, handle: number, parent?: NativeObject): T {
  return Reflect.construct(${base}, [boundary, handle, parent], type as unknown as new () => T) as T
}

/** What stands in a constructor that nobody may call. */
export function notConstructible(operation: string, from: string): never {
  throw new ${local}(\`\${operation}: cannot be made with new; its objects come from \${from}\`, {
    code: 'ERR_UNSUPPORTED',
    operation,
  })
}

/** The number of an object that is an argument. Its class is checked by the native half. */
export function numberOf(object: NativeObject, className: string, operation: string, argument: string): number {
  if (!isNativeObject(object)) throw refusal(operation, argument, article(className), object)
  return (object as unknown as { readonly handle: number }).handle
}

/** Null for what is absent, otherwise what \`convert\` makes of it. */
export function maybe<T, R>(value: T | null | undefined, convert: (value: T) => R): R | null {
  return value === null || value === undefined ? null : convert(value)
}

/** A value as the text that Rust reads; refuses what JSON does not have, by its place in the value. */
export function toJson(value: unknown, operation: string, argument: string): string {
  try {
    return jsonText(value)
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault
    throw refusal(operation, argument + fault.path, fault.expected, fault.found)
  }
}

/** The value of a text that Rust wrote. */
export function fromJson(text: string): unknown {
  return JSON.parse(text)
}

/** Refuses what has no properties to read. */
export function checkedObject(value: unknown, expected: string, operation: string, argument: string): void {
  if (typeof value !== 'object' || value === null) throw refusal(operation, argument, expected, value)
}

/** The array itself; anything else is refused. */
export function checkedArray<T extends readonly unknown[]>(value: T, operation: string, argument: string): T {
  if (!Array.isArray(value)) throw refusal(operation, argument, 'an array', value)
  return value
}

/** The longest array that the native half reads: its own limit, kept before a longer one is walked. */
const LONGEST = 134_217_725

/** What \`convert\` makes of each element. It ends at the first that is refused; a hole is undefined. */
export function convertedArray<T, R>(
  value: readonly T[],
  convert: (item: T) => R,
  operation: string,
  argument: string,
): R[] {
  const { length } = checkedArray(value, operation, argument)
  if (length > LONGEST) {
    const expected = \`an array of at most \${LONGEST} elements\`
    const message = \`\${operation}: argument "\${argument}" must be \${expected}, got one of \${length}\`
    const details = { argument, expected, found: \`one of \${length}\` }
    throw new ${local}(message, { code: 'ERR_OUT_OF_RANGE', operation, details })
  }
  const converted: R[] = []
  for (let at = 0; at < length; at += 1) converted.push(convert(value[at] as T))
  return converted
}

/** The map itself; anything else is refused. */
export function checkedMap<K, V>(value: ReadonlyMap<K, V>, operation: string, argument: string): ReadonlyMap<K, V> {
  if (!(value instanceof Map)) throw refusal(operation, argument, 'a Map', value)
  return value
}

/** The numbers, as they stay: what arrived in the scratch array is copied before anything else can run. */
export function unpacked(numbers: number | Uint32Array): Uint32Array {
  return typeof numbers === 'number' ? boundary.scratch.slice(0, numbers) : numbers
}

/** A function around another; what is no function passes, for the native half to refuse by name. */
export function wrapped<F, G>(fn: F, wrap: (fn: F) => G): G {
  return typeof fn === 'function' ? wrap(fn) : (fn as unknown as G)
}

/** The refusal of an object whose \`property\` is none of those that are known. */
export function unknownKind(
  value: object,
  property: string,
  known: readonly string[],
  operation: string,
  argument: string,
): ${local} {
  const expected = \`an object with \${property} one of \${known.map((kind) => \`"\${kind}"\`).join(', ')}\`
  return refusal(operation, argument, expected, value)
}

function refusal(operation: string, name: string, expected: string, found: unknown): ${local} {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new ${local}(message, { code, operation, details })
}

const article = (name: string): string => \`\${/^[AEIOU]/.test(name) ? 'an' : 'a'} \${name}\`
`
}
