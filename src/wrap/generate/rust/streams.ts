/** An export that gives a stream: its object, the function that makes it, the function that pulls. */
import { itemsName } from '../../ir/contract.js'
import type { ExportIr } from '../../ir/ir.js'
import type { Streaming } from '../../rules/later.js'
import { boundaryError, node, option, resultOk, vec, type Surroundings } from './crossing.js'
import { errorFunction } from './errors.js'
import { given } from './given.js'
import { callText, declared, type ItemText, type NamedArgument } from './item.js'
import { literal } from './text.js'

/** @param name the function's. No other name in glue has both cases and an underscore. */
export function streamText(
  item: ExportIr,
  stream: Streaming,
  name: string,
  args: readonly NamedArgument[],
  at: Surroundings,
): ItemText {
  const bare = name.replace('r#', '')
  const object = `Items_${bare}`
  const pull = `Next_${bare}`
  const made = given(item.returns, 'value', false, at)
  const names = item.params.map((param) => literal(param.name)).join(', ')
  return {
    name: item.name,
    text: `// @item ${item.name}
struct ${object}(${node}::stream::Items<${made.type}>);

impl ${node}::Object for ${object} {
    const NAME: &'static str = ${literal(itemsName(item))};
}

async fn ${name}(${args.map(declared).join(', ')}) -> ::std::result::Result<${node}::New<${object}>, ${boundaryError}> {
    let work = move |giver: ${node}::stream::Giver<${made.type}>| async move {
        ${making(item, stream, args, at)}
        giver.give_all(stream, |value| ${made.fallible ? made.value : `${resultOk}(${made.value})`}).await
    };
    ${resultOk}(${node}::New::of(${object}(${node}::stream::Items::start(work).await?)))
}

async fn ${pull}(mut items: ${node}::Exclusive<${object}>, max: u32) -> ::std::result::Result<${option}<${vec}<${made.type}>>, ${boundaryError}> {
    items.0.next(max).await
}
`,
    registration: `    // @item ${item.name}
    system.future(${literal(item.name)}, &[${names}], ${name}).future(${literal(`${item.name}Next`)}, &["items", "max"], ${pull});
`,
  }
}

/** What it may borrow stays beside the stream; else objects are free again once it is made. */
function making(item: ExportIr, stream: Streaming, args: readonly NamedArgument[], at: Surroundings): string {
  const values = args.map((arg) => arg.value)
  const awaited = `${callText(item, values, at)}${stream.awaited ? '.await' : ''}`
  const call =
    stream.error === undefined ? awaited : `${awaited}.map_err(${errorFunction(at.pkg, stream.error, at.self)})?`
  const before = args.map((arg) => arg.before).filter((line) => line !== '')
  if (stream.holds) return [...before, `let stream = ${call};`].join('\n        ')
  const own = args.map(
    ({ name, type }) => `let ${type.startsWith(`${node}::Exclusive<`) ? 'mut ' : ''}${name} = ${name};`,
  )
  return `let stream = { ${[...own, ...before].join(' ')} ${call} };`
}
