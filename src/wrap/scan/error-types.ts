/** Which types of the crate are errors: those that say so, and those that results fail with. */
import type { Callable, TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { inner, isPath, some } from '../rules/rust-types.js'
import { implementsTrait, resolveAliases, type CrateView } from './crate-view.js'

/** By path. Types that say in words what went wrong; of others those that are nothing but errors. */
export function errorTypes(view: CrateView): ReadonlySet<string> {
  const found = new Set<string>()
  const values = new Set<string>()
  const elsewhere = namedElsewhere(view)
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
    if (item === undefined || values.has(error.path)) return
    if (implementsTrait(item, 'std::fmt::Display')) found.add(error.path)
    else if (implementsTrait(item, 'std::fmt::Debug') && !elsewhere.has(error.path)) found.add(error.path)
  }
}

/** Types that something takes, gives or holds: values, whatever fails with them besides. */
function namedElsewhere(view: CrateView): ReadonlySet<string> {
  const found = new Set<string>()
  const note = (type: RustType): void => {
    if (type.kind === 'path') found.add(type.path)
    // What a result fails with is its last argument.
    const parts = isPath(type, 'std::result::Result') ? type.args.slice(0, 1) : inner(type)
    parts.forEach(note)
  }
  // What derived traits take of a type makes it no value.
  const own = view.model.types.flatMap((item) => item.impls.filter((impl) => view.traits.has(impl.trait)))
  const callables = [
    ...view.model.functions,
    ...view.model.types.flatMap((item) => item.methods),
    ...own.flatMap((impl) => impl.methods),
  ]
  for (const { signature } of callables) {
    note(resolveAliases(signature.returns, view))
    for (const param of signature.params) note(resolveAliases(param.type, view))
  }
  for (const item of view.model.types) {
    for (const field of [...item.fields, ...item.variants.flatMap((variant) => variant.fields)]) {
      if (field.public || item.kind === 'enum') note(resolveAliases(field.type, view))
    }
  }
  for (const constant of [...view.model.constants, ...view.model.types.flatMap((item) => item.constants)]) {
    note(resolveAliases(constant.type, view))
  }
  return found
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
