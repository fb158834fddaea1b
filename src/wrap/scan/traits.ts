/** What implementing a trait gives a type: the table of docs/rules.md, and the crate's own traits. */
import type { TraitImpl } from '../model/model.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { adapted } from '../rules/adapted.js'
import { isBorrowing } from '../rules/pairs.js'
import { path, reference, sameType, some, str, string, substitute, unit } from '../rules/rust-types.js'
import type { RuleName } from '../rules/table.js'
import { implementsTrait } from './crate-view.js'
import { decideSignature, specType, type Scene } from './decide.js'
import { applied, isOpen } from './implementations.js'
import { pullSignature } from './iterators.js'
import { addCallable, addDecided, isRefused, type Scanning } from './members.js'
import { camel } from './names.js'
import type { Subject } from './subjects.js'
import { typeWord } from './type-words.js'

const self: RustType = { kind: 'generic', name: 'Self' }

/** Operators with another side, by trait: the method's name in Rust and here. */
const BINARY = new Map([
  ['std::ops::Add', 'add'],
  ['std::ops::Sub', 'sub'],
  ['std::ops::Mul', 'mul'],
  ['std::ops::Div', 'div'],
  ['std::ops::Rem', 'rem'],
  ['std::ops::BitAnd', 'bitand'],
  ['std::ops::BitOr', 'bitor'],
  ['std::ops::BitXor', 'bitxor'],
  ['std::ops::Shl', 'shl'],
  ['std::ops::Shr', 'shr'],
])

const ASSIGNING: ReadonlyMap<string, { readonly method: string; readonly name: string }> = new Map(
  Array.from(BINARY, ([trait, name]) => [`${trait}Assign`, { method: `${name}_assign`, name: `${name}Assign` }]),
)

const UNARY = new Map([
  ['std::ops::Neg', 'neg'],
  ['std::ops::Not', 'not'],
])

export function addTraits(subject: Subject, at: Scanning): void {
  if (subject.view || subject.kind === 'error') return
  const impls = subject.item.impls.flatMap((impl) => forSubject(impl, subject, at))
  for (const impl of impls) addStandard(impl, impls, subject, at)
  for (const impl of impls) {
    const trait = at.view.traits.get(impl.impl.trait)
    if (trait === undefined) continue
    const text = traitText(impl)
    // `ConvertTo<Image<T>>` for whatever `T` is many traits: there is no name for the one that is meant.
    const isMany = impl.args.some((arg) => some(arg, (part) => isOpen(part) && !sameType(part, self)))
    for (const method of impl.impl.methods) {
      if (isMany) {
        at.draft.leaveOut(method.path, { rule: 'trait-generic', reason: `the caller chooses what ${text} is` })
        at.draft.count(method.path, false, 'trait-generic')
      } else addCallable(method, subject, at, 'trait-method', { text, scene: sceneOf(impl, subject, at) })
    }
  }
}

/** An impl with the subject's arguments filled in. */
interface Filled {
  readonly impl: TraitImpl
  readonly args: readonly RustType[]
  readonly associated: ReadonlyMap<string, RustType>
}

/** Nothing for impls of references and of other arguments, and where the arguments lack what the impl asks of them. */
function forSubject(impl: TraitImpl, subject: Subject, at: Scanning): readonly Filled[] {
  const by = applied(impl, subject.type, at.view)
  if (by === undefined) return []
  const scene: Scene = { view: at.view, world: at.world, self: subject.type }
  const fill = (type: RustType): RustType => specType(substitute(type, by), scene)
  return [
    {
      impl,
      args: impl.args.map(fill),
      associated: new Map(impl.associated.map((one) => [one.name, fill(one.type)])),
    },
  ]
}

const sceneOf = (filled: Filled, subject: Subject, at: Scanning): Scene => ({
  view: at.view,
  world: at.world,
  self: subject.type,
  associated: filled.associated,
  implGenerics: filled.impl.generics,
  implFor: filled.impl.for,
  ...(filled.impl.blanket === true ? { blanket: true } : {}),
})

