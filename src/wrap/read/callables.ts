/** Functions, methods and what every item has. */
import type { Callable, ConstantItem, ItemFacts } from '../model/model.js'
import type { GenericParameter, Receiver, RustSignature, RustType } from '../model/rust-type.js'
import { convertGenerics, convertType, mergeClauses, UNIT, type Place } from './convert.js'
import type { JsonFunction, JsonItem, JsonType } from './format57.js'
import type { Source } from './world.js'

/** The impl block or trait a method stands in. */
export interface Around {
  readonly path: string
  readonly generics: readonly GenericParameter[]
  readonly for?: RustType
  readonly trait?: string
}

export function factsOf(source: Source, item: JsonItem, path: string): ItemFacts {
  const { deprecation } = item
  const since = deprecation?.since == null ? {} : { since: deprecation.since }
  const note = deprecation?.note == null ? {} : { note: deprecation.note }
  const place = placeOf(source, item)
  return {
    path,
    docs: item.docs ?? '',
    ...(deprecation === null ? {} : { deprecated: { ...since, ...note } }),
    ...(place === undefined ? {} : { source: place }),
  }
}

/** `src/lib.rs:12`, from the crate's own folder on. */
function placeOf(source: Source, item: JsonItem): string | undefined {
  if (item.span === null) {
    return undefined
  }
  const { filename, begin } = item.span
  const file = filename.startsWith(`${source.folder}/`) ? filename.slice(source.folder.length + 1) : filename
  return file.startsWith('/') ? undefined : `${file}:${begin[0]}`
}

export function convertFunction(place: Place, item: JsonItem, json: JsonFunction, around: Around): Callable {
  const name = item.name ?? ''
  const outer = new Set(around.generics.map((generic) => generic.name))
  const generics = convertGenerics(place, json.generics)
  const own = generics.filter((generic) => !outer.has(generic.name))
  const clauses = generics.filter((generic) => outer.has(generic.name))
  return {
    ...factsOf(place.source, item, `${around.path}::${name}`),
    name,
    signature: convertSignature(place, json, own),
    isConst: json.header.is_const,
    implGenerics: mergeClauses(around.generics, clauses),
    ...(around.for === undefined ? {} : { implFor: around.for }),
    ...(around.trait === undefined ? {} : { trait: around.trait }),
  }
}

function convertSignature(place: Place, json: JsonFunction, generics: readonly GenericParameter[]): RustSignature {
  const [first, ...others] = json.sig.inputs
  const self = first !== undefined && first[0] === 'self' ? first[1] : undefined
  const params = self === undefined ? json.sig.inputs : others
  return {
    ...(self === undefined ? {} : receiverOf(place, self)),
    generics,
    params: params.map(([name, type]) => ({ name: isName(name) ? name : '_', type: convertType(place, type) })),
    ...returnsOf(place, json),
    unsafe: json.header.is_unsafe,
  }
}

function receiverOf(place: Place, type: JsonType): { receiver: Receiver; receiverType?: RustType } {
  if (type !== 'infer' && type.generic === 'Self') {
    return { receiver: 'value' }
  }
  if (type !== 'infer' && type.borrowed_ref !== undefined) {
    const { type: to, is_mutable: mutable } = type.borrowed_ref
    if (to !== 'infer' && to.generic === 'Self') {
      return { receiver: mutable ? 'mut' : 'ref' }
    }
  }
  return { receiver: 'other', receiverType: convertType(place, type) }
}

/**
 * What is returned, and whether it has to be awaited. A function that returns a future is async whichever way it says so:
 * `async fn f() -> T`, `fn f() -> impl Future<Output = T>`, `fn f() -> Pin<Box<dyn Future<Output = T> + Send>>`.
 */
function returnsOf(place: Place, json: JsonFunction): { readonly returns: RustType; readonly async: boolean } {
  if (json.sig.output === null) {
    return { returns: UNIT, async: json.header.is_async }
  }
  const type = convertType(place, json.sig.output)
  const output = outputOf(type)
  return output === undefined ? { returns: type, async: json.header.is_async } : { returns: output, async: true }
}

/** `T` of a future of `T`, as long as an `await` can take it as it is. */
function outputOf(type: RustType): RustType | undefined {
  if (type.kind === 'path' && (type.path === 'std::pin::Pin' || type.path === 'std::boxed::Box')) {
    const [inner] = type.args
    return inner === undefined ? undefined : outputOf(inner)
  }
  if (type.kind !== 'impl' && type.kind !== 'dyn') {
    return undefined
  }
  // A box says itself whether what is in it may leave its thread.
  if (type.kind === 'dyn' && !type.bounds.some((bound) => bound.trait === 'std::marker::Send')) {
    return undefined
  }
  const future = type.bounds.find((bound) => bound.trait === 'std::future::Future')
  return future?.bindings.find((binding) => binding.name === 'Output')?.type
}

/** A pattern such as `(a, b)` is no name. */
function isName(text: string): boolean {
  return text !== '' && ![' ', '(', '[', '{', '&', ':', '|', '@'].some((sign) => text.includes(sign))
}

/** A constant, an associated constant or a static; `undefined` for every other item. */
export function convertConstant(place: Place, item: JsonItem, path: string): ConstantItem | undefined {
  const { constant, static: variable, assoc_const: member } = item.inner
  const facts = { ...factsOf(place.source, item, path), name: item.name ?? '' }
  if (constant !== undefined) {
    const value = constant.const.value ?? constant.const.expr
    return { ...facts, type: convertType(place, constant.type), ...shown(value), isStatic: false }
  }
  if (variable !== undefined) {
    return { ...facts, type: convertType(place, variable.type), ...shown(variable.expr), isStatic: true }
  }
  if (member !== undefined) {
    return { ...facts, type: convertType(place, member.type), ...shown(member.value ?? '_'), isStatic: false }
  }
  return undefined
}

/** rustdoc prints `_` for a value it does not show. */
function shown(value: string): { value?: string } {
  return value === '_' || value === '' ? {} : { value }
}
