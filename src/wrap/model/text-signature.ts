/** Reads signatures: generics, the receiver, parameters, what is returned, `where` clauses. */
import type { GenericParameter, Receiver, RustSignature, RustType } from './rust-type.js'
import { plainName, unexpected } from './text-cursor.js'
import { printType } from './text-printer.js'
import { TypeReader } from './text-types.js'

export class SignatureReader extends TypeReader {
  signature(): RustSignature {
    const words = new Set<string>()
    while (['pub', 'const', 'async', 'unsafe', 'extern'].includes(this.peek().text)) {
      words.add(this.next().text)
      if (this.peek().kind === 'string') {
        this.next()
      }
    }
    if (this.take('fn')) {
      this.word('the name of the function')
    }
    const generics = this.take('<') ? this.list('>', () => this.generic()) : []
    this.sign('(')
    const receiver = this.receiver()
    const params = this.list(')', () => {
      const name = this.word('the name of a parameter')
      this.sign(':')
      return { name: plainName(name), type: this.type() }
    })
    const returns = this.returns()
    const clauses = this.take('where') ? this.list('', () => this.clause()) : []
    return {
      ...receiver,
      generics: withClauses(generics, clauses),
      params,
      returns,
      async: words.has('async'),
      unsafe: words.has('unsafe'),
    }
  }

  generic(): GenericParameter {
    if (this.take('const')) {
      const name = this.word('the name of a constant parameter')
      this.sign(':')
      return { name, kind: 'const', bounds: [], type: this.type(), ...this.default() }
    }
    const token = this.next()
    if (token.kind !== 'word' && token.kind !== 'lifetime') {
      throw unexpected('a type parameter', token)
    }
    const bounds = this.take(':') && ![',', '>', '='].includes(this.peek().text) ? this.bounds() : []
    return { name: token.text, kind: token.kind === 'lifetime' ? 'lifetime' : 'type', bounds, ...this.default() }
  }

  /** `T: Clone`, `T::Item: Display`, `'a: 'b`. */
  clause(): GenericParameter {
    this.forall()
    const lifetime = this.peek().kind === 'lifetime'
    const name = lifetime ? this.next().text : printType(this.type())
    this.sign(':')
    return { name, kind: lifetime ? 'lifetime' : 'type', bounds: this.bounds() }
  }

  default(): { default?: RustType } {
    return this.take('=') ? { default: this.type() } : {}
  }

  receiver(): { receiver?: Receiver; receiverType?: RustType } {
    const mark = this.mark()
    const borrowed = this.take('&')
    if (borrowed && this.peek().kind === 'lifetime') {
      this.next()
    }
    const mutable = this.take('mut')
    if (!this.take('self')) {
      this.rewind(mark)
      return {}
    }
    const typed = !borrowed && this.take(':') ? this.type() : undefined
    if (this.peek().text !== ')') {
      this.sign(',')
    }
    return typed === undefined
      ? { receiver: borrowed ? (mutable ? 'mut' : 'ref') : 'value' }
      : { receiver: 'other', receiverType: typed }
  }
}

/** Bounds of `where` clauses go to their parameter; a clause on another type stays an entry of its own. */
function withClauses(
  generics: readonly GenericParameter[],
  clauses: readonly GenericParameter[],
): readonly GenericParameter[] {
  const merged = generics.map((generic) => ({
    ...generic,
    bounds: [
      ...generic.bounds,
      ...clauses.filter((clause) => clause.name === generic.name).flatMap((clause) => clause.bounds),
    ],
  }))
  return [...merged, ...clauses.filter((clause) => !generics.some((generic) => generic.name === clause.name))]
}
