/** Names that the scanner hands out; how they are spelled is `model/names.ts`. */

export { camel, capitalized, pascal, screaming, uncapitalized } from '../model/names.js'

/** Hands out names: one that is taken gets `_` behind it. */
export class Names {
  readonly #taken: Set<string>

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved)
  }

  has(name: string): boolean {
    return this.#taken.has(name)
  }

  /** The first of the candidates that is free, else the last with `_`. */
  take(...candidates: readonly [string, ...string[]]): string {
    const free = candidates.find((candidate) => !this.#taken.has(candidate))
    let name = free ?? candidates[candidates.length - 1] ?? candidates[0]
    while (this.#taken.has(name)) name += '_'
    this.#taken.add(name)
    return name
  }
}

/** Members that every object of a class has. */
export const OBJECT_MEMBERS = ['constructor', 'prototype', '__proto__', 'handle', 'dispose', 'isDisposed', 'then']

/** What a static member may not be called: functions have these of their own. */
export const STATIC_MEMBERS = ['prototype', 'name', 'length', 'arguments', 'caller', 'apply', 'bind', 'call']

/** What no export of a module may be called: `import()` would call a `then`, and take `default` for something else. */
export const MODULE_MEMBERS = ['default', 'then', '__esModule']
