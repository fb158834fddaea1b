/**
 * The compiler's verdict on generated glue: which items fail, and whether they may be left out. Pure: it is told what the
 * compiler said and says what to write into the spec.
 */
import type { ItemLines, LineRange } from '../generate/rust.js'
import type { Package } from '../ir/ir.js'
import { mentions, takes } from '../ir/mentions.js'
import { isBorrowing } from '../rules/pairs.js'
import type { SpecEdit } from '../spec/edit.js'
import { overBudget, type Rejection } from './budget.js'
import type { CompilerError } from './cargo-messages.js'
import { rejectableClass, rejectableExports, type Rejectable } from './items.js'

export type Verdict =
  | { readonly kind: 'clean' }
  /** These items are to be left out; then the glue compiles, as far as the compiler said. */
  | {
      readonly kind: 'heal'
      readonly rejections: readonly Rejection[]
      readonly edits: readonly SpecEdit[]
      /** Classes among them: types that borrow and cannot be kept with what they borrow from. */
      readonly unkept: readonly Rejection[]
    }
  /** Leaving out is no way: why, with the compiler's words. */
  | { readonly kind: 'fault'; readonly faults: readonly string[]; readonly errors: readonly CompilerError[] }

/** What happened in the rounds before: the budget is for all of them together. */
export interface Healed {
  readonly rejections: readonly Rejection[]
}

/** Where things stand in the glue. */
export interface GlueLines {
  readonly items: ReadonlyMap<string, ItemLines>
  readonly classes: ReadonlyMap<string, LineRange>
}

/**
 * @param glueFile The glue's path as the compiler names it, `src/semver/glue.rs`.
 * @param itemCount How many items the spec had before anything was left out.
 */
export function judge(
  errors: readonly CompilerError[],
  p: Package,
  glueFile: string,
  lines: GlueLines,
  itemCount: number,
  before: Healed,
): Verdict {
  if (errors.length === 0) return { kind: 'clean' }
  const exportsByName = rejectableExports(p)
  const structural: string[] = []
  const rejected = new Map<Rejectable, Rejection>()
  const unkept = new Map<string, Rejection>()
  for (const error of errors) {
    const name = exportAt(error, glueFile, lines.items)
    const item = name === undefined ? undefined : exportsByName.get(name)
    const shape = borrowingAt(error, p, glueFile, lines.classes)
    if (shape !== undefined) {
      if (!unkept.has(shape.label)) unkept.set(shape.label, { item: shape, error, reason: reasonOf(error) })
    } else if (item === undefined) {
      structural.push(`${whereOf(error)} is part of every package and does not compile: ${reasonOf(error)}`)
    } else if (!rejected.has(item)) {
      rejected.set(item, { item, error, reason: reasonOf(error) })
    }
  }
  for (const [name, because] of unkept) {
    for (const item of followers(p, name, exportsByName)) {
      if (!rejected.has(item)) {
        rejected.set(item, {
          item,
          error: because.error,
          reason: `${name} is rejected: ${because.reason}`,
          follows: name,
        })
      }
    }
  }
  const rejections = [...unkept.values(), ...rejected.values()]
  const faults = [...structural, ...overBudget([...before.rejections, ...rejections], itemCount)]
  if (faults.length > 0) return { kind: 'fault', faults, errors }
  return {
    kind: 'heal',
    rejections,
    unkept: [...unkept.values()],
    edits: rejections.map(({ item, reason }) => ({
      kind: 'set',
      target: item.target,
      path: ['rejected'],
      value: reason,
    })),
  }
}

/**
 * The class at an error, when it borrows. Whether the lifetimes of a type can be shortened, which a cell asks for, is said by
 * nothing but the compiler; any other class is a promise of the package.
 */
function borrowingAt(
  { file, line }: CompilerError,
  p: Package,
  glueFile: string,
  classes: ReadonlyMap<string, LineRange>,
): Rejectable | undefined {
  if (file !== glueFile || line === undefined) return undefined
  const [name] = Array.from(classes).find(([, range]) => isWithin(line, range)) ?? []
  const shape = p.classes.find((candidate) => candidate.name === name)
  return shape === undefined || !isBorrowing(shape.rustType) ? undefined : rejectableClass(p.spec, shape.name)
}

/** What takes or gives objects of a class. */
function followers(p: Package, name: string, entries: ReadonlyMap<string, Rejectable>): readonly Rejectable[] {
  return p.exports
    .filter((item) => takes(p, item, name) || mentions(p, item.returns, name))
    .flatMap((item) => entries.get(item.name) ?? [])
}

function exportAt(error: CompilerError, glueFile: string, lines: ReadonlyMap<string, ItemLines>): string | undefined {
  const { file, line } = error
  if (file !== glueFile || line === undefined) return undefined
  for (const [name, item] of lines) {
    if (isWithin(line, item) || (item.registration !== undefined && isWithin(line, item.registration))) return name
  }
  return undefined
}

const isWithin = (line: number, { start, end }: LineRange): boolean => line >= start && line <= end

/** `E0308: mismatched types`: one line. */
export function reasonOf(error: CompilerError): string {
  const first = error.message.split('\n', 1)[0] ?? error.message
  return error.code === undefined ? first : `${error.code}: ${first}`
}

const whereOf = (error: CompilerError): string =>
  error.file === undefined ? 'the glue' : `${error.file}:${String(error.line ?? 0)}`
