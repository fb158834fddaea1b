/** Exports that give objects that borrow: the call is made inside the new object's cell. */
import { named } from '../../ir/contract.js'
import type { ExportIr } from '../../ir/ir.js'
import type { Keeping } from '../../rules/pairs.js'
import { isBorrowing } from '../../rules/pairs.js'
import { arc, cellType, keptField, keptList, keptParameters, seen, viewName, viewsName } from './cells.js'
import { boundaryError, node, nth, option, vec, type Surroundings } from './crossing.js'
import { errorFunction } from './errors.js'
import { callText, type ItemText } from './item.js'
import { argument } from './taken.js'
import { isPath, literal } from './text.js'

const ok = '::std::result::Result::Ok'
const clone = '::std::clone::Clone::clone'

/** What the cell is made of, and the arguments as the call sees them inside it. */
export interface Scene {
  readonly params: readonly string[]
  readonly before: readonly string[]
  readonly values: readonly string[]
  /** The fields of `kept`, by name. */
  readonly kept: ReadonlyMap<string, readonly string[]>
}

export function pairText(
  item: ExportIr,
  keeps: Keeping,
  name: string,
  names: readonly string[],
  at: Surroundings,
): ItemText {
  const scene = sceneOf(item, keeps, names, at)
  const view = viewName(keeps.name)
  const cell = cellType(keeps.list ? viewsName(keeps.name) : view)
  const failure = keeps.optional ? `${option}<${boundaryError}>` : boundaryError
  const inside = [
    ...(keeps.shared ? [] : ['let _ = &kept;']),
    `let value = ${field(item, callText(item, scene.values, at))}${isMaybeResult(item) ? '.transpose()' : ''};`,
    ...(keeps.result && keeps.error !== undefined
      ? [`let value = value.map_err(${errorFunction(at.pkg, keeps.error, at.self)})?;`]
      : []),
    ...(keeps.optional ? [`let value = value.ok_or(${option}::None)?;`] : []),
    `${ok}(${keeps.list ? collected(keeps) : wrapped(keeps, at)})`,
  ]
  const call = keeps.shared
    ? 'this.0.try_map_project_cloned(|view, _| {'
    : `::yoke::Yoke::try_attach_to_cart(${arc}::new(${keptText(scene.kept)}), |kept| {`
  const one = (of: string): string => newObject(keeps.name, of, at)
  const isCopied = named(at.pkg.classes, keeps.name).entry.clone
  const object = keeps.list
    ? `(0..cell.get().0.len()).map(|place| ${one(isCopied ? copied : lentFrom(keeps.name))}).collect()`
    : one('cell')
  // Those without a copy stay where they are, in a list that each of them keeps.
  const held = keeps.list && !isCopied ? `{ let cell = ${arc}::new(cell); ${object} }` : object
  const objectType = keeps.list ? `${vec}<${newType(keeps.name, at)}>` : newType(keeps.name, at)
  const type = keeps.optional ? `${option}<${objectType}>` : objectType
  const arms = keeps.optional
    ? [
        `${ok}(cell) => ${ok}(${option}::Some(${held})),`,
        `::std::result::Result::Err(${option}::None) => ${ok}(${option}::None),`,
        `::std::result::Result::Err(${option}::Some(error)) => ::std::result::Result::Err(error),`,
      ]
    : [`${ok}(cell) => ${ok}(${held}),`, '::std::result::Result::Err(error) => ::std::result::Result::Err(error),']
  const lines = [
    ...scene.before,
    `let made: ::std::result::Result<${cell}, ${failure}> = ${call}`,
    ...inside.map((line) => `    ${line}`),
    '});',
    'match made {',
    ...arms.map((arm) => `    ${arm}`),
    '}',
  ]
  return {
    name: item.name,
    text: `// @item ${item.name}
fn ${name}(${scene.params.join(', ')}) -> ::std::result::Result<${type}, ${boundaryError}> {
    ${lines.join('\n    ')}
}
`,
    registration: `    // @item ${item.name}
    system.sync(${literal(item.name)}, &[${item.params.map((param) => literal(param.name)).join(', ')}], ${name});
`,
  }
}

