/** The names somebody may have meant: all of them, because only a lone one may be changed to. */
import { editDistance } from '../spec/nearest.js'

/** Near enough to be a slip or a small renaming: a third of the name, two changes at least. */
function isNear(name: string, other: string): boolean {
  const distance = editDistance(name, other)
  return distance > 0 && distance <= Math.max(2, Math.floor(name.length / 3)) && distance < name.length
}

/** The near names, nearest first; equally near ones by alphabet. */
export function nearNames(name: string, names: Iterable<string>): readonly string[] {
  return [...new Set(names)]
    .filter((other) => isNear(name, other))
    .map((other) => ({ other, distance: editDistance(name, other) }))
    .sort((left, right) => left.distance - right.distance || (left.other < right.other ? -1 : 1))
    .map(({ other }) => other)
}
