/** Closures for the crate that call a JavaScript function. */
import type { Mapping } from '../../rules/mapping.js'
import { CannotCross, node, nth, resultOk, tried, type Surroundings } from './crossing.js'
import { given } from './given.js'
import type { Argument } from './taken.js'
import { taken } from './taken.js'
import { withoutReferences } from './text.js'

/** A function that runs during the call. What it throws ends the crate's code and is thrown on by the export. */
export function callbackArgument(m: Mapping & { kind: 'callback' }, name: string, at: Surroundings): Argument {
  if (m.policy !== 'sync') throw new CannotCross('a function that is kept')
  const locals = m.params.map((_, place) => `value_${String(place)}`)
  const passed = m.params.map((param, place) => given(param, nth(locals, place), false, at))
  const result = taken(m.returns, 'returned', { ...at, owned: true, nested: true })
  const tuple = passed.length === 0 ? '()' : `(${passed.map(tried).join(', ')},)`
  const types = passed.length === 0 ? '()' : `(${passed.map((part) => part.type).join(', ')},)`
  const returned = result.fallible ? `${result.value}?` : result.value
  const body = `let returned = ${name}.call(${tuple})?; ${resultOk}::<_, ${node}::Failure>(${returned})`
  const closure = `|${locals.join(', ')}| throws.or_throw((|| { ${body} })())`
  const { reference } = withoutReferences(m.rust)
  const lent = reference ? (m.rust.kind === 'ref' && m.rust.mutable ? '&mut ' : '&') : ''
  const boxed = m.rust.kind === 'path' ? `::std::boxed::Box::new(${closure})` : `${lent}${closure}`
  return { type: `${node}::Callback<'_, ${types}, ${result.type}>`, before: '', value: boxed }
}
