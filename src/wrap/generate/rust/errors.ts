/** Error types of the crate as errors of the boundary: one function per Rust error type. */
import type { Package } from '../../ir/ir.js'
import type { RustType } from '../../model/rust-type.js'
import { boundaryError, nth } from './crossing.js'
import { absoluteType, isPath, literal, snake, withoutReferences } from './text.js'

/** The function that `map_err` is given. */
export function errorFunction(p: Package, error: RustType, self: RustType | undefined): string {
  const { base } = withoutReferences(error)
  if (base.kind === 'tuple' && base.items.length === 0) return 'convert::refused'
  if (isPath(base, 'Infallible')) return '|error| match error {}'
  const text = absoluteType(base, self)
  const found = p.errors.findIndex((entry) => sameType(entry.rustType, text))
  return found < 0 ? 'convert::failed' : `convert::${errorName(p, found)}`
}

/** Whether a spec's type text is the type: by its text without spaces and leading colons. */
function sameType(specText: string, absolute: string): boolean {
  const bare = (text: string): string =>
    text.replaceAll('::', '.').replaceAll(' ', '').replaceAll('<.', '<').replace(/^\./, '')
  return bare(specText) === bare(absolute)
}

function errorName(p: Package, at: number): string {
  const path = nth(nth(p.errors, at).rustType.split('<'), 0).split('::').map(snake)
  return ['error', ...path.slice(1)].join('_')
}

/** The functions themselves, for the module `convert`. */
export function errorFunctions(p: Package): string {
  const each = p.errors
    .map((entry, at) => ({ entry, name: errorName(p, at) }))
    .map(
      ({ entry, name }) => `
    // @error ${entry.rustType}
    pub(super) fn ${name}(error: impl ::std::fmt::Display) -> ${boundaryError} {
        ${boundaryError}::new(${literal(entry.code)}, ::std::string::ToString::to_string(&error))
    }
`,
    )
  return `
    /// An error without a code of its own.
    pub(super) fn failed(error: impl ::std::fmt::Display) -> ${boundaryError} {
        ${boundaryError}::new(${literal(p.errorCode)}, ::std::string::ToString::to_string(&error))
    }

    /// A failure that says nothing about itself.
    pub(super) fn refused((): ()) -> ${boundaryError} {
        ${boundaryError}::new(${literal(p.errorCode)}, "the value was refused")
    }
${each.join('')}`
}
