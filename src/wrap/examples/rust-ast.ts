/**
 * The part of Rust that examples in documentation are written in, as plain data. What the translator never handles (loops,
 * `unsafe`, generics of items) is `other` with a word for the report.
 */
import type { RustType } from '../model/rust-type.js'

export interface PathSegment {
  readonly name: string
  /** `<u8>` of `Vec::<u8>::new`. */
  readonly args: readonly RustType[]
}

export interface Path {
  readonly segments: readonly PathSegment[]
  /** `Version` of `<Version as FromStr>::from_str`. */
  readonly of?: RustType
}

export type BinaryOperator =
  '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '&' | '^' | '|' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||'

export type Expression =
  | { readonly kind: 'integer'; readonly value: bigint; readonly suffix: string }
  | { readonly kind: 'float'; readonly value: number; readonly suffix: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: readonly number[] }
  | { readonly kind: 'character'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Expression[] }
  | {
      readonly kind: 'method'
      readonly of: Expression
      readonly name: string
      readonly typeArgs: readonly RustType[]
      readonly args: readonly Expression[]
    }
  | { readonly kind: 'field'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'unary'; readonly operator: '-' | '!' | '*'; readonly of: Expression }
  | { readonly kind: 'reference'; readonly mutable: boolean; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'assign'; readonly operator: string; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'try'; readonly of: Expression }
  | { readonly kind: 'await'; readonly of: Expression }
  | { readonly kind: 'cast'; readonly of: Expression; readonly to: RustType }
  | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly item: Expression; readonly count: Expression }
  | {
      readonly kind: 'struct'
      readonly path: Path
      readonly fields: readonly { readonly name: string; readonly value: Expression }[]
      readonly hasBase: boolean
    }
  | {
      readonly kind: 'range'
      readonly from: Expression | undefined
      readonly to: Expression | undefined
      readonly inclusive: boolean
    }
  | { readonly kind: 'macro'; readonly name: string; readonly tokens: string }
  | { readonly kind: 'closure'; readonly params: readonly Pattern[]; readonly body: Expression }
  | { readonly kind: 'block'; readonly body: Block }
  | {
      readonly kind: 'if'
      readonly condition: Expression
      /** `Some(x)` of `if let Some(x) = …`; `condition` is what it is matched with. */
      readonly pattern: Pattern | undefined
      readonly then: Block
      readonly otherwise: Block | undefined
    }
  | { readonly kind: 'for'; readonly pattern: Pattern; readonly items: Expression; readonly body: Block }
  | { readonly kind: 'other'; readonly what: string }

export type Pattern =
  | { readonly kind: 'name'; readonly name: string; readonly mutable: boolean }
  | { readonly kind: 'any' }
  | { readonly kind: 'tuple'; readonly items: readonly Pattern[] }
  /** `Some(x)`, `Op::Exact`. */
  | { readonly kind: 'variant'; readonly path: readonly string[]; readonly items: readonly Pattern[] | undefined }
  | { readonly kind: 'literal'; readonly value: Expression }
  | { readonly kind: 'other'; readonly what: string }

export interface Block {
  readonly statements: readonly Statement[]
}

export type Statement = StatementKind & {
  /** The conditions of `#[cfg(…)]` in front, as written. */
  readonly conditions: readonly Condition[]
  /** Every identifier in it, those in macros' arguments included; asked for only where it is left out. */
  readonly mentions: () => ReadonlySet<string>
  /** How many assertions are written in it, at any depth; as `mentions`. */
  readonly assertions: () => number
}

export type StatementKind =
  | {
      readonly kind: 'let'
      readonly pattern: Pattern
      readonly type: RustType | undefined
      readonly value: Expression | undefined
      readonly hasElse: boolean
    }
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'use'; readonly imports: readonly Import[] }
  | {
      readonly kind: 'function'
      readonly name: string
      readonly params: number
      readonly async: boolean
      readonly body: Block
    }
  /** A struct, an impl, a macro definition …: by its keyword, and its name when it has one. */
  | { readonly kind: 'item'; readonly what: string; readonly name: string | undefined }

export interface Import {
  readonly path: readonly string[]
  /** The name it has here; absent for `*`. */
  readonly as: string | undefined
}

export type Condition =
  | { readonly kind: 'flag'; readonly name: string; readonly value: string | undefined }
  | { readonly kind: 'all' | 'any' | 'not'; readonly of: readonly Condition[] }

/** The macros that assert. */
export const assertionMacros: ReadonlySet<string> = new Set([
  'assert',
  'assert_eq',
  'assert_ne',
  'debug_assert',
  'debug_assert_eq',
  'debug_assert_ne',
])
