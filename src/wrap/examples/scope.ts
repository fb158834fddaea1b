/** What names mean at a place of an example. */
import { lastName } from '../model/paths.js'
import { rewrite } from '../model/parts.js'
import type { RustType } from '../model/rust-type.js'
import { PRIMITIVES, longPath } from '../model/prelude.js'
import type { Api } from './api.js'
import type { Known } from './known.js'
import type { Block, Expression, Import } from './rust-ast.js'

export interface Variable {
  readonly code: string
  readonly known: Known
  /** Declared `mut`, or holds a `&mut`: a statement that is not translated may change it. */
  readonly mutable: boolean
}

/** `let ymd = |y, m, d| …`: written out where it is called. */
export interface LocalClosure {
  readonly closure: Extract<Expression, { kind: 'closure' }>
  /** Where it was written: what its names mean. */
  readonly scope: Scope
}

/** A name whose value is not known, and why. */
export interface Lost {
  readonly lost: string
}

export interface Scope {
  readonly parent: Scope | undefined
  readonly variables: Map<string, Variable | Lost>
  readonly imports: Map<string, readonly string[]>
  readonly globs: (readonly string[])[]
  /** Types and functions that the example defines itself, and what to call them in a reason. */
  readonly items: Map<string, string>
  readonly closures: Map<string, LocalClosure>
  readonly functions: Map<string, { readonly params: number; readonly body: Block }>
}

export const innerScope = (parent: Scope | undefined): Scope => ({
  parent,
  variables: new Map(),
  imports: new Map(),
  globs: [],
  items: new Map(),
  closures: new Map(),
  functions: new Map(),
})

/**
 * The scope as it is now, for a closure's body, which is translated where it is called. What is `mut` is given up: a closure may
 * have taken a copy of it.
 */
export function snapshot(scope: Scope): Scope {
  const variables = new Map<string, Variable | Lost>()
  for (const [name, variable] of scope.variables) {
    const isFixed = 'lost' in variable || !variable.mutable
    variables.set(name, isFixed ? variable : { lost: 'a closure over something that changes' })
  }
  return {
    ...scope,
    parent: scope.parent === undefined ? undefined : snapshot(scope.parent),
    variables,
    closures: new Map(scope.closures),
    imports: new Map(scope.imports),
  }
}

export function findVariable(scope: Scope, name: string): Variable | Lost | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.variables.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Gives up the variable that the name means here. */
export function loseName(scope: Scope, name: string, reason: string): void {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.variables.has(name)) {
      at.variables.set(name, { lost: reason })
      return
    }
  }
}

/** The same by the name in JavaScript. */
export function loseByCode(scope: Scope, code: string): void {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    for (const [name, variable] of at.variables) {
      if (!('lost' in variable) && variable.code === code) at.variables.set(name, { lost: 'an iterator that was read' })
    }
  }
}

/** The closure that a name stands for, unless a variable hides it. */
export function findClosure(scope: Scope, name: string): LocalClosure | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.closures.get(name)
    if (found !== undefined) return found
    if (at.variables.has(name)) return undefined
  }
  return undefined
}

export function addImports(scope: Scope, imports: readonly Import[]): void {
  for (const { path, as } of imports) {
    if (as === undefined) scope.globs.push(path)
    else scope.imports.set(as, path)
  }
}

const roots: ReadonlySet<string> = new Set(['std', 'core', 'alloc'])

/** What an item of the example's own is, when the name is one: it hides whatever else has the name. */
export function ownItem(scope: Scope, name: string): string | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.items.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Names that need no `use` beside those of the prelude's types. */
const constructors: ReadonlySet<string> = new Set(['Some', 'None', 'Ok', 'Err'])

/**
 * The public path of a name: `semver::Version::parse`, `std::cmp::Ordering::Less`. Undefined when it is of another crate or of
 * the example itself.
 */
export function resolve(api: Api, scope: Scope, names: readonly string[]): readonly string[] | undefined {
  if (ownItem(scope, names[0] ?? '') !== undefined) return undefined
  const expanded = expand(api, scope, names)
  const [root, ...rest] = expanded ?? []
  if (root === undefined) return undefined
  if (roots.has(root)) return ['std', ...rest]
  if (root === api.model.name) return canonical(api, [root, ...rest])
  return constructors.has(root) && rest.length === 0 ? [root] : undefined
}

/** @param open Imports that are being followed: `use tokio::prelude::*` does not bring `tokio`. */
function expand(
  api: Api,
  scope: Scope,
  names: readonly string[],
  open: ReadonlySet<readonly string[]> = new Set(),
): readonly string[] | undefined {
  const [first, ...rest] = names
  if (first === undefined) return undefined
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const path = at.imports.get(first)
    if (path === undefined || open.has(path)) continue
    const [root] = path
    // `use uuid::uuid`: the path starts at the crate, not at the name it brings.
    const isRoot = root === undefined || root === first || root === api.model.name || roots.has(root)
    return [...(isRoot ? path : (expand(api, at, path, new Set([...open, path])) ?? path)), ...rest]
  }
  if (first === api.model.name || roots.has(first)) return names
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    for (const glob of at.globs) {
      if (open.has(glob)) continue
      const base = expand(api, at, glob, new Set([...open, glob]))
      if (base !== undefined && base[0] === api.model.name && globHas(api, base, first)) return [...base, ...names]
    }
  }
  if (constructors.has(first)) return names
  if (PRIMITIVES.has(first)) return ['std', ...names]
  const path = longPath(first)
  return path === undefined ? undefined : [...path.split('::'), ...rest]
}

/** Whether `use base::*` brings the name: an enum's variants, a module's items wherever they are defined. */
function globHas(api: Api, base: readonly string[], name: string): boolean {
  const type = api.typesByPath.get(canonical(api, base)?.join('::') ?? '')
  if (type !== undefined) return type.variants.some((variant) => variant.name === name)
  return api.pathsByName.has(name)
}

/** The path by which the model knows it: a module's re-export is not the shortest path. */
function canonical(api: Api, path: readonly string[]): readonly string[] | undefined {
  const whole = path.join('::')
  const last = path.at(-1)
  if (last === undefined || path.length === 1 || isKnown(api, whole)) return path
  const owner = path.slice(0, -1)
  if (owner.length > 1) {
    const type = typeAt(api, owner)
    if (type !== undefined) return [...type.split('::'), last]
  }
  const same = api.pathsByName.get(last) ?? []
  return same.length === 1 && same[0] !== undefined ? same[0].split('::') : path
}

const isKnown = (api: Api, path: string): boolean => (api.pathsByName.get(lastName(path)) ?? []).includes(path)

function typeAt(api: Api, path: readonly string[]): string | undefined {
  const whole = path.join('::')
  if (api.typesByPath.has(whole)) return whole
  const same = (api.pathsByName.get(path.at(-1) ?? '') ?? []).filter((other) => api.typesByPath.has(other))
  return same.length === 1 ? same[0] : undefined
}

/** The type with its paths resolved; paths that mean nothing here stay as they are. */
export const resolveType = (api: Api, scope: Scope, type: RustType): RustType =>
  rewrite(type, (part) =>
    part.kind === 'path'
      ? { ...part, path: resolve(api, scope, part.path.split('::'))?.join('::') ?? part.path }
      : part,
  )
