/** Members that give a stream: an async iterator over what a native export pulls. */
import type { ExportIr, MemberIr } from '../../ir/ir.js'
import { throughOf } from '../../rules/adapted.js'
import { fromNative } from './convert.js'
import { crossing, indented, nativeCall, parameterList, resultOf, type Form, type PublicParameter } from './members.js'
import { docComment } from './docs.js'
import { access, memberName, quote } from './naming.js'
import { nativeType, publicType, type TypeContext } from './types.js'

/** What the member gives, `item` being the type of one. */
export const streamType = (
  { stream }: ExportIr,
  item: string,
  names = { stream: 'ItemStream', promise: 'Promise' },
): string => (stream?.awaited === true ? `${names.promise}<${names.stream}<${item}>>` : `${names.stream}<${item}>`)

export function streamMember(
  c: TypeContext,
  member: MemberIr,
  form: Form,
  params: readonly PublicParameter[],
): string[] {
  const { export: item } = member
  const { helper, global } = c.naming
  const [stream, boundary] = [helper('ItemStream'), helper('boundary')]
  const names = { stream, promise: global('Promise') }
  const given = [parameterList(params), `options?: ${helper('CallOptions')}`].filter((text) => text !== '').join(', ')
  const mapping = resultOf(item)
  const source = [
    `operation: ${quote(member.operation)}`,
    `pull: ${access(helper('native'), `${item.name}Next`)}`,
    `read: (item: ${nativeType(c, mapping, 'out')}) => ${fromNative({ ...crossing(c, member, form.owner), depth: 1 }, mapping, 'item')}`,
  ].join(', ')
  const free = (name: string): string => (params.some((param) => param.name === name) ? free(`${name}_`) : name)
  const [items, timeoutMs] = [free('items'), free('timeoutMs')]
  const isAwaited = item.stream?.awaited === true
  const body = isAwaited
    ? [
        `const ${items} = await ${boundary}.call<${helper('Handle')}>(${quote(member.operation)}, options, (call) => {`,
        `  ${nativeCall(c, member, params, ['call'], '')}`,
        `})`,
        `return ${stream}.of(${boundary}, { ${source} }, options, ${items})`,
      ]
    : [
        `return ${stream}.begin(${boundary}, { ${source} }, options, (${timeoutMs}) =>`,
        `  ${nativeCall(c, member, params, [timeoutMs], 'Sync')},`,
        `)`,
      ]
  return [
    ...form.docs,
    form.declare('', given, streamType(item, publicType(c, item.returns, 'out'), names), isAwaited),
    ...indented(body, form.indent.length + 2),
    `${form.indent}}`,
  ]
}

/** A class's own `next`, by `Stream`. */
export const isPull = ({ export: { call } }: MemberIr): boolean =>
  call.kind === 'method' && ['adapt::next', 'adapt::try_next'].includes(throughOf(call.trait, call.method) ?? '')

/** `for await` over the object itself. */
export function pullLoop(c: TypeContext, member: MemberIr): string[] {
  const mapping = resultOf(member.export)
  const item = publicType(c, mapping.kind === 'option' ? mapping.of : mapping, 'out')
  return [
    ...docComment(['Its items, pulled one by one. Leaving the loop leaves the object as it is.'], '  '),
    `  async *[${c.naming.global('Symbol')}.asyncIterator](): AsyncGenerator<${item}, void, undefined> {`,
    `    for (;;) {`,
    `      const item = await ${access('this', memberName(member))}()`,
    `      if (item === null) return`,
    `      yield item`,
    `    }`,
    `  }`,
  ]
}