const traitText = (filled: Filled): string => printType(path(filled.impl.trait, ...filled.args))

function addStandard(filled: Filled, all: readonly Filled[], subject: Subject, at: Scanning): void {
  const { trait } = filled.impl
  const [arg] = filled.args
  const other = arg ?? self
  const isSelf = arg === undefined || sameType(arg, subject.type) || sameType(arg, self)
  switch (trait) {
    case 'std::fmt::Display':
      add(filled, 'display', 'to_string', method('ref', [], string), 'toString', 'std::string::ToString')
      return
    case 'std::str::FromStr': {
      const error = filled.associated.get('Err')
      if (error === undefined) return
      const name = at.draft.hasStatic(subject.name, 'parse') ? 'fromStr' : 'parse'
      add(filled, 'from-str', 'from_str', make([['text', reference(str)]], result(self, error)), name)
      return
    }
    case 'std::clone::Clone':
      if (subject.kind === 'handle') add(filled, 'clone', 'clone', method('ref', [], self), 'clone')
      return
    case 'std::default::Default':
      add(filled, 'default', 'default', make([], self), 'default')
      return
    case 'std::cmp::PartialEq':
      if (isSelf && subject.kind === 'handle') {
        add(
          filled,
          'equals',
          'eq',
          method('ref', [['other', reference(self)]], { kind: 'primitive', name: 'bool' }),
          'equals',
        )
      }
      return
    case 'std::hash::Hash':
      if (subject.kind === 'handle') addHash(filled)
      return
    case 'std::cmp::Ord':
      add(filled, 'compare', 'cmp', method('ref', [['other', reference(self)]], path('std::cmp::Ordering')), 'compare')
      return
    case 'std::cmp::PartialOrd':
      if (!isSelf || implementsTrait(subject.item, 'std::cmp::Ord')) return
      add(
        filled,
        'compare',
        'partial_cmp',
        method('ref', [['other', reference(self)]], path('std::option::Option', path('std::cmp::Ordering'))),
        'compare',
      )
      return
    case 'std::convert::From':
      if (!isSelf) add(filled, 'from', 'from', make([['value', other]], self), `from${typeWord(other)}`)
      return
    case 'std::convert::TryFrom': {
      const error = filled.associated.get('Error')
      if (!isSelf && error !== undefined) {
        add(filled, 'from', 'try_from', make([['value', other]], result(self, error)), `from${typeWord(other)}`)
      }
      return
    }
    case 'std::iter::FromIterator': {
      if (arg === undefined) return
      const bounds = [{ trait: 'std::iter::IntoIterator', args: [], bindings: [{ name: 'Item', type: arg }] }]
      const signature = make([['iter', { kind: 'generic', name: 'I' }]], self)
      const generics = [{ name: 'I', kind: 'type' as const, bounds }]
      add(filled, 'from', 'from_iter', { ...signature, generics }, `from${typeWord(arg)}s`)
      return
    }
    case 'std::ops::Index': {
      const output = filled.associated.get('Output')
      if (output !== undefined && arg !== undefined) {
        add(filled, 'index', 'index', method('ref', [['index', arg]], reference(output)), 'at')
      }
      return
    }
    case 'serde::Serialize':
    case 'serde::Deserialize': {
      const [method, name] = trait === 'serde::Serialize' ? ['serialize', 'toJSON'] : ['deserialize', 'fromJSON']
      const known = adapted(trait, method, filled.associated)
      if (known !== undefined && subject.kind === 'handle' && !isBorrowing(subject.type)) {
        add(filled, 'json-value', method, known.signature, name, trait)
      }
      return
    }
    case 'futures_core::Stream': {
      const known = adapted(trait, 'next', filled.associated)
      if (known !== undefined && subject.kind === 'handle') {
        add(filled, 'stream-next', known.method, known.signature, 'next')
      }
      return
    }
    case 'std::iter::Iterator': {
      if (subject.kind === 'handle') addPull(filled, 'next')
      return
    }
    case 'std::iter::DoubleEndedIterator': {
      if (subject.kind === 'handle') addPull(filled, 'next_back')
      return
    }
    default:
  }
  const binary = BINARY.get(trait)
  const output = filled.associated.get('Output')
  if (binary !== undefined && output !== undefined && !isLentTwin(filled, all)) {
    add(
      filled,
      'operator',
      binary,
      method('value', [['other', other]], output),
      operatorName(binary, trait, isSelf, other, all),
    )
    return
  }
  const assigning = ASSIGNING.get(trait)
  if (assigning !== undefined && subject.kind === 'handle' && !isLentTwin(filled, all)) {
    const name = operatorName(assigning.name, trait, isSelf, other, all)
    add(filled, 'assign', assigning.method, method('mut', [['other', other]], unit), name)
    return
  }
  const unary = UNARY.get(trait)
  if (unary !== undefined && output !== undefined) add(filled, 'operator', unary, method('value', [], output), unary)

  /** All 64 bits: few hashes are safe integers. */
  function addHash(of: Filled): void {
    const known = adapted(trait, 'hash', of.associated)
    if (known === undefined) return
    const decision = decideSignature(known.signature, { view: at.view, world: at.world, self: subject.type })
    if (isRefused(decision)) return
    addDecided('hash', { ...decision, returns: 'biguint64' }, subject, at, 'hash', traitText(of), 'hash')
  }

  /** From either end. */
  function addPull(of: Filled, rustName: 'next' | 'next_back'): void {
    const signature = pullSignature(subject, rustName, at)
    if (signature !== undefined) add(of, 'iterator', rustName, signature, camel(rustName))
  }

  function add(
    of: Filled,
    rule: RuleName,
    rustName: string,
    signature: RustSignature,
    name: string,
    text = traitText(of),
  ): void {
    if (name === 'clone' || name === 'toString' || name === 'equals' || name === 'compare' || name === 'at') {
      if (at.draft.hasMember(subject.name, name)) name = `${name}_`
    }
    const scene: Scene = { view: at.view, world: at.world, self: subject.type }
    const decision = decideSignature(signature, scene, rule === 'iterator')
    const place = `<${subject.item.path} as ${text}>::${rustName}`
    if (isRefused(decision)) {
      at.draft.leaveOut(place, decision)
      return
    }
    addDecided(rustName, decision, subject, at, rule, text, name)
  }
}

/** `Add<&T>` beside `Add<T>`. */
function isLentTwin(filled: Filled, all: readonly Filled[]): boolean {
  const [arg] = filled.args
  if (arg?.kind !== 'ref') return false
  return all.some((other) => {
    const [otherArg] = other.args
    return other.impl.trait === filled.impl.trait && otherArg !== undefined && sameType(otherArg, arg.to)
  })
}

/** The plain name for itself, or for the only other side there is. */
function operatorName(name: string, trait: string, isSelf: boolean, other: RustType, all: readonly Filled[]): string {
  const sides = all.filter((one) => one.impl.trait === trait && !isLentTwin(one, all))
  return isSelf || sides.length === 1 ? name : name + typeWord(other)
}

const result = (of: RustType, error: RustType): RustType => path('std::result::Result', of, error)

type Param = readonly [name: string, type: RustType]

const make = (params: readonly Param[], returns: RustType): RustSignature => ({
  generics: [],
  params: params.map(([name, type]) => ({ name, type })),
  returns,
  async: false,
  unsafe: false,
})

const method = (receiver: 'ref' | 'mut' | 'value', params: readonly Param[], returns: RustType): RustSignature => ({
  ...make(params, returns),
  receiver,
})
