/**
 * How a generated test comes by an object of each class: everything that returns one is tried with texts and numbers, those of the
 * crate's own examples first, until something gives one. A class of which none can be made so has its tests skipped, by name.
 */
import type { ClassIr, MemberIr, Package } from '../../ir/ir.js'
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
  const byClass = waysByClass(c.p)
  return [
    `/** Ways to an object of each class: what is tried, and the texts that the crate's examples have there. */`,
    `function ways(name: string): Way[] {`,
    `  switch (name) {`,
    ...c.p.classes.flatMap((item) => {
      const ways = (byClass.get(item.name) ?? []).sort((one, other) => cost(one) - cost(other))
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

/** In one walk over all members: a crate may have thousands of classes. */
function waysByClass(p: Package): Map<string, Way[]> {
  const ways = new Map<string, Way[]>()
  const add = (member: MemberIr, owner?: ClassIr): void => {
    const held = canBeTried(member) ? heldBy(member) : undefined
    if (held === undefined) return
    const way = owner === undefined ? { member, found: held.found } : { member, owner, found: held.found }
    const known = ways.get(held.name)
    if (known === undefined) ways.set(held.name, [way])
    else known.push(way)
  }
  for (const owner of p.classes) for (const member of owner.members) add(member, owner)
  for (const member of p.members) add(member)
  return ways
}

function canBeTried({ export: item }: MemberIr): boolean {
  if (item.runs !== 'here' || (item.call.kind === 'method' && item.call.chains)) return false
  return item.params.every(({ mapping }) => mapping.kind !== 'callback')
}

function heldBy({ kind, export: { pulls, returns } }: MemberIr): Held | undefined {
  if (kind !== 'iterator') return heldIn(returns)
  // An iterator's first item; what is inside of one may not be there.
  return pulls?.item.kind === 'handle' ? { name: pulls.item.name, found: (call) => `${call}.value` } : undefined
}

interface Held {
  readonly name: string
  readonly found: Way['found']
}

/** The class of the object that a result is or has, and how it is taken out. */
function heldIn(m: Mapping): Held | undefined {
  switch (m.kind) {
    case 'handle':
      return { name: m.name, found: (call) => call }
    case 'option':
    case 'result':
      return heldIn(m.of)
    case 'list': {
      if (m.lazy === true) return undefined
      const inner = heldIn(m.of)
      return inner && { name: inner.name, found: (call) => `${inner.found(call)}[0]` }
    }
    default:
      return undefined
  }
}

/** Ways that need no other object first, short ones before long ones. */
function cost({ member, owner }: Way): number {
  const { params } = member.export
  const objects = params.filter(({ mapping }) => mapping.kind === 'handle').length
  const onOther =
    owner !== undefined && member.kind !== 'static' && member.kind !== 'constructor' && member.kind !== 'constant'
      ? 1
      : 0
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
