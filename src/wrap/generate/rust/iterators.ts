/**
 * Exports that read an iterator's items. The iterator of a class that borrows is alone in its cell, so it may change there; items
 * that borrow are put beside it first, and each gets a cell of its own from that.
 */
import { named } from '../../ir/contract.js'
import type { ClassIr, ExportIr, Package } from '../../ir/ir.js'
import type { Pull } from '../../ir/pulls.js'
import { isBorrowing, type Keeping } from '../../rules/pairs.js'
import { boundaryError, fitting, node, option, resultOk, vec, type Surroundings } from './crossing.js'
import { errorFunction } from './errors.js'
import { given } from './given.js'
import type { ItemText } from './item.js'
import { newObject, newType } from './pairs.js'
import { absoluteType, literal } from './text.js'
import { viewName, withOneLifetime } from './cells.js'

const clone = '::std::clone::Clone::clone'

/** The state beside an iterator that borrows nothing. */
export const aheadType = (type: string): string => `${node}::Ahead<${type}>`

/** The cell's content: the iterator, what is known of it, and items that borrow on their way out. */
export function iteratorView(p: Package, { name, rustType }: ClassIr): string {
  const view = viewName(name)
  const type = absoluteType(withOneLifetime(rustType)).replaceAll("'_", "'a")
  const item = borrowedItem(p, name)
  const items = item === undefined ? '' : `    items: ${vec}<${viewName(item)}<'a>>,\n`
  return `
#[derive(::yoke::Yokeable)]
struct ${view}<'a> {
    value: ${type},
    ahead: ${aheadType(type)},
${items}}

impl<'a> ${view}<'a> {
    fn of(value: ${type}) -> Self {
        Self { value, ahead: ::std::default::Default::default()${item === undefined ? '' : `, items: ${vec}::new()`} }
    }

    fn seen(&self) -> &${type} {
        &self.value
    }
}
`
}

/** The class of an iterator's items, when those borrow. */
function borrowedItem(p: Package, name: string): string | undefined {
  const reads = p.exports.find(
    (item) =>
      item.pulls !== undefined &&
      item.keeps !== undefined &&
      item.params.some(({ isSelf, mapping }) => isSelf && mapping.kind === 'handle' && mapping.name === name),
  )
  return reads?.keeps?.name
}

export function pullText(item: ExportIr, pull: Pull, name: string, at: Surroundings): ItemText {
  const [self] = item.params
  if (self?.mapping.kind !== 'handle') throw new Error(`${item.name} reads no iterator`)
  const shape = named(at.pkg.classes, self.mapping.name)
  const counts = pull.end === 'front' ? ', unread: u32, most: u32' : ''
  const [type, lines] = item.keeps === undefined ? values(pull, shape, at) : objects(item.keeps, pull, shape, at)
  return {
    name: item.name,
    text: `// @item ${item.name}
fn ${name}(this: &mut ${shape.name}${counts}) -> ::std::result::Result<${type}, ${boundaryError}> {
    ${lines.join('\n    ')}
}
`,
    registration: `    // @item ${item.name}
    system.sync(${literal(item.name)}, &[${item.params.map((param) => literal(param.name)).join(', ')}], ${name});
`,
  }
}

type Body = readonly [type: string, lines: readonly string[]]

/** What crosses is made where the iterator is: it borrows nothing. */
function values(pull: Pull, shape: ClassIr, at: Surroundings): Body {
  const one = given(pull.item, 'value', false, at)
  const { before, read } = reading(pull, shape, fitting(one), at)
  const type = pull.end === 'front' ? `(${vec}<${one.type}>, bool)` : `${option}<${one.type}>`
  if (!isBorrowing(shape.rustType)) {
    return [type, [`let iterator = ${shape.consumable ? 'this.0.get_mut()?' : '&mut this.0'};`, ...before, read]]
  }
  return [type, [`this.0.with_mut_return(move |view| {`, ...before, read, `})`]]
}

/** Items that borrow: read into the cell, then looked at from cells of their own. */
function objects(keeps: Keeping, pull: Pull, shape: ClassIr, at: Surroundings): Body {
  const wrapped = `${resultOk}(${viewName(keeps.name)}::${keeps.lent ? 'Lent' : 'Own'}(value))`
  const { before, read } = reading(pull, shape, wrapped, at)
  const isFront = pull.end === 'front'
  const type = newType(keeps.name, at)
  const object = newObject(keeps.name, `this.0.map_project_cloned(|view, _| ${clone}(&view.items[place]))`, at)
  const made = `let objects = (0..this.0.get().items.len()).map(|place| ${object})`
  return [
    isFront ? `(${vec}<${type}>, bool)` : `${option}<${type}>`,
    [
      `let ended = this.0.with_mut_return(move |view| {`,
      ...before,
      isFront ? `let (items, ended) = ${read}?;` : `let items = ${vec}::from_iter(${read}?);`,
      `view.items = items;`,
      `${resultOk}::<_, ${boundaryError}>(${isFront ? 'ended' : '()'})`,
      `})?;`,
      isFront ? `${made}.collect::<${vec}<_>>();` : `${made}.next();`,
      `this.0.with_mut(|view| view.items.clear());`,
      `${resultOk}(${isFront ? '(objects, ended)' : 'objects'})`,
    ],
  ]
}

/** The reading itself: in its cell an iterator is `view.value`, otherwise `iterator`. */
function reading(
  pull: Pull,
  shape: ClassIr,
  crossed: string,
  at: Surroundings,
): { readonly before: readonly string[]; readonly read: string } {
  const isInCell = isBorrowing(shape.rustType)
  const iterator = isInCell ? '&mut view.value' : 'iterator'
  const ahead = isInCell ? 'view.ahead' : 'this.1'
  const failed = pull.error === undefined ? '' : `.map_err(${errorFunction(at.pkg, pull.error, at.self)})`
  const convert =
    pull.error === undefined ? `|value| ${crossed}` : `|value| value${failed}.and_then(|value| ${crossed})`
  if (pull.end === 'back') {
    return {
      before: [],
      read: `::std::iter::DoubleEndedIterator::next_back(${iterator}).map(${convert}).transpose()`,
    }
  }
  return {
    before: shape.ahead === 'rewinding' ? [`${ahead}.turn_back(${iterator}, unread, most);`] : [],
    read: `${ahead}.read(${iterator}, most, ${convert})`,
  }
}
