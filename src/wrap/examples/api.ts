/** The generated package by the names the crate has for things. */
import { lastName } from '../model/paths.js'
import type { ClassIr, EnumIr, MemberIr, Package, ShapeIr } from '../ir/ir.js'
import type { CrateModel, TypeItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import type { RecordEntry } from '../spec/spec.js'

export interface Api {
  readonly p: Package
  readonly model: CrateModel
  /** Every class with its members by their names in Rust. */
  readonly classes: ReadonlyMap<string, ClassIndex>
  readonly records: ReadonlyMap<string, ShapeIr<RecordEntry>>
  readonly enums: ReadonlyMap<string, EnumIr>
  /** The class of each member. */
  readonly owners: ReadonlyMap<MemberIr, string>
  /** Functions of the module by path. */
  readonly functions: ReadonlyMap<string, MemberIr>
  /** Public paths of types, functions and constants by their last name. */
  readonly pathsByName: ReadonlyMap<string, readonly string[]>
  readonly typesByPath: ReadonlyMap<string, TypeItem>
}

export interface ClassIndex {
  readonly ir: ClassIr
  readonly callables: ReadonlyMap<string, readonly MemberIr[]>
  readonly fields: ReadonlyMap<string, MemberIr>
  readonly constants: ReadonlyMap<string, MemberIr>
  /** `Copy` in Rust: an assignment there makes a second value. */
  readonly isCopy: boolean
  readonly hasMutators: boolean
}

export function indexApi(model: CrateModel, p: Package): Api {
  const typesByPath = new Map(model.types.map((type) => [type.path, type]))
  const functions = new Map<string, MemberIr>()
  for (const member of p.members) {
    if (member.export.call.kind === 'function' || member.export.call.kind === 'constant') {
      functions.set(member.export.call.path, member)
    }
  }
  return {
    p,
    model,
    classes: new Map(p.classes.map((ir) => [ir.name, indexClass(ir, typesByPath)])),
    records: new Map(p.records.map((shape) => [shape.name, shape])),
    enums: new Map(p.enums.map((shape) => [shape.name, shape])),
    owners: new Map(p.classes.flatMap((ir) => ir.members.map((member) => [member, ir.name] as const))),
    functions,
    pathsByName: pathsByName(model),
    typesByPath,
  }
}

function indexClass(ir: ClassIr, types: ReadonlyMap<string, TypeItem>): ClassIndex {
  const callables = new Map<string, MemberIr[]>()
  const fields = new Map<string, MemberIr>()
  const constants = new Map<string, MemberIr>()
  let hasMutators = false
  for (const member of ir.members) {
    const { call } = member.export
    switch (call.kind) {
      case 'field':
        fields.set(call.field, member)
        break
      case 'constant':
        constants.set(lastName(call.path), member)
        break
      case 'function':
        add(callables, lastName(call.path), member)
        break
      case 'method':
        add(callables, call.method, member)
        if (call.receiver === 'mut') hasMutators = true
        break
    }
  }
  const type = types.get(basePath(ir.rustType) ?? '')
  const isCopy = type?.impls.some(({ trait }) => trait === 'std::marker::Copy') ?? false
  return { ir, callables, fields, constants, isCopy, hasMutators }
}

function add(index: Map<string, MemberIr[]>, name: string, member: MemberIr): void {
  const list = index.get(name)
  if (list === undefined) index.set(name, [member])
  else list.push(member)
}

export const basePath = (type: RustType): string | undefined => (type.kind === 'path' ? type.path : undefined)

function pathsByName(model: CrateModel): Map<string, string[]> {
  const index = new Map<string, string[]>()
  for (const { path } of [...model.types, ...model.functions, ...model.constants]) {
    const name = lastName(path)
    const list = index.get(name)
    if (list === undefined) index.set(name, [path])
    else if (!list.includes(path)) list.push(path)
  }
  return index
}

/** Whether a path is a function or a method, not a constant or a variant. */
export function isCallable(api: Api, path: readonly string[]): boolean {
  const whole = path.join('::')
  if (api.model.functions.some((other) => other.path === whole)) return true
  const type = api.typesByPath.get(path.slice(0, -1).join('::'))
  const name = path.at(-1)
  return type?.methods.some((method) => method.name === name) ?? false
}

/** What the package has for a type of the crate. */
export type Named =
  | { readonly kind: 'handle'; readonly index: ClassIndex }
  | { readonly kind: 'record'; readonly shape: ShapeIr<RecordEntry> }
  | { readonly kind: 'enum'; readonly shape: EnumIr }
  /** Several instances of it, and the arguments do not say which. */
  | { readonly kind: 'ambiguous'; readonly path: string }

/**
 * The one class of a generic type that has this associated function, where the crate has it for one concrete type alone:
 * `DateTime::from_timestamp` is of `DateTime<Utc>`.
 */
export function findOwner(api: Api, path: string, name: string): ClassIndex | undefined {
  const methods = api.typesByPath.get(path)?.methods.filter((method) => method.name === name) ?? []
  const [method, second] = methods
  if (method === undefined || second !== undefined || method.implGenerics.length > 0) return undefined
  const owners = [...api.classes.values()].filter(
    (index) => basePath(index.ir.rustType) === path && index.callables.has(name),
  )
  const [owner, another] = owners
  if (owner === undefined || another !== undefined || method.implFor === undefined) return undefined
  return printType(owner.ir.rustType) === printType(method.implFor) ? owner : undefined
}

/** By public path and arguments; `_` and missing arguments leave it open. */
export function findNamed(api: Api, path: string, args: readonly RustType[]): Named | undefined {
  const found: Named[] = []
  const fits = (type: RustType): boolean => type.kind === 'path' && type.path === path && argsFit(type.args, args)
  for (const index of api.classes.values()) if (fits(index.ir.rustType)) found.push({ kind: 'handle', index })
  for (const shape of api.p.records) if (fits(shape.rustType)) found.push({ kind: 'record', shape })
  for (const shape of api.p.enums) if (fits(shape.rustType)) found.push({ kind: 'enum', shape })
  const [only, second] = found
  if (second !== undefined) return { kind: 'ambiguous', path }
  if (only !== undefined && args.length === 0 && isGeneric(only)) return { kind: 'ambiguous', path }
  if (only !== undefined) return only
  const alias = api.typesByPath.get(path)?.aliasOf
  return alias?.kind === 'path' && alias.path !== path ? findNamed(api, alias.path, alias.args) : undefined
}

/** One instance of a generic type is still only one of many that an example may mean. */
function isGeneric(named: Named): boolean {
  if (named.kind === 'ambiguous') return true
  const type = named.kind === 'handle' ? named.index.ir.rustType : named.shape.rustType
  return type.kind === 'path' && type.args.length > 0
}

function argsFit(of: readonly RustType[], wanted: readonly RustType[]): boolean {
  if (wanted.length === 0) return true
  return (
    wanted.length === of.length &&
    wanted.every((arg, at) => {
      const other = of[at]
      return other !== undefined && (printType(arg) === '_' || printType(arg) === printType(other))
    })
  )
}
