/** What the rules know while they map one type. */
import type { GenericParameter, RustType } from '../model/rust-type.js'
import type { Direction, Mapping, MappingKind, Refusal, World } from './mapping.js'
import type { RefusalName } from './refusals.js'
import type { RuleName } from './table.js'

export interface Context {
  readonly direction: Direction
  readonly world: World
  /** The type parameters of the callable, by name. */
  readonly generics: ReadonlyMap<string, GenericParameter>
  /** Whether the type stands inside another one: there Rust needs owned values, and no object can be lent. */
  readonly nested: boolean
}

export const nestedIn = (context: Context): Context => (context.nested ? context : { ...context, nested: true })

/** The context of what a callback gets, or gives back. */
export const turned = (context: Context): Context => ({
  ...context,
  direction: context.direction === 'in' ? 'out' : 'in',
})

export const mapped = (rule: RuleName, rust: RustType, kind: MappingKind): Mapping => ({ ...kind, rust, rule })

export const refuse = (rule: RefusalName, reason: string): Refusal => ({ refused: true, rule, reason })
