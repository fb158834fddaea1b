/**
 * How a generated test comes by an object of each class: everything that returns one is tried with texts and numbers, those of the
 * crate's own examples first, until something gives one. A class of which none can be made so has its tests skipped, by name.
 */
import type { ClassIr, MemberIr } from '../../ir/ir.js'
import type { Mapping } from '../../rules/mapping.js'
import { quote } from '../typescript/naming.js'
import { callOf, type TestContext } from './values.js'

/** Ways tried per class, and texts per way. */
const MOST_WAYS = 12
const MOST_TEXTS = 8

interface Way {
  readonly member: MemberIr
  readonly owner?: ClassIr
  /** What the call gives, and how the object is found in it. */
  readonly found: (call: string) => string
}

export function makers(c: TestContext): string[] {
  const all = [
    ...c.p.classes.flatMap((owner) => owner.members.map((member) => ({ member, owner }))),
    ...c.p.members.map((member) => ({ member })),
  ]
  return [
    `/** Ways to an object of each class: what is tried, and the texts that the crate's examples have there. */`,
    `function ways(name: string): Way[] {`,
    `  switch (name) {`,
    ...c.p.classes.flatMap((item) => {
      const ways = all
        .flatMap((candidate): Way[] => wayTo(item.name, candidate))
        .sort((one, other) => cost(one) - cost(other))
      return [
        `    case ${quote(item.name)}:`,
        `      return [`,
        ...ways.slice(0, MOST_WAYS).map((way) => `        ${wayText(c, way)},`),
        `      ]`,
      ]
    }),
    `    default:`,
    `      return []`,
    `  }`,
    `}`,
  ]
}

function wayText(c: TestContext, { member, owner, found }: Way): string {
  const call = found(callOf(c, member, owner, { guess: true }))
  const texts = textsIn(member.docs === '' ? member.export.docs : member.docs)
  return `{ make: (${parameters(call)}) => ${call}, texts: [${texts.map(quote).join(', ')}] }`
}

/** Only those that the call uses, so that no linter objects. */
function parameters(call: string): string {
  const usesNumber = /(?<![\w$.'])number(?![\w$'])/.test(call)
  const usesText = /(?<![\w$.'])text(?![\w$'])/.test(call)
  return usesNumber ? `${usesText ? 'text' : '_text'}, number` : usesText ? 'text' : ''
}

function wayTo(name: string, { member, owner }: { member: MemberIr; owner?: ClassIr }): Way[] {
  const { export: item } = member
  if (item.runs !== 'here' || (item.call.kind === 'method' && item.call.chains)) return []
  if (item.params.some(({ mapping }) => mapping.kind === 'callback')) return []
  const found = holds(item.returns, name)
  if (found === undefined) return []
  return [owner === undefined ? { member, found } : { member, owner, found }]
}

/** Whether a result is or has an object of the class, and how it is taken out. */
function holds(m: Mapping, name: string): ((call: string) => string) | undefined {
  switch (m.kind) {
    case 'handle':
      return m.name === name ? (call) => call : undefined
    case 'option':
    case 'result':
      return holds(m.of, name)
    case 'list': {
      const inner = holds(m.of, name)
      return inner === undefined ? undefined : (call) => `${inner(call)}[0]`
    }
    default:
      return undefined
  }
}

/** Ways that need no other object first, short ones before long ones. */
function cost({ member, owner }: Way): number {
  const { params } = member.export
  const objects = params.filter(({ mapping }) => mapping.kind === 'handle').length
  const onOther = owner !== undefined && (member.kind === 'method' || member.kind === 'getter') ? 1 : 0
  return (objects + onOther) * 100 + (member.kind === 'constant' ? 0 : 10) + params.length
}

/** The string literals of an example. */
function textsIn(docs: string): string[] {
  const found = new Set<string>()
  for (const [, text = ''] of docs.matchAll(/"([^"\\\n\r]{1,60})"/g)) {
    found.add(text)
    if (found.size === MOST_TEXTS) break
  }
  return [...found]
}
