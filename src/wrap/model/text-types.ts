/** Reads types: recursive descent over the tokens, one function per form. */
import type { Binding, Bound, RustType } from './rust-type.js'
import { longPath, PRIMITIVES } from './prelude.js'
import { Cursor, plainName } from './text-cursor.js'
import { RustTextError, type Token } from './text-tokens.js'

const UNIT: RustType = { kind: 'tuple', items: [] }
/** Deeper than any type a person reads; keeps a hostile text from exhausting the stack. */
const DEEPEST = 128

export class TypeReader extends Cursor {
  #depth = 0

  type(): RustType {
    this.#depth += 1
    if (this.#depth > DEEPEST) {
      throw new RustTextError('this type is nested too deeply', this.peek().offset)
    }
    const type = this.anyType()
    this.#depth -= 1
    return type
  }

  anyType(): RustType {
    const token = this.peek()
    switch (token.text) {
      case '&':
        this.next()
        return this.reference()
      case '*':
        return this.pointer()
      case '(':
        return this.tuple()
      case '[':
        return this.sequence()
      case '<':
        return this.projected(this.qualified())
      case '!':
        this.next()
        return { kind: 'primitive', name: 'never' }
      case '{':
        return { kind: 'generic', name: this.until(new Set()) }
      case 'impl':
      case 'dyn':
        this.next()
        return { kind: token.text, bounds: this.bounds() }
      case 'for':
        this.forall()
        return this.type()
      case 'fn':
      case 'unsafe':
      case 'extern':
        return this.function()
      case '-':
        this.next()
        return { kind: 'generic', name: `-${this.next().text}` }
    }
    if (token.kind === 'number') {
      this.next()
      return { kind: 'generic', name: token.text }
    }
    return this.path()
  }

  reference(): RustType {
    const lifetime = this.peek().kind === 'lifetime' ? this.next().text : undefined
    const mutable = this.take('mut')
    const to = this.type()
    return { kind: 'ref', mutable, ...(lifetime === undefined ? {} : { lifetime }), to }
  }

  pointer(): RustType {
    this.sign('*')
    const mutable = this.take('mut')
    if (!mutable && !this.take('const')) {
      throw this.expected('`const` or `mut`')
    }
    return { kind: 'pointer', mutable, to: this.type() }
  }

  /** `()`, `(A, B)`, `(A,)`; one type in parentheses is that type. */
  tuple(): RustType {
    this.sign('(')
    const items: RustType[] = []
    while (!this.take(')')) {
      items.push(this.type())
      if (this.take(')')) {
        const [only] = items
        return items.length === 1 && only !== undefined ? only : { kind: 'tuple', items }
      }
      this.sign(',')
    }
    return { kind: 'tuple', items }
  }

  sequence(): RustType {
    this.sign('[')
    const of = this.type()
    if (this.take(']')) {
      return { kind: 'slice', of }
    }
    this.sign(';')
    const length = this.until(new Set([']']))
    this.sign(']')
    return { kind: 'array', of, length }
  }

  function(): RustType {
    while (!this.take('fn')) {
      if (this.peek().kind !== 'string' && !['unsafe', 'extern'].includes(this.peek().text)) {
        throw this.expected('`fn`')
      }
      this.next()
    }
    this.sign('(')
    const params = this.list(')', () => {
      if (this.peek().kind === 'word' && this.peek(1).text === ':') {
        this.next()
        this.next()
      }
      return this.type()
    })
    return { kind: 'fn', params, returns: this.returns() }
  }

  /** `<T as Trait>::Name`, `<T>::Name`. */
  qualified(): RustType {
    this.sign('<')
    const of = this.type()
    if (!this.take('as')) {
      this.sign('>')
      this.sign('::')
      return { kind: 'projection', of, name: this.word('the name of an associated type') }
    }
    const bound = this.bound()
    this.sign('>')
    this.sign('::')
    const args = bound.args.length > 0 ? { traitArgs: bound.args } : {}
    return {
      kind: 'projection',
      of,
      trait: bound.trait,
      ...args,
      name: this.word('the name of an associated type'),
    }
  }

  /** What follows a projection: `::Item::Name`. */
  projected(of: RustType): RustType {
    let type = of
    while (this.take('::')) {
      type = { kind: 'projection', of: type, name: this.word('the name of an associated type') }
    }
    return type
  }

