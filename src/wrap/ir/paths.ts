/** The crate's functions as specs write them. */
import { parseType, RustTextError } from '../model/text.js'
import type { RustType } from '../model/rust-type.js'

export interface FunctionPath {
  readonly path: string
  readonly turbofish: readonly RustType[]
  readonly owner?: RustType
  readonly trait?: RustType
}

/**
 * `semver::Version::parse`, `petgraph::Graph::<String, f64>::new`, `<semver::Version as std::str::FromStr>::from_str`,
 * `rand::random::<u32>`. A string says what is wrong.
 *
 * @param owner the class it belongs to in TypeScript: a path of that type is a function of it, with its arguments.
 */
export function readFunctionPath(text: string, owner: RustType | undefined): FunctionPath | string {
  try {
    return read(text.trim(), owner)
  } catch (error) {
    if (error instanceof RustTextError) return error.message
    throw error
  }
}

function read(text: string, owner: RustType | undefined): FunctionPath | string {
  let [before, name] = splitLast(text)
  let turbofish: readonly RustType[] = []
  if (name.startsWith('<')) {
    const list = parseType(`(${name.slice(1, -1)},)`)
    turbofish = list.kind === 'tuple' ? list.items : []
    ;[before, name] = splitLast(before)
  }
  if (name === '') return 'it has no name'
  if (before.startsWith('<') && before.endsWith('>')) {
    const [type, trait] = splitAs(before.slice(1, -1))
    const of = parseType(type)
    return { path: name, turbofish, owner: of, ...(trait === undefined ? {} : { trait: parseType(trait) }) }
  }
  if (before.includes('<')) return { path: name, turbofish, owner: parseType(before.replaceAll('::<', '<')) }
  if (owner?.kind === 'path' && owner.path === before) return { path: name, turbofish, owner }
  return { path: before === '' ? name : `${before}::${name}`, turbofish }
}

/** At the last `::` outside of angle brackets. */
function splitLast(text: string): [string, string] {
  let depth = 0
  for (let at = text.length - 1; at > 0; at -= 1) {
    const letter = text[at]
    if (letter === '>' && text[at - 1] !== '-') depth += 1
    else if (letter === '<') depth -= 1
    else if (depth === 0 && letter === ':' && text[at - 1] === ':') return [text.slice(0, at - 1), text.slice(at + 1)]
  }
  return ['', text]
}

function splitAs(text: string): [string, string | undefined] {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '<') depth += 1
    else if (text[at] === '>' && text[at - 1] !== '-') depth -= 1
    else if (depth === 0 && text.startsWith(' as ', at)) return [text.slice(0, at), text.slice(at + 4)]
  }
  return [text, undefined]
}
