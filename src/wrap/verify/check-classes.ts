/** Handle types and instances of the spec against the crate's types. */
import type { TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { isBorrowing } from '../rules/pairs.js'
import type { ClassEntry } from '../spec/class-entries.js'
import { basis, checkDeprecatedType, declared, targetOf, typeOf } from './check-types.js'
import type { VerifyContext } from './context.js'
import type { Finding } from './finding.js'
import { isName } from './generics.js'
import { satisfiesBounds } from './satisfies-bounds.js'

export function checkClass(context: VerifyContext, entry: ClassEntry): readonly Finding[] {
  const found = typeOf(context, entry)
  if (found === undefined) return []
  if ('finding' in found) return [found.finding]
  return [
    ...checkArguments(entry, found.type, found.item),
    ...checkStandIns(context, entry, found.type, found.item),
    ...checkLifetimes(entry, found.type, found.item),
    ...checkSend(entry, found.item),
    ...checkClone(entry, found.item),
    ...checkDeprecatedType(entry, entry.doc, found.item),
  ]
}

/** As many arguments as the type has parameters; those with a default may be left away. */
function checkArguments(entry: ClassEntry, type: RustType, item: TypeItem): readonly Finding[] {
  if (type.kind !== 'path') return []
  const parameters = item.generics.filter((generic) => generic.kind !== 'lifetime' && isName(generic.name))
  const needed = parameters.filter((generic) => generic.default === undefined).length
  const given = type.args.length
  if (given >= needed && given <= parameters.length) return []
  const names = parameters.map((generic) => generic.name).join(', ')
  return [
    {
      ...basis(entry),
      kind: 'generic',
      message:
        parameters.length === 0
          ? `\`${item.path}\` has no type parameters`
          : `\`${item.path}\` has the type parameters ${names}, and the spec gives ${String(given)}`,
      found: declared(item),
      change: parameters.length === 0 ? `set \`rust_type: "${item.path}"\`` : 'give a concrete type for each of them',
      ...(parameters.length === 0
        ? { fix: [{ kind: 'set', target: targetOf(entry), path: ['rust_type'], value: item.path }] }
        : {}),
    },
  ]
}

/** What stands for a parameter has what the type's own definition asks of it: `Graph<N, E, Ty: EdgeType>`. */
function checkStandIns(context: VerifyContext, entry: ClassEntry, type: RustType, item: TypeItem): readonly Finding[] {
  if (type.kind !== 'path') return []
  const parameters = item.generics.filter((generic) => generic.kind !== 'lifetime' && isName(generic.name))
  return parameters.flatMap((parameter, place): readonly Finding[] => {
    const arg = type.args[place]
    if (arg === undefined || parameter.kind !== 'type') return []
    const bounds = parameter.bounds.filter((bound) => bound.args.length === 0 && bound.bindings.length === 0)
    const unmet = bounds.find((bound) => !satisfiesBounds(arg, [bound], context.index))
    if (unmet === undefined) return []
    return [
      {
        ...basis(entry),
        kind: 'generic',
        message: `\`${printType(arg)}\` cannot stand for the type parameter \`${parameter.name}\` of \`${item.path}\``,
        expected: `${parameter.name}: ${unmet.trait}`,
        found: `no impl of ${unmet.trait} for ${printType(arg)}`,
        change: `give a type that implements \`${unmet.trait}\``,
      },
    ]
  })
}

/** The type with its own parameters: `roxmltree::Node<'a, 'input>`. */
const declaredType = (item: TypeItem): string =>
  `${item.path}<${item.generics.map((generic) => generic.name).join(', ')}>`

/** A type with a lifetime borrows: a handle says its lifetimes, and is kept with what it borrows from. */
function checkLifetimes(entry: ClassEntry, type: RustType, item: TypeItem): readonly Finding[] {
  const borrows = item.generics.some((generic) => generic.kind === 'lifetime')
  const isStatic = type.kind === 'path' && type.lifetimes.length > 0 && type.lifetimes.every((one) => one === "'static")
  if (!borrows || isStatic || isBorrowing(type) || entry.parent !== undefined) return []
  return [
    {
      ...basis(entry),
      kind: 'not-static',
      message: `\`${item.path}\` borrows from something else, so a handle cannot own it`,
      found: declared(item),
      change: `name its lifetimes, \`${declaredType(item)}\`, to keep it with what it borrows from; or make it a record of its getters`,
    },
  ]
}

function checkSend(entry: ClassEntry, item: TypeItem): readonly Finding[] {
  if (entry.bound || (item.send !== false && item.sync !== false)) return []
  const trait = item.send === false ? 'Send' : 'Sync'
  return [
    {
      ...basis(entry),
      kind: 'not-send',
      message: `\`${item.path}\` is not ${trait}: its values stay on the thread that made them`,
      expected: 'Send and Sync',
      found: `not ${trait}`,
      change: 'set `bound: true`',
      fix: [{ kind: 'set', target: targetOf(entry), path: ['bound'], value: true }],
    },
  ]
}

function checkClone(entry: ClassEntry, item: TypeItem): readonly Finding[] {
  if (!entry.clone || item.impls.some((impl) => impl.trait === 'std::clone::Clone')) return []
  return [
    {
      ...basis(entry),
      kind: 'ownership',
      message: `\`${item.path}\` is not Clone, and the spec copies it`,
      expected: 'Clone',
      found: 'no impl of Clone',
      change: 'set `clone: false`',
      fix: [{ kind: 'set', target: targetOf(entry), path: ['clone'], value: false }],
    },
  ]
}
