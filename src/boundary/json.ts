/** Levels of arrays and objects: what the native half reads. */
const DEEPEST = 127

/** What is no JSON in a value, and where. */
export class JsonFault extends Error {
  constructor(
    /** `.limits[2]`; empty for the value itself. */
    readonly path: string,
    readonly expected: string,
    readonly found: unknown,
  ) {
    super(`expected ${expected}${path === '' ? '' : ` at ${path}`}`)
  }
}

/**
 * A value as JSON text for Rust. Stricter than `JSON.stringify`, which drops functions, turns NaN into null and a `Map` into `{}`:
 * what would be lost is refused. `undefined` as a property is no property, and `toJSON` is called. A bigint is an integer of any
 * size; a number beyond ±(2⁵³ - 1) is never one, since it may stand for a neighbour, and fits types of floating point alone.
 *
 * @throws JsonFault
 */
export function jsonText(value: unknown): string {
  return textOf(value, '', 0)
}

function textOf(given: unknown, path: string, depth: number): string {
  const value = hasToJson(given) ? given.toJSON() : given
  switch (typeof value) {
    case 'string':
      return stringText(value, path)
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'number':
      return numberText(value, path)
    case 'object':
      return value === null ? 'null' : insideText(value, path, depth)
    default:
      throw new JsonFault(path, 'a value of JSON', value)
  }
}

function stringText(value: string, path: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new JsonFault(path, 'a string without lone surrogates', value)
  return JSON.stringify(value)
}

function numberText(value: number, path: string): string {
  if (!Number.isFinite(value)) throw new JsonFault(path, 'a finite number', value)
  const text = String(value)
  return Number.isSafeInteger(value) || text.includes('.') || text.includes('e') ? text : `${text}.0`
}

function insideText(value: object, path: string, depth: number): string {
  if (depth === DEEPEST) throw new JsonFault(path, `at most ${DEEPEST} levels of arrays and objects`, value)
  if (Array.isArray(value)) {
    // Holes, too: `map` would pass them over.
    return `[${Array.from(value, (item, at) => textOf(item, `${path}[${at}]`, depth + 1)).join(',')}]`
  }
  if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value)) {
    throw new JsonFault(path, 'an object or an array of JSON', value)
  }
  const properties: string[] = []
  for (const [key, property] of Object.entries(value)) {
    if (property === undefined) continue
    const inside = `${path}.${key}`
    properties.push(`${stringText(key, inside)}:${textOf(property, inside, depth + 1)}`)
  }
  return `{${properties.join(',')}}`
}

const hasToJson = (value: unknown): value is { toJSON: () => unknown } =>
  typeof value === 'object' && value !== null && typeof (value as { toJSON?: unknown }).toJSON === 'function'