  path(): RustType {
    const first = this.peek()
    const segments = this.segments()
    const [name = ''] = segments
    const capital = name !== name.toLowerCase() && first.text !== '::'
    if (segments.length > 1 && capital && longPath(name) === undefined) {
      return segments
        .slice(1)
        .reduce<RustType>((of, member) => ({ kind: 'projection', of, name: member }), { kind: 'generic', name })
    }
    const path = segments.length === 1 ? (longPath(name) ?? name) : segments.join('::')
    const known = path !== name || segments.length > 1
    if (!known && PRIMITIVES.has(name)) {
      return { kind: 'primitive', name }
    }
    if (!known && this.peek().text !== '<') {
      return { kind: 'generic', name }
    }
    return { kind: 'path', path, ...this.arguments() }
  }

  segments(): string[] {
    this.take('::')
    const segments = [plainName(this.word('a type'))]
    while (this.peek().text === '::' && this.peek(1).kind === 'word') {
      this.next()
      segments.push(plainName(this.next().text))
    }
    return segments
  }

  arguments(): { lifetimes: string[]; args: RustType[]; bindings: Binding[] } {
    const found: { lifetimes: string[]; args: RustType[]; bindings: Binding[] } = {
      lifetimes: [],
      args: [],
      bindings: [],
    }
    if (this.peek().text === '::' && this.peek(1).text === '<') {
      this.next()
    }
    if (this.take('<')) {
      this.list('>', () => {
        if (this.peek().kind === 'lifetime') {
          found.lifetimes.push(this.next().text)
        } else if (this.peek().kind === 'word' && this.peek(1).text === '=') {
          const name = this.next().text
          this.sign('=')
          found.bindings.push({ name, type: this.type() })
        } else if (this.peek().kind === 'word' && this.peek(1).text === ':') {
          const name = this.next().text
          this.sign(':')
          found.bindings.push({ name, type: { kind: 'impl', bounds: this.bounds() } })
        } else {
          found.args.push(this.type())
        }
      })
    }
    return found
  }

  bounds(): Bound[] {
    const bounds = [this.bound()]
    while (this.take('+')) {
      bounds.push(this.bound())
    }
    return bounds
  }

  bound(): Bound {
    if (this.take('(')) {
      const bound = this.bound()
      this.sign(')')
      return bound
    }
    if (this.peek().kind === 'lifetime') {
      return { trait: this.next().text, args: [], bindings: [] }
    }
    const maybe = this.take('?') ? '?' : ''
    this.forall()
    const segments = this.segments()
    const [name = ''] = segments
    const trait = `${maybe}${segments.length === 1 ? (longPath(name) ?? name) : segments.join('::')}`
    if (this.take('(')) {
      const items = this.list(')', () => this.type())
      const bindings = this.peek().text === '->' ? [{ name: 'Output', type: this.returns() }] : []
      return { trait, args: [{ kind: 'tuple', items }], bindings }
    }
    const { lifetimes, args, bindings } = this.arguments()
    return { trait, ...(lifetimes.length > 0 ? { lifetimes } : {}), args, bindings }
  }

  /** `for<'a>` says nothing the rules ask about. */
  forall(): void {
    if (this.take('for')) {
      this.sign('<')
      this.list('>', () => this.next())
    }
  }

  returns(): RustType {
    return this.take('->') ? this.type() : UNIT
  }

  /** The text of an expression, braces included, up to one of the signs. */
  until(stops: ReadonlySet<string>): string {
    let text = ''
    let open = 0
    do {
      const token = this.peek()
      if (token.kind === 'end' || (open === 0 && stops.has(token.text))) {
        break
      }
      open += token.text === '{' ? 1 : token.text === '}' ? -1 : 0
      text += needsSpace(text, token) ? ` ${this.next().text}` : this.next().text
    } while (open > 0 || stops.size > 0)
    if (text === '' || open > 0) {
      throw this.expected('a constant')
    }
    return text
  }
}

/** Expressions keep spaces around operators between words: `N + 1`, `{ N + 1 }`, but `Self::LEN`. */
function needsSpace(before: string, token: Token): boolean {
  return before !== '' && token.text !== '::' && !before.endsWith('::')
}
