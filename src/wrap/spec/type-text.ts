/**
 * The boundary's type texts: `text`, `u32?`, `handle Version`, `"a" | "b"[]`. A suffix behind a union of strings belongs to the
 * whole union; parentheses say it otherwise. Offsets count UTF-16 units of the text.
 */
import { commonMistakes, NUMBERS, SIMPLE_TYPES, TYPE_SYNONYMS } from './type-words.js'
import { nearest } from './nearest.js'
import { quoted, tokenize, TypeTextError, type Token } from './type-tokens.js'

export { TypeTextError } from './type-tokens.js'

export type BoundaryType =
  | { readonly kind: 'simple'; readonly name: string }
  | { readonly kind: 'option'; readonly of: BoundaryType }
  | {
      readonly kind: 'list'
      readonly of: BoundaryType
      readonly length?: number
      readonly packed: boolean
      readonly lazy?: true
    }
  | { readonly kind: 'tuple'; readonly items: readonly BoundaryType[] }
  | { readonly kind: 'map'; readonly key: BoundaryType; readonly value: BoundaryType }
  | { readonly kind: 'strings'; readonly values: readonly string[] }
  | { readonly kind: 'handle'; readonly name: string; readonly exclusive: boolean }
  | { readonly kind: 'record' | 'enum' | 'callback'; readonly name: string }
  | {
      readonly kind: 'function'
      readonly policy: 'sync' | 'blocking' | 'queued'
      readonly params: readonly BoundaryType[]
      readonly returns: BoundaryType
    }

/** The names a text may use behind `handle`, `record`, `enum` and `callback`. */
export interface KnownNames {
  readonly handle: ReadonlySet<string>
  readonly record: ReadonlySet<string>
  readonly enum: ReadonlySet<string>
  readonly callback: ReadonlySet<string>
}

interface Cursor {
  readonly tokens: readonly Token[]
  next: number
  depth: number
  readonly names: KnownNames | undefined
}

const DEEPEST = 32
const NAMED = ['handle', 'record', 'enum', 'callback'] as const
const POLICIES = ['sync', 'blocking', 'queued'] as const

/**
 * Reads a type text. Where `names` are given, a name that is none of them is an error too.
 *
 * @throws TypeTextError with the offset of the first thing wrong.
 */
export function parseTypeText(text: string, names?: KnownNames): BoundaryType {
  const cursor: Cursor = { tokens: tokenize(text), next: 0, depth: 0, names }
  if (peek(cursor).kind === 'end') throw new TypeTextError(0, 'a type is missing')
  const type = parseType(cursor)
  const rest = peek(cursor)
  if (rest.kind !== 'end') throw new TypeTextError(rest.offset, `${quoted(rest)} is not expected behind a whole type`)
  return type
}

/** The one way this project writes a type. Parsing it gives the type again. */
export function printTypeText(type: BoundaryType): string {
  switch (type.kind) {
    case 'simple':
      return type.name
    case 'option':
      return `${grouped(type.of)}?`
    case 'list':
      return `${type.packed ? 'packed ' : ''}${type.lazy === true ? 'lazy ' : ''}${grouped(type.of)}[${type.length ?? ''}]`
    case 'tuple':
      return `[${type.items.map(printTypeText).join(', ')}]`
    case 'map':
      return `map<${printTypeText(type.key)}, ${printTypeText(type.value)}>`
    case 'strings':
      return type.values.map((value) => JSON.stringify(value)).join(' | ')
    case 'handle':
      return `${type.exclusive ? 'exclusive ' : ''}handle ${type.name}`
    case 'record':
    case 'enum':
    case 'callback':
      return `${type.kind} ${type.name}`
    case 'function':
      return `${type.policy} (${type.params.map(printTypeText).join(', ')}) => ${printTypeText(type.returns)}`
  }
}

/** A function's result would take the suffix. */
const grouped = (type: BoundaryType): string =>
  type.kind === 'function' ? `(${printTypeText(type)})` : printTypeText(type)

const peek = (cursor: Cursor): Token => cursor.tokens[cursor.next] ?? { kind: 'end', text: '', offset: 0 }

function take(cursor: Cursor): Token {
  const token = peek(cursor)
  cursor.next += 1
  return token
}

