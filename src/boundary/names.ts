import type { ErrorFields } from './errors.js'

/**
 * How users know what a system exports, where that is not by the exports' own names: consulted only when an error is made.
 */
export interface PublicNames {
  /**
   * The operation an export stands for. `asked` is what the caller said last, by `Boundary.call` or `Boundary.asks`: the
   * answer for exports that several operations share.
   */
  readonly operation: (native: string, asked: string) => string
  /** What users call an argument of an export; `this` for the object itself. */
  readonly argument: (native: string, argument: string) => string
}

/** An error's message, without its operation, and its facts, as users know them. */
export function withPublicNames(
  names: PublicNames,
  asked: string,
  message: string,
  fields: ErrorFields,
): [message: string, fields: ErrorFields] {
  const native = fields.operation
  const operation = names.operation(native, asked)
  const given = fields.details?.['argument']
  if (typeof given !== 'string') return [message, { ...fields, operation }]
  const argument = names.argument(native, given)
  // Its place counts parameters that only the export has.
  const { position, ...details } = { position: undefined, ...fields.details }
  const place = new RegExp(`^argument "${given}" \\(${String(position)} of \\d+\\)`)
  const shown = argument === 'this' ? 'this' : `argument "${argument}"`
  return [message.replace(place, () => shown), { ...fields, operation, details: { ...details, argument } }]
}
