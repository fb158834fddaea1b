/**
 * The compiler's verdict on generated glue: which items fail, and whether they may be left out. Pure: it is told what the
 * compiler said and says what to write into the spec.
 */
import type { ItemLines, LineRange } from '../generate/rust.js'
import type { Package } from '../ir/ir.js'
import type { SpecEdit } from '../spec/edit.js'
import { overBudget, type Rejection } from './budget.js'
import type { CompilerError } from './cargo-messages.js'
import { rejectableExports, type Rejectable } from './items.js'

export type Verdict =
  | { readonly kind: 'clean' }
  /** These items are to be left out; then the glue compiles, as far as the compiler said. */
  | { readonly kind: 'heal'; readonly rejections: readonly Rejection[]; readonly edits: readonly SpecEdit[] }
  /** Leaving out is no way: why, with the compiler's words. */
  | { readonly kind: 'fault'; readonly faults: readonly string[]; readonly errors: readonly CompilerError[] }

/** What happened in the rounds before: the budget is for all of them together. */
export interface Healed {
  readonly rejections: readonly Rejection[]
}

/**
 * @param glueFile The glue's path as the compiler names it, `src/semver/glue.rs`.
 * @param lines Where each export stands in it.
 * @param itemCount How many items the spec had before anything was left out.
 */
export function judge(
  errors: readonly CompilerError[],
  p: Package,
  glueFile: string,
  lines: ReadonlyMap<string, ItemLines>,
  itemCount: number,
  before: Healed,
): Verdict {
  if (errors.length === 0) return { kind: 'clean' }
  const exportsByName = rejectableExports(p)
  const structural: string[] = []
  const rejected = new Map<Rejectable, Rejection>()
  for (const error of errors) {
    const name = exportAt(error, glueFile, lines)
    const item = name === undefined ? undefined : exportsByName.get(name)
    if (item === undefined) {
      structural.push(`${whereOf(error)} is part of every package and does not compile: ${reasonOf(error)}`)
    } else if (!rejected.has(item)) {
      rejected.set(item, { item, error, reason: reasonOf(error) })
    }
  }
  const rejections = [...rejected.values()]
  const faults = [...structural, ...overBudget([...before.rejections, ...rejections], itemCount)]
  if (faults.length > 0) return { kind: 'fault', faults, errors }
  return {
    kind: 'heal',
    rejections,
    edits: rejections.map(({ item, reason }) => ({
      kind: 'set',
      target: item.target,
      path: ['rejected'],
      value: reason,
    })),
  }
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
