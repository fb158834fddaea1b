// Rule table, crate and tests held to each other: a rule without a module, a module without a rule, a module that does not show
// its rule, or a rule without tests from Node fails here. A new rule needs a file in kitchen-sink/src of its name and a row in
// kitchen/rows.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildPackage } from '../../src/wrap/ir/build.js'
import type { ExportIr, Package } from '../../src/wrap/ir/ir.js'
import { exportName } from '../../src/wrap/model/names.js'
import type { Mapping } from '../../src/wrap/rules/mapping.js'
import { RULES } from '../../src/wrap/rules/table.js'
import { scan } from '../../src/wrap/scan/scan.js'
import type { SpecDraft } from '../../src/wrap/spec/draft.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import { writeSpec } from '../../src/wrap/spec/write.js'
import { crateFolder, readSink } from './kitchen/cook.js'
import { ROWS } from './kitchen/rows/index.js'

/** Modules that are no row, and why they are there. */
const OTHERS: Readonly<Record<string, string>> = {
  breaks: 'what breaks other generators, each by its name',
  callbacks: 'closures that are refused',
  classes: 'one class with everything that traits give',
  collections: 'signatures of collections for the scanner',
  gate: 'keeps the pool busy, so that calls wait in the middle',
  generics: 'generic types and traits for the scanner, those that are refused too',
  iterators: 'iterators of every kind: iterators-run.test.ts wraps it as a crate of its own',
  names: 'names and documentation that would break what is generated',
  pairs: 'types that borrow in ways that are refused',
  panics: 'panics wherever one can come from',
  threads: 'types that stay on their thread',
  views: 'views with methods that are refused',
}

/** Rules that no module can show, and why. */
const WITHOUT_MODULE: Readonly<Record<string, string>> = {
  json: 'needs a crate of others: fixtures/rows has it, and rows.test.ts calls it',
  'json-value': 'needs a crate of others: fixtures/rows has it, and rows.test.ts calls it',
  'callback-queued': 'what is kept is called later: fixtures/rows has it, and rows.test.ts calls it',
  stream: 'needs a crate of others: fixtures/rows has it, and rows.test.ts calls it',
  'stream-next': 'needs a crate of others: fixtures/rows has it, and rows.test.ts calls it',
}

const modules = Array.from(
  readFileSync(join(crateFolder, 'src', 'lib.rs'), 'utf8').matchAll(/^pub mod (?:r#)?(\w+);$/gm),
  ([, name]) => name ?? '',
)
const moduleOf = (rule: string): string => rule.replaceAll('-', '_')
const rows = RULES.map(({ name }) => name)
const isWithout = (rule: string): boolean => Object.hasOwn(WITHOUT_MODULE, rule)

describe('the rule table and the crate', () => {
  it('every rule has its module', () => {
    const missing = rows.filter((rule) => !modules.includes(moduleOf(rule)) && !isWithout(rule))
    expect(missing).toEqual([])
  })

  it('every module is a rule’s, or says why it is there', () => {
    const known = new Set([...rows.map(moduleOf), ...Object.keys(OTHERS)])
    expect(modules.filter((name) => !known.has(name))).toEqual([])
    expect(Object.keys(OTHERS).filter((name) => !modules.includes(name))).toEqual([])
  })

  it('every rule has its tests from Node, and every test its rule', () => {
    expect(Object.keys(ROWS).sort()).toEqual(rows.filter((rule) => !isWithout(rule)).sort())
    expect(Object.keys(WITHOUT_MODULE).filter((rule) => !rows.includes(rule))).toEqual([])
    const idle = Object.entries(ROWS).filter(([, row]) =>
      [row.gives, row.stories].every((cases) => cases === undefined),
    )
    expect(idle).toEqual([])
  })
})

describe('each module shows its rule', () => {
  let shown: ReadonlyMap<string, ReadonlySet<string>>
  beforeAll(async () => {
    const draft = scan(await readSink())
    const { spec } = parseSpec(writeSpec(draft), 'kitchen_sink.wrapper_spec')
    const built = spec && buildPackage(spec).package
    if (built === undefined) throw new Error('the kitchen sink does not build')
    shown = rulesByModule(draft, built)
  }, 120_000)

  it.each(rows.filter((rule) => !isWithout(rule)))('%s', (rule) => {
    expect([...(shown.get(moduleOf(rule)) ?? [])]).toContain(rule)
  })
})

/** The rules that decided the items of each module: by the item itself, its types, or what it writes into. */
function rulesByModule(draft: SpecDraft, { exports }: Package): Map<string, Set<string>> {
  const rules = new Map<string, Set<string>>()
  const add = (path: string, ...names: readonly (string | undefined)[]): void => {
    const module = /kitchen_sink::(\w+)/.exec(path)?.[1] ?? ''
    const known = rules.get(module) ?? new Set<string>()
    for (const name of names) if (name !== undefined) known.add(name)
    rules.set(module, known)
  }
  const types = [...draft.handles, ...draft.instances, ...draft.records, ...draft.enums, ...draft.errors]
  for (const { rustType, rule } of types) add(rustType, rule)
  for (const { rust, rule } of draft.constants) add(rust, rule)
  const places = new Map([...draft.handles, ...draft.instances].map(({ name, rustType }) => [name, rustType]))
  const items = new Map(exports.map((item) => [item.name, item]))
  for (const item of draft.functions) {
    // Its module is the trait's, when it is a trait's.
    add(item.rustFn, item.rule, ...rulesOf(items.get(exportName(item.owner, item.name))))
    const twins = draft.functions.filter(({ rustFn }) => rustFn === item.rustFn)
    if (twins.length > 1) add(item.rustFn, 'choice')
  }
  for (const item of draft.methods) {
    add(places.get(item.handle) ?? '', item.rule, ...rulesOf(items.get(exportName(item.handle, item.name))))
  }
  return rules
}

function rulesOf(item: ExportIr | undefined): string[] {
  if (item === undefined) return []
  const sinks = (item.sinks?.all ?? []).map(
    ({ takes }) => ({ nothing: 'sink', length: 'sink-length', value: 'changed-copy' })[takes],
  )
  const runs = item.runs === 'lane' ? ['promise'] : []
  return [...runs, ...sinks, ...[...item.params.map(({ mapping }) => mapping), item.returns].flatMap(mappingRules)]
}

function mappingRules(m: Mapping): string[] {
  const inner = 'of' in m ? [m.of] : 'items' in m ? m.items : 'key' in m ? [m.key, m.value] : []
  return [m.rule, ...inner.flatMap(mappingRules)]
}
