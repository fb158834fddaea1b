/** docs/<system>.md: every item with its signature and the crate's words, and what the package does not have and why. */
import type { ClassIr, EnumIr, MemberIr, Package } from '../ir/ir.js'
import { classEntries } from '../spec/class-entries.js'
import { mark, oneLine, type PackageInfo } from './package/info.js'
import { code, codeBlock, prose, table } from './package/markdown.js'
import { readableMarkdown } from './typescript/docs.js'
import { streamType } from './typescript/streams.js'
import { chains } from './typescript/native.js'
import { parameterList, publicParameters, standardDocs } from './typescript/members.js'
import { discriminantOf, isLazyConstant, memberName, namingOf, propertyKey, quote } from './typescript/naming.js'
import { parameterFacts, resultFacts } from './typescript/sinks.js'
import { publicType, type TypeContext } from './typescript/types.js'
import { sentence, valueFacts } from './typescript/values.js'

export function emitDocs(p: Package, info: PackageInfo): string {
  const c: TypeContext = { p, naming: namingOf(p) }
  const functions = p.members.filter(({ kind }) => kind !== 'constant')
  const constants = p.members.filter(({ kind }) => kind === 'constant')
  const lines = [
    `<!-- ${mark(p)} -->`,
    ``,
    `# ${info.name}`,
    ``,
    `What the package has of the Rust crate ${code(p.spec.lib.rustCrate)} ${oneLine(info.crateVersion)}, item by item. Errors are ${code(p.errorClass)}s;`,
    `their codes, cancellation, deadlines and disposal are the same for all packages on ferrule's boundary.`,
    ``,
    ...p.classes.flatMap((item) => classDocs(c, item)),
    ...section(
      'Functions',
      functions.flatMap((member) => memberDocs(c, member)),
    ),
    ...section(
      'Constants',
      constants.flatMap((member) => memberDocs(c, member)),
    ),
    ...section(
      'Records',
      p.records.flatMap((record) => [
        `### ${code(record.name)}`,
        ``,
        ...paragraphs(record.entry.doc),
        ...table(
          ['field', 'type', ''],
          record.fields.map(({ name, mapping }) => [
            code(name),
            code(publicType(c, mapping, 'out')),
            valueFacts(mapping),
          ]),
        ),
        ``,
      ]),
    ),
    ...section(
      'Enums',
      p.enums.flatMap((shape) => enumDocs(c, shape)),
    ),
    ...leftOut(p, info),
  ]
  return `${lines.join('\n').trim()}\n`
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`## ${title}`, ``, ...lines]

function classDocs(c: TypeContext, item: ClassIr): string[] {
  return [
    `## ${code(item.name)}`,
    ``,
    ...paragraphs(item.entry.doc),
    ...(item.parent === undefined
      ? []
      : [`It is made of a ${code(item.parent)}, keeps it alive, and ends with it.`, ``]),
    ...item.members.flatMap((member) => memberDocs(c, member, item.name)),
  ]
}

function memberDocs(c: TypeContext, member: MemberIr, className?: string): string[] {
  const { export: item } = member
  const facts = publicParameters(c, item).flatMap(({ name, of }) => {
    const said = parameterFacts(of)
    return said === '' ? [] : [`- ${code(name)}: ${said}`]
  })
  const gives = chains(item) || member.kind === 'constructor' ? '' : resultFacts(item)
  return [
    `### ${code(className === undefined ? member.name : title(member, className))}`,
    ``,
    ...codeBlock('ts', signatures(c, member, className).join('\n')),
    ``,
    ...(member.deprecated === undefined ? [] : [`**Deprecated.** ${prose(oneLine(member.deprecated))}`, ``]),
    ...paragraphs([member.docs, item.docs, standardDocs(item.call)].find((words) => words)),
    ...(facts.length === 0 ? [] : [...facts, ``]),
    ...(gives === '' ? [] : [`Result: ${sentence(gives)}`, ``]),
    ...(item.returns.kind === 'result' ? [`Throws ${code(c.p.errorClass)}.`, ``] : []),
  ]
}

function title(member: MemberIr, className: string): string {
  if (member.kind === 'constructor') return `new ${className}`
  return `${className}.${memberName(member)}`
}

