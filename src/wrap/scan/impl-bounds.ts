/** Whether an impl is for a type: `impl<T: Hash> Hash for Point<T>` is none for `Point<f64>`. */
import type { GenericParameter, RustType } from '../model/rust-type.js'

/** What numbers with a fraction do not have: `NaN` is not equal to itself. */
const NOT_OF_FLOATS = new Set(['std::cmp::Eq', 'std::cmp::Ord', 'std::hash::Hash'])

const isFloat = (type: RustType): boolean => type.kind === 'primitive' && (type.name === 'f64' || type.name === 'f32')

/** False when what stands for a parameter certainly lacks what the impl asks of it. */
export const boundsHold = (generics: readonly GenericParameter[], by: ReadonlyMap<string, RustType>): boolean =>
  generics.every(({ name, bounds }) => {
    const type = by.get(name)
    return type === undefined || !isFloat(type) || !bounds.some((bound) => NOT_OF_FLOATS.has(bound.trait))
  })