const isMark = (cursor: Cursor, text: string): boolean => {
  const token = peek(cursor)
  return token.kind === 'mark' && token.text === text
}

function expectMark(cursor: Cursor, text: string): void {
  const token = peek(cursor)
  if (!isMark(cursor, text)) throw new TypeTextError(token.offset, `expected ${text}, found ${quoted(token)}`)
  cursor.next += 1
}

function parseType(cursor: Cursor): BoundaryType {
  cursor.depth += 1
  if (cursor.depth > DEEPEST) {
    throw new TypeTextError(peek(cursor).offset, `a type may hold another ${DEEPEST} deep, not deeper`)
  }
  const packed = takeWord(cursor, 'packed')
  const lazy = packed === undefined ? takeWord(cursor, 'lazy') : undefined
  const type = parseSuffixes(cursor, parsePrimary(cursor))
  cursor.depth -= 1
  if (lazy !== undefined) return lazyList(type, lazy)
  return packed === undefined ? type : packedList(type, packed)
}

/** `packed u32[]?`: the list under the suffixes crosses as one typed array. */
function packedList(type: BoundaryType, at: Token): BoundaryType {
  if (type.kind === 'option') return { kind: 'option', of: packedList(type.of, at) }
  if (type.kind === 'list' && type.of.kind === 'simple' && NUMBERS.has(type.of.name)) return { ...type, packed: true }
  if (type.kind === 'list' && type.of.kind === 'enum') return { ...type, packed: true }
  throw new TypeTextError(
    at.offset,
    '`packed` stands before a list of numbers, or of an untagged enum',
    'for example `packed u32[]`',
  )
}

/** `lazy u32[]`: an iterator, whose items are made when they are asked for. */
function lazyList(type: BoundaryType, at: Token): BoundaryType {
  if (type.kind === 'list' && type.length === undefined) return { ...type, lazy: true }
  throw new TypeTextError(at.offset, '`lazy` stands before a list', 'for example `lazy u32[]`')
}

function parseSuffixes(cursor: Cursor, of: BoundaryType): BoundaryType {
  let type = of
  for (;;) {
    const token = peek(cursor)
    if (isMark(cursor, '?')) {
      if (type.kind === 'option')
        throw new TypeTextError(token.offset, '`??` does not cross: null can stand for one absence only')
      refuseVoid(type, token)
      type = { kind: 'option', of: type }
      cursor.next += 1
    } else if (isMark(cursor, '[')) {
      refuseVoid(type, token)
      cursor.next += 1
      const length = takeLength(cursor)
      expectMark(cursor, ']')
      type = { kind: 'list', of: type, packed: false, ...(length === undefined ? {} : { length }) }
    } else {
      return type
    }
  }
}

function refuseVoid(type: BoundaryType, at: Token): void {
  if (type.kind === 'simple' && type.name === 'void')
    throw new TypeTextError(at.offset, '`void` is a whole result: it takes no suffix')
}

function takeLength(cursor: Cursor): number | undefined {
  const token = peek(cursor)
  if (token.kind !== 'word') return undefined
  if (!/^[0-9]{1,9}$/.test(token.text))
    throw new TypeTextError(token.offset, `expected a length or ], found ${quoted(token)}`)
  cursor.next += 1
  return Number(token.text)
}

function takeWord(cursor: Cursor, word: string): Token | undefined {
  const token = peek(cursor)
  return token.kind === 'word' && token.text === word ? take(cursor) : undefined
}

function parsePrimary(cursor: Cursor): BoundaryType {
  const token = take(cursor)
  if (token.kind === 'string') return parseStrings(cursor, token)
  if (token.kind === 'word') return parseWord(cursor, token)
  if (token.text === '[') return { kind: 'tuple', items: parseList(cursor, ']') }
  if (token.text === '(') {
    const type = parseType(cursor)
    expectMark(cursor, ')')
    return type
  }
  throw new TypeTextError(token.offset, `expected a type, found ${quoted(token)}`)
}

function parseList(cursor: Cursor, close: string): BoundaryType[] {
  const items: BoundaryType[] = []
  while (!isMark(cursor, close)) {
    if (items.length > 0) expectMark(cursor, ',')
    items.push(parseType(cursor))
  }
  cursor.next += 1
  return items
}

