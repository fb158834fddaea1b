/**
 * Classes, and the cells of those that borrow. For a class `Node` that borrows the glue has `view_Node<'a>`, its value with
 * every lifetime the same, and keeps it with a counted reference to `kept`: all that a value was made of. Nothing in `kept`
 * ever changes, so it is shared freely.
 */
import { named } from '../../ir/contract.js'
import type { ClassIr, ExportIr, Package, ParameterIr } from '../../ir/ir.js'
import { isBorrowing, type Keeping } from '../../rules/pairs.js'
import type { RustType } from '../../model/rust-type.js'
import { node, vec } from './crossing.js'
import { aheadType, iteratorView } from './iterators.js'
import { absoluteType, identifier, literal } from './text.js'

export const arc = '::std::sync::Arc'
const yoke = '::yoke::Yoke'

/** The value in its cell: a reference to the crate's own type. */
export const seen = (cell: string): string => `${cell}.get().seen()`

/** An object's cell: shared with those that borrow from it, but for an iterator, which its next item changes. */
const heldCell = ({ name, ahead }: ClassIr): string =>
  ahead === undefined ? `${arc}<${cellType(viewName(name))}>` : cellType(viewName(name))

export const viewName = (name: string): string => `view_${name}`
export const viewsName = (name: string): string => `views_${name}`
export const cellType = (view: string): string => `${yoke}<${view}<'static>, ${arc}<kept>>`
/** Where `kept` has objects of a class. */
export const keptField = (name: string): string => `of_${name}`

/** … and sequences of them that have no copy each. */
export const keptList = (name: string): string => `list_${name}`

/** Whether a package needs cells at all. */
export const hasCells = (p: Package): boolean =>
  p.classes.some((shape) => isBorrowing(shape.rustType)) || p.exports.some((item) => item.keeps !== undefined)

export function classText(p: Package, shape: ClassIr): string {
  const type = absoluteType(shape.rustType)
  const held = shape.consumable ? `${node}::Consumable<${type}>` : type
  const ahead = shape.ahead === undefined ? '' : `, ${aheadType(type)}`
  const inside = isBorrowing(shape.rustType) ? heldCell(shape) : held + ahead
  return `// @class ${shape.name}
struct ${shape.name}(${inside});

impl ${node}::Object for ${shape.name} {
    const NAME: &'static str = ${literal(shape.name)};
${bytesText(shape, type)}}
${isBorrowing(shape.rustType) ? (shape.ahead === undefined ? viewText(shape) : iteratorView(p, shape)) : ''}`
}

/** What the garbage collector is told of. */
function bytesText(shape: ClassIr, type: string): string {
  if (shape.entry.nativeBytes === undefined) return ''
  const method = `<${type}>::${identifier(shape.entry.nativeBytes)}`
  const value = isBorrowing(shape.rustType)
    ? `${method}(self.0.get().seen())`
    : shape.consumable
      ? `self.0.get().map_or(0, |value| ${method}(value))`
      : `${method}(&self.0)`
  return `
    fn native_bytes(&self) -> usize {
        ${value}
    }
`
}

/** One lifetime for all: a longer one is a shorter one, too. */
export function withOneLifetime(type: RustType): RustType {
  return type.kind === 'path' ? { ...type, lifetimes: type.lifetimes.map(() => "'a") } : type
}

function viewText({ name, rustType, entry }: ClassIr): string {
  const view = viewName(name)
  const type = absoluteType(withOneLifetime(rustType)).replaceAll("'_", "'a")
  const copy = entry.clone
    ? `
impl<'a> ::std::clone::Clone for ${view}<'a> {
    fn clone(&self) -> Self {
        match self {
            Self::Own(value) => Self::Own(::std::clone::Clone::clone(value)),
            Self::Lent(value) => Self::Lent(value),
        }
    }
}
`
    : ''
  return `
#[derive(::yoke::Yokeable)]
enum ${view}<'a> {
    Own(${type}),
    Lent(&'a ${type}),
}

impl<'a> ${view}<'a> {
    fn seen(&self) -> &${type} {
        match self {
            Self::Own(value) => value,
            Self::Lent(value) => value,
        }
    }
}
${copy}
#[derive(::yoke::Yokeable)]
struct ${viewsName(name)}<'a>(${vec}<${view}<'a>>);
`
}

/** What objects that borrow were made of. */
export function cellText(p: Package): string {
  if (!hasCells(p)) return ''
  const fields = new Map<string, string>()
  for (const item of p.exports) {
    if (item.keeps === undefined) continue
    for (const param of keptParameters(item, item.keeps)) {
      if (param.mapping.kind !== 'handle') continue
      const { name, rustType } = named(p.classes, param.mapping.name)
      const type = isBorrowing(rustType) ? `${arc}<${cellType(viewName(name))}>` : absoluteType(rustType)
      fields.set(keptField(name), type)
    }
    const { name, list } = item.keeps
    if (list && !named(p.classes, name).entry.clone) fields.set(keptList(name), `${arc}<${cellType(viewsName(name))}>`)
  }
  const lines = Array.from(fields, ([name, type]) => `    ${name}: ${vec}<${type}>,\n`)
  return `/// What objects that borrow were made of.
#[derive(::std::default::Default)]
struct kept {
    texts: ${vec}<::std::string::String>,
    bytes: ${vec}<${vec}<u8>>,
${lines.join('')}}
`
}

/** The parameters whose values are kept, the object among them. */
export function keptParameters(item: ExportIr, keeps: Keeping): readonly ParameterIr[] {
  const first = item.params[0]?.isSelf === true ? 1 : 0
  return item.params.filter((param, place) => (param.isSelf ? keeps.object : keeps.params.includes(place - first)))
}
