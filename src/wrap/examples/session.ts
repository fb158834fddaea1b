/** What the translation of one package collects: names in use, helpers and imports that the file needs. */
import { exportedNames } from '../generate/typescript/naming.js'
import { capitalized } from '../model/names.js'
import type { RustType } from '../model/rust-type.js'
import { findNamed, type Api } from './api.js'
import { boolean, list, number, open, option, text, type Known } from './known.js'
import { resolveType, type Scope } from './scope.js'
import { giveUp } from './value.js'

export interface Session {
  readonly api: Api
  readonly features: ReadonlySet<string>
  readonly exported: ReadonlySet<string>
  /** Exports that the tests use. */
  readonly imported: Set<string>
  /** Functions of the prelude that the tests use. */
  readonly helpers: Set<string>
  /**
   * Iterators in variables that the statement at hand reads other than by `next`. Rust takes them whole, so a later use can only
   * be of a copy, which JavaScript has not.
   */
  readonly spent: Set<string>
  /** Names of the example at hand. */
  names: Set<string>
}

/** Where an expression stands. */
export interface Here {
  readonly session: Session
  readonly scope: Scope
}

export function startSession(api: Api): Session {
  return {
    api,
    features: new Set(api.model.enabledFeatures),
    exported: new Set(exportedNames(api.p)),
    imported: new Set(),
    helpers: new Set(),
    spent: new Set(),
    names: new Set(),
  }
}

export function helper(here: Here, name: string): string {
  here.session.helpers.add(name)
  return name
}

/** What vitest and the prelude call things, and the globals that tests use. */
export const reservedNames: ReadonlySet<string> = new Set([
  ...['describe', 'expect', 'it', 'attempt', 'unwrap', 'some', 'iterate', 'next', 'sameOption', 'sameList', 'codes'],
  ...['Array', 'Buffer', 'Map', 'Math', 'Number', 'BigInt', 'Object', 'Uint8Array', 'TextEncoder', 'undefined', 'NaN'],
  ...['await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else'],
  ...['enum', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'implements', 'import', 'in'],
  ...['instanceof', 'interface', 'let', 'new', 'null', 'package', 'private', 'protected', 'public', 'return'],
  ...['static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield'],
  ...['arguments', 'eval', 'Infinity', 'async', 'of', 'require', 'module', 'exports', 'Promise', 'Symbol', 'Error'],
])

/** An export by its name in the test file. */
export function imported(here: Here, name: string): string {
  if (reservedNames.has(name)) giveUp('an export whose name is taken in a test')
  here.session.imported.add(name)
  return name
}

/** A new variable for a name of the example: `snake_case` becomes `camelCase`, a name in use gets a number. */
export function newName(session: Session, rust: string): string {
  const words = rust.split('_').filter((word) => word !== '')
  const [first = 'value', ...rest] = words
  const head = first === first.toUpperCase() ? first.toLowerCase() : first
  const camel = head + rest.map((word) => capitalized(word.toLowerCase())).join('')
  const taken = (name: string): boolean =>
    reservedNames.has(name) || session.exported.has(name) || session.names.has(name)
  let name = camel
  for (let count = 2; taken(name); count += 1) name = `${camel}${count}`
  session.names.add(name)
  return name
}

/** What an annotation says; `open` where it says nothing that is used. */
export function knownOf(here: Here, type: RustType): Known {
  return knownOfResolved(here, resolveType(here.session.api, here.scope, type))
}

const isByte = (type: RustType): boolean => type.kind === 'primitive' && type.name === 'u8'

function knownOfResolved(here: Here, type: RustType): Known {
  switch (type.kind) {
    case 'primitive':
      return primitive(type.name)
    case 'ref':
      return knownOfResolved(here, type.to)
    case 'tuple':
      if (type.items.length === 0) return { kind: 'void' }
      return { kind: 'tuple', items: type.items.map((item) => knownOfResolved(here, item)) }
    case 'slice':
    case 'array':
      return isByte(type.of) ? { kind: 'bytes' } : list(knownOfResolved(here, type.of))
    case 'path':
      return ofPath(here, type.path, type.args)
    default:
      return open
  }
}

function primitive(name: string): Known {
  if (name === 'bool') return boolean
  if (name === 'str' || name === 'char') return text
  return name === 'i128' || name === 'u128' ? { kind: 'bigint', name } : number(name)
}

function ofPath(here: Here, path: string, args: readonly RustType[]): Known {
  const [first, second] = args
  const inner = (type: RustType | undefined): Known => (type === undefined ? open : knownOfResolved(here, type))
  switch (path) {
    case 'std::string::String':
    case 'std::path::PathBuf':
    case 'std::path::Path':
      return text
    case 'std::option::Option':
      return option(inner(first))
    case 'std::result::Result':
      return { kind: 'result', of: inner(first), kept: false }
    case 'std::vec::Vec':
      return first !== undefined && isByte(first) ? { kind: 'bytes' } : list(inner(first))
    case 'std::boxed::Box':
    case 'std::borrow::Cow':
      return inner(first)
    case 'std::collections::HashMap':
    case 'std::collections::BTreeMap':
      return { kind: 'map', key: inner(first), value: inner(second) }
    case 'std::collections::HashSet':
      return { kind: 'list', of: inner(first), sorted: false }
    case 'std::time::Duration':
      return { kind: 'duration' }
    case 'std::time::SystemTime':
      return { kind: 'date' }
    case 'std::cmp::Ordering':
      return { kind: 'ordering' }
  }
  const named = findNamed(here.session.api, path, args)
  if (named === undefined || named.kind === 'ambiguous') return open
  if (named.kind === 'handle') return { kind: 'handle', name: named.index.ir.name }
  return { kind: named.kind, name: named.shape.name }
}
