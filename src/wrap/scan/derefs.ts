/** What `Deref` gives a class: the methods of the class it leads to, or the value it leads to. */
import type { RustSignature, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { mapType } from '../rules/map-type.js'
import { findNamed } from '../rules/map-path.js'
import { isRefusal, type Mapping } from '../rules/mapping.js'
import { isBorrowing } from '../rules/pairs.js'
import { reference } from '../rules/rust-types.js'
import { implementsTrait } from './crate-view.js'
import { decide, decideSignature, specType } from './decide.js'
import { addDecided, isRefused, type Scanning } from './members.js'
import { camel } from './names.js'
import { filledIn } from './shapes.js'
import type { Subject } from './subjects.js'

const DEREF = 'std::ops::Deref'

/** After all own members: those hide what they share a name with, as in Rust. */
export function addDerefs(subject: Subject, at: Scanning): void {
  if (subject.kind !== 'handle' || isBorrowing(subject.type)) return
  const target = targetOf(subject, at)
  if (target === undefined) return
  const named = target.kind === 'path' ? findNamed(target, at.world) : undefined
  if (named?.kind === 'handle') addForwarded(subject, target, at)
  else addValue(subject, target, at)
}

function targetOf({ item, type }: Subject, at: Scanning): RustType | undefined {
  const impl = item.impls.find((one) => one.trait === DEREF && one.for.kind === 'path')
  const target = impl?.associated.find((one) => one.name === 'Target')?.type
  if (target === undefined) return undefined
  return specType(filledIn(target, item, type, at.view), { view: at.view, world: at.world, self: type })
}

/** Methods that lend: what `Deref` leads to cannot be taken out of its owner. */
function addForwarded(subject: Subject, target: RustType, at: Scanning): void {
  const item = target.kind === 'path' ? at.view.types.get(target.path) : undefined
  if (item === undefined || isBorrowing(target)) return
  const changes = implementsTrait(subject.item, 'std::ops::DerefMut')
  for (const callable of item.methods) {
    const { receiver } = callable.signature
    if (receiver !== 'ref' && !(receiver === 'mut' && changes)) continue
    if (at.draft.hasMember(subject.name, camel(callable.name))) continue
    const decision = decide(callable, { view: at.view, world: at.world, self: target })
    if (decision === undefined) continue
    const path = `<${subject.item.path} as ${DEREF}>::Target::${callable.name}`
    if (isRefused(decision)) at.draft.leaveOut(path, decision)
    else if (holdsBorrowing(decision.result, at)) {
      at.draft.leaveOut(path, { rule: 'view-owner', reason: `it borrows from what ${subject.name} leads to` })
    } else {
      const rule = decision.chains ? 'chain' : 'deref'
      const more = { deref: printType(target) }
      at.draft.addMethod(subject.name, callable.name, rule, decision, [camel(callable.name)], more)
    }
  }
}

function holdsBorrowing(m: Mapping, at: Scanning): boolean {
  switch (m.kind) {
    case 'handle':
      return Array.from(at.world.named.values()).some((named) => named.name === m.name && named.borrows === true)
    case 'option':
    case 'result':
    case 'list':
      return holdsBorrowing(m.of, at)
    case 'tuple':
      return m.items.some((item) => holdsBorrowing(item, at))
    default:
      return false
  }
}

/** By what it is: text, bytes, an array, or else a value. */
function addValue(subject: Subject, target: RustType, at: Scanning): void {
  const returns = reference(target)
  const mapping = mapType(returns, 'out', at.world)
  const path = `<${subject.item.path} as ${DEREF}>::deref`
  if (isRefusal(mapping)) {
    at.draft.leaveOut(path, mapping)
    return
  }
  const [name, ...same] = ACCESSORS[mapping.kind] ?? ['value', 'get']
  const own = new Set(subject.item.methods.map((callable) => callable.name))
  if (at.draft.hasMember(subject.name, name) || same.some((method) => own.has(method))) return
  const signature: RustSignature = { receiver: 'ref', generics: [], params: [], returns, async: false, unsafe: false }
  const decision = decideSignature(signature, { view: at.view, world: at.world, self: subject.type })
  if (isRefused(decision)) at.draft.leaveOut(path, decision)
  else addDecided('deref', decision, subject, at, 'deref-value', DEREF, name)
}

/** The accessor's name, and own methods that make it needless. */
const ACCESSORS: Partial<Record<Mapping['kind'], readonly [string, ...string[]]>> = {
  text: ['toString', 'as_str', 'to_str', 'as_string'],
  bytes: ['toBytes', 'as_bytes', 'as_slice', 'to_bytes'],
  list: ['toArray', 'as_slice', 'to_vec'],
  map: ['toMap', 'as_map'],
}
