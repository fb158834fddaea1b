/** Closures for the crate that call a JavaScript function. */
import type { Mapping } from '../../rules/mapping.js'
import { boundaryError, CannotCross, node, nth, resultOk, tried, type Surroundings } from './crossing.js'
import { given } from './given.js'
import type { Argument } from './taken.js'
import { taken } from './taken.js'
import { absolutePath, withoutReferences } from './text.js'

/** A function that is kept: its calls are queued for the JavaScript thread. One that cannot be queued any more is none. */
function queuedArgument(m: Mapping & { kind: 'callback' }, name: string, at: Surroundings): Argument {
  const locals = m.params.map((_, place) => `value_${String(place)}`)
  const passed = m.params.map((param, place) => given(param, nth(locals, place), false, at))
  const tuple = passed.length === 0 ? '()' : `(${passed.map(tried).join(', ')},)`
  const types = passed.length === 0 ? '()' : `(${passed.map((part) => part.type).join(', ')},)`
  const queue = `(|| -> ::std::result::Result<(), ${boundaryError}> { ${name}.call(${tuple}) })()`
  const closure = `move |${locals.join(', ')}| { let _ = ${queue}; }`
  const lent = m.rust.kind === 'ref' ? (m.rust.mutable ? '&mut ' : '&') : ''
  const value = m.rust.kind === 'path' ? `${absolutePath(m.rust.path)}::new(${closure})` : `${lent}${closure}`
  return { type: `${node}::Queued<${types}>`, before: '', value }
}

/** A function that runs during the call. What it throws ends the crate's code and is thrown on by the export. */
export function callbackArgument(m: Mapping & { kind: 'callback' }, name: string, at: Surroundings): Argument {
  if (m.policy === 'queued') return queuedArgument(m, name, at)
  if (m.policy !== 'sync') throw new CannotCross('a function that is waited for')
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