/** As TypeScript declares it, with its Sync door. */
export function signatures(c: TypeContext, member: MemberIr, className?: string): string[] {
  const { export: item } = member
  const params = parameterList(publicParameters(c, item))
  const returns = chains(item) ? 'this' : publicType(c, item.returns, 'out')
  const name = className === undefined ? member.name : memberName(member)
  switch (member.kind) {
    case 'constructor':
      return [`new ${className ?? ''}(${params})`]
    case 'iterator':
      return [
        `next(): IteratorResult<${item.pulls === undefined ? 'never' : publicType(c, item.pulls.item, 'out')}, undefined>`,
      ]
    case 'getter':
      return [`readonly ${propertyKey(name)}: ${returns}`]
    case 'constant': {
      const head = className !== undefined ? 'static readonly' : isLazyConstant(member) ? 'constants.' : 'const'
      return [head.endsWith('.') ? `${head}${name}: ${returns}` : `${head} ${name}: ${returns}`]
    }
    default: {
      const head = member.kind === 'static' ? 'static ' : member.kind === 'function' ? 'function ' : ''
      if (item.runs === 'here') return [`${head}${propertyKey(name)}(${params}): ${returns}`]
      if (item.stream !== undefined)
        return [`${head}${propertyKey(name)}(${withOptions(params)}): ${streamType(item, returns)}`]
      const all = (options: string): string => [params, `options?: ${options}`].filter((text) => text !== '').join(', ')
      return [
        `${head}${propertyKey(name)}(${all('CallOptions')}): Promise<${returns}>`,
        `${head}${propertyKey(`${name}Sync`)}(${all('SyncCallOptions')}): ${returns}`,
      ]
    }
  }
}

const withOptions = (params: string): string =>
  [params, 'options?: CallOptions'].filter((text) => text !== '').join(', ')

function enumDocs(c: TypeContext, shape: EnumIr): string[] {
  const discriminant = propertyKey(discriminantOf(shape))
  const variants = shape.variants.map((variant) => {
    if (shape.untagged === true) {
      return code(variant.fields[0] === undefined ? 'null' : publicType(c, variant.fields[0].mapping, 'out'))
    }
    if (!shape.carriesData) return code(quote(variant.name))
    const fields = variant.fields.map(({ name, mapping }) => `${propertyKey(name)}: ${publicType(c, mapping, 'out')}`)
    return code(`{ ${[`${discriminant}: ${quote(variant.name)}`, ...fields].join(', ')} }`)
  })
  return [`### ${code(shape.name)}`, ``, ...paragraphs(shape.entry.doc), ...variants.map((text) => `- ${text}`), ``]
}

/** Everything that is not there: left out of the spec, skipped in it, or refused by the compiler. */
export function leftOutItems(p: Package, info: PackageInfo): { path: string; rule: string; reason: string }[] {
  const { spec } = p
  const entries = [
    ...classEntries(spec).map((entry) => ({ entry, path: entry.rustType })),
    ...spec.records.map((entry) => ({ entry, path: entry.rustType })),
    ...spec.enums.map((entry) => ({ entry, path: entry.rustType })),
    ...spec.functions.map((entry) => ({ entry, path: entry.rustFn })),
    ...spec.methods.map((entry) => ({ entry, path: `${entry.handle}::${entry.rustMethod}` })),
    ...spec.constants.map((entry) => ({ entry, path: entry.rust })),
  ]
  return [
    ...info.leftOut,
    ...entries.flatMap(({ entry, path }) => {
      if (entry.rejected !== undefined) return [{ path, rule: 'rejected', reason: entry.rejected }]
      if (entry.skip !== undefined) return [{ path, rule: 'skipped', reason: entry.skip }]
      return []
    }),
  ]
}

function leftOut(p: Package, info: PackageInfo): string[] {
  const items = leftOutItems(p, info)
  if (items.length === 0)
    return [`## Left out`, ``, `Nothing: every public function, method and constant of the crate is above.`]
  return [
    `## Left out`,
    ``,
    ...table(
      ['item', 'rule', 'why'],
      items.map(({ path, rule, reason }) => [code(oneLine(path)), rule, prose(oneLine(reason))]),
    ),
  ]
}

function paragraphs(docs: string | undefined): string[] {
  const text = readableMarkdown(docs ?? '')
  return text === '' ? [] : [prose(demoted(text)), ``]
}

/** Headings inside an item are below the item's own. */
const demoted = (text: string): string =>
  text.replace(/^\s{0,3}#{1,6}\s+(.*?)\s*#*$/gm, (_, heading: string) => `**${heading}**`)
