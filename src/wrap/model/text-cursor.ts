/** A place in a list of tokens, and the small steps every form is read with. */
import { RustTextError, tokenize, type Token } from './text-tokens.js'

export class Cursor {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(text: string) {
    this.#tokens = tokenize(text)
  }

  end(): void {
    if (this.peek().kind !== 'end') {
      throw this.expected('the end')
    }
  }

  /** Items with commas between them up to the closing sign, which is taken; with no sign, up to the end of the text. */
  list<T>(close: string, item: () => T): T[] {
    const items: T[] = []
    while (!this.closed(close)) {
      items.push(item())
      if (this.closed(close)) {
        break
      }
      this.sign(',')
    }
    return items
  }

  closed(close: string): boolean {
    return close === '' ? this.peek().kind === 'end' : this.take(close)
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', offset: 0 }
  }

  next(): Token {
    const token = this.peek()
    if (token.kind === 'end') {
      throw this.expected('more')
    }
    this.#at += 1
    return token
  }

  take(text: string): boolean {
    const token = this.peek()
    if (token.kind === 'end' || token.text !== text) {
      return false
    }
    this.#at += 1
    return true
  }

  sign(text: string): void {
    if (!this.take(text)) {
      throw this.expected(`\`${text}\``)
    }
  }

  word(what: string): string {
    if (this.peek().kind !== 'word') {
      throw this.expected(what)
    }
    return this.next().text
  }

  expected(what: string): RustTextError {
    return unexpected(what, this.peek())
  }

  mark(): number {
    return this.#at
  }

  rewind(mark: number): void {
    this.#at = mark
  }
}

export function unexpected(what: string, token: Token): RustTextError {
  return new RustTextError(`${what} was expected, found ${found(token)}`, token.offset)
}

function found(token: Token): string {
  return token.kind === 'end' ? 'the end of the text' : `\`${token.text}\``
}

/** `r#type` is the name `type`. */
export function plainName(word: string): string {
  return word.startsWith('r#') ? word.slice(2) : word
}
