/** Parameters that PostgreSQL does not have, by name (`:name`) or by their order (`?`): both become `$1`, `$2` … */

/** A statement with places, and the name for each. */
export interface Placed {
  readonly text: string
  readonly names: readonly string[]
}

/** Statements whose places are remembered; with more, the oldest go. */
const KEPT = 512

/** What is made of a statement, remembered. */
function remembering<Made>(make: (sql: string) => Made): (sql: string) => Made {
  const kept = new Map<string, Made>()
  return (sql) => {
    const known = kept.get(sql)
    if (known !== undefined) return known
    if (kept.size >= KEPT) {
      for (const oldest of kept.keys()) {
        kept.delete(oldest)
        break
      }
    }
    const made = make(sql)
    kept.set(sql, made)
    return made
  }
}

/**
 * What is passed over: texts (with doubled quotes, and backslashes behind `E`), quoted names, texts between dollar marks, comments,
 * casts. A parameter is found only outside of these. Comments in comments are not told apart from the first's end: a name in what
 * follows is then read as one, and its value found missing.
 */
const PASSED = String.raw`[eE]'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_]\w*)?\$)[^]*?\1|--[^\n]*|\/\*[^]*?\*\/|::`
const NAMED = new RegExp(String.raw`${PASSED}|:([A-Za-z_]\w*)`, 'g')
const ORDERED = new RegExp(String.raw`${PASSED}|\$\d+|\?\?|\?[|&]|\?`, 'g')

/** The statement with a place for each of its names. */
export const placesOf = remembering((sql): Placed => {
  const names: string[] = []
  const text = sql.replace(NAMED, (token: string, _mark: unknown, name: string | undefined) => {
    if (name === undefined) return token
    let place = names.indexOf(name)
    if (place === -1) place = names.push(name) - 1
    return `$${String(place + 1)}`
  })
  return { text, names }
})

/**
 * The statement with a place for each `?`, unless it has places of its own (`$1`). The operators `?|` and `?&` of JSON stay what they
 * are; the operator `?` is written `??` here.
 */
export function orderedPlacesOf(sql: string): string {
  return sql.includes('?') ? orderedPlaces(sql) : sql
}

const orderedPlaces = remembering((sql): string => {
  const hasOwn = sql.match(ORDERED)?.some((token) => /^\$\d/.test(token))
  if (hasOwn === true) return sql
  let places = 0
  return sql.replace(ORDERED, (token: string) => {
    if (token === '??') return '?'
    return token === '?' ? `$${String((places += 1))}` : token
  })
})
