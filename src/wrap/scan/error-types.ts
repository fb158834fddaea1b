/** Which types of the crate are errors: those that say so, and those that results fail with. */
import type { Callable, TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { isPath, some } from '../rules/rust-types.js'
import { implementsTrait, resolveAliases, type CrateView } from './crate-view.js'

/** By path. Only types that say in words what went wrong. */
export function errorTypes(view: CrateView): ReadonlySet<string> {
  const found = new Set<string>()
  const values = new Set<string>()
  for (const item of view.model.types) {
    if (implementsTrait(item, 'std::error::Error')) found.add(item.path)
    for (const method of item.methods) if (method.signature.receiver !== undefined) values.add(item.path)
  }
  for (const callable of everyCallable(view)) {
    some(resolveAliases(callable.signature.returns, view), (part) => {
      if (isPath(part, 'std::result::Result')) note(part.args[1])
      return false
    })
  }
  for (const item of view.model.types) {
    for (const impl of item.impls)
      for (const one of impl.associated) if (one.name === 'Err' || one.name === 'Error') note(one.type)
  }
  return found

  function note(error: RustType | undefined): void {
    if (error?.kind !== 'path') return
    const item = view.types.get(error.path)
    // A value that is given back when it is refused is no error: `Result<(), Self>`.
    if (item !== undefined && implementsTrait(item, 'std::fmt::Display') && !values.has(error.path))
      found.add(error.path)
  }
}

/** Functions, methods and those of traits' impls. */
export const everyCallable = (view: CrateView): readonly Callable[] => [
  ...view.model.functions,
  ...view.model.types.flatMap(callablesOf),
]

/** A type's own, and those of traits' impls. */
export const callablesOf = (item: TypeItem): readonly Callable[] => [
  ...item.methods,
  ...item.impls.flatMap((impl) => impl.methods),
]
