/** Which scalar of the boundary an untagged variant is. */
import type { EnumIr } from './ir.js'

/** The variants of `ferrule_node::Scalar`. */
export type Scalar = 'Null' | 'Boolean' | 'Number' | 'BigInt' | 'Text' | 'Bytes'

/** How many there are. */
const SCALARS = 6

/** Whether an untagged enum has a variant for every scalar. */
export const takesAll = (shape: EnumIr): boolean => shape.variants.length === SCALARS

/** The scalar that carries a variant; undefined when none does. */
export function scalarOf(variant: EnumIr['variants'][number]): Scalar | undefined {
  const [field, ...others] = variant.fields
  if (field === undefined) return 'Null'
  if (others.length > 0) return undefined
  const { mapping } = field
  switch (mapping.kind) {
    case 'boolean':
      return 'Boolean'
    case 'number':
      return mapping.name === 'f64' ? 'Number' : undefined
    case 'bigint':
      return mapping.name === 'i64' ? 'BigInt' : undefined
    case 'text':
      return 'Text'
    case 'bytes':
      return 'Bytes'
    default:
      return undefined
  }
}
