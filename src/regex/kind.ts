import type { Operations } from './names.js'
import type { Handle, Packed } from './native.js'

/** What text and bytes differ in: their exports, and how a part of them is taken and put together. */
export interface Kind<H, M, C> {
  /** What its errors call what was called. */
  readonly operations: Operations

  readonly groupNames: (regex: Handle) => (string | null)[]
  readonly isMatch: (regex: Handle, haystack: H) => boolean
  readonly isMatchAt: (regex: Handle, haystack: H, start: number) => boolean
  readonly isMatchTask: (call: number, regex: Handle, haystack: H, start: number) => void
  readonly find: (regex: Handle, haystack: H, start: number) => Packed | null
  readonly findTask: (call: number, regex: Handle, haystack: H, start: number) => void
  readonly captures: (regex: Handle, haystack: H, start: number) => Packed | null
  readonly capturesTask: (call: number, regex: Handle, haystack: H, start: number) => void
  readonly countTask: (call: number, regex: Handle, haystack: H) => void
  readonly countTaskSync: (timeoutMs: number | null, regex: Handle, haystack: H) => number
  readonly replaceTask: (call: number, regex: Handle, haystack: H, template: H, limit: number | null) => void
  readonly replaceTaskSync: (
    timeoutMs: number | null,
    regex: Handle,
    haystack: H,
    template: H,
    limit: number | null,
  ) => H | null
  readonly splitTask: (call: number, regex: Handle, haystack: H, limit: number | null) => void
  readonly splitTaskSync: (timeoutMs: number | null, regex: Handle, haystack: H, limit: number | null) => Packed
  readonly findAllTask: (call: number, regex: Handle, haystack: H, groups: boolean, limit: number | null) => void
  readonly findAllTaskSync: (
    timeoutMs: number | null,
    regex: Handle,
    haystack: H,
    groups: boolean,
    limit: number | null,
  ) => Packed
  readonly matchesNew: (regex: Handle, haystack: H, start: number, groups: boolean) => Handle
  readonly matchesNextTask: (call: number, matches: Handle, max: number) => void
  readonly matchesNextTaskSync: (timeoutMs: number | null, matches: Handle, max: number) => Packed

  readonly is: (value: unknown) => value is H
  readonly expected: string
  readonly match: (haystack: H, start: number, end: number) => M
  readonly captured: (haystack: H, names: readonly (string | null)[], offsets: Uint32Array, at: number) => C
  readonly part: (haystack: H, start: number, end: number) => H
  readonly join: (parts: readonly H[]) => H
}
