/**
 * __test__/<system>.test.ts: what must hold for every package on the boundary. Each argument of each export refuses what it
 * cannot be and says which it was, objects end when they are disposed, the spec's examples hold, and the package loads in a
 * Worker and as an ES module.
 */
import type { ClassIr, MemberIr, Package } from '../ir/ir.js'
import type { ExampleEntry } from '../spec/spec.js'
import { mark } from './package/info.js'
import { testFrame } from './tests/frame.js'
import { makers } from './tests/makers.js'
import { callOf, type TestContext } from './tests/values.js'
import { namingOf, quote } from './typescript/naming.js'

export function emitTests(p: Package): string {
  const c: TestContext = { p, naming: namingOf(p) }
  const lines = [
    `// ${mark(p)}`,
    ...testFrame(c),
    ...suite(
      'objects',
      p.classes.flatMap((item) => disposal(c, item)),
    ),
    ...suite(
      'arguments',
      members(p).flatMap(({ member, owner }) => refusals(c, member, owner)),
    ),
    ...examples(c),
    ...makers(c),
  ]
  return `${lines.join('\n').trim()}\n`
}

/** A suite without tests would fail as a whole. */
const suite = (name: string, tests: readonly string[]): string[] =>
  tests.length === 0 ? [] : [`describe(${quote(name)}, () => {`, ...tests, `})`, ``]

function members(p: Package): { member: MemberIr; owner?: ClassIr }[] {
  return [
    ...p.classes.flatMap((owner) => owner.members.map((member) => ({ member, owner }))),
    ...p.members.map((member) => ({ member })),
  ]
}

/** One per argument: the call is right but for that. */
function refusals(c: TestContext, member: MemberIr, owner: ClassIr | undefined): string[] {
  return member.export.params
    .filter((param) => !param.isSelf && member.kind !== 'iterator')
    .map((param) => {
      const call = callOf(c, member, owner, { wrong: param })
      return `  refuses(${quote(member.operation)}, ${quote(param.name)}, () => ${call})`
    })
}

function disposal(c: TestContext, item: ClassIr): string[] {
  const use = item.members.find(
    (member) =>
      (member.kind === 'method' || member.kind === 'getter' || member.kind === 'iterator') &&
      member.export.runs === 'here' &&
      !(member.export.call.kind === 'method' && member.export.call.consumes) &&
      member.export.params.every(({ isSelf, mapping }) => isSelf || mapping.kind !== 'callback'),
  )
  const used = use === undefined ? '' : `, (made) => ${callOf(c, use, item, { on: 'made' })}`
  const name = quote(`${c.p.system}.${item.name}`)
  const made = item.members.some(({ kind }) => kind === 'constructor')
  return [
    `  ends(${name}, ${quote(item.name)}${used})`,
    ...(made ? [] : [`  isNotMadeWithNew(${name}, ${quote(item.name)})`]),
  ]
}

/** What the spec says its items give. */
function examples(c: TestContext): string[] {
  const { spec } = c.p
  const all = [...spec.functions, ...spec.methods].flatMap((entry) => entry.examples)
  if (all.length === 0) return []
  const names = [
    ...c.p.classes.map(({ name }) => name),
    ...c.p.members.filter(({ name }) => all.some(({ call }) => call.includes(name))).map(({ name }) => name),
  ].filter((name) => c.naming.local(name) === name)
  return [
    `describe('examples of the spec', () => {`,
    `  const { ${[...new Set(names)].join(', ')} } = api`,
    ...all.flatMap(example),
    `})`,
    ``,
  ]
}

function example({ call, gives, throws }: ExampleEntry): string[] {
  const body =
    throws !== undefined
      ? `expect(() => ${call}).toThrow(expect.objectContaining({ code: ${quote(throws)} }))`
      : gives !== undefined
        ? `expect(${call}).toEqual(${gives})`
        : `expect(() => ${call}).not.toThrow()`
  return [`  it(${quote(call)}, () => {`, `    ${body}`, `  })`]
}
