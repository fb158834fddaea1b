/** `<T as Trait>::Name` where T is known: what its impl says. */
import type { RustType } from '../model/rust-type.js'
import { isPrimitive, path, primitive, rewrite, substitute } from '../rules/rust-types.js'
import { match, type CrateView } from './crate-view.js'

/** Every projection whose type is known is replaced, those inside the answer too. */
export function resolveProjections(type: RustType, view: CrateView, depth = 0): RustType {
  if (depth > DEEPEST) return type
  return rewrite(type, (part) => {
    if (part.kind !== 'projection') return part
    const known = standard(part.of, part.name) ?? fromImpl(part, view)
    return known === undefined ? part : resolveProjections(known, view, depth + 1)
  })
}

/** Projections of projections: more than a crate has, so that a circle ends. */
const DEEPEST = 16

type Projection = Extract<RustType, { kind: 'projection' }>

function fromImpl(part: Projection, view: CrateView): RustType | undefined {
  if (part.of.kind !== 'path') return undefined
  const item = view.types.get(part.of.path)
  for (const impl of item?.impls ?? []) {
    if (part.trait !== undefined && impl.trait !== part.trait) continue
    const of = impl.associated.find((one) => one.name === part.name)?.type
    if (of === undefined) continue
    const parameters = [...(item?.generics ?? []), ...impl.generics]
    const by = match(impl.for, part.of, new Set(parameters.map((parameter) => parameter.name)))
    if (by !== undefined) return substitute(of, by)
  }
  return undefined
}

/** `str::Owned` and its like. */
function standard(of: RustType, name: string): RustType | undefined {
  if (name !== 'Owned') return undefined
  if (isPrimitive(of, 'str')) return path('std::string::String')
  if (of.kind === 'slice') return path('std::vec::Vec', of.of)
  return of.kind === 'primitive' ? primitive(of.name) : undefined
}
