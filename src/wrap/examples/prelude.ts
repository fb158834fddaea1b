/** The functions at the head of a file of translated examples: those that its tests use. */
import { stringCode } from './text-literal.js'

const outcome = `/** What a call in Rust gave: its value, or one of the crate's errors. */
interface Outcome<T> {
  readonly ok: boolean
  readonly value?: T
  readonly error?: unknown
}`

const helpers: Readonly<Record<string, string>> = {
  attempt: `function attempt<T>(call: () => T): Outcome<T> {
  try {
    return { ok: true, value: call() }
  } catch (error) {
    if (codes.has((error as { code: string }).code)) return { ok: false, error }
    throw error
  }
}`,
  codeOf: `function codeOf(of: Outcome<unknown>): unknown {
  return of.ok ? undefined : (of.error as { code: string }).code
}`,
  unwrap: `function unwrap<T>(of: Outcome<T>): T {
  if (!of.ok) throw of.error
  return of.value as T
}`,
  okOrNull: `function okOrNull<T>(of: Outcome<T>): T | null {
  return of.ok ? (of.value as T) : null
}`,
  some: `function some<T>(of: T | null): T {
  if (of === null) throw new Error('there is no value')
  return of
}`,
  mapOption: `function mapOption<T, R>(of: T | null, change: (value: T) => R): R | null {
  return of === null ? null : change(of)
}`,
  nonZero: `function nonZero(of: number): number | null {
  return of === 0 ? null : of
}`,
  iterate: `function iterate<T>(of: Iterable<T>): IterableIterator<T> {
  return [...of].values()
}`,
  next: `function next<T>(of: Iterator<T>): T | null {
  const step = of.next()
  return step.done === true ? null : step.value
}`,
  sameOption: `function sameOption<T>(left: T | null, right: T | null, same: (a: T, b: T) => boolean): boolean {
  return left === null || right === null ? left === right : same(left, right)
}`,
  sameList: `function sameList<T>(left: Iterable<T>, right: Iterable<T>, same: (a: T, b: T) => boolean): boolean {
  const [a, b] = [[...left], [...right]]
  return a.length === b.length && a.every((item, at) => same(item, b[at] as T))
}`,
  sameData: `function sameData(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(left, right)
}`,
}

/** In the order of the list above, whatever order they were asked for in. */
export function preludeOf(used: ReadonlySet<string>, codes: readonly string[]): { imports: string[]; code: string[] } {
  const blocks: string[] = []
  const needsOutcome = ['attempt', 'codeOf', 'unwrap', 'okOrNull'].some((name) => used.has(name))
  if (needsOutcome) blocks.push(outcome)
  if (used.has('attempt')) {
    const list = codes.map(stringCode).join(', ')
    blocks.push(
      `/** The codes of the crate's own errors; every other error is a fault. */\nconst codes: ReadonlySet<string> = new Set([${list}])`,
    )
  }
  for (const [name, code] of Object.entries(helpers)) if (used.has(name)) blocks.push(code)
  const imports = used.has('sameData') ? ["import { isDeepStrictEqual } from 'node:util'"] : []
  return { imports, code: blocks }
}

export const helperNames: readonly string[] = Object.keys(helpers)
