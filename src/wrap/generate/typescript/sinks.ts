/** What docs say of arguments that the call writes into. */
import type { ExportIr, ParameterIr } from '../../ir/ir.js'
import { LONGEST_BUFFER } from '../../rules/sinks.js'
import { valueFacts } from './values.js'

/** What a parameter may be, and what comes of it; nothing where its type says it all. */
export function parameterFacts(param: ParameterIr): string {
  const facts = [param.writes === 'length' ? '' : valueFacts(param.mapping), writtenFacts(param)]
  return facts.filter((fact) => fact !== '').join('; ')
}

/** What a result is; nothing where its type says it all. */
export function resultFacts(item: ExportIr): string {
  const facts = [filledFacts(item), valueFacts(item.returns)].filter((fact) => fact !== '').join('; ')
  if (item.stream === undefined) return facts
  return facts === '' ? 'items as they come' : `items as they come, each ${facts}`
}

/** Of a parameter that stands for one; nothing of others. */
function writtenFacts(param: ParameterIr): string {
  if (param.writes === 'length') {
    return `how many bytes the call may write: an integer from 0 to ${LONGEST_BUFFER.toLocaleString('en-US')}`
  }
  return param.writes === 'value' ? 'what is changed: the changed copy is returned' : ''
}

/** Of the result; nothing when there are no such arguments. */
function filledFacts(item: ExportIr): string {
  const { sinks } = item
  if (sinks === undefined) return ''
  const names = sinks.all.map((sink) => `\`${sink.name}\``)
  const [first] = sinks.all
  if (first?.gives === 'view') return `the part of ${names.join('')} that Rust returns`
  if (first?.gives === 'filled') return `the filled part of ${names.join('')}`
  const changed = sinks.all.map(
    (sink, at) => `${names[at] ?? ''} ${sink.takes === 'value' ? 'as changed' : 'as filled'}`,
  )
  return [...(sinks.keeps ? ["the call's own result"] : []), ...changed].join(', then ')
}
