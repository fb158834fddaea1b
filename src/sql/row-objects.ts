/** Functions that make objects of columns: one per list of column names. */

/** Appends `rows` objects made of these columns. */
export type ObjectMaker = (rows: number, columns: readonly ArrayLike<unknown>[], out: unknown[]) => void

/** Makes one object of the values in their order. */
export type ObjectOf = (values: readonly unknown[]) => unknown

/**
 * How many columns a literal may have: longer ones become slow objects in any case, and the text of the function would grow
 * without bound.
 */
const MOST = 500

/** The function for these columns: an object literal where code may be made of text, assignments elsewhere. */
export function objectMaker(names: readonly string[]): ObjectMaker {
  const literal = literalOf(names, (at) => `c${String(at)}[row]`)
  return (literal === undefined ? undefined : compiled(literal, names.length)) ?? assigning(names)
}

/** The same for a single row that is there as an array. */
export function singleMaker(names: readonly string[]): ObjectOf {
  const literal = literalOf(names, (at) => `values[${String(at)}]`)
  if (literal !== undefined) {
    try {
      // Column names are the only texts in it, each as a JSON string.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      return new Function('values', `return ${literal}`) as ObjectOf
    } catch {
      // Code from strings is not allowed here.
    }
  }
  return (values) => {
    const row: Record<string, unknown> = {}
    for (const [at, name] of names.entries()) set(row, name, values[at])
    return row
  }
}

/** `{ ["id"]: c0[row] }`: computed, so that a column called `__proto__` is only a column. */
function literalOf(names: readonly string[], value: (at: number) => string): string | undefined {
  if (names.length > MOST) return undefined
  // Of two columns with one name the later counts.
  const last = new Map(names.map((name, at) => [name, at]))
  const members = Array.from(last, ([name, at]) => {
    // The two line ends that JSON allows in a string, and older JavaScript does not, are escaped.
    const key = JSON.stringify(name).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
    return `${name === '__proto__' ? `[${key}]` : key}: ${value(at)}`
  })
  return `{ ${members.join(', ')} }`
}

function compiled(literal: string, columns: number): ObjectMaker | undefined {
  const declared = Array.from({ length: columns }, (_, at) => `c${String(at)} = columns[${String(at)}]`)
  const body = `${columns === 0 ? '' : `const ${declared.join(', ')};`}
for (let row = 0; row < rows; row++) out.push(${literal})`
  try {
    // As above.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    return new Function('rows', 'columns', 'out', body) as ObjectMaker
  } catch {
    return undefined
  }
}

function assigning(names: readonly string[]): ObjectMaker {
  return (rows, columns, out) => {
    for (let row = 0; row < rows; row++) {
      const made: Record<string, unknown> = {}
      for (const [at, name] of names.entries()) set(made, name, columns[at]?.[row])
      out.push(made)
    }
  }
}

function set(row: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true })
  } else row[name] = value
}
