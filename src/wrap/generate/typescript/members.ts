/** Methods, functions and constants of index.ts. */
import type { ExportIr, MemberIr, ParameterIr, RustCall } from '../../ir/ir.js'
import { lazyExport } from '../../ir/lazy.js'
import type { LazyMapping } from '../../rules/lazy.js'
import type { Mapping } from '../../rules/mapping.js'
import { fromNative, isConverted, toNative, type CrossingContext } from './convert.js'
import { docComment, firstParagraphs, sectionOf, tag } from './docs.js'
import { access, memberName, propertyKey, quote } from './naming.js'
import { chains } from './native.js'
import { streamMember } from './streams.js'
import { parameterFacts, resultFacts } from './sinks.js'
import { nativeType, publicType, type TypeContext } from './types.js'
import { sentence } from './values.js'

/** A parameter as users see it. */
export interface PublicParameter {
  readonly name: string
  readonly type: string
  /** May be left out: it takes null, and so do all behind it. */
  readonly optional: boolean
  readonly of: ParameterIr
}

export function publicParameters(c: TypeContext, item: ExportIr): PublicParameter[] {
  const given = item.params.filter((param) => !param.isSelf)
  const names = c.naming.parameters(given.map(({ name }) => name))
  const lastNeeded = given.map(({ mapping }) => mapping.kind !== 'option').lastIndexOf(true)
  return given.map((param, at) => ({
    name: names[at] ?? param.name,
    type: publicType(c, param.mapping, 'in'),
    optional: at > lastNeeded,
    of: param,
  }))
}

/** `(text: string, start?: number | null)`, without the brackets. */
export function parameterList(params: readonly PublicParameter[]): string {
  return params.map(({ name, type, optional }) => `${name}${optional ? '?' : ''}: ${type}`).join(', ')
}

/** A member of a class, with its docs, indented by one step. */
export function classMember(c: TypeContext, member: MemberIr, className: string, parentClass?: string): string[] {
  const { export: item } = member
  const name = memberName(member)
  const isStatic = member.kind === 'static' || member.kind === 'constant' || member.kind === 'function'
  const owner = isStatic ? parentParameter(c, item, parentClass) : 'this'
  const head = isStatic ? 'static ' : ''
  if (member.kind === 'iterator') return iteratorMembers(c, member)
  const docs = docComment(memberDocs(c, member), '  ')
  if (member.kind === 'getter' || member.kind === 'constant') {
    const type = publicType(c, item.returns, 'out')
    return [...docs, `  ${head}get ${propertyKey(name)}(): ${type} {`, ...indented(body(c, member, owner), 4), `  }`]
  }
  return callable(c, member, {
    docs,
    indent: '  ',
    declare: (suffix, params, returns, isAsync) =>
      `  ${head}${isAsync ? 'async ' : ''}${propertyKey(`${name}${suffix}`)}(${params}): ${returns} {`,
    seeAlso: name,
    owner,
    self: className,
  })
}

/** What `NativeIterator` asks of a class: `for…of`, `next` and the rest are its own. */
function iteratorMembers(c: TypeContext, member: MemberIr): string[] {
  const { export: item, owner } = { ...member, owner: undefined }
  const shape = c.p.classes.find(({ members }) => members.includes(member))
  const items = item.pulls?.item
  if (items === undefined) throw new Error(`${member.operation} reads nothing`)
  const call = `${access(c.naming.helper('native'), item.name)}(handle, unread, most)`
  const batch = item.returns
  const type = publicType(c, batch, 'out')
  return [
    `  protected override get ahead(): ${quote(shape?.ahead ?? 'never')} {`,
    `    return ${quote(shape?.ahead ?? 'never')}`,
    `  }`,
    ``,
    `  protected override pull(handle: ${c.naming.helper('Handle')}, unread: number, most: number): ${type} {`,
    `    return ${fromNative(crossing(c, member, owner), batch, call)}`,
    `  }`,
  ]
}

/** The constructor's body and docs. */
export function constructorMember(c: TypeContext, member: MemberIr, parentClass?: string): string[] {
  const { export: item } = member
  const params = publicParameters(c, item)
  const parent = parentParameter(c, item, parentClass)
  const call = nativeCall(c, member, params, [], '')
  return [
    ...docComment(memberDocs(c, member), '  '),
    `  constructor(${parameterList(params)}) {`,
    `    super(${c.naming.helper('boundary')}, ${call}${parent === undefined ? '' : `, ${parent}`})`,
    `  }`,
  ]
}

/** A function of the module. */
export function moduleFunction(c: TypeContext, member: MemberIr): string[] {
  const local = c.naming.local(member.name)
  const exported = local === member.name ? 'export ' : ''
  return callable(c, member, {
    docs: docComment(memberDocs(c, member)),
    indent: '',
    declare: (suffix, params, returns, isAsync) =>
      `${exported}${isAsync ? 'async ' : ''}function ${local}${suffix}(${params}): ${returns} {`,
    seeAlso: member.name,
    owner: undefined,
    self: undefined,
  })
}

