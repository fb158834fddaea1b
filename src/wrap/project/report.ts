/** What a run of `wrap` leaves to be told: numbers and reasons, as data. */
import type { Rejection } from '../check/budget.js'
import type { Step } from '../commands/progress.js'
import type { TestRun } from './test-run.js'

export interface WrapReport {
  readonly crate: string
  readonly version: string
  readonly package: string
  readonly folder: string
  readonly callables: number
  readonly items: number
  /** By rule: how many items of the crate it left out. */
  readonly leftOut: Readonly<Record<string, number>>
  readonly rejected: readonly { readonly item: string; readonly reason: string }[]
  readonly examples: { readonly translated: number; readonly untranslated: Readonly<Record<string, number>> }
  readonly tests: Pick<TestRun, 'passed' | 'failed' | 'failures'>
  readonly tarballs: readonly string[]
  readonly steps: readonly Step[]
}

export const rejectedOf = (rejections: readonly Rejection[]): WrapReport['rejected'] =>
  rejections.map(({ item, reason }) => ({ item: item.label, reason }))
