/** The spelling somebody may have meant. */

/** Single-character changes from one to the other. */
export function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[to.length] ?? 0
}

/** Near enough to be a slip: a third of the name, two at least. */
export const isNear = (name: string, other: string): boolean =>
  editDistance(name, other) <= Math.max(2, Math.floor(name.length / 3)) && editDistance(name, other) < name.length

/** The near names, nearest first; equally near ones by alphabet. */
export function nearNames(name: string, names: Iterable<string>): readonly string[] {
  return [...new Set(names)]
    .filter((other) => isNear(name, other))
    .map((other) => ({ other, distance: editDistance(name, other) }))
    .sort((left, right) => left.distance - right.distance || (left.other < right.other ? -1 : 1))
    .map(({ other }) => other)
}
