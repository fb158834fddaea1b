/** The paths in which specs name functions: `semver::Version::parse`, `<T as Trait>::method`, `Cursor::<str>::at`. */

export interface ItemPath {
  /** Without generic arguments: `['semver', 'Version', 'parse']`; of `<T as Trait>::method` those of `T` and the method. */
  readonly segments: readonly string[]
  /** Of `<T as Trait>::method`. */
  readonly trait?: string
  /** The owner with its arguments, as written: `ferrule_regex::MatchCursor<str>`. */
  readonly owner: string
}

export function parseItemPath(text: string): ItemPath {
  const written = text.trim()
  const close = written.startsWith('<') ? closing(written, 0) : -1
  if (close > 0) {
    const inner = written.slice(1, close)
    const as = topLevelIndex(inner, ' as ')
    const owner = (as < 0 ? inner : inner.slice(0, as)).trim()
    const rest = splitPath(written.slice(close + 1)).filter((segment) => segment !== '')
    const segments = [...splitPath(owner), ...rest].map(withoutArguments)
    return as < 0 ? { segments, owner } : { segments, owner, trait: inner.slice(as + 4).trim() }
  }
  const parts = splitPath(written)
  // `Cursor::<str>::at`: the arguments are a part of their own; they belong to the one before.
  const joined: string[] = []
  for (const part of parts) {
    if (part.startsWith('<') && joined.length > 0) joined.push(`${joined.pop() ?? ''}${part}`)
    else if (part !== '') joined.push(part)
  }
  return { segments: joined.map(withoutArguments), owner: joined.slice(0, -1).join('::') }
}

export const lastSegment = (path: string): string => splitPath(path).at(-1) ?? path

/** The index of the `>` that closes the `<` at `open`, or -1. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let index = open; index < text.length; index += 1) {
    if (text[index] === '<') depth += 1
    else if (text[index] === '>' && text[index - 1] !== '-') {
      depth -= 1
      if (depth === 0) return index
    }
  }
  return -1
}

function topLevelIndex(text: string, wanted: string): number {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    if (depth === 0 && text.startsWith(wanted, index)) return index
    depth += opens(text, index)
  }
  return -1
}

/** By `::` outside of brackets. */
function splitPath(path: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < path.length; index += 1) {
    if (depth === 0 && path.startsWith('::', index)) {
      parts.push(path.slice(start, index).trim())
      start = index + 2
      index += 1
    } else depth += opens(path, index)
  }
  parts.push(path.slice(start).trim())
  return parts
}

function opens(text: string, index: number): number {
  const character = text[index] ?? ''
  if ('<([{'.includes(character)) return 1
  if (character === '>' && text[index - 1] === '-') return 0
  return '>)]}'.includes(character) ? -1 : 0
}

function withoutArguments(segment: string): string {
  const open = segment.indexOf('<')
  return open < 0 ? segment : segment.slice(0, open)
}
