/** SQL with values in it that can only be bound. */
import { refused, sqlError } from './error.js'

/** What `sql` makes: pieces of SQL with a value between each two. Nothing else can be made of it than a statement with parameters. */
export class SqlFragment {
  readonly #pieces: readonly string[]
  readonly #values: readonly unknown[]

  /** @internal */
  constructor(pieces: readonly string[], values: readonly unknown[]) {
    this.#pieces = pieces
    this.#values = values
  }

  /** Whether a value was made by `sql`, whatever it looks like or inherits from. */
  static isOne(value: unknown): value is SqlFragment {
    return typeof value === 'object' && value !== null && #pieces in value
  }

  /** The values, in the order of their places. */
  get values(): readonly unknown[] {
    return this.#values
  }

  /** The SQL, with what `placeholder` gives for each value; `?` for each, unless said. */
  text(placeholder: (index: number) => string = () => '?'): string {
    let text = this.#pieces[0] ?? ''
    for (let at = 1; at < this.#pieces.length; at++) text += placeholder(at - 1) + (this.#pieces[at] ?? '')
    return text
  }

  /** @internal */
  get pieces(): readonly string[] {
    return this.#pieces
  }
}

/** Whether a value came from `sql`: an object that only looks like a fragment did not. */
export const isFragment = (value: unknown): value is SqlFragment => SqlFragment.isOne(value)

/** A name in SQL: a table's, a column's. Made by `sql.identifier`. */
class Identifier {
  readonly #quoted: string

  constructor(quoted: string) {
    this.#quoted = quoted
  }

  static isOne(value: unknown): value is Identifier {
    return typeof value === 'object' && value !== null && #quoted in value
  }

  get quoted(): string {
    return this.#quoted
  }
}

/** A value as JSON, whatever it is. Made by `sql.json`. */
export class JsonParam {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** Whether a value was made by `sql.json`. */
  static isOne(value: unknown): value is JsonParam {
    return typeof value === 'object' && value !== null && #text in value
  }

  /** The JSON. */
  get text(): string {
    return this.#text
  }
}

function build(strings: TemplateStringsArray, ...values: readonly unknown[]): SqlFragment {
  const isTemplate = Array.isArray(strings) && Array.isArray((strings as { raw?: unknown }).raw)
  if (!isTemplate || !Object.isFrozen(strings)) {
    throw refused('sql.sql', 'strings', 'a template: sql`select …`', strings)
  }
  return joined(strings, values)
}

/** Pieces with what stands between them: fragments and identifiers become a part of the text, everything else is bound. */
function joined(strings: readonly string[], values: readonly unknown[]): SqlFragment {
  const pieces = [strings[0] ?? '']
  const bound: unknown[] = []
  const append = (text: string): void => {
    pieces.push((pieces.pop() ?? '') + text)
  }
  for (const [at, value] of values.entries()) {
    if (Identifier.isOne(value)) append(value.quoted)
    else if (isFragment(value)) {
      for (const [place, piece] of value.pieces.entries()) {
        if (place === 0) append(piece)
        else pieces.push(piece)
      }
      bound.push(...value.values)
    } else {
      bound.push(value)
      pieces.push('')
    }
    append(strings[at + 1] ?? '')
  }
  return new SqlFragment(pieces, bound)
}

/** The tag, and what goes into its templates. */
export interface SqlTag {
  (strings: TemplateStringsArray, ...values: readonly unknown[]): SqlFragment
  /** A name, quoted: it can only be a name. Several are joined by dots: `sql.identifier('main', 'users')`. */
  identifier: (...path: readonly string[]) => unknown
  /** Values or fragments with commas (or `separator`) between them: for `in (…)` and lists of columns. None is an error. */
  join: (items: readonly unknown[], separator?: SqlFragment) => SqlFragment
  /** A value as JSON: objects and arrays, and texts that shall be JSON strings. */
  json: (value: unknown) => JsonParam
}

/**
 * SQL as a template. What stands in `${…}` is bound as a parameter and never becomes SQL; fragments of `sql` nest.
 *
 * @example
 * const active = sql`active = ${true}`
 * await db.query(sql`select * from users where ${active} and name = ${name}`)
 */
export const sql: SqlTag = Object.assign(build, {
  identifier(...path: readonly string[]): unknown {
    if (path.length === 0) throw refused('sql.identifier', 'path', 'one name or more', undefined)
    const quoted = path.map((name) => {
      if (typeof name !== 'string' || name === '')
        throw refused('sql.identifier', 'path', 'names that are not empty', name)
      if (name.includes('\0')) {
        throw sqlError('ERR_SQL_PARAMETER', 'sql.identifier', 'the name has a NUL character', { parameter: name })
      }
      return `"${name.replaceAll('"', '""')}"`
    })
    return new Identifier(quoted.join('.'))
  },
  join(items: readonly unknown[], separator: SqlFragment = COMMA): SqlFragment {
    if (!Array.isArray(items) || items.length === 0) {
      throw refused('sql.join', 'items', 'an array with an item or more', items)
    }
    if (!isFragment(separator)) throw refused('sql.join', 'separator', 'a fragment of sql', separator)
    const all = (items as unknown[]).flatMap((item, at) => (at === 0 ? [item] : [separator, item]))
    return joined(new Array<string>(all.length + 1).fill(''), all)
  },
  json(value: unknown): JsonParam {
    // What has no JSON (a function, undefined) gives undefined.
    const text = JSON.stringify(value) as string | undefined
    if (text === undefined) throw refused('sql.json', 'value', 'a value of JSON', value)
    return new JsonParam(text)
  },
})

const COMMA = new SqlFragment([', '], [])
