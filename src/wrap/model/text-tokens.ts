/** The words and signs a Rust type or signature is written in. */

/** Text that is no Rust type or signature, and where: `offset` counts UTF-16 units from the start of the text. */
export class RustTextError extends Error {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.name = 'RustTextError'
    this.offset = offset
  }
}

export interface Token {
  readonly kind: 'word' | 'lifetime' | 'number' | 'string' | 'sign' | 'end'
  readonly text: string
  readonly offset: number
}

/** Cuts the text into tokens; the last one is of kind `end`. Throws `RustTextError` at a character Rust has no use for here. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (isSpace(character)) {
      at += 1
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    at += token.text.length
  }
  tokens.push({ kind: 'end', text: '', offset: text.length })
  return tokens
}

const SIGNS = '<>()[]{}&*,;:=+-?!.|'

function readToken(text: string, at: number): Token {
  const character = text.charAt(at)
  if (character === 'r' && text.charAt(at + 1) === '#' && isWordStart(text.charAt(at + 2))) {
    return { kind: 'word', text: text.slice(at, wordEnd(text, at + 2)), offset: at }
  }
  if (isWordStart(character)) {
    return { kind: 'word', text: text.slice(at, wordEnd(text, at)), offset: at }
  }
  if (character >= '0' && character <= '9') {
    return { kind: 'number', text: text.slice(at, wordEnd(text, at)), offset: at }
  }
  if (character === "'" && isWordStart(text.charAt(at + 1))) {
    return { kind: 'lifetime', text: text.slice(at, wordEnd(text, at + 1)), offset: at }
  }
  if (character === '"') {
    const end = text.indexOf('"', at + 1)
    if (end < 0) {
      throw new RustTextError('this quote is never closed', at)
    }
    return { kind: 'string', text: text.slice(at, end + 1), offset: at }
  }
  const pair = text.slice(at, at + 2)
  if (pair === '::' || pair === '->') {
    return { kind: 'sign', text: pair, offset: at }
  }
  if (!SIGNS.includes(character)) {
    throw new RustTextError(`${JSON.stringify(character)} has no place in a Rust type`, at)
  }
  return { kind: 'sign', text: character, offset: at }
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r'
}

function isWordStart(character: string): boolean {
  return (
    character === '_' ||
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    character > '\u007f'
  )
}

function wordEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && (isWordStart(text.charAt(at)) || (text.charAt(at) >= '0' && text.charAt(at) <= '9'))) {
    at += 1
  }
  return at
}
