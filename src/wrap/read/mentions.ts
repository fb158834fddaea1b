/** The paths a part of a model speaks of: those of types and of traits. */
export function mentions(part: unknown): Set<string> {
  const found = new Set<string>()
  collect(part, found)
  return found
}

function collect(part: unknown, found: Set<string>): void {
  if (Array.isArray(part)) {
    for (const item of part) {
      collect(item, found)
    }
  } else if (typeof part === 'object' && part !== null) {
    for (const [key, value] of Object.entries(part)) {
      if (typeof value !== 'string') {
        collect(value, found)
      } else if (key === 'path' || key === 'trait') {
        found.add(value.startsWith('?') ? value.slice(1) : value)
      }
    }
  }
}