function parseStrings(cursor: Cursor, first: Token): BoundaryType {
  const values = [first.text]
  while (isMark(cursor, '|')) {
    cursor.next += 1
    const token = take(cursor)
    if (token.kind !== 'string')
      throw new TypeTextError(token.offset, `expected a string behind |, found ${quoted(token)}`)
    if (values.includes(token.text)) throw new TypeTextError(token.offset, `${quoted(token)} is there twice`)
    values.push(token.text)
  }
  return { kind: 'strings', values }
}

function parseWord(cursor: Cursor, token: Token): BoundaryType {
  const word = TYPE_SYNONYMS.get(token.text) ?? token.text
  if (word === 'map') {
    expectMark(cursor, '<')
    const key = parseType(cursor)
    expectMark(cursor, ',')
    const value = parseType(cursor)
    expectMark(cursor, '>')
    return { kind: 'map', key, value }
  }
  if (word === 'exclusive') {
    const handle = take(cursor)
    if (handle.text !== 'handle')
      throw new TypeTextError(handle.offset, `expected \`handle\` behind \`exclusive\`, found ${quoted(handle)}`)
    return { kind: 'handle', name: parseName(cursor, 'handle'), exclusive: true }
  }
  const named = NAMED.find((candidate) => candidate === word)
  if (named === 'handle') return { kind: 'handle', name: parseName(cursor, named), exclusive: false }
  if (named !== undefined) return { kind: named, name: parseName(cursor, named) }
  const policy = POLICIES.find((candidate) => candidate === word)
  if (policy !== undefined) {
    expectMark(cursor, '(')
    const params = parseList(cursor, ')')
    expectMark(cursor, '=>')
    return { kind: 'function', policy, params, returns: parseType(cursor) }
  }
  if (SIMPLE_TYPES.has(word)) return { kind: 'simple', name: word }
  throw unknownType(cursor, token)
}

function parseName(cursor: Cursor, kind: keyof KnownNames): string {
  const token = take(cursor)
  if (token.kind !== 'word')
    throw new TypeTextError(token.offset, `expected the ${kind}'s name, found ${quoted(token)}`)
  const known = cursor.names?.[kind]
  if (known === undefined || known.has(token.text)) return token.text
  const other = NAMED.find((candidate) => cursor.names?.[candidate].has(token.text))
  const near = nearest(token.text, known)
  const meant =
    other === undefined
      ? near && `did you mean \`${near}\`?`
      : `\`${token.text}\` is declared as ${article(other)}: write \`${other} ${token.text}\``
  throw new TypeTextError(
    token.offset,
    `the spec declares no ${kind} \`${token.text}\``,
    meant ?? `declare it under \`${SECTION_OF[kind]}\``,
  )
}

const SECTION_OF = { handle: 'handle_types', record: 'records', enum: 'enums', callback: 'callbacks' } as const

const article = (kind: string): string => (kind === 'enum' ? `an ${kind}` : `a ${kind}`)

function unknownType(cursor: Cursor, token: Token): TypeTextError {
  const declared = NAMED.find((candidate) => cursor.names?.[candidate].has(token.text))
  const message = `\`${token.text}\` is not a type`
  if (declared !== undefined) {
    return new TypeTextError(
      token.offset,
      message,
      `\`${token.text}\` is ${article(declared)}: write \`${declared} ${token.text}\``,
    )
  }
  const usual = commonMistakes.get(token.text)
  if (usual !== undefined) return new TypeTextError(token.offset, message, `did you mean \`${usual}\`?`)
  for (const kind of NAMED) {
    const near = nearest(token.text, cursor.names?.[kind] ?? [])
    if (near !== undefined) return new TypeTextError(token.offset, message, `did you mean \`${kind} ${near}\`?`)
  }
  const words = [...SIMPLE_TYPES, ...NAMED, ...POLICIES, 'map', 'packed', 'lazy', 'exclusive']
  const near = nearest(token.text, words) ?? commonMistakes.get(nearest(token.text, commonMistakes.keys()) ?? '')
  return new TypeTextError(
    token.offset,
    message,
    near === undefined ? 'docs/spec.md lists the types' : `did you mean \`${near}\`?`,
  )
}
