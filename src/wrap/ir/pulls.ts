/** Iterators: the exports that read their items, and how far a class may read ahead. */
import type { RustType } from '../model/rust-type.js'
import type { Mapping } from '../rules/mapping.js'
import { path, primitive } from '../rules/rust-types.js'
import type { ClassIr, ExportIr, MemberIr, Package, ParameterIr } from './ir.js'
import { takes } from './mentions.js'

/** What an export reads of an iterator. */
export interface Pull {
  readonly end: 'front' | 'back'
  readonly item: Mapping
  /** Items may be errors of this type. */
  readonly error?: RustType
}

/** Undefined when `next` gives something else than what may be absent. */
export function pullOf(returns: Mapping, end: Pull['end']): Pull | undefined {
  const of = returns.kind === 'result' ? returns.of : returns
  if (of.kind !== 'option') return undefined
  return { end, item: of.of, ...(returns.kind === 'result' ? { error: returns.error } : {}) }
}

const u32: Mapping = { kind: 'number', name: 'u32', rust: primitive('u32'), rule: 'number' }

/** `next` as an export: how many items go back, how many are wanted; the items, and whether there are no more. */
export function asBatches(item: ExportIr, pull: Pull): ExportIr {
  if (pull.end === 'back') return { ...item, pulls: pull }
  const self = item.params.filter(({ isSelf }) => isSelf)
  const counts = ['unread', 'most'].map((name): ParameterIr => ({ name, isSelf: false, mapping: u32 }))
  const items: Mapping = { kind: 'list', of: pull.item, rust: path('std::vec::Vec', pull.item.rust), rule: 'list' }
  const ended: Mapping = { kind: 'boolean', rust: primitive('bool'), rule: 'boolean' }
  const rust: RustType = { kind: 'tuple', items: [items.rust, ended.rust] }
  return {
    ...item,
    params: [...self, ...counts],
    returns: { kind: 'tuple', items: [items, ended], rust, rule: 'iterator' },
    pulls: pull,
  }
}

/** Classes that iterate, with how far they read ahead. */
export function withAhead(pkg: Package): Package {
  const classes = pkg.classes.map((shape): ClassIr => {
    const isRead = pkg.exports.some((item) => isFront(item) && isOn(item, shape.name))
    if (!isRead) return shape
    const isSeen = pkg.exports.some((item) => item.pulls === undefined && takes(pkg, item, shape.name))
    return {
      ...shape,
      ahead: !isSeen ? 'freely' : shape.entry.clone ? 'rewinding' : 'never',
      members: shape.members.map(renamed),
    }
  })
  return { ...pkg, classes }
}

/** What every iterator has; `next` is read through them. */
const TAKEN = new Set(['next', 'return', 'throw', 'ahead', 'pull', 'last'])

const renamed = (member: MemberIr): MemberIr =>
  member.kind !== 'iterator' && member.kind !== 'static' && TAKEN.has(member.name)
    ? { ...member, name: `${member.name}_` }
    : member

const isFront = (item: ExportIr): boolean => item.pulls?.end === 'front'

const isOn = (item: ExportIr, name: string): boolean =>
  item.params.some(({ isSelf, mapping }) => isSelf && mapping.kind === 'handle' && mapping.name === name)