/** `Option<Result<T, E>>`. */
const isMaybeResult = ({ returns }: ExportIr): boolean => returns.kind === 'result' && isPath(returns.rust, 'Option')

/** What a field holds is looked at where it is. */
const field = (item: ExportIr, call: string): string => (item.call.kind === 'field' ? `&${call}` : call)

const copied = `cell.map_project_cloned(|views, _| ${clone}(&views.0[place]))`

function lentFrom(name: string): string {
  const kept = keptText(new Map([[keptList(name), [`${clone}(&cell)`]]]))
  const value = `${viewName(name)}::Lent(&kept.${keptList(name)}[0].get().0[place].seen())`
  return `::yoke::Yoke::attach_to_cart(${arc}::new(${kept}), |kept| ${value})`
}

function wrapped(keeps: Keeping, at: Surroundings): string {
  if (named(at.pkg.classes, keeps.name).ahead !== undefined) return `${viewName(keeps.name)}::of(value)`
  return viewOf(keeps)
}

function viewOf(keeps: Keeping): string {
  return `${viewName(keeps.name)}::${keeps.lent ? 'Lent' : 'Own'}(value)`
}

const collected = (keeps: Keeping): string =>
  `${viewsName(keeps.name)}(value.into_iter().map(|value| ${viewOf(keeps)}).collect())`

export const newType = (name: string, at: Surroundings): string =>
  `${node}::${named(at.pkg.classes, name).entry.bound ? 'NewBound' : 'New'}<${name}>`

/** An object over its cell. */
export function newObject(name: string, cell: string, at: Surroundings): string {
  const shape = named(at.pkg.classes, name)
  const object = `${node}::New::of(${name}(${shape.ahead === undefined ? `${arc}::new(${cell})` : cell}))`
  return shape.entry.bound ? `${node}::NewBound(${object})` : object
}

export function keptText(kept: ReadonlyMap<string, readonly string[]>): string {
  const fields = Array.from(kept, ([name, values]) => `${name}: ::std::vec![${values.join(', ')}], `)
  return `kept { ${fields.join('')}..::std::default::Default::default() }`
}

export function sceneOf(item: ExportIr, keeps: Keeping, names: readonly string[], at: Surroundings): Scene {
  const kept = new Map<string, string[]>()
  const keep = (fieldName: string, value: string): string => {
    const list = kept.get(fieldName) ?? []
    kept.set(fieldName, [...list, value])
    return `kept.${fieldName}[${String(list.length)}]`
  }
  const params: string[] = []
  const before: string[] = []
  const values: string[] = []
  const keptOnes = keptParameters(item, keeps)
  for (const [place, param] of item.params.entries()) {
    const name = nth(names, place)
    const { mapping } = param
    const isKept = keptOnes.includes(param)
    if (mapping.kind === 'handle' && isBorrowing(named(at.pkg.classes, mapping.name).rustType)) {
      params.push(`${name}: &${mapping.name}`)
      const cell =
        param.isSelf && keeps.shared
          ? 'view.seen()'
          : seen(isKept ? keep(keptField(mapping.name), `${clone}(&${name}.0)`) : `${name}.0`)
      values.push(mapping.by === 'value' ? `${clone}(${cell})` : cell)
      continue
    }
    if (isKept && (mapping.kind === 'text' || mapping.kind === 'bytes')) {
      const isText = mapping.kind === 'text'
      params.push(`${name}: ${isText ? '::std::string::String' : `${node}::Bytes`}`)
      const value = isText ? `${keep('texts', name)}.as_str()` : `${keep('bytes', `${name}.0`)}.as_slice()`
      values.push(value)
      continue
    }
    const arg = argument(mapping, name, at)
    params.push(`${name}: ${arg.type}`)
    if (arg.before !== '') before.push(arg.before)
    if (isKept && mapping.kind === 'handle') {
      const copy = keep(keptField(mapping.name), mapping.by === 'value' ? arg.value : `${clone}(${arg.value})`)
      values.push(mapping.by === 'value' ? `${clone}(&${copy})` : `&${copy}`)
      continue
    }
    values.push(arg.value)
  }
  return { params, before, values, kept }
}
