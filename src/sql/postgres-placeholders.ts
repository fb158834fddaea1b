/** Parameters by name, which PostgreSQL does not have: `:name` becomes `$1`, by the order in which names first come. */

/** A statement with places, and the name for each. */
export interface Placed {
  readonly text: string
  readonly names: readonly string[]
}

/** Statements whose places are remembered; with more, the oldest go. */
const KEPT = 512

const placed = new Map<string, Placed>()

/**
 * What is passed over: texts (with doubled quotes, and backslashes behind `E`), quoted names, texts between dollar marks, comments,
 * casts. A name is found only outside of these. Comments in comments are not told apart from the first's end: a name in what follows
 * is then read as one, and its value found missing.
 */
const TOKEN =
  /[eE]'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_]\w*)?\$)[^]*?\1|--[^\n]*|\/\*[^]*?\*\/|::|:([A-Za-z_]\w*)/g

/** The statement with a place for each of its names. */
export function placesOf(sql: string): Placed {
  const known = placed.get(sql)
  if (known !== undefined) return known
  const names: string[] = []
  const text = sql.replace(TOKEN, (token: string, _mark: unknown, name: string | undefined) => {
    if (name === undefined) return token
    let place = names.indexOf(name)
    if (place === -1) place = names.push(name) - 1
    return `$${String(place + 1)}`
  })
  if (placed.size >= KEPT) {
    for (const oldest of placed.keys()) {
      placed.delete(oldest)
      break
    }
  }
  const made = { text, names }
  placed.set(sql, made)
  return made
}
