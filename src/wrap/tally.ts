/** How often things occur: what a budget weighs and a report tells. */

/** How many there are of each, most first. */
export function tally(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return mostFirst(counts)
}

/** As many of one as of another: by their names. */
export const mostFirst = (counts: ReadonlyMap<string, number>): Map<string, number> =>
  new Map([...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)))
