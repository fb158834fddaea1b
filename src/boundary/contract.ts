import { FerruleError } from './errors.js'

/** What a system's TypeScript was written for; generated beside its types. */
export interface ExpectedContract {
  /** The system's name: `regex`. */
  readonly system: string
  /** Raised when a signature changes. */
  readonly apiVersion: number
  /** FNV-1a 64 (RFC 9923) over the items, as 16 hexadecimal digits. */
  readonly digest: string
  /** One signature per export, in order. */
  readonly items: readonly string[]
}

/** A group of operations with what is promised and what this build has. */
export interface OperationGroup {
  readonly name: string
  /** Operation `n` is bit `n` of both masks. */
  readonly operations: readonly string[]
  readonly contract: number
  readonly implemented: number
}

/** What came of comparing a faster implementation with its reference, before the first call of either. */
export interface DifferentialReport {
  /** What is computed. */
  readonly name: string
  /** The faster implementation. */
  readonly candidate: string
  /** Inputs that both agreed on. */
  readonly agreed: number
  /** The first input they differed on: the reference is in use. Null: the faster implementation is. */
  readonly difference: {
    readonly input: string
    readonly expected: string
    readonly found: string
  } | null
}

/** What a loaded binary says of one system. */
export interface SystemContract extends ExpectedContract {
  readonly groups: readonly OperationGroup[]
  readonly reports: readonly DifferentialReport[]
}

/** A system as the addon opens it. */
export interface OpenedSystem {
  functions: Record<string, (...args: never[]) => unknown>
  name: string
  apiVersion: number
  digest: string
  items: string[]
  groups: (string | number)[][]
  reports: (string | number)[][]
}

/** An opened system's contract in readable form. */
export function contractOf(opened: OpenedSystem): SystemContract {
  return {
    system: opened.name,
    apiVersion: opened.apiVersion,
    digest: opened.digest,
    items: opened.items,
    groups: opened.groups.map(([name, contract, implemented, ...operations]) => ({
      name: String(name),
      contract: Number(contract),
      implemented: Number(implemented),
      operations: operations.map(String),
    })),
    reports: opened.reports.map(([name, candidate, agreed, input, expected, found]) => ({
      name: String(name),
      candidate: String(candidate),
      agreed: Number(agreed),
      difference:
        input === undefined ? null : { input: String(input), expected: String(expected), found: String(found) },
    })),
  }
}

/**
 * Compares what the types promise with what the binary does, before anything is called.
 *
 * @throws FerruleError `ERR_CONTRACT` that names the first difference and both sides.
 */
export function checkContract(expected: ExpectedContract, found: SystemContract | null): void {
  if (found === null) {
    throw difference(expected.system, 'system', expected.system, 'no such system')
  }
  if (expected.apiVersion !== found.apiVersion) {
    throw difference(expected.system, 'apiVersion', expected.apiVersion, found.apiVersion)
  }
  if (!isSame(expected.items, found.items)) throw firstDifference(expected, found)
  if (expected.digest !== found.digest) {
    throw difference(expected.system, 'digest', expected.digest, found.digest)
  }
  for (const { name, operations, contract, implemented } of found.groups) {
    const undeclared = namesOf(operations, implemented & ~contract)
    if (undeclared.length > 0) throw difference(expected.system, name, namesOf(operations, contract), undeclared)
  }
}

/** The operations that are bits of a mask. */
export function namesOf(operations: readonly string[], mask: number): string[] {
  const bits = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => ((mask >>> bit) & 1) === 1)
  return bits.map((bit) => operations[bit] ?? `bit ${bit}`)
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, place) => item === other[place])

/** Where two lists of signatures part: told by name, not by place. */
function firstDifference(expected: ExpectedContract, found: SystemContract): FerruleError {
  const names = new Map(found.items.map((item) => [nameOf(item), item]))
  for (const item of expected.items) {
    const there = names.get(nameOf(item))
    if (there !== item) return difference(expected.system, nameOf(item), item, there ?? 'no such export')
    names.delete(nameOf(item))
  }
  for (const [name, item] of names) return difference(expected.system, name, 'no such export', item)
  return difference(expected.system, 'order', expected.items, found.items)
}

/** `isMatch` of `async isMatch(re: handle Regex, text: text) -> boolean`. */
function nameOf(item: string): string {
  return /^(?:async |timed |waits )?([^(]*)/.exec(item)?.[1] ?? item
}

function difference(system: string, item: string, expected: unknown, found: unknown): FerruleError {
  return new FerruleError(
    `The native binary does not fit the types of system "${system}": at "${item}" the types expect ` +
      `${JSON.stringify(expected)}, the binary has ${JSON.stringify(found)}. What to do: install the package and its ` +
      `platform package in one version; in the repository, build again and regenerate.`,
    { code: 'ERR_CONTRACT', operation: 'load', details: { system, item, expected, found } },
  )
}
