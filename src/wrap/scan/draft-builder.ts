/** The draft while it grows: entries under names that no other has, and what is left out. */
import { exportName, exportsBehind } from '../model/names.js'
import type { Refusal } from '../rules/mapping.js'
import type { RefusalName } from '../rules/refusals.js'
import type { RuleName } from '../rules/table.js'
import type { DraftConstant, DraftFunction, DraftMethod, LeftOut } from '../spec/draft.js'
import type { Decision } from './decide.js'
import { MODULE_MEMBERS, Names, OBJECT_MEMBERS, STATIC_MEMBERS } from './names.js'

/** What was counted: callables of the crate that users could call. */
export interface Count {
  readonly path: string
  readonly mapped: boolean
  readonly rule: string
}

export class DraftBuilder {
  readonly functions: DraftFunction[] = []
  readonly methods: DraftMethod[] = []
  readonly constants: DraftConstant[] = []
  readonly leftOut: LeftOut[] = []
  readonly counts: Count[] = []
  /** Names of the module: types and functions. */
  readonly #module: Names
  /** Members by class, static ones apart. */
  readonly #members = new Map<string, Names>()
  readonly #exports = new Names(['register'])

  constructor(typeNames: readonly string[]) {
    this.#module = new Names([...MODULE_MEMBERS, ...typeNames])
  }

  /** A function of the module; the first name that is free. */
  addFunction(
    path: string,
    rule: RuleName,
    decision: Decision,
    names: readonly [string, ...string[]],
    more: Partial<DraftFunction> = {},
  ): void {
    const name = this.#free(this.#module, names, (candidate) => candidate, decision)
    this.functions.push({ ...entryOf(decision, rule), name, rustFn: path, ...more })
  }

  addStatic(
    owner: string,
    path: string,
    rule: RuleName,
    decision: Decision,
    names: readonly [string, ...string[]],
    isConstructor = false,
  ): void {
    const members = this.#membersOf(`${owner} static`, STATIC_MEMBERS)
    const name = this.#free(members, names, (candidate) => exportName(owner, candidate), decision)
    this.functions.push({
      ...entryOf(decision, rule),
      name,
      rustFn: path,
      owner,
      ...(isConstructor ? { isConstructor } : {}),
    })
  }

  addMethod(
    owner: string,
    method: string,
    rule: RuleName,
    decision: Decision,
    names: readonly [string, ...string[]],
    more: Partial<DraftMethod> = {},
  ): void {
    const members = this.#membersOf(owner, OBJECT_MEMBERS)
    const name = this.#free(members, names, (candidate) => exportName(owner, candidate), decision)
    this.methods.push({
      ...entryOf(decision, rule),
      name,
      handle: owner,
      rustMethod: method,
      ...(decision.signature.receiver === 'mut' ? { exclusive: true } : {}),
      ...(decision.chains ? { chains: true } : {}),
      ...more,
    })
  }

  addConstant(entry: DraftConstant): void {
    const names = entry.owner === undefined ? this.#module : this.#membersOf(`${entry.owner} static`, STATIC_MEMBERS)
    const name = this.#free(names, [entry.name], (candidate) => exportName(entry.owner, candidate))
    this.constants.push({ ...entry, name })
  }

  hasMember(owner: string, name: string): boolean {
    return this.#membersOf(owner, OBJECT_MEMBERS).has(name)
  }

  hasStatic(owner: string, name: string): boolean {
    return this.#membersOf(`${owner} static`, STATIC_MEMBERS).has(name)
  }

  leaveOut(path: string, refusal: Refusal | { readonly rule: RefusalName; readonly reason: string }): void {
    this.leftOut.push({ path, rule: refusal.rule, reason: refusal.reason })
  }

  count(path: string, mapped: boolean, rule: string): void {
    this.counts.push({ path, mapped, rule })
  }

  /** Free as a member and as an export, and so are the exports behind an async one. */
  #free(
    names: Names,
    candidates: readonly [string, ...string[]],
    exported: (name: string) => string,
    decision?: Decision,
  ): string {
    const behind = decision === undefined ? [] : exportsBehind(decision.later, decision.streams)
    const isFree = (candidate: string): boolean =>
      !names.has(candidate) &&
      !this.#exports.has(exported(candidate)) &&
      !behind.some((end) => this.#exports.has(exported(candidate) + end))
    let name = candidates.find(isFree) ?? candidates[candidates.length - 1] ?? candidates[0]
    while (!isFree(name)) name += '_'
    names.take(name)
    this.#exports.take(exported(name))
    for (const end of behind) this.#exports.take(exported(name) + end)
    return name
  }

  #membersOf(key: string, reserved: readonly string[]): Names {
    const known = this.#members.get(key) ?? new Names(reserved)
    this.#members.set(key, known)
    return known
  }
}

function entryOf(
  decision: Decision,
  rule: RuleName,
): Pick<DraftFunction, 'params' | 'returns' | 'rust' | 'rule' | 'async' | 'stream'> {
  return {
    params: decision.params,
    returns: decision.returns,
    rust: decision.rust,
    ...(decision.later ? { async: 'lane' as const } : {}),
    ...(decision.streams ? { stream: true } : {}),
    rule,
  }
}
