// What the claims of a snippet are checked with, inside the snippet's own process. Each one that held says so, for the test to count.
import { isFerruleError } from 'ferrule'
import { deepStrictEqual } from 'node:assert'

const held = () => console.log('claim holds')

/** @type {(found: unknown, expected: unknown, place: string) => void} */
export function equal(found, expected, place) {
  try {
    deepStrictEqual(withPrototypes(found), expected)
  } catch (error) {
    throw new Error(`${place}: ${error.message}`, { cause: error })
  }
  held()
}

/** @type {(statement: () => Promise<void>, code: string, place: string) => Promise<void>} */
export async function throws(statement, code, place) {
  let thrown
  try {
    await statement()
  } catch (error) {
    thrown = error
  }
  if (thrown === undefined) throw new Error(`${place}: expected ${code}, nothing was thrown`)
  if (!isFerruleError(thrown, code)) throw new Error(`${place}: expected ${code}`, { cause: thrown })
  held()
}

/** Records made without a prototype compare as the literals they are written as; what has a class keeps it. */
function withPrototypes(value) {
  if (Array.isArray(value)) return value.map(withPrototypes)
  if (typeof value !== 'object' || value === null) return value
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withPrototypes(inner)]))
}
