/**
 * Exports that give an iterator without a name: it is boxed, with what it borrows from in its cell, and a second export reads
 * it. What crosses is made on the way, so nothing that borrows leaves the box.
 */
import type { ExportIr } from '../../ir/ir.js'
import { lazyExport } from '../../ir/lazy.js'
import type { LazyMapping } from '../../rules/lazy.js'
import type { Keeping } from '../../rules/pairs.js'
import { arc, cellType } from './cells.js'
import { boundaryError, fitting, node, resultOk, vec, type Surroundings } from './crossing.js'
import { errorFunction } from './errors.js'
import { given } from './given.js'
import { callText, type ItemText } from './item.js'
import { keptText, sceneOf } from './pairs.js'
import { literal } from './text.js'

export function lazyText(
  item: ExportIr,
  lazy: LazyMapping,
  name: string,
  names: readonly string[],
  at: Surroundings,
): ItemText {
  const object = `items_${name}`
  const view = `view_${object}`
  const one = given(lazy.of, 'value', false, at)
  const { keeps } = item
  const scene = sceneOf(item, keeps ?? NOTHING, names, at)
  const failed =
    item.returns.kind === 'result'
      ? [`let value = value.map_err(${errorFunction(at.pkg, item.returns.error, at.self)})?;`]
      : []
  const items = `${node}::Items::of(value.into_iter().map(|value| ${fitting(one)}))`
  const made = [`let value = ${callText(item, scene.values, at)};`, ...failed]
  const inCell = [
    `let cell = ::yoke::Yoke::try_attach_to_cart(${arc}::new(${keptText(scene.kept)}), |kept| {`,
    ...made,
    `${resultOk}::<_, ${boundaryError}>(${view}(${items}))`,
    `})?;`,
  ]
  const held = keeps === undefined ? `${node}::Items<'static, ${one.type}>` : cellType(view)
  const cell =
    keeps === undefined ? '' : `\n#[derive(::yoke::Yokeable)]\nstruct ${view}<'a>(${node}::Items<'a, ${one.type}>);\n`
  const params = scene.params.join(', ')
  const read = lazyExport(item)
  return {
    name: item.name,
    text: `// @item ${item.name}
struct ${object}(${held});
${cell}
impl ${node}::Object for ${object} {
    const NAME: &'static str = "Iterator";
}

fn ${name}(${params}) -> ::std::result::Result<${node}::NewBound<${object}>, ${boundaryError}> {
    ${[...scene.before, ...(keeps === undefined ? made : inCell)].join('\n    ')}
    ${resultOk}(${node}::NewBound(${node}::New::of(${object}(${keeps === undefined ? items : 'cell'}))))
}

fn next_${object}(iterator: &mut ${object}, most: u32) -> ::std::result::Result<(${vec}<${one.type}>, bool), ${boundaryError}> {
    iterator.0.${keeps === undefined ? 'read(most)' : 'with_mut_return(move |view| view.0.read(most))'}
}
`,
    registration: `    // @item ${item.name}
    system.sync(${literal(item.name)}, &[${item.params.map((param) => literal(param.name)).join(', ')}], ${name});
    system.sync(${literal(read)}, &["iterator", "most"], next_${object});
`,
  }
}

/** Of an iterator that borrows nothing. */
const NOTHING: Keeping = {
  name: '',
  shared: false,
  object: false,
  params: [],
  result: false,
  optional: false,
  list: false,
  lent: false,
}
