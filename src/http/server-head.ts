import { badResponse } from './server-error.js'

/** Headers of a response: values by name, pairs, or `Headers` of the Web. A list is a header sent several times. */
export type HeadersInit = Readonly<Record<string, string | readonly string[]>> | Iterable<readonly [string, string]>

/** A token (RFC 9110, section 5.6.2). */
const NAME = /^[!#$%&'*+\-.^_`|~\w]+$/
/** What may stand in a value: nothing that would end its line. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
const EDGES = /^[\t ]|[\t ]$/

/** What the connection is made of: the server's own to say. */
const OWN = new Set(['transfer-encoding', 'keep-alive', 'upgrade', 'trailer', 'te', 'proxy-connection'])

/** Heads of frozen objects, which cannot change: written once. */
const written = new WeakMap<object, string>()

/** Headers as lines of `name: value`. */
export function headText(headers: HeadersInit): string {
  const known = written.get(headers)
  if (known !== undefined) return known
  let text = ''
  if (Symbol.iterator in headers) for (const [name, value] of headers) text += line(name, value)
  else {
    for (const name of Object.keys(headers)) {
      const value = headers[name] as string | readonly string[]
      if (typeof value === 'string') text += line(name, value)
      else if (Array.isArray(value)) for (const one of value) text += line(name, one as string)
      else throw badResponse(`the header ${JSON.stringify(name)} must be a string or a list of strings`)
    }
  }
  if (Object.isFrozen(headers) && Object.values(headers).every((value) => typeof value === 'string')) {
    written.set(headers, text)
  }
  return text
}

function line(name: string, value: string): string {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw badResponse(`${JSON.stringify(name)} is no name of a header`)
  }
  if (typeof value !== 'string' || !VALUE.test(value) || EDGES.test(value)) {
    throw badResponse(
      `the value of the header ${name} must be a string of Latin-1 without line breaks, control characters and blanks at its ends`,
    )
  }
  if (OWN.has(name.toLowerCase())) throw badResponse(`the header ${name} is the server's own to send`)
  return `${name}: ${value}\r\n`
}
