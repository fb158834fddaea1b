import { refusal } from './error.js'
import type { HeaderPair } from './headers.js'

/** Headers as a request takes them: an object, whose values may be lists, or names and values in pairs. */
export type HeadersInput = Readonly<Record<string, string | readonly string[]>> | Iterable<HeaderPair>

/** Names and values in turn. */
export function flatHeaders(operation: string, input: HeadersInput | undefined): string[] {
  if (input === undefined) return []
  const flat: string[] = []
  const add = (name: unknown, value: unknown): void => {
    if (typeof name !== 'string') throw refusal(operation, 'options.headers', 'names that are strings', name)
    if (typeof value !== 'string') throw refusal(operation, `options.headers.${name}`, 'a string', value)
    flat.push(name, value)
  }
  if (typeof input !== 'object' || (input as unknown) === null) {
    throw refusal(operation, 'options.headers', 'an object, or pairs of names and values', input)
  }
  if (Symbol.iterator in input) {
    for (const pair of input as Iterable<unknown>) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw refusal(operation, 'options.headers', 'pairs of a name and a value', pair)
      }
      add(pair[0], pair[1])
    }
    return flat
  }
  for (const [name, value] of Object.entries(input)) {
    if ((value as unknown) === undefined) continue
    if (Array.isArray(value)) for (const one of value as readonly unknown[]) add(name, one)
    else add(name, value)
  }
  return flat
}
