/** The words and marks of a type text. */

/** What a type text cannot be. */
export class TypeTextError extends Error {
  readonly offset: number
  readonly hint?: string

  constructor(offset: number, message: string, hint?: string) {
    super(message)
    this.name = 'TypeTextError'
    this.offset = offset
    if (hint !== undefined) this.hint = hint
  }
}

export interface Token {
  readonly kind: 'word' | 'string' | 'mark' | 'end'
  readonly text: string
  readonly offset: number
}

export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const letter = text[at] ?? ''
    if (letter === ' ') {
      at += 1
    } else if (letter === '"') {
      const end = stringEnd(text, at)
      tokens.push({ kind: 'string', text: stringValue(text.slice(at, end), at), offset: at })
      at = end
    } else if (isWordLetter(letter)) {
      const start = at
      while (at < text.length && isWordLetter(text[at] ?? '')) at += 1
      tokens.push({ kind: 'word', text: text.slice(start, at), offset: start })
    } else if (text.startsWith('=>', at)) {
      tokens.push({ kind: 'mark', text: '=>', offset: at })
      at += 2
    } else if ('?[](),|<>'.includes(letter)) {
      tokens.push({ kind: 'mark', text: letter, offset: at })
      at += 1
    } else {
      throw new TypeTextError(at, `${JSON.stringify(letter)} has no place in a type`, rustHint(letter))
    }
  }
  tokens.push({ kind: 'end', text: '', offset: text.length })
  return tokens
}

const isWordLetter = (letter: string): boolean => /^[\w$]$/.test(letter) || /^[\p{L}\p{M}\p{N}]$/u.test(letter)

const rustHint = (letter: string): string | undefined =>
  "&:'*".includes(letter)
    ? "this is the boundary's view of the type; the Rust type belongs into the key `rust`"
    : undefined

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at + 1
  }
  throw new TypeTextError(start, 'a string is not closed with "')
}

function stringValue(source: string, offset: number): string {
  try {
    return String(JSON.parse(source))
  } catch {
    throw new TypeTextError(offset, `${source} is not a string as JSON writes it`)
  }
}

/** A token as messages show it. */
export const quoted = (token: Token): string => {
  if (token.kind === 'end') return 'the end'
  return token.kind === 'string' ? JSON.stringify(token.text) : `\`${token.text}\``
}
