/** Error types of the crate as errors of the boundary: one function per Rust error type. */
import type { Package } from '../../ir/ir.js'
import { variantOwner } from '../../ir/world.js'
import { parseType } from '../../model/text.js'
import type { RustType } from '../../model/rust-type.js'
import type { ErrorEntry } from '../../spec/spec.js'
import { boundaryError, node } from './crossing.js'
import { absolutePath, absoluteType, identifier, isPath, literal, snake, withoutReferences } from './text.js'

/** The entries for one Rust type: one for all of it, or some for its variants. */
interface ErrorType {
  readonly rustType: RustType
  readonly name: string
  readonly whole?: ErrorEntry
  readonly variants: readonly ErrorEntry[]
}

/** The function that `map_err` is given. */
export function errorFunction(p: Package, error: RustType, self: RustType | undefined): string {
  const { base } = withoutReferences(error)
  if (base.kind === 'tuple' && base.items.length === 0) return 'failed_silently'
  if (isPath(base, 'Infallible')) return '|error| match error {}'
  const text = absoluteType(base, self)
  const found = errorTypes(p).find((candidate) => absoluteType(candidate.rustType) === text)
  return found?.name ?? `|error| failed(${node}::describe!(&error))`
}

/** Asked for every export of a package. */
const known = new WeakMap<Package, readonly ErrorType[]>()

function errorTypes(p: Package): readonly ErrorType[] {
  const before = known.get(p)
  if (before !== undefined) return before
  const types = readErrorTypes(p)
  known.set(p, types)
  return types
}

function readErrorTypes(p: Package): ErrorType[] {
  const types = new Map<string, { rustType: RustType; name: string; whole?: ErrorEntry; variants: ErrorEntry[] }>()
  const used = new Set<string>()
  const typeOf = (text: string): { rustType: RustType; name: string; whole?: ErrorEntry; variants: ErrorEntry[] } => {
    const rustType = parseType(text)
    const key = absoluteType(rustType)
    const there = types.get(key)
    if (there !== undefined) return there
    let name = `failed_${rustType.kind === 'path' ? rustType.path.split('::').map(snake).join('_') : 'otherwise'}`
    while (used.has(name)) name += '_'
    used.add(name)
    const made = { rustType, name, variants: [] }
    types.set(key, made)
    return made
  }
  for (const entry of p.errors) {
    const owner = variantOwner(entry.rustType)
    if (owner === undefined) typeOf(entry.rustType).whole = entry
    else typeOf(owner).variants.push(entry)
  }
  return Array.from(types.values())
}

/** The names of the functions below: no export's function may have them. */
export const errorNames = (p: Package): string[] => errorTypes(p).map((type) => type.name)

export function errorText(p: Package): string {
  const each = errorTypes(p).map((type) => {
    const rest = type.whole
    const whole = withDetails(`${boundaryError}::new(${literal(rest?.code ?? p.errorCode)}, message)`, rest, 'error.')
    const arms = type.variants.map((entry) => variantArm(entry))
    const body =
      arms.length === 0 ? whole : `#[allow(unreachable_patterns)] match &error { ${arms.join(' ')} _ => ${whole}, }`
    return `// @error ${absoluteType(type.rustType)}
fn ${type.name}(error: ${absoluteType(type.rustType)}) -> ${boundaryError} {
    let message = ${node}::describe!(&error);
    ${body}
}
`
  })
  return `/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ${boundaryError} {
    ${boundaryError}::new(${literal(p.errorCode)}, message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ${boundaryError} {
    ${boundaryError}::new(${literal(p.errorCode)}, "the value was refused")
}

${each.join('\n')}`
}

function variantArm(entry: ErrorEntry): string {
  // A field of a field is bound by the outer one.
  const fields = new Set(entry.fields.map((field) => identifier(snake(field.split('.', 1)[0] ?? field))))
  const pattern = `${absolutePath(entry.rustType)} { ${[...fields, '..'].join(', ')} }`
  return `${pattern} => ${withDetails(`${boundaryError}::new(${literal(entry.code)}, message)`, entry, '')},`
}

/** Facts by name: fields of a variant, or what the error's getters (`offset()`) and fields give. */
function withDetails(error: string, entry: ErrorEntry | undefined, place: string): string {
  return (entry?.fields ?? []).reduce((text, field) => {
    const isCall = field.endsWith('()')
    const path = (isCall ? field.slice(0, -2) : field).split('.')
    const value = `${place}${path.map((name) => identifier(snake(name))).join('.')}${isCall ? '()' : ''}`
    return `${node}::describe::with_detail(${text}, ${literal(path.at(-1) ?? field)}, &${value})`
  }, error)
}