/** How one kind of callable is written. */
export interface Form {
  readonly docs: readonly string[]
  readonly indent: string
  readonly declare: (suffix: string, params: string, returns: string, isAsync: boolean) => string
  readonly seeAlso: string
  readonly owner: string | undefined
  readonly self: string | undefined
}

function callable(c: TypeContext, member: MemberIr, form: Form): string[] {
  const { export: item } = member
  const params = publicParameters(c, item)
  const returns = chains(item) ? 'this' : publicType(c, item.returns, 'out')
  const step = form.indent.length + 2
  if (item.runs === 'here') {
    return [
      ...form.docs,
      form.declare('', parameterList(params), returns, false),
      ...indented(body(c, member, form.owner), step),
      `${form.indent}}`,
    ]
  }
  if (item.stream !== undefined) return streamMember(c, member, form, params)
  const { helper, global } = c.naming
  const isAsync = chains(item) || isConverted(c, resultOf(item))
  const withOptions = (type: string): string =>
    [parameterList(params), `options?: ${type}`].filter((text) => text !== '').join(', ')
  const door = nativeCall(
    c,
    member,
    params,
    [`${helper('checkedTimeout')}(${quote(member.operation)}, options?.timeoutMs)`],
    'Sync',
  )
  return [
    ...form.docs,
    form.declare('', withOptions(helper('CallOptions')), `${global('Promise')}<${returns}>`, isAsync),
    ...indented(asyncBody(c, member, params, form.owner), step),
    `${form.indent}}`,
    ``,
    ...docComment([`As \`${form.seeAlso}\`, on this thread.`], form.indent),
    form.declare('Sync', withOptions(helper('SyncCallOptions')), returns, false),
    ...indented(returned(c, member, door, form.owner), step),
    `${form.indent}}`,
  ]
}

function asyncBody(
  c: TypeContext,
  member: MemberIr,
  params: readonly PublicParameter[],
  owner: string | undefined,
): string[] {
  const { export: item } = member
  const mapping = resultOf(item)
  const result = chains(item) ? 'void' : nativeType(c, item.returns, 'out')
  const begin = nativeCall(c, member, params, ['call'], '')
  const call = (value: string): string[] => [
    `${value}${c.naming.helper('boundary')}.call<${result}>(${quote(member.operation)}, options, (call) => {`,
    `  ${begin}`,
    `})`,
  ]
  if (chains(item)) return [...call('await '), `return this`]
  if (!isConverted(c, mapping)) return call('return ')
  return [...call('const result = await '), `return ${fromNative(crossing(c, member, owner), mapping, 'result')}`]
}

/** The statements of a member that runs at once. */
function body(c: TypeContext, member: MemberIr, owner: string | undefined): string[] {
  return returned(c, member, nativeCall(c, member, publicParameters(c, member.export), [], ''), owner)
}

function returned(c: TypeContext, member: MemberIr, call: string, owner: string | undefined): string[] {
  const { export: item } = member
  if (chains(item)) return [call, `return this`]
  const mapping = resultOf(item)
  if (mapping.kind === 'void') return [call]
  if (mapping.kind === 'list' && mapping.lazy === true) return lazyResult(c, member, mapping, call)
  if (item.pulls?.end === 'back') return [`return this.last(${fromNative(crossing(c, member, owner), mapping, call)})`]
  return [`return ${fromNative(crossing(c, member, owner), mapping, call)}`]
}

/** An iterator without a class: what reads it is passed along. */
function lazyResult(c: TypeContext, member: MemberIr, lazy: LazyMapping, call: string): string[] {
  const { helper } = c.naming
  const read = `${access(helper('native'), lazyExport(member.export))}(handle, most)`
  const list = { ...lazy, lazy: false }
  const batch = isConverted(c, list)
    ? [
        `  const [items, hasEnded] = ${read}`,
        `  return [${fromNative({ ...crossing(c, member, undefined), depth: 1 }, list, 'items')}, hasEnded]`,
      ]
    : [`  return ${read}`]
  return [
    `return new ${helper('ItemIterator')}<${publicType(c, lazy.of, 'out')}>(${helper('boundary')}, ${call}, (handle, most) => {`,
    ...batch,
    `})`,
  ]
}

/** The value itself, without what is thrown. */
export function resultOf(item: ExportIr): Mapping {
  return item.returns.kind === 'result' ? item.returns.of : item.returns
}

/** A value of a constant of the module. */
export function constantValue(c: TypeContext, member: MemberIr): string {
  return fromNative(crossing(c, member, undefined), resultOf(member.export), nativeCall(c, member, [], [], ''))
}

