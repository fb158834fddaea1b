/** index.ts: what users import. */
import type { ClassIr, Package } from '../../ir/ir.js'
import { docComment, firstParagraphs } from './docs.js'
import { classMember, constantValue, constructorMember, memberDocs, moduleFunction } from './members.js'
import {
  convertersOf,
  exportedNames,
  hasDoor,
  isLazyConstant,
  memberName,
  namingOf,
  propertyKey,
  quote,
  type HelperName,
} from './naming.js'
import { isPull, pullLoop } from './streams.js'
import { imported, PACKAGE_LAYOUT, type Layout } from './native.js'
import { enumConverters, enumType, recordConverters, recordType } from './shapes.js'
import { publicType, type TypeContext } from './types.js'

export function emitIndex(p: Package, layout: Layout = PACKAGE_LAYOUT): string {
  const c: TypeContext = { p, naming: namingOf(p) }
  const code = [
    ...p.enums.flatMap((shape) => enumType(c, shape)),
    ...p.records.flatMap((record) => recordType(c, record)),
    ...p.classes.flatMap((item) => [...classText(c, item), ``]),
    ...p.members.filter(({ kind }) => kind !== 'constant').flatMap((member) => [...moduleFunction(c, member), ``]),
    ...constants(c),
  ]
  const converters = usedConverters(c, code)
  const body = [...code, ...converters]
  return [...imports(c, body, layout), ``, ...body, ...renamedExports(c)].join('\n').replace(/\n*$/, '\n')
}

function classText(c: TypeContext, item: ClassIr): string[] {
  const { naming, p } = c
  const local = naming.local(item.name)
  const doc = firstParagraphs(item.entry.doc ?? '')
  const made = item.members.find(({ kind }) => kind === 'constructor')
  const others = item.members.filter((member) => member !== made && member.kind !== 'constructor')
  return [
    ...docComment(
      doc === '' ? [`\`${item.entry.rustType}\` of the crate \`${p.spec.lib.rustCrate}\`.`] : doc.split('\n\n'),
    ),
    `${local === item.name ? 'export ' : ''}class ${local} extends ${baseOf(c, item)} {`,
    ...(made === undefined ? noConstructor(c, item) : constructorMember(c, made, item.parent)),
    ...others.flatMap((member) => [``, ...classMember(c, member, item.name, item.parent)]),
    ...others.filter(isPull).flatMap((member) => [``, ...pullLoop(c, member)]),
    `}`,
  ]
}

function baseOf(c: TypeContext, item: ClassIr): string {
  const pulls = item.members.find(({ kind }) => kind === 'iterator')?.export.pulls
  if (pulls === undefined) return c.naming.helper('NativeObject')
  return `${c.naming.helper('NativeIterator')}<${publicType(c, pulls.item, 'out')}>`
}

/** Objects of this class come from elsewhere. */
function noConstructor(c: TypeContext, item: ClassIr): string[] {
  const { helper } = c.naming
  const factories = item.members
    .filter(({ kind, export: { returns } }) => kind === 'static' && makes(returns, item.name))
    .map((member) => `${item.name}.${memberName(member)}`)
  const shown = factories.slice(0, 3)
  const from = shown.length === 0 ? 'other objects' : shown.join(', ')
  const linked = shown.length === 0 ? from : shown.map((name) => `\`${name}\``).join(', ')
  return [
    ...docComment([`Objects of this class come from ${linked}.`], '  '),
    `  private constructor() {`,
    `    super(${helper('boundary')}, ${helper('notConstructible')}(${quote(`${c.p.system}.${item.name}`)}, ${quote(from)}))`,
    `  }`,
  ]
}

function makes(m: ClassIr['members'][number]['export']['returns'], name: string): boolean {
  if (m.kind === 'result' || m.kind === 'option') return makes(m.of, name)
  return m.kind === 'handle' && m.name === name
}

function constants(c: TypeContext): string[] {
  const all = c.p.members.filter(({ kind }) => kind === 'constant')
  const lazy = all.filter(isLazyConstant)
  const eager = all.filter((member) => !isLazyConstant(member))
  return [
    ...eager.flatMap((member) => {
      const local = c.naming.local(member.name)
      const type = publicType(c, member.export.returns, 'out')
      const head = local === member.name ? 'export ' : ''
      return [...docComment(memberDocs(c, member)), `${head}const ${local}: ${type} = ${constantValue(c, member)}`, ``]
    }),
    ...(lazy.length === 0
      ? []
      : [
          `/** Constants that are made when they are asked for: an object is a new one each time. */`,
          `${c.naming.local('constants') === 'constants' ? 'export ' : ''}const ${c.naming.local('constants')} = {`,
          ...lazy.flatMap((member) => [
            ...docComment(memberDocs(c, member), '  '),
            `  get ${propertyKey(member.name)}(): ${publicType(c, member.export.returns, 'out')} {`,
            `    return ${constantValue(c, member)}`,
            `  },`,
          ]),
          `}`,
          ``,
        ]),
  ]
}

