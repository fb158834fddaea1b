/** Where a pulled stream comes from. */
export interface Source<T> {
  /** The next items, at most `max`, or null at the end. Called again only when the last call has settled. */
  next: (max: number) => Promise<readonly T[] | null>
  /** Ends the native side; called once, however the stream ends. */
  close: () => void
}

/**
 * An async iterator over batches pulled from a source: nothing is fetched before it is asked for, so a slow consumer holds the
 * producer back. Leaving a `for await` early closes the native side.
 */
export function pulled<T>(source: Source<T>, max = 256): AsyncGenerator<T, void, undefined> {
  return generate(source, max)
}

async function* generate<T>(source: Source<T>, max: number): AsyncGenerator<T, void, undefined> {
  try {
    for (;;) {
      const batch = await source.next(max)
      if (batch === null) return
      yield* batch
    }
  } finally {
    source.close()
  }
}
