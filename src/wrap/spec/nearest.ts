/** How many letters must be added, taken away, replaced or swapped with their neighbour to make one word of the other. */
export function editDistance(one: string, other: string): number {
  const width = other.length + 1
  let before: number[] = []
  let above = Array.from({ length: width }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column < width; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      let best = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
      )
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (isSwapped) best = Math.min(best, (before[column - 2] ?? 0) + 1)
      current.push(best)
    }
    before = above
    above = current
  }
  return above[other.length] ?? 0
}

/** The known word that was probably meant, if one is near enough; of several the first. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const plain = flattened(word)
  let best: string | undefined
  let bestDistance = Math.min(3, Math.max(1, Math.floor(plain.length / 3))) + 1
  for (const candidate of known) {
    const flat = flattened(candidate)
    if (Math.abs(flat.length - plain.length) >= bestDistance) continue
    const distance = editDistance(plain, flat)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `handleTypes`, `handle-types` and `Handle_Types` are one mistake away from `handle_types`, not several. */
const flattened = (word: string): string => word.toLowerCase().replaceAll('_', '').replaceAll('-', '')
