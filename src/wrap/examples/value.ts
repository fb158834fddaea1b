/** What an expression became in TypeScript, and the way out when it cannot become anything. */
import type { Known } from './known.js'

export interface Value {
  readonly code: string
  readonly known: Known
  /** Needs parentheses before a `.` or beside an operator. */
  readonly loose: boolean
  /** A variable or a field: what it names may also be reached another way. */
  readonly isPlace: boolean
  readonly isLiteral: boolean
}

/** Ends the translation of a statement. The reason is counted, so it names a kind of thing, not one thing. */
export class GiveUp extends Error {
  constructor(readonly reason: string) {
    super(reason)
  }
}

export function giveUp(reason: string): never {
  throw new GiveUp(reason)
}

export const value = (code: string, known: Known): Value => ({
  code,
  known,
  loose: false,
  isPlace: false,
  isLiteral: false,
})

export const looseValue = (code: string, known: Known): Value => ({ ...value(code, known), loose: true })
export const placeValue = (code: string, known: Known): Value => ({ ...value(code, known), isPlace: true })
export const literalValue = (code: string, known: Known): Value => ({ ...value(code, known), isLiteral: true })

/** The code where a `.` or an operator follows. */
export const tight = (of: Value): string => (of.loose ? `(${of.code})` : of.code)