/** Only those that something calls: an unused function would not pass the compiler. */
function usedConverters(c: TypeContext, code: readonly string[]): string[] {
  const all = [
    ...c.p.records.map((record) => [...functionsOf(recordConverters(c, record), record.name)]),
    ...c.p.enums
      .filter((shape) => shape.carriesData)
      .map((shape) => [...functionsOf(enumConverters(c, shape), shape.name)]),
  ].flat()
  const kept = new Set<string>()
  let texts: readonly string[] = code
  for (;;) {
    const found = all.filter(({ name }) => !kept.has(name) && texts.some((line) => mentions(line, name)))
    if (found.length === 0) break
    for (const { name } of found) kept.add(name)
    texts = found.flatMap(({ lines }) => lines)
  }
  return all.filter(({ name }) => kept.has(name)).flatMap(({ lines }) => lines)
}

interface Converter {
  readonly name: string
  readonly lines: readonly string[]
}

/** The two functions of a shape apart. */
function functionsOf(lines: readonly string[], shape: string): Converter[] {
  const [to, from] = convertersOf(shape)
  const second = lines.findIndex((line) => line.startsWith(`function ${from}(`))
  return [
    { name: to, lines: lines.slice(0, second) },
    { name: from, lines: lines.slice(second) },
  ]
}

const FROM_BOUNDARY: readonly (readonly [HelperName, isType: boolean])[] = [
  ['checkedTimeout', false],
  ['NativeObject', false],
  ['ItemStream', false],
  ['NativeIterator', false],
  ['ItemIterator', false],
  ['CallOptions', true],
  ['SyncCallOptions', true],
]

const FROM_OBJECTS: readonly HelperName[] = [
  'adopt',
  'checkedArray',
  'checkedMap',
  'checkedObject',
  'convertedArray',
  'fromJson',
  'maybe',
  'notConstructible',
  'numberOf',
  'toJson',
  'unknownKind',
  'unpacked',
  'wrapped',
]

function imports(c: TypeContext, body: readonly string[], layout: Layout): string[] {
  const { naming, p } = c
  const uses = (name: HelperName): boolean => body.some((line) => isCode(line) && mentions(line, naming.helper(name)))
  const named = (name: HelperName, type = false): string =>
    `${type ? 'type ' : ''}${imported(name, naming.helper(name))}`
  const line = (names: readonly string[], from: string): string[] =>
    names.length === 0 ? [] : [`import { ${names.join(', ')} } from ${quote(from)}`]
  const tuples = [...p.records, ...p.enums.filter((shape) => shape.carriesData)]
    .map(({ name }) => convertersOf(name)[2])
    .filter((name) => body.some((text) => isCode(text) && mentions(text, name)))
  const hasOptions = uses('CallOptions')
  const taken = new Set(exportedNames(p))
  return [
    ...line(
      FROM_BOUNDARY.filter(([name]) => uses(name)).map(([name, isType]) => named(name, isType)),
      layout.boundary,
    ),
    ...line(uses('boundary') ? [named('boundary')] : [], '../addon.js'),
    ...line(
      [
        ...(uses('native') ? [named('native')] : []),
        ...(uses('Handle') ? [named('Handle', true)] : []),
        ...tuples.map((name) => `type ${name}`),
      ],
      './native.js',
    ),
    ...line(
      FROM_OBJECTS.filter(uses).map((name) => named(name)),
      './objects.js',
    ),
    ``,
    ...(uses('ItemStream') && !taken.has('ItemStream')
      ? [`export type { ItemStream } from ${quote(layout.boundary)}`]
      : []),
    ...(hasOptions && !taken.has('CallOptions') && !taken.has('SyncCallOptions')
      ? [`export type { CallOptions, SyncCallOptions } from ${quote(layout.boundary)}`]
      : []),
    `export { ${p.errorClass} } from './error.js'`,
  ]
}

/** Names that no declaration can have. */
function renamedExports(c: TypeContext): string[] {
  const { p, naming } = c
  const values = [
    ...p.classes.map(({ name }) => name),
    ...p.members.filter((member) => !isLazyConstant(member)).map(({ name }) => name),
    ...(p.members.some(isLazyConstant) ? ['constants'] : []),
  ]
  const doors = p.members.filter(({ export: item }) => hasDoor(item)).map(({ name }) => name)
  const types = [...p.records, ...p.enums].map(({ name }) => name)
  const renamed = (names: readonly string[], suffix = ''): string[] =>
    names
      .filter((name) => naming.local(name) !== name)
      .map((name) => `${naming.local(name)}${suffix} as ${exportName(`${name}${suffix}`)}`)
  const all = [...renamed(values), ...renamed(doors, 'Sync'), ...renamed(types).map((text) => `type ${text}`)]
  return all.length === 0 ? [] : [``, `export { ${all.join(', ')} }`]
}

const exportName = (name: string): string => (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : quote(name))

const isCode = (line: string): boolean => !/^\s*(?:\/\*\*|\*)/.test(line)

/** Whether a line uses this very name: not inside a text, and not as the name of a member or of a field of something. */
function mentions(line: string, name: string): boolean {
  const code = line.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''")
  for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + 1)) {
    const before = code.charAt(at - 1)
    const after = code.slice(at + name.length)
    const isProperty = (before === '.' && code.charAt(at - 2) !== '.') || /^\??:/.test(after)
    const isMember = /^ {2}(?:[a-z]+ )*$/.test(code.slice(0, at)) && after.startsWith('(') && after.endsWith('{')
    if (!isNamePart(before) && !isNamePart(after.charAt(0)) && !isProperty && !isMember) return true
  }
  return false
}

const isNamePart = (char: string): boolean => char !== '' && /[\p{ID_Continue}$]/u.test(char)
