/** native.ts: the exports of glue.rs as TypeScript sees them, and the contract they are held to. */
import type { ExpectedContract } from '../../../boundary/index.js'
import { contractDigest, contractItems } from '../../ir/contract.js'
import type { ExportIr, Package } from '../../ir/ir.js'
import { capitalized } from '../../model/names.js'
import { lazyExport } from '../../ir/lazy.js'
import { lazyOf } from '../../rules/lazy.js'
import { convertersOf, namingOf, quote } from './naming.js'
import { enumType } from './shapes.js'
import { nativeType, type TypeContext } from './types.js'

/** Where generated files find what they stand on. */
export interface Layout {
  /** `ferrule/boundary`; `../boundary/index.js` for a system of ferrule's own. */
  readonly boundary: string
}

export const PACKAGE_LAYOUT: Layout = { boundary: 'ferrule/boundary' }
/** A system of ferrule's own. */
export const OWN_LAYOUT: Layout = { boundary: '../boundary/index.js' }

/** What a compiled binary says of itself, where that is known; otherwise the contract follows from the package. */
export type GivenContract = Pick<ExpectedContract, 'apiVersion' | 'digest' | 'items'>

export function emitNative(p: Package, given?: GivenContract, layout: Layout = PACKAGE_LAYOUT): string {
  const naming = namingOf(p)
  const c: TypeContext = { p, naming }
  const [handle, packed, boundary] = [naming.helper('Handle'), naming.helper('Packed'), naming.helper('boundary')]
  const interfaceName = nativeInterface(p)
  const plainEnums = p.enums.filter((shape) => !shape.carriesData)
  const isUsed = (name: string): boolean =>
    body.some((line) => new RegExp(`(?<![\\w$])${escapeName(name)}(?![\\w$])`).test(line))

  const body = [
    ...tuples(c),
    `/** The exports of glue.rs. */`,
    `export interface ${interfaceName} {`,
    ...p.exports.flatMap((item) => signatures(c, item)),
    `}`,
  ]
  const used = plainEnums.filter(({ name }) => isUsed(naming.local(name)))
  // Where index.ts is somebody's own, it need not have them.
  const own = p.spec.api === 'handwritten' ? used : []
  return [
    `import type { ExpectedContract } from ${quote(layout.boundary)}`,
    `import { boundary${boundary === 'boundary' ? '' : ` as ${boundary}`} } from '../addon.js'`,
    `import { ${errorImport(p)} } from './error.js'`,
    ...(used.length === own.length
      ? []
      : [`import type { ${used.map(({ name }) => imported(name, naming.local(name))).join(', ')} } from './index.js'`]),
    `import { names } from './names.js'`,
    ``,
    `/** An object's number. */`,
    `export type ${handle} = number`,
    ``,
    ...(isUsed(packed) ? packedType(packed) : []),
    ...own.flatMap((shape) => enumType(c, shape)),
    ...body,
    ``,
    ...contractBlock(p, given),
    ``,
    `export const native: ${interfaceName} = ${boundary}.open<${interfaceName}>(contract, ${naming.local(p.errorClass)}, names)`,
    ``,
  ].join('\n')
}

const packedType = (name: string): string[] => [
  `/**`,
  ` * Many numbers in one crossing. A number is a count: that many stand in \`boundary.scratch\`, until the next native call.`,
  ` * Async results are always arrays.`,
  ` */`,
  `export type ${name} = number | Uint32Array`,
  ``,
]

/** `VersionNative` of `version`; as long as needed to be nobody else's name. */
function nativeInterface(p: Package): string {
  const taken = new Set([...p.classes, ...p.records, ...p.enums].map(({ name }) => name))
  const system = p.system.replace(/[^\p{ID_Continue}$]/gu, '_')
  let name = `${capitalized(system)}Native`
  while (taken.has(name) || name.endsWith('Tuple')) name += '_'
  return name
}

function errorImport(p: Package): string {
  return imported(p.errorClass, namingOf(p).local(p.errorClass))
}

/** `Map as Map_`, or only the name. */
export function imported(name: string, local: string): string {
  return name === local ? name : `${name} as ${local}`
}

/** Records and enums with data, as they cross. */
function tuples(c: TypeContext): string[] {
  return [
    ...c.p.records.flatMap(({ name, fields }) => [
      `/** A {@link ${name}}: its fields in their order. */`,
      `export type ${convertersOf(name)[2]} = readonly [${fields.map(({ mapping }) => nativeType(c, mapping, 'out')).join(', ')}]`,
      ``,
    ]),
    ...c.p.enums
      .filter((shape) => shape.carriesData)
      .flatMap(({ name, variants }) => [
        `/** A {@link ${name}}: its variant, the fields behind. */`,
        `export type ${convertersOf(name)[2]} =`,
        ...variants.map((variant) => {
          const items = [quote(variant.name), ...variant.fields.map(({ mapping }) => nativeType(c, mapping, 'out'))]
          return `  | readonly [${items.join(', ')}]`
        }),
        ``,
      ]),
  ]
}

function signatures(c: TypeContext, item: ExportIr): string[] {
  const names = c.naming.parameters(item.params.map(({ name }) => name))
  const params = item.params.map(({ mapping }, at) => `${names[at] ?? '_'}: ${nativeType(c, mapping, 'in')}`)
  const returns = chains(item) ? 'void' : nativeType(c, item.returns, 'out')
  const signature = (name: string, first: readonly string[], result: string): string =>
    `  ${quoted(name)}: (${[...first, ...params].join(', ')}) => ${result}`
  if (item.stream !== undefined) {
    const object = c.naming.helper('Handle')
    return [
      signature(item.name, ['callNumber: number'], 'void'),
      signature(`${item.name}Sync`, ['deadline: number | null'], object),
      `  ${quoted(`${item.name}Next`)}: (callNumber: number, items: ${object}, max: number) => void`,
      `  ${quoted(`${item.name}NextSync`)}: (deadline: number | null, items: ${object}, max: number) => readonly (${returns})[] | null`,
    ]
  }
  const lazy = lazyOf(item.returns)
  if (lazy !== undefined) {
    const items = nativeType(c, { ...lazy, lazy: false }, 'out')
    const read = `  ${quoted(lazyExport(item))}: (iterator: ${c.naming.helper('Handle')}, most: number) => [${items}, boolean]`
    return [signature(item.name, [], returns), read]
  }
  if (item.runs === 'here') return [signature(item.name, [], returns)]
  return [
    signature(item.name, ['callNumber: number'], 'void'),
    signature(`${item.name}Sync`, ['deadline: number | null'], returns),
  ]
}

const quoted = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name))

export function chains(item: ExportIr): boolean {
  return item.call.kind === 'method' && item.call.chains
}

function contractBlock(p: Package, given: GivenContract | undefined): string[] {
  const items = given?.items ?? contractItems(p)
  return [
    `// <contract>`,
    `const contract: ExpectedContract = {`,
    `  system: ${quote(p.system)},`,
    `  apiVersion: ${given?.apiVersion ?? Number(p.spec.lib.apiVersion ?? 1)},`,
    `  digest: ${quote(given?.digest ?? contractDigest(items))},`,
    `  items: [`,
    ...items.map((item) => `    ${quote(item)},`),
    `  ],`,
    `}`,
    `// </contract>`,
  ]
}

const escapeName = (name: string): string => name.replaceAll('$', '\\$')