export function nativeCall(
  c: TypeContext,
  member: MemberIr,
  params: readonly PublicParameter[],
  first: readonly string[],
  suffix: string,
): string {
  const context = crossing(c, member, undefined)
  const args = member.export.params.map((param) => {
    if (param.isSelf) return 'this.handle'
    const name = params.find(({ of }) => of === param)?.name ?? param.name
    return toNative({ ...context, argument: quote(param.name) }, param.mapping, name)
  })
  return `${access(c.naming.helper('native'), `${member.export.name}${suffix}`)}(${[...first, ...args].join(', ')})`
}

export function crossing(c: TypeContext, member: MemberIr, parent: string | undefined): CrossingContext {
  const context = { p: c.p, naming: c.naming, operation: quote(member.operation), argument: quote(''), depth: 0 }
  return parent === undefined ? context : { ...context, parent }
}

/** The argument that is the parent of what a static member or constructor makes. */
function parentParameter(c: TypeContext, item: ExportIr, parentClass: string | undefined): string | undefined {
  if (parentClass === undefined) return undefined
  return publicParameters(c, item).find(({ of }) => of.mapping.kind === 'handle' && of.mapping.name === parentClass)
    ?.name
}

/** What is said of a member: the crate's words, then what TypeScript cannot say of arguments, errors and age. */
export function memberDocs(c: TypeContext, member: MemberIr): string[] {
  const { export: item } = member
  const own = firstParagraphs(member.docs === '' ? item.docs : member.docs)
  const facts = publicParameters(c, item).flatMap(({ name, of }) => {
    const said = parameterFacts(of)
    return said === '' ? [] : [tag('param', `${name} ${said}.`)]
  })
  const gives = chains(item) ? '' : resultFacts(item)
  const isValue = member.kind === 'getter' || member.kind === 'constant'
  return [
    ...(own === '' ? [standardDocs(item.call) ?? `\`${rustPath(item.call)}\`.`] : own.split('\n\n')),
    ...(isValue && gives !== '' ? [sentence(gives)] : []),
    ...facts,
    ...(isValue || gives === '' || member.kind === 'constructor' ? [] : [tag('returns', sentence(gives))]),
    ...(item.returns.kind === 'result' || item.stream?.error !== undefined ? [tag('throws', thrown(c, member))] : []),
    ...(member.deprecated === undefined ? [] : [tag('deprecated', member.deprecated)]),
  ]
}

function thrown(c: TypeContext, member: MemberIr): string {
  const why = sectionOf(member.docs === '' ? member.export.docs : member.docs, 'errors')
  return why === '' ? c.p.errorClass : `${c.p.errorClass} ${why}`
}

/** What the methods of Rust's own traits do: a crate's documentation does not say it. */
const STANDARD: Readonly<Record<string, string>> = {
  'std::fmt::Display::fmt': 'The value as text.',
  'std::fmt::Debug::fmt': 'The value as Rust programmers print it.',
  'std::string::ToString::to_string': 'The value as text.',
  'std::str::FromStr::from_str': 'Reads a value from text.',
  'std::clone::Clone::clone': 'An object of its own with the same value.',
  'std::default::Default::default': 'The default value.',
  'std::cmp::PartialEq::eq': 'Whether both are equal.',
  'std::cmp::PartialEq::ne': 'Whether both differ.',
  'std::cmp::Ord::cmp': 'How the two are ordered.',
  'std::cmp::PartialOrd::partial_cmp': 'How the two are ordered; null when they cannot be compared.',
  'std::hash::Hash::hash': 'A hash of the value: equal values have equal ones.',
  'std::ops::Add::add': 'The sum.',
  'std::ops::Sub::sub': 'The difference.',
  'std::ops::Mul::mul': 'The product.',
  'std::ops::Div::div': 'The quotient.',
  'std::ops::Rem::rem': 'The remainder.',
  'std::ops::Neg::neg': 'The value with the opposite sign.',
  'std::ops::Not::not': 'The complement.',
  'std::convert::From::from': 'Made from another value.',
  'std::convert::TryFrom::try_from': 'Made from another value, where that can be.',
}

/** What a method of one of Rust's own traits does. */
export function standardDocs(call: RustCall): string | undefined {
  const trait = call.kind === 'method' || call.kind === 'function' ? call.trait : undefined
  if (trait?.kind !== 'path') return undefined
  const name = call.kind === 'method' ? call.method : call.kind === 'function' ? call.path : ''
  return STANDARD[`${trait.path}::${name}`]
}

/** `Version::parse`, as Rust calls it. */
export function rustPath(call: RustCall): string {
  switch (call.kind) {
    case 'function':
      return call.owner?.kind === 'path' ? `${call.owner.path}::${call.path}` : call.path
    case 'constant':
      return call.path
    case 'method':
      return `${call.type.kind === 'path' ? call.type.path : 'Self'}::${call.method}`
    case 'field':
      return `${call.type.kind === 'path' ? call.type.path : 'Self'}.${call.field}`
  }
}

export const indented = (lines: readonly string[], by: number): string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`)
