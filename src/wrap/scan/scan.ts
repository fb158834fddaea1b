/** From a crate's model to a proposed spec: everything public is an item with its rule, or left out with its reason. */
import type { CrateModel } from '../model/model.js'
import { printType } from '../model/text.js'
import { isBorrowing } from '../rules/pairs.js'
import type { DraftEnum, DraftError, DraftHandle, DraftInstance, DraftRecord, SpecDraft } from '../spec/draft.js'
import { viewOf, type CrateView } from './crate-view.js'
import { decideWays } from './ways.js'
import { addDerefs } from './derefs.js'
import { DraftBuilder, type Count } from './draft-builder.js'
import { addExtensions } from './extensions.js'
import { addConstant, addMembers, type Scanning } from './members.js'
import { camel, screaming, uncapitalized } from './names.js'
import { findSubjects, type Pairs, type Subject, type Subjects } from './subjects.js'
import { addTraits } from './traits.js'

/** The proposal for a crate. The same model gives the same draft. */
export const scan = (model: CrateModel, options: ScanOptions = {}): SpecDraft => scanCounted(model, options).draft

export interface ScanOptions {
  /** Which types that borrow may be classes, each object kept with what it borrows from; the others are records. */
  readonly pairs?: Pairs
  /**
   * Paths of types that borrow and cannot be classes, as the compiler said: their objects cannot be kept with what they borrow
   * from, so they are records or arrays.
   */
  readonly unkept?: ReadonlySet<string>
}

export interface Scan {
  readonly draft: SpecDraft
  /** Functions, methods, and methods of the crate's own traits: each once, whether an item came of it. */
  readonly counts: readonly Count[]
}

export function scanCounted(model: CrateModel, { pairs = 'all', unkept = new Set() }: ScanOptions = {}): Scan {
  const view = viewOf(model)
  const found = findSubjects(view, pairs, unkept)
  const builder = new DraftBuilder(found.subjects.map((subject) => subject.name))
  const at: Scanning = { view, world: found.world, draft: builder }
  for (const subject of found.subjects) addMembers(subject, at)
  for (const subject of found.subjects) addTraits(subject, at)
  for (const subject of found.subjects) addDerefs(subject, at)
  addFunctions(model, at)
  addExtensions(at)
  for (const constant of model.constants) addConstant(constant, undefined, at)
  leaveOutMembers(view, found, builder)
  for (const other of model.others) {
    if (other.kind.includes('macro'))
      builder.leaveOut(other.path, { rule: 'macro', reason: 'it exists at compile time only' })
  }
  const { subjects } = found
  return {
    draft: {
      lib: {
        name: systemName(model),
        version: '0.1.0',
        lang: 'rust',
        rustCrate: model.packageName,
        rustCrateVersion: model.version,
      },
      crate: crateOf(model),
      api: 'generated',
      handles: subjects.filter(({ instance }) => !instance).flatMap(handleOf),
      records: subjects.flatMap(recordOf),
      enums: subjects.flatMap(enumOf),
      errors: errorsOf(subjects, model),
      callbacks: [],
      instances: subjects.filter(({ instance }) => instance).flatMap(handleOf),
      functions: builder.functions,
      methods: builder.methods,
      constants: builder.constants,
      leftOut: [...found.leftOut, ...builder.leftOut],
    },
    counts: onePerPath(builder.counts),
  }
}

/** An instance more or less is no callable more. */
function onePerPath(counts: readonly Count[]): readonly Count[] {
  const best = new Map<string, Count>()
  for (const count of counts) if (best.get(count.path)?.mapped !== true) best.set(count.path, count)
  return Array.from(best.values())
}

const systemName = (model: CrateModel): string => model.packageName.replaceAll('-', '_').toLowerCase()

function crateOf(model: CrateModel): SpecDraft['crate'] {
  const features = model.enabledFeatures.filter((feature) => feature !== 'default')
  return {
    features,
    ...(model.rustVersion === undefined ? {} : { rustVersion: model.rustVersion }),
    ...(model.license === '' ? {} : { license: model.license }),
  }
}

function addFunctions(model: CrateModel, at: Scanning): void {
  for (const callable of model.functions) {
    const ways = decideWays(callable, { view: at.view, world: at.world })
    if (ways === undefined) continue
    at.draft.count(callable.path, !('refused' in ways), 'refused' in ways ? ways.rule : 'function')
    if ('refused' in ways) {
      at.draft.leaveOut(callable.path, ways)
      continue
    }
    const modules = callable.path.split('::').slice(1, -1)
    for (const { decision, suffix } of ways) {
      at.draft.addFunction(callable.path, 'function', decision, [
        camel(callable.name) + suffix,
        camel([...modules, callable.name].join('_')) + suffix,
      ])
    }
  }
}

/** Members of types that are left out, and those that no instance has. */
function leaveOutMembers(view: CrateView, found: Subjects, builder: DraftBuilder): void {
  const reasons = new Map(found.leftOut.map((one) => [one.path, one]))
  const counted = new Set(builder.counts.map((count) => count.path))
  for (const item of view.model.types) {
    const reason = reasons.get(item.path)
    for (const method of item.methods) {
      if (counted.has(method.path)) continue
      const rule = reason?.rule ?? 'generic'
      builder.leftOut.push({
        path: method.path,
        rule,
        reason: reason === undefined ? 'no instance of its type has it' : `${item.path} is left out: ${reason.reason}`,
      })
      builder.count(method.path, false, rule)
    }
  }
}

function handleOf(subject: Subject): (DraftHandle & DraftInstance)[] {
  if (subject.kind !== 'handle') return []
  const { item } = subject
  return [
    {
      name: subject.name,
      rustType: printType(subject.type),
      ...(item.send === false || item.sync === false ? { bound: true } : {}),
      ...(subject.clone ? { clone: true } : {}),
      ...foundOf(subject),
      rule: isBorrowing(subject.type) ? 'pair' : subject.instance ? 'instance' : 'handle',
    },
  ]
}

const foundOf = ({ found }: Subject): { found?: string } => (found === undefined ? {} : { found })

function recordOf(subject: Subject): DraftRecord[] {
  if (subject.kind !== 'record') return []
  return [
    {
      name: subject.name,
      rustType: printType(subject.type),
      fields: subject.fields,
      by: subject.view ? 'getter' : 'field',
      ...foundOf(subject),
      rule: subject.view ? 'view-record' : 'record',
    },
  ]
}

function enumOf(subject: Subject): DraftEnum[] {
  if (subject.kind !== 'enum') return []
  return [
    {
      name: subject.name,
      rustType: printType(subject.type),
      variants: subject.variants.map(({ variant, fields }) => ({
        name: uncapitalized(variant.name),
        rust: variant.name,
        fields,
      })),
      ...(subject.item.nonExhaustive ? { nonExhaustive: true } : {}),
      ...foundOf(subject),
      rule: 'enum',
    },
  ]
}

/** One error type has the crate's own code; several have their names behind it. */
function errorsOf(subjects: readonly Subject[], model: CrateModel): DraftError[] {
  const errors = subjects.filter((subject) => subject.kind === 'error')
  const base = `ERR_${screaming(systemName(model))}`
  const taken = new Set<string>()
  return errors.map((subject) => {
    const word = screaming(subject.name.endsWith('Error') ? subject.name.slice(0, -'Error'.length) : subject.name)
    let code = errors.length === 1 || word === '' ? base : `${base}_${word}`
    while (taken.has(code)) code += '_'
    taken.add(code)
    return { rustType: printType(subject.type), code, fields: [], rule: 'error' }
  })
}
